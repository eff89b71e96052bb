"""What is told of a stage: opened, soon over, late, closed."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congvu_kit.domain.aggregate import Event


@dataclass(frozen=True, kw_only=True)
class StageEvent(Event):
    """`waits_for` is whom the stage waits for or waited for: the one who is late, of `late`."""

    evaluation_id: str
    civil_servant_id: str
    unit_id: str
    province: str
    period_id: str
    policy: str
    stage: str
    due_on: date
    waits_for: str | None


@dataclass(frozen=True, kw_only=True)
class StageOpened(StageEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.stage.opened.v1"


@dataclass(frozen=True, kw_only=True)
class StageReminded(StageEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.stage.reminded.v1"


@dataclass(frozen=True, kw_only=True)
class StageLate(StageEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.stage.late.v1"


@dataclass(frozen=True, kw_only=True)
class StageClosed(StageEvent):
    """Acted in, or moved on by itself; a late one is told as late before."""

    TYPE: ClassVar[str] = "congvu.evaluation.stage.closed.v1"
