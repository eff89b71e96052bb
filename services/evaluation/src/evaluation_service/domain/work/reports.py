"""What an assignment is made of: the pinned version, reports, checks, and how far it has come."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from congvu_kit.domain.actor import Participant
from evaluation_service.domain.common.evidence import Evidence


class AssignmentState(StrEnum):
    ASSIGNED = "ASSIGNED"
    IN_PROGRESS = "IN_PROGRESS"
    SUBMITTED = "SUBMITTED"
    OVERDUE_REVIEW = "OVERDUE_REVIEW"
    RETURNED = "RETURNED"
    ACCEPTED_AS_DONE = "ACCEPTED_AS_DONE"
    CANCELLED = "CANCELLED"


UNDER_REVIEW = (AssignmentState.SUBMITTED, AssignmentState.OVERDUE_REVIEW)
WORKABLE = (AssignmentState.ASSIGNED, AssignmentState.IN_PROGRESS, AssignmentState.RETURNED)
COUNTING = (*WORKABLE, *UNDER_REVIEW)
"""States in which a dossier of the portal still counts for the work."""


class WorkSource(StrEnum):
    PLAN = "PLAN"
    AD_HOC = "AD_HOC"
    PORTAL = "PORTAL"


@dataclass(frozen=True, kw_only=True)
class PinnedVersion:
    """The catalogue version as it was when the work was assigned (E-I1).

    `adjustment_id` is the local adjustment the coefficient comes from.
    """

    version_id: str
    code: str
    number: int
    release_id: str
    coefficient: Fraction
    group: str
    orientation: str | None
    kpi_kind: str | None
    procedure_code: str | None
    adjustment_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class WorkReport:
    """What the officer says was done; `quantity` of it is waiting for the check."""

    quantity: Decimal
    completed_on: date
    note: str | None
    evidence: tuple[Evidence, ...]
    reported_at: datetime


@dataclass(frozen=True, kw_only=True)
class QualityCheck:
    """What the manager found (kiểm tra chất lượng): how much was taken, how much failed."""

    accepted: Decimal
    failures: int
    reason: str | None
    checked_by: Participant
    checked_at: datetime
