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
    reopen_until: date | None


@dataclass(kw_only=True)
class Deadlines(Aggregate):
    """`due_term`, `dispute_term`, … are what the dates beside them were counted from; a date is
    `provisional` while a year up to it is not announced. `forwarded_on` begins the term of the unit
    that has it now. Once a date passed `escalate_on` is when the next above is told, `rung` how
    many were and `escalated_to` the last by name; `charged_for` is the last date of an answer that
    was charged to somebody."""

    terms: Terms
    filed_on: date
    answer_by: date
    due_on: date | None
    answered_on: date | None = None
    dispute_until: date | None = None
    due_term: Term | None = None
    dispute_term: Term | None = None
    provisional: bool = False
    forwarded_on: date | None = None
    reopen_until: date | None = None
    reopen_term: Term | None = None
    escalate_on: date | None = None
    escalate_term: Term | None = None
    rung: int = 0
    charged_for: date | None = None
    escalated_to: str | None = None

    @property
    def counted_from(self) -> date:
        return self.forwarded_on or self.filed_on

    @property
    def answered_in_time(self) -> bool:
        return self.answered_on is not None and self.answered_on <= self.answer_by

    @property
    def dates(self) -> Dates:
        return Dates(
            answer_by=self.answer_by,
            due_on=self.due_on,
            dispute_until=self.dispute_until,
            reopen_until=self.reopen_until,
        )

    def begin(self, days: WorkingDays) -> None:
        """The unit that has it is to say what it is about, and then to answer."""
        self.answer_by = days.after(self.counted_from, self.terms.answer_days)
        self.owe(self.counted_from, self.terms.classify_days, days)

    def owe(self, since: date, count: int, days: WorkingDays) -> None:
        """A step is due so many working days after `since`."""
        self.owe_nothing()
        self.due_term, self.due_on = Term(since=since, days=count), days.after(since, count)
        self._mark(days)

    def owe_answer(self) -> None:
        self.owe_nothing()
        self.due_term = Term(since=self.counted_from, days=self.terms.answer_days)
        self.due_on = self.answer_by

    def owe_nothing(self) -> None:
        self.due_term = self.due_on = None
        self.escalate_term = self.escalate_on = self.escalated_to = None

    def waited_for(self, on: date) -> bool:
        """Whether nothing happened until the date on which the next above is told."""
        return self.escalate_on is not None and on > self.escalate_on

    def wait(self, on: date, days: WorkingDays, *, climbing: bool, answer_owed: bool) -> None:
        """For the next above, or for the date of the answer, which a step before it hid."""
        term = Term(since=on, days=self.terms.escalate_days)
        self.escalate_term = term if climbing else None
        dates = [days.ends(term)] if climbing else []
        if answer_owed and self.answer_by >= on:
            dates.append(self.answer_by)
        self.escalate_on = min(dates, default=None)

    def allow_reopening(self, on: date, days: WorkingDays) -> None:
        self.reopen_term = Term(since=on, days=self.terms.reopen_days)
        self.reopen_until = days.ends(self.reopen_term)
        self._mark(days)

    def open_window(self, since: date, days: WorkingDays) -> None:
        """The unit's word of that day may be disputed."""
        self.dispute_term = Term(since=since, days=self.terms.dispute_days)
        self.dispute_until = days.after(since, self.terms.dispute_days)
        self._mark(days)

    def move(self, days: WorkingDays, today: date) -> bool:
        """To another calendar; whether a date moved. An answer is late only by the last one."""
        known = self.dates
        filed = Term(since=self.counted_from, days=self.terms.answer_days)
        self.answer_by = days.moved(self.answer_by, filed, today, done_on=self.answered_on)
        if self.due_on is not None and self.due_term is not None:
            self.due_on = days.moved(self.due_on, self.due_term, today)
        if self.dispute_until is not None and self.dispute_term is not None:
            self.dispute_until = days.moved(self.dispute_until, self.dispute_term, today)
        if self.reopen_until is not None and self.reopen_term is not None:
            self.reopen_until = days.moved(self.reopen_until, self.reopen_term, today)
        if self.escalate_on is not None and self.escalate_term is not None:
            self.escalate_on = days.moved(self.escalate_on, self.escalate_term, today)
        self._mark(days)
        return self.dates != known

    def _mark(self, days: WorkingDays) -> None:
        last = max(
            filter(None, (self.answer_by, self.due_on, self.dispute_until, self.reopen_until))
        )
        self.provisional = not days.is_settled(self.filed_on, last)
