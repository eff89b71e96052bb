"""Assignments (giao việc): a quantity of one catalogue version, done, checked and counted."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import ceil

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.errors import Conflict, Invalid, NotFound
from congvu_kit.domain.sizes import require_room
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.common.numbers import QUANTITY, Count
from evaluation_service.domain.work.assignment_events import (
    AssignmentAccepted,
    AssignmentCancelled,
    AssignmentCarriedOver,
    AssignmentCompleted,
    AssignmentCreated,
    AssignmentOverdue,
    AssignmentProposed,
    AssignmentRaised,
    AssignmentReduced,
    AssignmentRefused,
    AssignmentReturned,
    AssignmentSubmitted,
    AssignmentTransferred,
)
from evaluation_service.domain.work.causes import CauseKind, CauseState, ObjectiveCause
from evaluation_service.domain.work.changes import CHANGES_MAX, QuantityChange
from evaluation_service.domain.work.doubted_work import DoubtedWork
from evaluation_service.domain.work.reports import (
    COUNTING,
    UNDER_REVIEW,
    WORKABLE,
    AssignmentState,
    Proposal,
    QualityCheck,
    WorkReport,
)
from evaluation_service.domain.work.timed_work import TimedWork

REPORTS_MAX = 100
"""Reports of one piece of work, and checks of them: one a day of a quarter, and some returned."""

CAUSES_MAX = 20

PIECES_MAX = 100
"""Pieces of evidence with all reports of one piece of work together."""

ASSIGNMENTS_MAX = 200
"""Pieces of work of one person in one period: three a working day of a quarter."""


@dataclass(kw_only=True)
class Assignment(DoubtedWork, TimedWork):
    """The steps of a piece of work."""

    def assign(self) -> None:
        if not self.by_dossiers:
            QUANTITY.check(self.quantity, "input.quantity")
        self.record(self._told(AssignmentCreated))

    def propose(self, proposal: Proposal) -> None:
        QUANTITY.check(self.quantity, "input.quantity")
        self.state, self.proposal = AssignmentState.PROPOSED, proposal
        self.record(self._told(AssignmentProposed))

    def decide_proposal(self, by: Participant, reason: str | None, *, approved: bool) -> None:
        """What is approved is assigned by whoever approved it."""
        self._require(AssignmentState.PROPOSED, step="decide", vi="quyết định")
        if self.proposal is not None:
            self.proposal = replace(self.proposal, decided_by=by, decision_reason=reason)
        self.assigned_by = by
        self.state = AssignmentState.ASSIGNED if approved else AssignmentState.REFUSED
        self.record(self._told(AssignmentCreated if approved else AssignmentRefused))

    def report(self, report: WorkReport, review_due_on: date, *, provisional: bool = False) -> None:
        self._require(*WORKABLE, step="report", vi="báo cáo")
        self._refuse_by_hand()
        QUANTITY.check(report.quantity, "input.quantity")
        require_room(
            self.reports, REPORTS_MAX, en="reports of one piece of work", vi="báo cáo cho một việc"
        )
        pieces = sum(len(each.evidence) for each in (*self.reports, report))
        require_room(pieces - 1, PIECES_MAX, en="pieces of evidence", vi="minh chứng cho một việc")
        self.reports.append(report)
        self.review_due_on, self.review_due_provisional = review_due_on, provisional
        self.state = AssignmentState.SUBMITTED
        self.record(self._told(AssignmentSubmitted))

    def accept(self, check: QualityCheck) -> None:
        """Count what was accepted; late products are those reported done after the due date."""
        report = self.waiting_report()
        check.require_fit(report, self.remaining)
        self.completed += check.accepted
        self.quality_failures += check.failures * self.unit
        self.late += self._late_of(check.accepted, report)
        self._checked(check)
        done = self.completed >= self.quantity
        self.state = AssignmentState.ACCEPTED_AS_DONE if done else AssignmentState.IN_PROGRESS
        self.record(self._told(AssignmentAccepted))
        if done:
            self.record(self._told(AssignmentCompleted))

    def waiting_report(self) -> WorkReport:
        """What waits for the check; raise `Conflict` when nothing does."""
        self._require(*UNDER_REVIEW, step="accept", vi="nghiệm thu")
        return self.reports[-1]

    def send_back(self, check: QualityCheck) -> None:
        """Rework: the product failed once (25 % of its quality points under the decree). Where no
        rework can follow any more the check has no failure: the report is not accepted, no more."""
        self._require(*UNDER_REVIEW, step="return", vi="trả lại")
        self.quality_failures += check.failures * self.unit
        self._checked(check)
        self.state = AssignmentState.RETURNED
        self.record(self._told(AssignmentReturned))

    def review_is_overdue(self) -> None:
        self._require(AssignmentState.SUBMITTED, step="charge", vi="ghi lỗi chậm duyệt")
        self.state = AssignmentState.OVERDUE_REVIEW
        self.record(self._told(AssignmentOverdue))

    def move_due(self, part: Decimal) -> None:
        """So much of a dossier is due in this work, or, less than 0, no longer."""
        self._require(*COUNTING, step="count a dossier", vi="tính hồ sơ")
        self.quantity += part

    def count_dossier(self, *, late: bool, part: Decimal = Decimal(1)) -> None:
        """A dossier of the portal, done, or one's part of it: quantity and lateness come from
        there, unreported."""
        self._require(*COUNTING, step="count a dossier", vi="tính hồ sơ")
        self.completed += part
        self.late += part if late else 0
        self.dossiers += 1
        if self.state is AssignmentState.ASSIGNED:
            self.state = AssignmentState.IN_PROGRESS

    def cancel(self) -> None:
        self._require(AssignmentState.ASSIGNED, step="cancel", vi="hủy")
        self.state = AssignmentState.CANCELLED
        self.record(self._told(AssignmentCancelled))

    def increase(self, change: QuantityChange) -> None:
        """More than was assigned is accepted after this only."""
        self._require(*COUNTING, step="raise", vi="giao thêm")
        QUANTITY.check(change.after, "input.quantity")
        if change.after <= self.quantity:
            raise Invalid(
                en=f"quantity must be more than the {self.quantity} assigned",
                vi=f"Số lượng phải lớn hơn số đã giao ({vi_text(self.quantity)}).",
                field="input.quantity",
            )
        self._change(change)
        self.record(self._told(AssignmentRaised))

    def reduce(self, change: QuantityChange) -> None:
        """Relief: never below what was done or waits for the check; to nothing cancels it."""
        self._require(*COUNTING, step="reduce", vi="giảm")
        least = self.completed + self.deemed
        if not least <= change.after < self.quantity:
            raise Invalid(
                en=f"quantity must be at least the {least} done or reported, and less than the "
                f"{self.quantity} assigned",
                vi=f"Số lượng phải từ {vi_text(least)} (đã làm hoặc đã báo cáo) đến dưới "
                f"{vi_text(self.quantity)} (đã giao).",
                field="input.quantity",
            )
        self._change(change)
        self.record(self._told(AssignmentReduced))
        if self.quantity == 0:
            self.state = AssignmentState.CANCELLED
            self.record(self._told(AssignmentCancelled))
        elif self.state in WORKABLE and self.completed >= self.quantity:
            self.state = AssignmentState.ACCEPTED_AS_DONE
            self.record(self._told(AssignmentCompleted))

    def hand_on(self, change: QuantityChange, state: AssignmentState, to: str) -> None:
        """Another assignment goes on with what is left; what was done stays counted here."""
        self._require(*WORKABLE, step="hand on", vi="chuyển")
        if self.remaining == 0:
            raise Conflict(en="nothing is left to hand on", vi="Không còn việc để chuyển.")
        self._change(change)
        self.state, self.continued_by = state, to
        over = state is AssignmentState.CARRIED_OVER
        self.record(self._told(AssignmentCarriedOver if over else AssignmentTransferred))

    def claim_cause(self, cause: ObjectiveCause) -> None:
        """Raise `Invalid` when more is claimed than was charged."""
        claimed = sum(
            each.count
            for each in self.causes
            if each.kind is cause.kind and each.state is not CauseState.REFUSED
        )
        charged = ceil(self._charged(cause.kind) / self.unit)
        if cause.count < 1 or claimed + cause.count > charged:
            raise Invalid(
                en=f"{cause.count} claimed, but {charged - claimed} of {cause.kind} can be",
                vi=f"Đề nghị miễn {vi_text(cause.count)} lần {vi_text(cause.kind)}, nhưng chỉ "
                f"còn {vi_text(charged - claimed)} lần chưa được đề nghị.",
                field="input.count",
                rule_id="E-I12",
            )
        require_room(
            self.causes, CAUSES_MAX, en="causes of one piece of work", vi="nguyên nhân cho một việc"
        )
        self.causes.append(cause)

    def decide_cause(self, cause_id: str, decision: ObjectiveCause) -> None:
        at = self.cause_index(cause_id)
        self.causes[at] = decision
        if decision.state is CauseState.CONFIRMED:
            count, most = decision.count * self.unit, self._charged(decision.kind)
            if decision.kind is CauseKind.QUALITY:
                self.quality_exempt = min(most, self.quality_exempt + count)
            else:
                self.late_exempt = min(most, self.late_exempt + count)

    def _charged(self, kind: CauseKind) -> Count:
        return self.quality_failures if kind is CauseKind.QUALITY else self.late

    def cause_index(self, cause_id: str) -> int:
        for at, cause in enumerate(self.causes):
            if cause.id == cause_id:
                return at
        raise NotFound(
            en="this assignment has no such objective cause",
            vi="Việc này không có nguyên nhân khách quan đã nêu.",
            field="input.causeId",
        )

    def _change(self, change: QuantityChange) -> None:
        self._refuse_by_hand()
        require_room(
            self.changes, CHANGES_MAX, en="changes of one piece of work", vi="lần đổi số lượng"
        )
        self.changes.append(change)
        self.quantity = change.after

    def _checked(self, check: QualityCheck) -> None:
        self.checks.append(check)
        self.settle_doubts()
        self.review_due_on, self.review_due_provisional = None, False
