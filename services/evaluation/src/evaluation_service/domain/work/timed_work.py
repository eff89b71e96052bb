"""The dates of a piece of work that are counted in working days, and so move with the calendar."""

from dataclasses import dataclass
from datetime import date

from congvu_kit.domain.clock import business_date
from congvu_kit.domain.working_days import Term, WorkingDays
from evaluation_service.domain.work.assigned_work import AssignedWork
from evaluation_service.domain.work.assignment_events import AssignmentSubmitted
from evaluation_service.domain.work.reports import UNDER_REVIEW, AssignmentState


@dataclass(frozen=True, kw_only=True)
class LeadTerm:
    """The product's lead days, and when they end by the calendar of today."""

    term: Term
    ends_on: date
    provisional: bool

    @classmethod
    def of(cls, term: Term, days: WorkingDays) -> "LeadTerm":
        ends_on = days.ends(term)
        return cls(term=term, ends_on=ends_on, provisional=not days.is_settled(term.since, ends_on))


@dataclass(kw_only=True)
class TimedWork(AssignedWork):
    """A day that somebody named for the work is no term and stays."""

    def owe_by(self, lead: LeadTerm) -> None:
        self.due_term, self.due_on = lead.term, lead.ends_on
        self.due_provisional = lead.provisional

    def move_term(self, days: WorkingDays, today: date) -> bool:
        """By another calendar than the one it was given by; whether anything changed. What was
        done in time by it is late no more."""
        if self.due_term is None:
            return False
        known = (self.due_on, self.due_provisional)
        checked = list(zip(self.checks, self.reports, strict=False))
        charged = self._late_in(checked)
        late = [each.completed_on for each in self.reports if each.completed_on > self.due_on]
        self.due_on = days.moved(self.due_on, self.due_term, today, done_on=min(late, default=None))
        self.due_provisional = not days.is_settled(self.due_term.since, self.due_on)
        self.late -= charged - self._late_in(checked)
        self.late_exempt = min(self.late_exempt, self.late)
        return known != (self.due_on, self.due_provisional)

    def move_review(self, sla_days: int, days: WorkingDays, today: date) -> bool:
        """The same for the check; one that is not overdue by this calendar waits again."""
        if self.state not in UNDER_REVIEW or self.review_due_on is None:
            return False
        known = (self.review_due_on, self.review_due_provisional)
        since = business_date(self.reports[-1].reported_at)
        due_on = days.moved(self.review_due_on, Term(since=since, days=sla_days), today)
        self.review_due_on = due_on
        self.review_due_provisional = not days.is_settled(since, due_on)
        if self.state is AssignmentState.OVERDUE_REVIEW and due_on >= today:
            self.state = AssignmentState.SUBMITTED
            self.record(self._told(AssignmentSubmitted))
        return known != (self.review_due_on, self.review_due_provisional)
