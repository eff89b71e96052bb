"""A complaint (hồ sơ phản ánh): from its receipt to an end that the complainant can contest."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypedDict

from congvu_kit.domain.actor import Actor, Participant
from congvu_kit.domain.errors import Conflict, Forbidden
from congvu_kit.domain.sizes import require_room
from congvu_kit.domain.working_days import WorkingDays
from feedback_service.domain.common.officers import Handled
from feedback_service.domain.complaints.deadlines import Deadlines
from feedback_service.domain.complaints.events import (
    ComplaintAnswered,
    ComplaintClassified,
    ComplaintClosed,
    ComplaintDisputed,
    ComplaintEscalated,
    ComplaintFiled,
    ComplaintReopened,
    ComplaintRescheduled,
    ComplaintUpheld,
)
from feedback_service.domain.complaints.values import (
    CONTESTABLE,
    DECIDABLE,
    DISPUTES_MAX,
    TIMED,
    Category,
    ClosingBasis,
    ComplaintDecision,
    ComplaintState,
    Disclosure,
    Escalation,
    PublicText,
    Verdict,
)
from feedback_service.domain.submissions.submission import Channel, SubmitterType

S = ComplaintState


class _About(TypedDict):
    complaint_id: str
    province: str
    unit_id: str
    on: date


@dataclass(kw_only=True)
class Complaint(Deadlines, Handled):
    """`person` is a salted commitment to the complainant; `handled_by` are the people who acted
    for the unit and so may not decide; `unit_path` is the unit and those above it."""

    province: str
    unit_id: str
    unit_path: tuple[str, ...]
    dossier_code: str | None
    channel: Channel
    submitter_type: SubmitterType
    person: str
    salt: str
    filed_at: datetime
    log_sequence: int
    state: ComplaintState = S.RECEIVED
    category: Category | None = None
    summary: PublicText | None = None
    handler: str | None = None
    answers: tuple[PublicText, ...] = ()
    disputes: int = 0
    decision: ComplaintDecision | None = None
    handled_by: tuple[Participant, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    closed_on: date | None = None
    basis: ClosingBasis | None = None
    closing_reason: PublicText | None = None
    duplicate_of: str | None = None
    disclosures: tuple[Disclosure, ...] = ()

    def require_unit_staff(self, actor: Actor) -> None:
        """Those of the unit handle it, except the person complained of (F-I3)."""
        if actor.unit != self.unit_id or actor.province != self.province:
            raise Forbidden(
                en="only the unit complained of handles this",
                vi="chỉ đơn vị bị phản ánh được xử lý bước này",
            )
        self.require_not_subject(actor)

    def require_outside(self, actor: Actor) -> None:
        """The verdict comes from outside the unit, and from nobody who handled the case."""
        if actor.province != self.province:
            raise Forbidden(
                en="this complaint is of another province", vi="phản ánh thuộc tỉnh khác"
            )
        if actor.unit == self.unit_id or self._handled_before(Participant.of(actor)):
            raise Forbidden(
                en="the verdict is decided outside the unit complained of",
                vi="kết luận phải do bên ngoài đơn vị bị phản ánh quyết định",
                rule_id="F-I6",
            )
        self.require_not_subject(actor)

    def require_not_subject(self, actor: Actor) -> None:
        """A token that names no officer does not show that it is somebody else (F-I3)."""
        if self.officers and actor.require_officer("F-I3") in self.officers:
            raise Forbidden(
                en="you are the person complained of",
                vi="bạn là người bị phản ánh",
                rule_id="F-I3",
            )

    def file(self) -> None:
        self.record(ComplaintFiled(**self._about(self.filed_on), answer_by=self.answer_by))

    def classify(self, category: Category, summary: PublicText, by: Participant) -> None:
        self._require("classify", S.RECEIVED)
        self.state, self.category, self.summary = S.CLASSIFIED, category, summary
        self.owe_answer()
        self._handled(by)
        self.record(ComplaintClassified(**self._about(summary.on), category=category))

    def assign(self, handler: str, by: Participant) -> None:
        self._require("assign", S.CLASSIFIED, S.ASSIGNED, S.IN_PROGRESS, S.REOPENED)
        if handler in self.officers:
            raise Forbidden(
                en="the person complained of cannot handle it",
                vi="người bị phản ánh không được giao xử lý",
                field="input.handlerId",
                rule_id="F-I3",
            )
        self.state, self.handler = S.ASSIGNED, handler
        self._handled(by)

    def take_up(self, by: Participant) -> None:
        self._require("take up", S.CLASSIFIED, S.ASSIGNED, S.REOPENED)
        self.state = S.IN_PROGRESS
        self._handled(by)

    def answer(self, answer: PublicText, by: Participant, days: WorkingDays) -> None:
        self._require("answer", S.CLASSIFIED, S.ASSIGNED, S.IN_PROGRESS, S.REOPENED)
        self.state = S.ANSWERED
        self.answers = (*self.answers, answer)
        if self.answered_on is None:
            self.answered_on = answer.on
        self.owe_nothing()
        self.open_window(answer.on, days)
        self._handled(by)
        self.record(
            ComplaintAnswered(
                **self._about(answer.on),
                late=answer.on > self.answer_by,
                dispute_until=days.after(answer.on, self.terms.dispute_days),
            )
        )

    def confirm(self) -> None:
        """The complainant's own word, which alone makes it resolved."""
        self._require("confirm", S.ANSWERED)
        self.dispute_term = None
        self.state = S.CONFIRMED_RESOLVED

    def dispute(self, on: date, days: WorkingDays) -> None:
        self._require("dispute", *CONTESTABLE)
        if self.dispute_until is None or on > self.dispute_until:
            raise Conflict(
                en=f"the window for disputing ended on {self.dispute_until}",
                vi=f"thời hạn không đồng ý đã hết ngày {self.dispute_until}",
                rule_id="F-I6",
            )
        require_room(
            self.disputes,
            DISPUTES_MAX,
            en="disputes of one complaint",
            vi="lần không đồng ý với một phản ánh",
        )
        self.state, self.disputes = S.DISPUTED, self.disputes + 1
        self.dispute_term = None
        self.owe(on, self.terms.decide_days, days)
        self.closed_on = self.basis = self.closing_reason = self.duplicate_of = None
        self.record(ComplaintDisputed(**self._about(on)))

    def reopen(self, on: date, days: WorkingDays) -> None:
        """Back to the unit for a new answer; the dispute stands until there is one."""
        self._require("reopen", S.DISPUTED)
        self.state = S.REOPENED
        self.owe(on, self.terms.answer_days, days)
        self.record(ComplaintReopened(**self._about(on)))

    def decide(self, decision: ComplaintDecision) -> None:
        overdue = tuple(each.state for each in self.escalations)
        self._require("decide", *DECIDABLE, *overdue)
        self.decision = decision
        if decision.verdict is Verdict.NOT_UPHELD:
            end = S.CLOSED_UNFOUNDED
        else:
            end = S.CLOSED_RESOLVED if decision.remedied else S.CLOSED_UNRESOLVED
            self.record(
                ComplaintUpheld(
                    **self._about(decision.reason.on),
                    verdict=decision.verdict,
                    civil_servant_id=self.civil_servant_id,
                    dossier_code=self.dossier_code,
                )
            )
        self._close(end, ClosingBasis.DECISION, decision.reason.on)

    def close_as_resolved(self, on: date) -> None:
        """Only on the complainant's word, or after the window passed in silence (F-I6)."""
        if self.state in (S.DISPUTED, S.REOPENED):
            raise Conflict(
                en="a dispute stands; only a decision from outside the unit ends it",
                vi="người dân không đồng ý; chỉ kết luận từ bên ngoài đơn vị mới kết thúc được",
                rule_id="F-I6",
            )
        self._require("close as resolved", S.ANSWERED, S.CONFIRMED_RESOLVED)
        if self.state is S.CONFIRMED_RESOLVED:
            self._close(S.CLOSED_RESOLVED, ClosingBasis.CONFIRMED, on)
            return
        if self.dispute_until is None or on <= self.dispute_until:
            raise Conflict(
                en=f"the complainant may still dispute, until {self.dispute_until}",
                vi=f"người phản ánh còn quyền không đồng ý đến hết ngày {self.dispute_until}",
                rule_id="F-I6",
            )
        # What was disputed once is not resolved by silence after the next answer.
        end = S.CLOSED_UNRESOLVED if self.disputes else S.CLOSED_RESOLVED
        self._close(end, ClosingBasis.SILENCE, on)

    def closable_on(self, on: date) -> bool:
        """Whether nothing more is to be waited for."""
        silent = self.dispute_until is not None and on > self.dispute_until
        return self.state is S.CONFIRMED_RESOLVED or (self.state is S.ANSWERED and silent)

    def set_aside(
        self, state: ComplaintState, reason: PublicText, by: Participant, days: WorkingDays
    ) -> None:
        """As another's business or a duplicate: the unit's word, so it can be disputed."""
        self._require("set aside", S.RECEIVED, S.CLASSIFIED, S.ASSIGNED, S.IN_PROGRESS)
        self.closing_reason = reason
        self._handled(by)
        self.open_window(reason.on, days)
        self._close(state, ClosingBasis.UNIT, reason.on)

    def escalate(self, on: date) -> bool:
        """Note that a date passed; True the first time for this state and date."""
        if self.state not in TIMED or self.due_on is None or on <= self.due_on:
            return False
        overdue = self.state
        self.escalations = (*self.escalations, Escalation(state=overdue, on=on))
        self.owe_nothing()
        self.record(ComplaintEscalated(**self._about(on), overdue_state=overdue))
        return True

    def disclose_to(self, subject: str, on: date) -> None:
        self.disclosures = (*self.disclosures, Disclosure(to=subject, on=on))

    def disclosed_to(self, subject: str | None, on: date) -> bool:
        """A disclosure holds for the day on which it was recorded."""
        return any(each.to == subject and each.on == on for each in self.disclosures)

    def hide(self, log_sequence: int) -> None:
        """Forget the text that was hidden in this log entry."""
        self.summary = self.summary and self.summary.without(log_sequence)
        self.closing_reason = self.closing_reason and self.closing_reason.without(log_sequence)
        self.answers = tuple(answer.without(log_sequence) for answer in self.answers)
        if self.decision is not None:
            reason = self.decision.reason.without(log_sequence)
            self.decision = replace(self.decision, reason=reason)

    def reschedule(self, days: WorkingDays, on: date) -> bool:
        """A working calendar was published or corrected; True when a date moved."""
        moved = self.move(days, on)
        if moved:
            self.record(ComplaintRescheduled(**self._about(on), **self.dates))
        return moved

    def _about(self, on: date) -> _About:
        return _About(complaint_id=self.id, province=self.province, unit_id=self.unit_id, on=on)

    def _handled(self, by: Participant) -> None:
        if by not in self.handled_by:
            self.handled_by = (*self.handled_by, by)

    def _handled_before(self, by: Participant) -> bool:
        return any(by.same_person(each) for each in self.handled_by)

    def _require(self, step: str, *states: ComplaintState) -> None:
        if self.state not in states:
            raise Conflict(
                en=f"complaint {self.id!r} is {self.state}: cannot {step}",
                vi=f"phản ánh {self.id!r} đang ở trạng thái {self.state}: không thực hiện được",
            )

    def _close(self, state: ComplaintState, basis: ClosingBasis, on: date) -> None:
        self.state, self.basis, self.closed_on = state, basis, on
        self.owe_nothing()
        self.dispute_term = self.dispute_term if state in CONTESTABLE else None
        self.record(ComplaintClosed(**self._about(on), state=state, basis=basis))
