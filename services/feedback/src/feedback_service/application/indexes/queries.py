"""Counting citizens' evidence for a unit and period."""

from collections.abc import Sequence

from congvu_kit.application.ports import Condition, Eq, Gte, In, Lt, Transaction
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.ids import derived_id
from feedback_service.application.collections import (
    COMPLAINTS,
    DOSSIERS,
    INDEXES,
    PERIODS,
    RATING_REVIEWS,
    SUBMISSIONS,
    UNITS,
)
from feedback_service.domain.complaints.values import ClosingBasis
from feedback_service.domain.copies.period import Period
from feedback_service.domain.copies.unit import Unit
from feedback_service.domain.indexes.satisfaction_index import (
    IndexEvidence,
    IndexState,
    SatisfactionIndex,
)
from feedback_service.domain.reviews.rating_review import RatingReview, ReviewState
from feedback_service.domain.submissions.submission import Kind

BATCH = 500

SETTLED = (ClosingBasis.CONFIRMED, ClosingBasis.SILENCE, ClosingBasis.DECISION)


def index_id(unit_id: str, period_id: str) -> str:
    return derived_id("index", period_id, unit_id)


async def count_evidence(tx: Transaction, unit_id: str, period: Period) -> IndexEvidence:
    """Of the unit and the units below it, by Vietnamese calendar days of the period."""

    def within(path: str) -> list[Condition]:
        return [
            Eq("unit_path", unit_id),
            Gte(path, period.starts_on.isoformat()),
            Lt(path, period.ends_on.isoformat()),
        ]

    logged, questioned = _until(period, "log_sequence"), _until(period, "questioned_sequence")
    answers = [*within("received_on"), Eq("kind", Kind.SATISFACTION), *logged]
    due, closed = within("answer_by"), within("closed_on")
    submissions, complaints = tx.store(SUBMISSIONS), tx.store(COMPLAINTS)
    satisfied, reviews = Eq("extra.satisfied", True), await _reviews(tx, unit_id, period)

    async def counted(state: ReviewState) -> tuple[int, int]:
        ids = [each.id for each in reviews if each.standing(period.last_seq) is state]
        if not ids:
            return 0, 0
        of = (*answers, In("review_id", ids), *questioned)
        return await submissions.count(*of), await submissions.count(*of, satisfied)

    under_review, under_review_satisfied = await counted(ReviewState.PENDING)
    aside, aside_satisfied = await counted(ReviewState.SET_ASIDE)
    settled = {basis: await complaints.count(*closed, Eq("basis", basis)) for basis in SETTLED}
    return IndexEvidence(
        satisfied=await submissions.count(*answers, satisfied)
        - under_review_satisfied
        - aside_satisfied,
        answers=await submissions.count(*answers) - under_review - aside,
        completed=await tx.store(DOSSIERS).count(*within("completed_on")),
        complaints_due=await complaints.count(*due),
        answered_in_time=await complaints.count(*due, Eq("extra.answered_in_time", True)),
        complaints_settled=sum(settled.values()),
        confirmed=settled[ClosingBasis.CONFIRMED],
        under_review=under_review,
        under_review_satisfied=under_review_satisfied,
        set_aside=aside,
    )


def _until(period: Period, path: str) -> list[Condition]:
    """Of a frozen period, what the log told before it was frozen."""
    return [] if period.last_seq is None else [Lt(path, period.last_seq + 1)]


async def _reviews(tx: Transaction, unit_id: str, period: Period) -> list[RatingReview]:
    """Those that can be about answers of the period."""
    store, after = tx.store(RATING_REVIEWS), None
    found: list[RatingReview] = []
    while True:
        page = await store.page(
            Eq("unit_path", unit_id),
            Gte("last_on", period.starts_on.isoformat()),
            order=["last_on"],
            first=BATCH,
            after=after,
        )
        found += page.items
        if not page.has_next:
            return found
        after = page.cursors[-1]


async def live_index(tx: Transaction, unit: Unit, period: Period) -> SatisfactionIndex:
    """The figure as of now; PENDING until it is frozen."""
    return SatisfactionIndex(
        id=index_id(unit.id, period.id),
        unit_id=unit.id,
        period_id=period.id,
        province=unit.province,
        minimum_answers=period.minimum_answers,
        policies=period.policies,
        evidence=await count_evidence(tx, unit.id, period),
        state=IndexState.PENDING,
        computed_at=tx.now,
    )


UnitAndPeriod = tuple[str, str]


async def find_indexes(
    keys: Sequence[UnitAndPeriod], reader: Actor, tx: Transaction
) -> list[SatisfactionIndex | None]:
    """For everybody, one per pair: the frozen figure, or the live one of an open period; None
    for a unit or period that is not known."""
    del reader
    frozen = await tx.store(INDEXES).find_many([index_id(*key) for key in keys])
    units = await tx.store(UNITS).find_many([unit_id for unit_id, _ in keys])
    periods = await tx.store(PERIODS).find_many([period_id for _, period_id in keys])
    found: list[SatisfactionIndex | None] = []
    for index, period, unit in zip(frozen, periods, units, strict=True):
        if unit and period and period.has_live_figure(unit.id):
            found.append(await live_index(tx, unit, period))
        else:
            found.append(index)
    return found
