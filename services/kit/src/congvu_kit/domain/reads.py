"""Who read whose personal data: entries chained by hash, so that a missing one is noticed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.canonical import Json, canonical_bytes

START = "0" * 64
"""What the first entry of a chain binds."""


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who read: the account, the person behind it if the token says, in which roles and where."""

    subject: str
    officer: str | None
    roles: tuple[str, ...]
    province: str | None
    unit: str | None


@dataclass(frozen=True, kw_only=True)
class PersonRead:
    """What was shown of one person, or of what somebody wrote: the fields of the graph."""

    subject: str
    fields: tuple[str, ...]


@dataclass(kw_only=True)
class ReadEntry(Aggregate):
    """One request that showed personal data. `purpose` is what the reader stated, `operation` the
    name of what was asked."""

    chain: str
    number: int = 0
    at: datetime
    reader: Reader
    operation: str | None
    purpose: str | None
    reads: tuple[PersonRead, ...]
    previous: str = START
    hash: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return tuple(each.subject for each in self.reads)

    def text(self) -> str:
        """What the hash is over: canonical JSON (RFC 8785)."""
        reader = self.reader
        document: Json = {
            "chain": self.chain,
            "number": self.number,
            "at": self.at.isoformat(),
            "reader": {
                "subject": reader.subject,
                "officer": reader.officer,
                "roles": list(reader.roles),
                "province": reader.province,
                "unit": reader.unit,
            },
            "operation": self.operation,
            "purpose": self.purpose,
            "reads": [
                {"subject": each.subject, "fields": list(each.fields)} for each in self.reads
            ],
            "previous": self.previous,
        }
        return canonical_bytes(document).decode()


@dataclass(kw_only=True)
class ReadChain(Aggregate):
    """All that one reader read of one province's people: where it ends. A chain of its own for
    each reader, so that readers do not wait for each other."""

    province: str
    length: int = 0
    head: str = field(default=START)

    def append(self, entry: ReadEntry) -> None:
        self.length += 1
        entry.number, entry.previous = self.length, self.head
        entry.hash = self.head = _hash(entry.text())


@dataclass(frozen=True, kw_only=True)
class ToldEntry:
    """An entry as it is told to a verifier."""

    text: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class ChainFinding:
    """What is wrong with a chain, in both languages."""

    vi: str
    en: str


def chain_findings(
    chain_id: str, length: int, head: str, entries: Sequence[ToldEntry]
) -> list[ChainFinding]:
    """One line for the first entry that is missing, changed or out of order; none for a whole
    chain."""
    previous = START
    for number, entry in enumerate(entries, 1):
        vi, en = f"chuỗi {chain_id} mục {number}", f"chain {chain_id} entry {number}"
        document = json.loads(entry.text)
        if entry.hash != _hash(entry.text):
            changed = f"{vi}: không đúng như đã ghi"
            return [ChainFinding(vi=changed, en=f"{en}: it is not what was recorded")]
        if (document["chain"], document["number"]) != (chain_id, number):
            return [ChainFinding(vi=f"{vi}: bị thiếu", en=f"{en}: it is missing")]
        if document["previous"] != previous:
            loose = f"{vi}: không nối tiếp mục trước"
            return [ChainFinding(vi=loose, en=f"{en}: it does not follow the one before")]
        previous = entry.hash
    if (length, head) != (len(entries), previous):
        there = len(entries)
        return [
            ChainFinding(
                vi=f"chuỗi {chain_id}: đã ghi {length} mục, hiện có {there}",
                en=f"chain {chain_id}: {length} entries were recorded, {there} are there",
            )
        ]
    return []


def opened_chains(chain_id: str, entries: Sequence[ToldEntry]) -> set[str]:
    """The chains that a province's chain of chains tells of; none for a reader's chain."""
    if "-" in chain_id:
        return set()
    return {read["subject"] for each in entries for read in json.loads(each.text)["reads"]}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
