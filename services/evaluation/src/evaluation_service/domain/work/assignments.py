"""Assignments (giao việc): a quantity of one catalogue version, done, checked and counted."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid, NotFound
from congvu_kit.domain.sizes import require_room
from congvu_kit.domain.working_days import WorkingDays
from evaluation_service.domain.common.numbers import QUANTITY
from evaluation_service.domain.work.causes import CauseKind, CauseState, ObjectiveCause
from evaluation_service.domain.work.reports import (
    COUNTING,
    UNDER_REVIEW,
    WORKABLE,
    AssignmentState,
    PinnedVersion,
    QualityCheck,
    WorkReport,
    WorkSource,
)

REPORTS_MAX = 100
"""Reports of one piece of work, and checks of them: one a day of a quarter, and some returned."""

CAUSES_MAX = 20

PIECES_MAX = 100
"""Pieces of evidence with all reports of one piece of work together."""

ASSIGNMENTS_MAX = 200
"""Pieces of work of one person in one period: three a working day of a quarter."""


@dataclass(frozen=True, kw_only=True)
class AssignmentEvent(Event):
    assignment_id: str
    civil_servant_id: str
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


@dataclass(kw_only=True)
class Assignment(Aggregate):
    """Counts are of the product's own unit. `late` counts products delivered after `due_on`,
    `quality_failures` those that failed a check; the exempt ones have a confirmed cause."""

    period_id: str
    civil_servant_id: str
    appointment_id: str
    unit_id: str
    unit_path: tuple[str, ...]
    province: str
    version: PinnedVersion
    quantity: Decimal
    due_on: date
    source: WorkSource
    assigned_by: Participant
    state: AssignmentState = AssignmentState.ASSIGNED
    completed: Decimal = Decimal(0)
    quality_failures: int = 0
    quality_exempt: int = 0
    late: int = 0
    late_exempt: int = 0
    reports: list[WorkReport] = field(default_factory=list)
    checks: list[QualityCheck] = field(default_factory=list)
    causes: list[ObjectiveCause] = field(default_factory=list)
    review_due_on: date | None = None
    review_due_provisional: bool = False

    def assign(self) -> None:
        QUANTITY.check(self.quantity, "input.quantity")
        self.record(self._told(AssignmentCreated))

    def report(self, report: WorkReport, review_due_on: date, *, provisional: bool = False) -> None:
        self._require(*WORKABLE, step="report", vi="báo cáo")
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

    def move_review(self, sla_days: int, days: WorkingDays, today: date) -> bool:
        """By another calendar than the one it was given by; whether anything changed."""
        if self.state is not AssignmentState.SUBMITTED or self.review_due_on is None:
            return False
        known = (self.review_due_on, self.review_due_provisional)
        since = business_date(self.reports[-1].reported_at)
        due_on = days.moved(self.review_due_on, (since, sla_days), today)
        self.review_due_on = due_on
        self.review_due_provisional = not days.is_settled(since, due_on)
        return known != (self.review_due_on, self.review_due_provisional)

    def accept(self, check: QualityCheck) -> None:
        """Count what was accepted; late products are those reported done after the due date."""
        report = self.waiting_report()
        _check_accepted(check, report)
        self.completed += check.accepted
        self.quality_failures += check.failures
        if report.completed_on > self.due_on:
            self.late += int(check.accepted.to_integral_value(rounding="ROUND_CEILING"))
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
        """Rework: the product failed once (25 % of its quality points under the decree)."""
        self._require(*UNDER_REVIEW, step="return", vi="trả lại")
        self.quality_failures += 1
        self._checked(check)
        self.state = AssignmentState.RETURNED
        self.record(self._told(AssignmentReturned))

    def review_is_overdue(self) -> None:
        self._require(AssignmentState.SUBMITTED, step="charge", vi="ghi lỗi chậm duyệt")
        self.state = AssignmentState.OVERDUE_REVIEW
        self.record(self._told(AssignmentOverdue))

    def count_dossier(self, *, late: bool) -> None:
        """One dossier of the portal, done: quantity and lateness come from there, unreported."""
        self._require(*COUNTING, step="count a dossier", vi="tính hồ sơ")
        self.completed += 1
        self.late += late
        if self.state is AssignmentState.ASSIGNED:
            self.state = AssignmentState.IN_PROGRESS

    def cancel(self) -> None:
        self._require(AssignmentState.ASSIGNED, step="cancel", vi="hủy")
        self.state = AssignmentState.CANCELLED
        self.record(self._told(AssignmentCancelled))

    def claim_cause(self, cause: ObjectiveCause) -> None:
        """Raise `Invalid` when more is claimed than was charged."""
        claimed = sum(
            each.count
            for each in self.causes
            if each.kind is cause.kind and each.state is not CauseState.REFUSED
        )
        charged = self.quality_failures if cause.kind is CauseKind.QUALITY else self.late
        if cause.count < 1 or claimed + cause.count > charged:
            raise Invalid(
                en=f"{cause.count} claimed, but {charged - claimed} of {cause.kind} can be",
                vi=f"đề nghị {cause.count}, nhưng chỉ còn {charged - claimed} lỗi {cause.kind}",
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
            if decision.kind is CauseKind.QUALITY:
                self.quality_exempt += decision.count
            else:
                self.late_exempt += decision.count

    def cause_index(self, cause_id: str) -> int:
        for at, cause in enumerate(self.causes):
            if cause.id == cause_id:
                return at
        raise NotFound(
            en=f"no objective cause {cause_id!r} on this assignment",
            vi=f"không có nguyên nhân khách quan {cause_id!r} trong việc này",
            field="input.causeId",
        )

    def require_owner(self, officer: str | None) -> None:
        if officer != self.civil_servant_id:
            raise Forbidden(en="this is another person's work", vi="đây là việc của người khác")

    @property
    def involved(self) -> list[Participant]:
        deciders = [cause.decided_by for cause in self.causes if cause.decided_by]
        return [self.assigned_by, *(check.checked_by for check in self.checks), *deciders]

    @property
    def counts(self) -> bool:
        return self.state is not AssignmentState.CANCELLED

    def _checked(self, check: QualityCheck) -> None:
        self.checks.append(check)
        self.review_due_on, self.review_due_provisional = None, False

    def _require(self, *states: AssignmentState, step: str, vi: str) -> None:
        if self.state not in states:
            wanted = ", ".join(states)
            raise Conflict(
                en=f"cannot {step}: the assignment is {self.state}, not {wanted}",
                vi=f"không thể {vi}: việc đang ở trạng thái {self.state}, chưa phải {wanted}",
            )

    def _told(self, kind: type[AssignmentEvent]) -> AssignmentEvent:
        ended = (AssignmentState.ACCEPTED_AS_DONE, AssignmentState.CANCELLED)
        return kind(
            assignment_id=self.id,
            civil_servant_id=self.civil_servant_id,
            unit_id=self.unit_id,
            province=self.province,
            period_id=self.period_id,
            version_id=self.version.version_id,
            quantity=self.quantity,
            completed=self.completed,
            open=self.state not in ended,
        )


def _check_accepted(check: QualityCheck, report: WorkReport) -> None:
    if not check.accepted.is_finite() or not 0 <= check.accepted <= report.quantity:
        raise Invalid(
            en=f"accepted must be 0 to the {report.quantity} reported",
            vi=f"nghiệm thu phải từ 0 đến {report.quantity} đã báo cáo",
            field="input.quantity",
        )
    if check.failures < 0:
        raise Invalid(
            en=f"qualityFailures must be 0 or more, not {check.failures}",
            vi=f"qualityFailures phải từ 0 trở lên, không phải {check.failures}",
            field="input.qualityFailures",
        )
