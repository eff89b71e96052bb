"""Indicator readings (số liệu chỉ tiêu): what was reached on a day, entered by one and confirmed by
another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.canonical import fingerprint
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.common.evidence import Evidence
from evaluation_service.domain.common.numbers import Measure
from evaluation_service.domain.periods.imprints import record_of

READINGS_MAX = 400
"""Of one objective: a figure a day of the longest year, and some corrected."""


class ReadingSource(StrEnum):
    SYSTEM = "SYSTEM"
    PERSON = "PERSON"


class ReadingState(StrEnum):
    ENTERED = "ENTERED"
    CONFIRMED = "CONFIRMED"
    REFUSED = "REFUSED"


@dataclass(frozen=True, kw_only=True)
class ReadingConfirmed(Event):
    TYPE: ClassVar[str] = "congvu.evaluation.reading.confirmed.v1"

    reading_id: str
    objective_id: str
    period_id: str
    province: str
    unit_id: str
    civil_servant_id: str | None
    measured_on: date
    value: Measure
    source: ReadingSource
    corrects_id: str | None
    reading_hash: str


@dataclass(kw_only=True)
class IndicatorReading(Aggregate):
    """`corrects_id` names the reading that no longer counts once this one is confirmed, `basis` the
    appeal or post-audit that found it after the freeze."""

    objective_id: str
    period_id: str
    province: str
    unit_id: str
    unit_path: tuple[str, ...]
    measured_on: date
    value: Measure
    source: ReadingSource
    evidence: tuple[Evidence, ...]
    entered_by: Participant
    entered_at: datetime
    civil_servant_id: str | None = None
    corrects_id: str | None = None
    reason: str | None = None
    state: ReadingState = ReadingState.ENTERED
    confirmed_by: Participant | None = None
    decided_at: datetime | None = None
    decision_reason: str | None = None
    basis: str | None = None

    @property
    def hash(self) -> str:
        """Binds the figure, who entered it and who confirmed it."""
        return fingerprint(record_of(self))

    @property
    def acted(self) -> tuple[Participant, ...]:
        return (self.entered_by, *([self.confirmed_by] if self.confirmed_by else []))

    def decide(
        self, *, confirmed: bool, reason: str | None, by: Participant, now: datetime
    ) -> None:
        if self.state is not ReadingState.ENTERED:
            raise Conflict(
                en=f"the reading is {self.state} already; a correction is a new reading",
                vi=f"Số liệu này {vi_text(self.state)}. Để sửa, vui lòng nhập số liệu mới.",
                rule_id="E-I15",
            )
        self.state = ReadingState.CONFIRMED if confirmed else ReadingState.REFUSED
        self.confirmed_by, self.decided_at, self.decision_reason = by, now, reason
        if confirmed:
            self.record(self._told())

    def _told(self) -> ReadingConfirmed:
        return ReadingConfirmed(
            reading_id=self.id,
            objective_id=self.objective_id,
            period_id=self.period_id,
            province=self.province,
            unit_id=self.unit_id,
            civil_servant_id=self.civil_servant_id,
            measured_on=self.measured_on,
            value=self.value,
            source=self.source,
            corrects_id=self.corrects_id,
            reading_hash=self.hash,
        )


def last_confirmed(readings: Sequence[IndicatorReading]) -> IndicatorReading | None:
    """The newest by its day, of two of one day the one entered later; what a confirmed reading
    corrects counts no more."""
    confirmed = [each for each in readings if each.state is ReadingState.CONFIRMED]
    corrected = {each.corrects_id for each in confirmed}
    return max(
        (each for each in confirmed if each.id not in corrected),
        key=lambda each: (each.measured_on, each.entered_at, each.id),
        default=None,
    )
