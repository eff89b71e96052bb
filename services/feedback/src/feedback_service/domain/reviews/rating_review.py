"""Answers that look odd wait for a person (soát xét đánh giá): marked, kept, and never dropped."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.vietnamese import vi_text
from congvu_kit.domain.working_days import Term, WorkingDays
from feedback_service.domain.submissions.rating_stream import Doubt
from feedback_service.domain.submissions.submission import SATISFIED_ANSWERS, Submission


class ReviewState(StrEnum):
    PENDING = "PENDING"
    COUNTED = "COUNTED"
    SET_ASIDE = "SET_ASIDE"


class ReviewOutcome(StrEnum):
    COUNTED = "COUNTED"
    SET_ASIDE = "SET_ASIDE"


@dataclass(kw_only=True)
class RatingReview(Aggregate):
    """Answers about one unit that came one way (`source`). They do not count while it is PENDING.
    `civil_servant_ids` did the work that was rated; `by` is who decided, None when nobody did in
    time."""

    province: str
    unit_id: str
    unit_path: tuple[str, ...]
    source: str
    opened_on: date
    decide_by: date
    doubts: tuple[Doubt, ...] = ()
    civil_servant_ids: tuple[str, ...] = ()
    answers: int = 0
    satisfied: int = 0
    state: ReviewState = ReviewState.PENDING
    by: str | None = None
    decided_on: date | None = None
    decision_sequence: int | None = None

    def take(self, answer: Submission, sequence: int) -> None:
        """Mark an answer, as of this entry of the public log."""
        answer.review_id, answer.questioned_sequence = self.id, sequence
        self.answers += 1
        self.satisfied += answer.answer in SATISFIED_ANSWERS
        rated = sorted(answer.officers - {*self.civil_servant_ids})
        self.civil_servant_ids = (*self.civil_servant_ids, *rated)

    def doubt(self, doubts: Iterable[Doubt]) -> bool:
        """True when there is a reason that was not known."""
        before = self.doubts
        self.doubts = tuple(sorted({*before, *doubts}))
        return self.doubts != before

    def end(self, state: ReviewState, *, by: str | None, on: date, sequence: int) -> None:
        if self.state is not ReviewState.PENDING:
            raise Conflict(
                en=f"this review is {self.state}: it was decided",
                vi=f"Đợt soát xét này đã được quyết định: {vi_text(self.state)}.",
            )
        self.state, self.by, self.decided_on, self.decision_sequence = state, by, on, sequence

    def move(self, count: int, days: WorkingDays, today: date) -> bool:
        """To another calendar than the one it was given by; whether the date moved."""
        known = self.decide_by
        if self.state is ReviewState.PENDING:
            self.decide_by = days.moved(known, Term(since=self.opened_on, days=count), today)
        return self.decide_by != known

    def overdue(self, today: date) -> bool:
        return self.state is ReviewState.PENDING and today > self.decide_by

    def standing(self, last_sequence: int | None) -> ReviewState:
        """As of an entry of the public log; None is now."""
        if last_sequence is not None and (self.decision_sequence or 0) > last_sequence:
            return ReviewState.PENDING
        return self.state
