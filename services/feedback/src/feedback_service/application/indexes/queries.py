"""Counting citizens' evidence for a unit and period."""

from collections import Counter
from collections.abc import Mapping, Sequence

from congvu_kit.application.ports import Condition, Eq, Gte, In, Lt, Transaction
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.ids import derived_id
from feedback_service.application.collections import (
    COMMITMENT_RATINGS,
    COMMITMENTS,
    COMPLAINTS,
    DOSSIERS,
    INDEXES,
    PERIODS,
    RATING_REVIEWS,
    SUBMISSIONS,
    UNITS,
)
from feedback_service.domain.commitments.commitment import SCORE_MAX, SCORE_MIN, Commitment
from feedback_service.domain.complaints.values import ClosingBasis
from feedback_service.domain.copies.period import Period
from feedback_service.domain.copies.unit import Unit
from feedback_service.domain.indexes.figures import ProcedureAnswers
from feedback_service.domain.indexes.satisfaction_index import (
    IndexEvidence,
    IndexState,
    LeaderRating,
    SatisfactionIndex,
)
from feedback_service.domain.reviews.rating_review import ReviewState
from feedback_service.domain.submissions.submission import Kind

COMMITMENTS_MAX = 1_000
"""Commitments of the leaders of one unit, of all years."""

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
    satisfied = Eq("extra.satisfied", True)
    counts = await submissions.count_by("review_id", *answers, *questioned)
    pleased = await submissions.count_by("review_id", *answers, *questioned, satisfied)
    of_state = await _by_state(tx, sorted(counts), period)

    def counted(state: ReviewState) -> tuple[int, int]:
        ids = of_state[state]
        return sum(counts[id] for id in ids), sum(pleased.get(id, 0) for id in ids)

    under_review, under_review_satisfied = counted(ReviewState.PENDING)
    aside, aside_satisfied = counted(ReviewState.SET_ASIDE)
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


async def answered_procedures(
    tx: Transaction, unit_id: str, period: Period
) -> tuple[ProcedureAnswers, ...]:
    """Answers of the unit and the units below it, less those that do not count, by procedure."""
    within = [
        Eq("unit_path", unit_id),
        Eq("kind", Kind.SATISFACTION),
        Gte("received_on", period.starts_on.isoformat()),
        Lt("received_on", period.ends_on.isoformat()),
        *_until(period, "log_sequence"),
    ]
    questioned = _until(period, "questioned_sequence")
    submissions, satisfied = tx.store(SUBMISSIONS), Eq("extra.satisfied", True)
    reviews = sorted(await submissions.count_by("review_id", *within, *questioned))
    of_state = await _by_state(tx, reviews, period)
    doubted = [*of_state[ReviewState.PENDING], *of_state[ReviewState.SET_ASIDE]]

    async def counted(*more: Condition) -> Counter[str]:
        counts = Counter(await submissions.count_by("procedure_code", *within, *more))
        if doubted:
            aside = [*within, In("review_id", doubted), *questioned, *more]
            counts.subtract(await submissions.count_by("procedure_code", *aside))
        return counts

    answers, pleased = await counted(), await counted(satisfied)
    return tuple(
        ProcedureAnswers(procedure_code=code, satisfied=pleased[code], answers=answers[code])
        for code in sorted(answers)
        if answers[code]
    )


async def commitments_of(tx: Transaction, unit_id: str) -> list[Commitment]:
    """Those that leaders made in the unit itself."""
    return await tx.store(COMMITMENTS).select(Eq("unit_id", unit_id), limit=COMMITMENTS_MAX)


async def rated_leaders(
    tx: Transaction, made: Sequence[Commitment], period: Period
) -> tuple[LeaderRating, ...]:
    """Every rating that citizens gave in the period, whatever became of the commitment."""
    ratings, sums = Counter[str](), Counter[str]()
    for commitment in made:
        for score in range(SCORE_MIN, SCORE_MAX + 1):
            count = await tx.store(COMMITMENT_RATINGS).count(
                Eq("commitment_id", commitment.id),
                Eq("score", score),
                Gte("on", period.starts_on.isoformat()),
                Lt("on", period.ends_on.isoformat()),
                *_until(period, "log_sequence"),
            )
            ratings[commitment.leader_id] += count
            sums[commitment.leader_id] += score * count
    return tuple(
        LeaderRating(leader_id=id, ratings=ratings[id], score_sum=sums[id])
        for id in sorted(ratings)
        if ratings[id]
    )


def _until(period: Period, path: str) -> list[Condition]:
    """Of a frozen period, what the log told before it was frozen."""
    return [] if period.last_seq is None else [Lt(path, period.last_seq + 1)]


async def _by_state(
    tx: Transaction, review_ids: Sequence[str], period: Period
) -> Mapping[ReviewState, Sequence[str]]:
    """As they stand, of a frozen period as they stood."""
    states: dict[ReviewState, list[str]] = {state: [] for state in ReviewState}
    for review in await tx.store(RATING_REVIEWS).find_many(review_ids):
        if review is not None:
            states[review.standing(period.last_seq)].append(review.id)
    return states


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
