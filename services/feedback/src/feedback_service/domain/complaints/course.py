"""The course of a complaint: where it stands, and what happens when a date passes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.vietnamese import vi_text
from congvu_kit.domain.working_days import WorkingDays
from feedback_service.domain.complaints.deadlines import Deadlines
from feedback_service.domain.complaints.events import ComplaintAnswerOverdue, ComplaintEscalated
from feedback_service.domain.complaints.sides import Sides
from feedback_service.domain.complaints.values import (
    ESCALATIONS_MAX,
    OF_THE_UNIT,
    TIMED,
    ComplaintState,
    Escalation,
    Rung,
)


class About(TypedDict):
    complaint_id: str
    province: str
    unit_id: str
    on: date


@dataclass(kw_only=True)
class Course(Deadlines, Sides):
    state: ComplaintState = ComplaintState.RECEIVED
    disputes: int = 0
    escalations: tuple[Escalation, ...] = ()

    @property
    def overdue(self) -> bool:
        """A date passed without the step that was due, and the step is still due."""
        return self.state in TIMED and self.due_on is None

    def escalate(
        self, on: date, ladder: Sequence[Rung], days: WorkingDays, responsible: str | None
    ) -> bool:
        """Note that a date passed and tell the next on the `ladder`, whose last is the review
        board; whether there was something to note. `responsible` is who owed the answer."""
        step_passed = self.due_on is not None and on > self.due_on
        if self.state not in TIMED or not (step_passed or self.waited_for(on)):
            return False
        self._charge(on, responsible)
        self.rung = 0 if step_passed else self.rung
        if self.rung < len(ladder) and len(self.escalations) < ESCALATIONS_MAX:
            self._tell(ladder[self.rung], on)
        climbing = self.rung < len(ladder)
        self.due_term = self.due_on = None
        self.wait(on, days, climbing=climbing, answer_owed=self.state is ComplaintState.RECEIVED)
        return True

    def _tell(self, to: Rung, on: date) -> None:
        told = Escalation(
            state=self.state, on=on, unit_id=to.unit_id, civil_servant_id=to.civil_servant_id
        )
        self.escalations, self.rung = (*self.escalations, told), self.rung + 1
        self.escalated_to = to.civil_servant_id
        self.record(
            ComplaintEscalated(
                **self._about(on),
                overdue_state=self.state,
                to_unit_id=to.unit_id,
                civil_servant_id=to.civil_servant_id,
            )
        )

    def _charge(self, on: date, responsible: str | None) -> None:
        """An answer that is overdue is a fault of who owed it, once for each date."""
        first = self.answered_on is None and self.disputes == 0
        due = self.answer_by if first else self.due_on
        if self.state not in OF_THE_UNIT or due is None or on <= due or due == self.charged_for:
            return
        self.charged_for = due
        if responsible is not None:
            since = self.counted_from if first or self.due_term is None else self.due_term.since
            self.record(
                ComplaintAnswerOverdue(
                    **self._about(on),
                    civil_servant_id=responsible,
                    since=since,
                    due_on=due,
                    term_days=self.terms.answer_days,
                    round=self.disputes,
                )
            )

    def _about(self, on: date) -> About:
        return About(complaint_id=self.id, province=self.province, unit_id=self.unit_id, on=on)

    def _require(self, step: str, *states: ComplaintState) -> None:
        if self.state not in states:
            raise self._not_now(step)

    def _not_now(self, step: str) -> Conflict:
        return Conflict(
            en=f"this complaint is {self.state}: cannot {step}",
            vi=f"Chưa thực hiện được: tình trạng của phản ánh là «{vi_text(self.state)}».",
        )
