"""What partners learn of an assignment."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from congvu_kit.domain.aggregate import Event


@dataclass(frozen=True, kw_only=True)
class AssignmentEvent(Event):
    assignment_id: str
    servant_id: str
    unit_id: str
    province: str
    period_id: str
    version_id: str
    quantity: Decimal
    completed: Decimal
    open: bool


@dataclass(frozen=True, kw_only=True)
class AssignmentCreated(AssignmentEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.assignment.created.v1"


@dataclass(frozen=True, kw_only=True)
class AssignmentSubmitted(AssignmentEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.assignment.submitted.v1"


@dataclass(frozen=True, kw_only=True)
class AssignmentAccepted(AssignmentEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.assignment.accepted.v1"


@dataclass(frozen=True, kw_only=True)
class AssignmentReturned(AssignmentEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.assignment.returned.v1"


@dataclass(frozen=True, kw_only=True)
class AssignmentCompleted(AssignmentEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.assignment.completed.v1"


@dataclass(frozen=True, kw_only=True)
class AssignmentOverdue(AssignmentEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.assignment.overdue.v1"


@dataclass(frozen=True, kw_only=True)
class AssignmentCancelled(AssignmentEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.assignment.cancelled.v1"
