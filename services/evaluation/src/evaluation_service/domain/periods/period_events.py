"""What partners learn of a period."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from congvu_kit.domain.aggregate import Event
from evaluation_service.domain.periods.states import PeriodKind


@dataclass(frozen=True, kw_only=True)
class PeriodEvent(Event):
    """What partners learn of a period; the seal's hash, root and time come with the closing.
    `freeze` says how often its inputs were fixed so far. Events of before tell no `period_code`
    ("2026-Q3")."""

    period_id: str
    name: str
    kind: PeriodKind
    province: str
    scope_unit_id: str
    unit_ids: tuple[str, ...]
    starts_on: date
    ends_on: date
    policies: tuple[str, ...]
    release_ids: tuple[str, ...]
    minimum_answers: int
    seal_hash: str | None = None
    seal_root: str | None = None
    sealed_at: datetime | None = None
    freeze: int = 0
    period_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class PeriodOpened(PeriodEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.period.opened.v1"


@dataclass(frozen=True, kw_only=True)
class PeriodFrozen(PeriodEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.period.frozen.v1"


@dataclass(frozen=True, kw_only=True)
class PeriodUnfrozen(PeriodEvent):
    """Its inputs are open again, by decision; what was scored is laid aside."""

    TYPE: ClassVar[str] = "congvu.evaluation.period.unfrozen.v1"


@dataclass(frozen=True, kw_only=True)
class PeriodPublished(PeriodEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.period.published.v1"


@dataclass(frozen=True, kw_only=True)
class PeriodClosed(PeriodEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.period.closed.v1"


@dataclass(frozen=True, kw_only=True)
class PeriodResealed(PeriodEvent):
    """A decision after the closing corrected a result: the period has another seal."""

    TYPE: ClassVar[str] = "congvu.evaluation.period.resealed.v1"
