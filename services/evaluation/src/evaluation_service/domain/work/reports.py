"""What an assignment is made of: the pinned version, reports, checks, and how far it has come."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.common.evidence import Evidence


class AssignmentState(StrEnum):
    PROPOSED = "PROPOSED"
    REFUSED = "REFUSED"
    ASSIGNED = "ASSIGNED"
    IN_PROGRESS = "IN_PROGRESS"
    SUBMITTED = "SUBMITTED"
    OVERDUE_REVIEW = "OVERDUE_REVIEW"
    RETURNED = "RETURNED"
    ACCEPTED_AS_DONE = "ACCEPTED_AS_DONE"
    CANCELLED = "CANCELLED"
    CARRIED_OVER = "CARRIED_OVER"
    TRANSFERRED = "TRANSFERRED"


UNDER_REVIEW = (AssignmentState.SUBMITTED, AssignmentState.OVERDUE_REVIEW)
WORKABLE = (AssignmentState.ASSIGNED, AssignmentState.IN_PROGRESS, AssignmentState.RETURNED)
COUNTING = (*WORKABLE, *UNDER_REVIEW)
"""States in which it is under way: a dossier of the portal counts for it, and a decision may move
its quantity."""
UNCOUNTED = (AssignmentState.PROPOSED, AssignmentState.REFUSED, AssignmentState.CANCELLED)
"""States in which it is nobody's work and counts nowhere."""


class WorkSource(StrEnum):
    PLAN = "PLAN"
    AD_HOC = "AD_HOC"
    PORTAL = "PORTAL"


class QuantityFrom(StrEnum):
    """Who decides how much is assigned: the superior, or the citizens by their dossiers."""

    GIVEN = "GIVEN"
    DOSSIERS = "DOSSIERS"


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

    def require_fit(self, report: WorkReport, remaining: Decimal) -> None:
        """Raise `Invalid` for more than was reported, and for more than was assigned (E-I5)."""
        if not self.accepted.is_finite() or not 0 <= self.accepted <= report.quantity:
            raise Invalid(
                en=f"accepted must be 0 to the {report.quantity} reported",
                vi=f"Số lượng nghiệm thu phải từ 0 đến {vi_text(report.quantity)} (đã báo cáo).",
                field="input.quantity",
            )
        if self.accepted > remaining:
            raise Invalid(
                en=f"{remaining} are left of what was assigned; more is accepted after the "
                "assignment was raised (raiseAssignment)",
                vi=f"Chỉ còn {vi_text(remaining)} trong số được giao. Để nghiệm thu nhiều "
                "hơn, vui lòng giao thêm trước.",
                field="input.quantity",
                rule_id="E-I5",
            )
        if self.failures < 0:
            raise Invalid(
                en=f"qualityFailures must be 0 or more, not {self.failures}",
                vi="Số lần không đạt chất lượng phải từ 0 trở lên.",
                field="input.qualityFailures",
            )


def check_id(assignment_id: str, number: int) -> str:
    """Of the so-and-so-many-th check of an assignment: what a later sheet rests on."""
    return derived_id("chk", assignment_id, str(number))


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Ad-hoc work that the officer proposed (đề xuất việc đột xuất), and what became of it."""

    proposed_by: Participant
    reason: str
    decided_by: Participant | None = None
    decision_reason: str | None = None


def quantity_asked(
    quantity: Decimal | None, quantity_from: QuantityFrom, version: PinnedVersion
) -> Decimal:
    """What is given; none yet where the dossiers decide, which only a procedure has."""
    by_dossiers = quantity_from is QuantityFrom.DOSSIERS
    if by_dossiers is not (quantity is None):
        raise Invalid(
            en="give a quantity, or quantityFrom DOSSIERS and none",
            vi="Vui lòng nêu số lượng, trừ khi lấy số lượng theo hồ sơ.",
            field="input.quantity",
        )
    if by_dossiers and version.procedure_code is None:
        raise Invalid(
            en="this product has no procedureCode: no dossiers can be counted for it",
            vi="Sản phẩm này không có mã thủ tục nên không tính được theo hồ sơ.",
            field="input.quantityFrom",
            rule_id="E-I17",
        )
    return quantity or Decimal(0)
