"""What partners learn of an assignment."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from congvu_kit.domain.aggregate import Event


@dataclass(frozen=True, kw_only=True)
class AssignmentEvent(Event):
    """`open` while the catalogue version is still needed for it; `continues` is the assignment
    whose remainder this one is, `group_id` the group of which it is a share."""

    assignment_id: str
    civil_servant_id: str
    unit_id: str
    province: str
    period_id: str
    version_id: str
    quantity: Decimal
    completed: Decimal
    open: bool
    continues: str | None = None
    group_id: str | None = None


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


@dataclass(frozen=True, kw_only=True)
class AssignmentProposed(AssignmentEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.assignment.proposed.v1"


@dataclass(frozen=True, kw_only=True)
class AssignmentRefused(AssignmentEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.assignment.refused.v1"


@dataclass(frozen=True, kw_only=True)
class AssignmentRaised(AssignmentEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.assignment.raised.v1"


@dataclass(frozen=True, kw_only=True)
class AssignmentReduced(AssignmentEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.assignment.reduced.v1"


@dataclass(frozen=True, kw_only=True)
class AssignmentCarriedOver(AssignmentEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.assignment.carried_over.v1"


@dataclass(frozen=True, kw_only=True)
class AssignmentTransferred(AssignmentEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.assignment.transferred.v1"


OPENED_OR_ENDED = (
    AssignmentCreated,
    AssignmentCancelled,
    AssignmentCarriedOver,
    AssignmentTransferred,
)
"""After these, dossiers begin to count for it, or do no more."""
