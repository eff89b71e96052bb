"""What a backup says of itself, and what a service adds: the proof that it is whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

FORMAT = "congvu-backup/1"

NEVER = frozenset({"sessions"})
"""Collections of processes that run, which are gone when it is restored."""


class NotWhole(Exception):
    """A backup, or what was restored from it, is not what it says; both texts name the part."""

    def __init__(self, *, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en


@dataclass(frozen=True, kw_only=True)
class Part:
    """A collection in a file. `content` is the SHA-256 of its documents, one after the other by
    their ids; `file` that of the file."""

    database: str
    collection: str
    documents: int
    content: str
    file: str

    @property
    def name(self) -> str:
        return f"{self.database}.{self.collection}"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """`at` is the one moment that all parts show; `kind` is `data`, or `keys` for what is kept
    apart (the wrapped keys of private texts). `moment` says how: a snapshot or a transaction of the
    server, or that all was stopped. `memory` are files with their SHA-256.
    `proof` is what services computed from the documents."""

    format: str
    kind: str
    at: str
    prefix: str
    moment: str
    parts: tuple[Part, ...]
    memory: Mapping[str, str]
    proof: Mapping[str, str]


class Proof(Protocol):
    """Sees the documents of some collections, in the order in which it names them."""

    @property
    def collections(self) -> Sequence[str]: ...

    def take(self, collection: str, document: Mapping[str, Any]) -> None:
        """Raise `NotWhole`."""

    def finish(self) -> Mapping[str, str]:
        """What was computed, by name; raise `NotWhole`."""


class Sieve(Protocol):
    """What must not come back from a backup, of what is kept apart. It learns from some
    collections of the data what that is, besides what it remembers."""

    @property
    def collections(self) -> Sequence[str]: ...

    def learn(self, document: Mapping[str, Any]) -> None: ...

    def instead_of(self, collection: str, document: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Another document, or None when this one may come back as it is."""


class ServiceBackup(Protocol):
    """What a service knows of its databases; entry points of the group `congvu.backups` name it.
    `memory` is what it keeps apart from them (FEEDBACK_MEMORY_DIR)."""

    @property
    def service(self) -> str: ...

    def proof(self, memory: Path | None) -> Proof: ...

    def sieve(self, memory: Path | None) -> Sieve | None: ...
