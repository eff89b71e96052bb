"""Scorecards (thẻ điểm): the objectives in force of one owner, as the score reads them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.sizes import require_room
from evaluation_service.domain.common.numbers import Measure, Weight
from evaluation_service.domain.common.sizes import ENTRIES_MAX
from evaluation_service.domain.objectives.bound import BoundObjective
from evaluation_service.domain.objectives.content import Direction
from evaluation_service.domain.objectives.objectives import Objective, ObjectiveLevel
from evaluation_service.domain.objectives.readings import (
    IndicatorReading,
    ReadingState,
    last_confirmed,
)
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.readiness.gaps import GapKind, RefusedInputs

WHOLE = Decimal(100)
"""What the weights of one scorecard, or of one of its perspectives, sum to (E-I6)."""


class WeightScope(StrEnum):
    """Over what the policy weighs: rows of a perspective, all rows, or the outputs they measure."""

    PERSPECTIVE = "PERSPECTIVE"
    OWNER = "OWNER"
    OUTPUT = "OUTPUT"


@dataclass(frozen=True, kw_only=True)
class ReadValue:
    """The reading that counts."""

    reading_id: str
    hash: str
    value: Measure
    measured_on: date
    confirmed_by: str

    @classmethod
    def of(cls, reading: IndicatorReading) -> "ReadValue":
        by = reading.confirmed_by
        return cls(
            reading_id=reading.id,
            hash=reading.hash,
            value=reading.value,
            measured_on=reading.measured_on,
            confirmed_by=by.subject if by else "",
        )

    def proof(self) -> dict[str, Json]:
        return {"ref": self.reading_id, "hash": self.hash, "confirmed_by": self.confirmed_by}


@dataclass(frozen=True, kw_only=True)
class SignedTarget:
    """The version of an agreement that a target stands in, and the objective as it was signed."""

    ref: str
    hash: str
    objective: str
    objective_hash: str

    def proof(self) -> list[Json]:
        return [
            {"ref": self.objective, "hash": self.objective_hash},
            {"ref": self.ref, "hash": self.hash},
        ]


@dataclass(frozen=True, kw_only=True)
class ScorecardLine:
    """One objective in force; `waiting` readings of it nobody has decided on. `signed` is where its
    figures were signed, when they are not those of the objective as it stands."""

    objective_id: str
    code: str
    version: int
    version_hash: str
    perspective: str | None
    weight: Weight
    baseline: Measure
    target: Measure
    direction: Direction
    parent_id: str | None
    reading: ReadValue | None = None
    waiting: int = 0
    shared: bool = False
    unit_perspective: str | None = None
    signed: SignedTarget | None = None

    @classmethod
    def of(cls, objective: Objective, readings: Sequence[IndicatorReading]) -> "ScorecardLine":
        content, last = objective.content, last_confirmed(readings)
        return cls(
            objective_id=objective.id,
            code=objective.code,
            version=objective.current.number,
            version_hash=objective.version_hash,
            perspective=content.perspective,
            weight=content.weight,
            baseline=content.indicator.start,
            target=content.indicator.target,
            direction=content.indicator.direction,
            parent_id=content.parent_id,
            reading=ReadValue.of(last) if last else None,
            waiting=sum(each.state is ReadingState.ENTERED for each in readings),
            shared=content.shared,
            unit_perspective=content.unit_perspective,
        )

    def in_the_units(self) -> "ScorecardLine":
        """The same, as the scorecard of the unit counts it."""
        return replace(self, shared=False, perspective=self.unit_perspective or self.perspective)

    def row(self) -> dict[str, Json]:
        """As the engine reads it. The evidence binds the version and the reading (E-I18)."""
        proof: list[Json] = [
            {"ref": f"{self.objective_id}@{self.version}", "hash": self.version_hash}
        ]
        if self.signed is not None:
            proof = self.signed.proof()
        row: dict[str, Json] = {
            "code": self.code,
            "weight": format(self.weight, "f"),
            "baseline": format(self.baseline, "f"),
            "target": format(self.target, "f"),
            "direction": str(self.direction),
            "shared": self.shared,
        }
        if self.perspective is not None:
            row["perspective"] = self.perspective
        if self.parent_id is not None:
            row["parent"] = self.parent_id
        if self.reading is not None:
            row["actual"] = format(self.reading.value, "f")
            proof.append(self.reading.proof())
        return {**row, "evidence": proof}


@dataclass(kw_only=True)
class Scorecard(Aggregate):
    """Of an organisation, a unit, or a person in one appointment. It keeps the weights within 100
    whoever writes at once; `lacking` is what it waits for before the freeze, `involved` are those
    who set, entered and confirmed what it says, `hashes` bind each objective with its readings."""

    period_id: str
    province: str
    level: ObjectiveLevel
    unit_id: str
    civil_servant_id: str | None = None
    appointment_id: str | None = None
    role: AppointmentRole | None = None
    lines: tuple[ScorecardLine, ...] = ()
    lacking: tuple[GapKind, ...] = ()
    refusal: RefusedInputs | None = None
    involved: list[Participant] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)

    @property
    def bound(self) -> tuple[BoundObjective, ...]:
        """Every objective of the owner, those that were withdrawn included."""
        return tuple(
            BoundObjective(objective_id=id, hash=hash) for id, hash in sorted(self.hashes.items())
        )

    def involve(self, acted: Iterable[Participant]) -> None:
        self.involved.extend(each for each in dict.fromkeys(acted) if each not in self.involved)

    def put(self, line: ScorecardLine, scope: WeightScope, weight: str) -> None:
        """New, or in place of the same objective's."""
        others = self._without(line.objective_id)
        if any(each.code == line.code for each in others):
            raise Conflict(
                en="an objective of this scorecard has the code already",
                vi="Thẻ điểm này đã có mục tiêu mang mã đó.",
                field="input.code",
            )
        require_room(others, ENTRIES_MAX, en="objectives of one owner", vi="mục tiêu một chủ thể")
        lines = tuple(sorted((*others, line), key=lambda each: each.code))
        if any(sum_ > WHOLE for sum_ in weights(lines, scope).values()):
            raise Invalid(
                en="the weights would sum to more than 100",
                vi="Tổng trọng số sẽ vượt quá 100.",
                field=weight,
                rule_id="E-I6",
            )
        self.lines = lines

    def take_out(self, objective_id: str) -> None:
        self.lines = self._without(objective_id)

    def look(self, scope: WeightScope, refusal: RefusedInputs | None) -> None:
        """Note what is missing; `refusal` is what the policy says of the rows."""
        self.refusal = refusal
        own = [each for each in self.lines if not each.shared]
        kinds = {
            GapKind.UNBALANCED_WEIGHTS: any(
                each != WHOLE for each in weights(self.lines, scope).values()
            ),
            GapKind.BROKEN_SCORECARD: refusal is not None,
            GapKind.MISSING_READING: any(not (x.reading or x.waiting) for x in own),
            GapKind.UNCONFIRMED_READING: any(each.waiting for each in own),
        }
        self.lacking = tuple(kind for kind, is_so in kinds.items() if is_so)

    def rows(self) -> list[dict[str, Json]]:
        return [line.row() for line in self.lines]

    def _without(self, objective_id: str) -> tuple[ScorecardLine, ...]:
        return tuple(each for each in self.lines if each.objective_id != objective_id)


def weights(lines: Sequence[ScorecardLine], scope: WeightScope) -> Mapping[str, Decimal]:
    """The sums that have to be 100, by what they are of; shared ones are weighed in the unit's."""
    lines = [line for line in lines if not line.shared]
    sums: dict[str, Decimal] = {}
    if scope is WeightScope.OUTPUT:
        for line in lines:
            name = line.perspective or ""
            sums[name] = max(sums.get(name, Decimal(0)), line.weight)
        return {"": sum(sums.values(), Decimal(0))} if sums else {}
    for line in lines:
        name = (line.perspective or "") if scope is WeightScope.PERSPECTIVE else ""
        sums[name] = sums.get(name, Decimal(0)) + line.weight
    return sums


def scorecard_id(period_id: str, unit_id: str, appointment_id: str | None) -> str:
    return derived_id("scorecard", period_id, appointment_id or unit_id)
