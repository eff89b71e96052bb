"""The dates of a complaint: counted in working days, moved with the calendar."""

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.working_days import Term, WorkingDays
from feedback_service.domain.complaints.values import Terms


class Dates(TypedDict):
    answer_by: date
    due_on: date | None
    dispute_until: date | None


@dataclass(kw_only=True)
class Deadlines(Aggregate):
    """`due_term` and `dispute_term` are what the dates beside them were counted from; a date is
    `provisional` while a year up to it is not announced."""

    terms: Terms
    filed_on: date
    answer_by: date
    due_on: date | None
    answered_on: date | None = None
    dispute_until: date | None = None
    due_term: Term | None = None
    dispute_term: Term | None = None
    provisional: bool = False

    @property
    def answered_in_time(self) -> bool:
        return self.answered_on is not None and self.answered_on <= self.answer_by

    @property
    def dates(self) -> Dates:
        return Dates(answer_by=self.answer_by, due_on=self.due_on, dispute_until=self.dispute_until)

    def begin(self, days: WorkingDays) -> None:
        """The unit is to say what it is about, and then to answer."""
        self.answer_by = days.after(self.filed_on, self.terms.answer_days)
        self.owe(self.filed_on, self.terms.classify_days, days)

    def owe(self, since: date, count: int, days: WorkingDays) -> None:
        """A step is due so many working days after `since`."""
        self.due_term, self.due_on = Term(since=since, days=count), days.after(since, count)
        self._mark(days)

    def owe_answer(self) -> None:
        self.due_term = Term(since=self.filed_on, days=self.terms.answer_days)
        self.due_on = self.answer_by

    def owe_nothing(self) -> None:
        self.due_term = self.due_on = None

    def open_window(self, since: date, days: WorkingDays) -> None:
        """The unit's word of that day may be disputed."""
        self.dispute_term = Term(since=since, days=self.terms.dispute_days)
        self.dispute_until = days.after(since, self.terms.dispute_days)
        self._mark(days)

    def move(self, days: WorkingDays, today: date) -> bool:
        """To another calendar; whether a date moved. An answer is late only by the last one."""
        known = self.dates
        filed = Term(since=self.filed_on, days=self.terms.answer_days)
        self.answer_by = days.moved(self.answer_by, filed, today, done_on=self.answered_on)
        if self.due_on is not None and self.due_term is not None:
            self.due_on = days.moved(self.due_on, self.due_term, today)
        if self.dispute_until is not None and self.dispute_term is not None:
            self.dispute_until = days.moved(self.dispute_until, self.dispute_term, today)
        self._mark(days)
        return self.dates != known

    def _mark(self, days: WorkingDays) -> None:
        last = max(filter(None, (self.answer_by, self.due_on, self.dispute_until)))
        self.provisional = not days.is_settled(self.filed_on, last)
