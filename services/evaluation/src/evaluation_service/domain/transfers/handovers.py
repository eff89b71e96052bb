"""Handed-over parts (phần bàn giao): what an agency knows of a person whom another one rates.

A person is rated once for a month, quarter or year (E-I10). Who moves between agencies with
periods of their own is rated by the later one; the earlier one hands over its part.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import ClassVar

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.canonical import Json, canonical_bytes, fingerprint
from congvu_kit.domain.ids import derived_id
from congvu_scoring import CompiledPolicy, exact, exact_text
from evaluation_service.domain.periods.imprints import record_of
from evaluation_service.domain.periods.pins import PolicyPin
from evaluation_service.domain.results.inputs import GivenInputs

JOINED = ("work", "conduct", "faults", "crises", "initiatives")
"""Lists whose rows are added up: each row happened once, in one agency."""


@dataclass(frozen=True, kw_only=True)
class ResultHandedOver(Event):
    """The receiving period takes the part; `days` are the working days it stands for."""

    TYPE: ClassVar[str] = "congvu.evaluation.result.handed_over.v1"

    handover_id: str
    civil_servant_id: str
    unit_id: str
    province: str
    period_id: str
    receiving_period_id: str
    days: int
    part_hash: str


@dataclass(frozen=True, kw_only=True)
class EarlierPart:
    """Inputs of an earlier appointment, in the conformance format, and the days they stand for.

    `origin_name` is the agency and its period, for people. Without an id they are of the same
    period, whose tallies join its work already.
    """

    document: Mapping[str, Json]
    days: int
    id: str | None = None
    period_id: str | None = None
    hash: str | None = None
    origin_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class HandedOverTo:
    """Where a person is rated instead: `part_hash` binds what was handed over, under the seal of
    the period that did; None when both appointments are of one period."""

    period_id: str
    handover_id: str | None = None
    part_hash: str | None = None


@dataclass(frozen=True, kw_only=True)
class TakenPart:
    """A part that counts in a result; `seal_hash` is of the other period, if it was closed."""

    handover_id: str
    period_id: str
    part_hash: str
    seal_hash: str | None = None


@dataclass(kw_only=True)
class HandedOverPart(Aggregate):
    """`period_id` and all that stands before `receiving_period_id` are of who hands over.

    `snapshot` is canonical JSON in the conformance format: everything that would have been scored,
    under `policy`. What the person thinks is beside it, since it moves no score.
    """

    civil_servant_id: str
    period_id: str
    period_label: str
    province: str
    agency_id: str
    unit_id: str
    unit_path: tuple[str, ...]
    appointment_id: str
    policy: PolicyPin
    valid_from: date
    valid_to: date
    receiving_period_id: str
    receiving_province: str
    days: int = 0
    snapshot: str = "{}"
    hash: str = ""
    self_assessed: GivenInputs = field(default_factory=GivenInputs)
    involved: list[Participant] = field(default_factory=list)

    def hand_over(
        self,
        document: Mapping[str, Json],
        days: int,
        self_assessed: GivenInputs,
        involved: Sequence[Participant],
    ) -> bool:
        """Fix what is handed over; False when it is what was handed over before."""
        self.involved.extend(each for each in involved if each not in self.involved)
        self.days, self.snapshot = days, canonical_bytes(document).decode()
        self.self_assessed = self_assessed
        before, self.hash = self.hash, self._fingerprint()
        if self.hash == before:
            return False
        self.tell()
        return True

    def tell(self) -> None:
        """Once, and again when the receiving period was being scored just then."""
        self.record(
            ResultHandedOver(
                handover_id=self.id,
                civil_servant_id=self.civil_servant_id,
                unit_id=self.unit_id,
                province=self.province,
                period_id=self.period_id,
                receiving_period_id=self.receiving_period_id,
                days=self.days,
                part_hash=self.hash,
            )
        )

    @property
    def sent(self) -> HandedOverTo:
        return HandedOverTo(
            period_id=self.receiving_period_id, handover_id=self.id, part_hash=self.hash
        )

    def taken(self, seal_hash: str | None) -> TakenPart:
        return TakenPart(
            handover_id=self.id,
            period_id=self.period_id,
            part_hash=self.hash,
            seal_hash=seal_hash,
        )

    def part(self, seal_hash: str | None, origin_name: str | None = None) -> EarlierPart:
        return EarlierPart(
            document=json.loads(self.snapshot),
            days=self.days,
            id=self.id,
            period_id=self.period_id,
            hash=seal_hash or self.hash,
            origin_name=origin_name,
        )

    def _fingerprint(self) -> str:
        return fingerprint(
            {
                "civil_servant_id": self.civil_servant_id,
                "period_id": self.period_id,
                "unit_id": self.unit_id,
                "appointment_id": self.appointment_id,
                "receiving_period_id": self.receiving_period_id,
                "days": self.days,
                "snapshot": self.snapshot,
                "self_assessed": record_of(self.self_assessed),
            }
        )


def understood(part: EarlierPart, theirs: CompiledPolicy, ours: CompiledPolicy) -> EarlierPart:
    """Without what our policy measures otherwise or not at all: five points of five are no five
    of ten. Work, faults and events mean the same everywhere."""
    document = dict(part.document)
    for name in ("general", "elements"):
        document[name] = {
            key: value
            for key, value in _fields(document.get(name)).items()
            if _range(theirs, name, key) == _range(ours, name, key)
        }
    both = [each.reads.conduct for each in (theirs, ours)]
    document["conduct"] = [
        row
        for row in _rows(document.get("conduct"))
        if all(rules is None or row["rule"] in rules for rules in both)
    ]
    return replace(part, document=document)


def _range(policy: CompiledPolicy, section: str, key: str) -> Json:
    found = policy.ranges.get(f"{section}.{key}")
    if found is None and section == "elements":
        found = policy.ranges.get("elements.*")
    return None if found is None else [None if end is None else str(end) for end in found[1:]]


def handover_id(period_id: str, civil_servant_id: str) -> str:
    return derived_id("handover", period_id, civil_servant_id)


def joined(
    document: Mapping[str, Json], days: int, parts: Sequence[EarlierPart]
) -> dict[str, Json]:
    """The inputs of the receiving agency, `days` of them, with those of earlier ones.

    Work, conduct and faults add up, so each agency weighs as much as was assigned there. Criteria
    that several agencies rated count by the working days of each. Weights of indicators shrink to
    each agency's share of the days. Of rated elements and the leader's marks the newest counts:
    a level cannot be cut in two.
    """
    whole = dict(document)
    newest_first = [part for part in reversed(parts)]
    for name in JOINED:
        rows = [
            row for part in parts for row in _marked(name, _rows(part.document.get(name)), part)
        ]
        if rows:
            whole[name] = [*rows, *_rows(document.get(name))]
    shares = [(part.document, part.days) for part in parts] + [(document, days)]
    whole["general"] = _by_days([(_fields(each.get("general")), n) for each, n in shares])
    whole["indicators"] = _indicators([(_rows(each.get("indicators")), n) for each, n in shares])
    for name in ("elements", "unit"):
        known = _fields(document.get(name))
        for part in newest_first if name == "elements" or name in document else ():
            marks = _fields(part.document.get(name))
            known = {**marks, **known} if name == "elements" else _marks(marks) | known
        if known or name in document:
            whole[name] = known
    whole["events"] = _events([_rows(each.get("events")) for each, _ in shares])
    whole["working_days"] = str(days + sum(part.days for part in parts if part.id))
    return whole


def _marked(
    name: str, rows: Sequence[Mapping[str, Json]], part: EarlierPart
) -> list[Mapping[str, Json]]:
    """Each row says whose it is; work in a field of its own, all of them by their evidence."""
    if part.id is None:
        return list(rows)
    proof: Json = {"ref": part.id, "hash": part.hash}
    origin: dict[str, Json] = {"origin": part.period_id, "origin_hash": part.hash}
    if part.origin_name is not None:
        origin["origin_name"] = part.origin_name
    origin = origin if name == "work" else {}
    return [{**origin, **row, "evidence": [*_rows(row.get("evidence")), proof]} for row in rows]


def _by_days(shares: Sequence[tuple[Mapping[str, Json], int]]) -> dict[str, Json]:
    """Each criterion over the agencies that rated it; without a working day all weigh alike."""
    combined: dict[str, Json] = {}
    for key in dict.fromkeys(key for given, _ in shares for key in given):
        rated = [(exact(given[key], key), n) for given, n in shares if key in given]
        days = sum(n for _, n in rated)
        weighed = [
            (value, Fraction(n, days) if days else Fraction(1, len(rated))) for value, n in rated
        ]
        combined[key] = exact_text(sum((value * n for value, n in weighed), Fraction(0)))
    return combined


def _indicators(shares: Sequence[tuple[Sequence[Mapping[str, Json]], int]]) -> list[Json]:
    with_some = [(rows, n) for rows, n in shares if rows]
    days = sum(n for _, n in with_some)
    if len(with_some) < 2 or not days:  # noqa: PLR2004 - one agency's alone stay as they are
        return [row for rows, _ in with_some[-1:] for row in rows]
    return [
        {**row, "weight": exact_text(exact(row.get("weight", "1"), "weight") * Fraction(n, days))}
        for rows, n in with_some
        for row in rows
    ]


def _events(lists: Sequence[Sequence[Mapping[str, Json]]]) -> list[Json]:
    """The same decision is known to both."""
    unlike: dict[str, Json] = {}
    for row in (row for rows in lists for row in rows):
        unlike[canonical_bytes(row).decode()] = row
    return list(unlike.values())


def _marks(unit: Mapping[str, Json]) -> dict[str, Json]:
    return {name: unit[name] for name in ("organising", "unity") if name in unit}


def _fields(value: Json) -> dict[str, Json]:
    return dict(value) if isinstance(value, Mapping) else {}


def _rows(value: Json) -> list[Mapping[str, Json]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
