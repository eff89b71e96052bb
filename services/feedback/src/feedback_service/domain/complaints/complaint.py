"""A complaint (hồ sơ phản ánh): from its receipt to an end that the complainant can contest."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.errors import Conflict, Forbidden
from congvu_kit.domain.sizes import require_room
from congvu_kit.domain.vietnamese import vi_text
from congvu_kit.domain.working_days import WorkingDays
from feedback_service.domain.complaints.course import Course
from feedback_service.domain.complaints.events import (
    ComplaintAnswered,
    ComplaintClassified,
    ComplaintClosed,
    ComplaintDisputed,
    ComplaintFiled,
    ComplaintForwarded,
    ComplaintReopened,
    ComplaintRescheduled,
    ComplaintUpheld,
)
from feedback_service.domain.complaints.values import (
    CONTESTABLE,
    DECIDABLE,
    DISPUTES_MAX,
    FORWARDS_MAX,
    REOPENABLE,
    Category,
    ClosingBasis,
    ComplaintDecision,
    ComplaintState,
    Disclosure,
    Forward,
    PublicText,
    Verdict,
)
from feedback_service.domain.submissions.submission import Channel, SubmitterType

S = ComplaintState


@dataclass(kw_only=True)
class Complaint(Course):
    """`person` is a salted commitment to the complainant; `unit_path` is the unit that has it now
    and those above it."""

    unit_path: tuple[str, ...]
    dossier_code: str | None
    channel: Channel
    submitter_type: SubmitterType
    person: str
    salt: str
    filed_at: datetime
    log_sequence: int
    category: Category | None = None
    summary: PublicText | None = None
    handler: str | None = None
    answers: tuple[PublicText, ...] = ()
    decision: ComplaintDecision | None = None
    closed_on: date | None = None
    basis: ClosingBasis | None = None
    closing_reason: PublicText | None = None
    duplicate_of: str | None = None
    disclosures: tuple[Disclosure, ...] = ()
    forwards: tuple[Forward, ...] = ()

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
                vi="Người bị phản ánh không được giao xử lý.",
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
                round=self.disputes,
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
                vi="Thời hạn nêu ý kiến không đồng ý đã hết vào ngày "
                f"{vi_text(self.dispute_until)}.",
                rule_id="F-I6",
            )
        self._dispute_once_more()
        self.state = S.DISPUTED
        self.dispute_term = None
        self.owe(on, self.terms.decide_days, days)
        self.record(ComplaintDisputed(**self._about(on)))

    def reopen(self, on: date, days: WorkingDays) -> None:
        """Back to the unit for a new answer; the dispute stands until there is one."""
        self._require("reopen", S.DISPUTED)
        self._owe_again(on, days)
        self.record(ComplaintReopened(**self._about(on)))

    def reopen_closed(self, on: date, days: WorkingDays) -> None:
        """The complainant's word after it ended on their own word or their silence, which is not
        consent; what stands then is a dispute (F-I6)."""
        if self.basis not in REOPENABLE:
            raise self._not_now("reopen")
        if self.reopen_until is None or on > self.reopen_until:
            raise Conflict(
                en=f"the window for reopening ended on {self.reopen_until}",
                vi=f"Thời hạn đề nghị mở lại đã hết vào ngày {vi_text(self.reopen_until)}.",
                rule_id="F-I6",
            )
        self._dispute_once_more()
        self.reopen_term = None
        self._owe_again(on, days)
        self.record(ComplaintReopened(**self._about(on), by_complainant=True))

    def forward(
        self, path: tuple[str, ...], reason: PublicText, by: Participant, days: WorkingDays
    ) -> None:
        """To the unit whose business it is, which has the whole term from that day on, as a body
        has from its acceptance (Law on Complaints 2011, articles 27 and 28)."""
        self._require("forward", S.RECEIVED, S.CLASSIFIED, S.ASSIGNED, S.IN_PROGRESS)
        if reason.on > self.answer_by:
            raise Conflict(
                en=f"the answer was due on {self.answer_by}: answer it, or the level above decides",
                vi=f"Đã quá hạn trả lời (ngày {vi_text(self.answer_by)}). Vui lòng trả lời, "
                "hoặc đề nghị cấp trên kết luận.",
            )
        been = {self.unit_id, *(each.from_unit_id for each in self.forwards)}
        if path[0] in been:
            raise Conflict(
                en="it was with that unit already; who disagrees asks the level above to decide",
                vi="Phản ánh đã từng ở đơn vị đó. Nếu không thống nhất thẩm quyền, đề nghị "
                "cấp trên quyết định.",
                field="input.unitId",
            )
        require_room(
            self.forwards,
            FORWARDS_MAX,
            en="forwardings of one complaint",
            vi="lần chuyển một phản ánh",
        )
        self.forwards = (*self.forwards, Forward(from_unit_id=self.unit_id, reason=reason))
        self._handled(by)
        self.unit_id, self.unit_path = path[0], path
        self.state, self.category, self.summary, self.handler = S.RECEIVED, None, None, None
        self.forwarded_on = reason.on
        self.begin(days)
        self.record(
            ComplaintForwarded(
                **self._about(reason.on),
                from_unit_id=self.forwards[-1].from_unit_id,
                answer_by=self.answer_by,
            )
        )

    def decide(self, decision: ComplaintDecision) -> None:
        if not self.overdue:
            self._require("decide", *DECIDABLE)
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

    def close_as_resolved(self, on: date, days: WorkingDays) -> None:
        """Only on the complainant's word, or after the window passed in silence (F-I6)."""
        if self.state in (S.DISPUTED, S.REOPENED):
            raise Conflict(
                en="a dispute stands; only a decision from outside the unit ends it",
                vi="Người phản ánh không đồng ý; chỉ kết luận từ bên ngoài đơn vị mới kết "
                "thúc được.",
                rule_id="F-I6",
            )
        self._require("close as resolved", S.ANSWERED, S.CONFIRMED_RESOLVED)
        if self.state is S.CONFIRMED_RESOLVED:
            self.allow_reopening(on, days)
            self._close(S.CLOSED_RESOLVED, ClosingBasis.CONFIRMED, on)
            return
        if self.dispute_until is None or on <= self.dispute_until:
            raise Conflict(
                en=f"the complainant may still dispute, until {self.dispute_until}",
                vi="Người phản ánh còn quyền không đồng ý đến hết ngày "
                f"{vi_text(self.dispute_until)}.",
                rule_id="F-I6",
            )
        # What was disputed once is not resolved by silence after the next answer.
        end = S.CLOSED_UNRESOLVED if self.disputes else S.CLOSED_RESOLVED
        self.allow_reopening(on, days)
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
        self.forwards = tuple(each.without(log_sequence) for each in self.forwards)
        if self.decision is not None:
            reason = self.decision.reason.without(log_sequence)
            self.decision = replace(self.decision, reason=reason)

    def reschedule(self, days: WorkingDays, on: date) -> bool:
        """A working calendar was published or corrected; True when a date moved."""
        moved = self.move(days, on)
        if moved:
            self.record(ComplaintRescheduled(**self._about(on), **self.dates))
        return moved

    def _dispute_once_more(self) -> None:
        require_room(
            self.disputes,
            DISPUTES_MAX,
            en="disputes of one complaint",
            vi="lần không đồng ý với một phản ánh",
        )
        self.disputes += 1
        self.closed_on = self.basis = self.closing_reason = self.duplicate_of = None

    def _owe_again(self, on: date, days: WorkingDays) -> None:
        self.state = S.REOPENED
        self.owe(on, self.terms.answer_days, days)

    def _close(self, state: ComplaintState, basis: ClosingBasis, on: date) -> None:
        self.state, self.basis, self.closed_on = state, basis, on
        self.owe_nothing()
        self.dispute_term = self.dispute_term if state in CONTESTABLE else None
        self.record(ComplaintClosed(**self._about(on), state=state, basis=basis))
