"""Counting citizens' answers, dossiers and complaints of a unit and period."""

from collections.abc import Mapping, Sequence

from congvu_kit.application.ports import Condition, Eq, Gte, Lt, Transaction
from feedback_service.application.collections import (
    COMPLAINTS,
    DOSSIERS,
    RATING_REVIEWS,
    SUBMISSIONS,
)
from feedback_service.domain.complaints.values import ClosingBasis
from feedback_service.domain.copies.period import Period
from feedback_service.domain.indexes.satisfaction_index import IndexEvidence
from feedback_service.domain.reviews.rating_review import ReviewState
from feedback_service.domain.submissions.submission import Kind

SETTLED = (ClosingBasis.CONFIRMED, ClosingBasis.SILENCE, ClosingBasis.DECISION)

SATISFIED = Eq("extra.satisfied", True)


def within(unit_id: str, period: Period, path: str) -> list[Condition]:
    """Of the unit and the units below it, by Vietnamese calendar days of the period."""
    return [
        Eq("unit_path", unit_id),
        Gte(path, period.starts_on.isoformat()),
        Lt(path, period.ends_on.isoformat()),
    ]


def answers_within(unit_id: str, period: Period) -> list[Condition]:
    return [
        *within(unit_id, period, "received_on"),
        Eq("kind", Kind.SATISFACTION),
        *until(period, "log_sequence"),
    ]


def until(period: Period, path: str) -> list[Condition]:
    """Of a frozen period, what the log told before it was frozen."""
    return [] if period.last_seq is None else [Lt(path, period.last_seq + 1)]


async def by_state(
    tx: Transaction, review_ids: Sequence[str], period: Period
) -> Mapping[ReviewState, Sequence[str]]:
    """As they stand, of a frozen period as they stood."""
    states: dict[ReviewState, list[str]] = {state: [] for state in ReviewState}
    for review in await tx.store(RATING_REVIEWS).find_many(review_ids):
        if review is not None:
            states[review.standing(period.last_seq)].append(review.id)
    return states


async def count_evidence(tx: Transaction, unit_id: str, period: Period) -> IndexEvidence:
    answers, questioned = answers_within(unit_id, period), until(period, "questioned_sequence")
    due, closed = (within(unit_id, period, path) for path in ("answer_by", "closed_on"))
    submissions, complaints = tx.store(SUBMISSIONS), tx.store(COMPLAINTS)
    counts = await submissions.count_by("review_id", *answers, *questioned)
    pleased = await submissions.count_by("review_id", *answers, *questioned, SATISFIED)
    of_state = await by_state(tx, sorted(counts), period)

    def counted(state: ReviewState) -> tuple[int, int]:
        ids = of_state[state]
        return sum(counts[id] for id in ids), sum(pleased.get(id, 0) for id in ids)

    under_review, under_review_satisfied = counted(ReviewState.PENDING)
    aside, aside_satisfied = counted(ReviewState.SET_ASIDE)
    settled = {basis: await complaints.count(*closed, Eq("basis", basis)) for basis in SETTLED}
    return IndexEvidence(
        satisfied=await submissions.count(*answers, SATISFIED)
        - under_review_satisfied
        - aside_satisfied,
        answers=await submissions.count(*answers) - under_review - aside,
        completed=await tx.store(DOSSIERS).count(*within(unit_id, period, "completed_on")),
        complaints_due=await complaints.count(*due),
        answered_in_time=await complaints.count(*due, Eq("extra.answered_in_time", True)),
        complaints_settled=sum(settled.values()),
        confirmed=settled[ClosingBasis.CONFIRMED],
        under_review=under_review,
        under_review_satisfied=under_review_satisfied,
        set_aside=aside,
    )
