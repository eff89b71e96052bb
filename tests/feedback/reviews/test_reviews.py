"""Answers that look odd: taken, marked, decided by people, and both numbers shown."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.commands import Turns
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Role
from congvu_kit.domain.errors import Conflict, RateLimited
from congvu_kit.domain.shares import Share
from feedback import people
from feedback.commitments.steps import publish, score
from feedback.commitments.steps import rate as rate_promise
from feedback.indexes.steps import freeze
from feedback.log.exports import exported
from feedback.reviews.steps import BURST, burst, decision
from feedback.scenes import (
    PERIOD,
    all_of,
    everything,
    hand_in,
    log_of,
    make_needs,
    rate,
    rating,
    sweep,
)
from feedback_service.adapters.cli.recount import Recount
from feedback_service.adapters.graphql.schema import schema
from feedback_service.application import collections, reactions
from feedback_service.application.indexes.computation import compute_pending
from feedback_service.application.indexes.queries import find_indexes, index_id
from feedback_service.application.needs import Needs
from feedback_service.application.reviews.commands import decide_rating_review
from feedback_service.domain.indexes.satisfaction_index import SatisfactionIndex
from feedback_service.domain.reviews.rating_review import (
    RatingReview,
    ReviewOutcome,
    ReviewState,
)
from feedback_service.domain.submissions.rating_limits import RatingLimits
from feedback_service.domain.submissions.rating_stream import (
    WINDOW,
    Doubt,
    RatingStream,
    differ,
)
from feedback_service.domain.submissions.submission import Answer
from support.clock import FixedClock
from support.graph import Graph

FEW = RatingLimits(person_day=2, portal_minute=3, burst_minute=100, burst_day=2, same_run=4)


async def live(uow: UnitOfWork) -> SatisfactionIndex:
    [index] = await find_indexes([(people.COUNTER, PERIOD)], people.BOARD, uow.reading())
    assert index is not None
    return index


def numbers(index: SatisfactionIndex) -> tuple[int, int, int, int]:
    evidence = index.evidence
    return evidence.satisfied, evidence.answers, evidence.under_review, evidence.set_aside


async def recounted(uow: UnitOfWork, needs: Needs) -> list[list[str]]:
    """What differs in each index that is counted anew from the public log alone."""
    export = await exported(Graph(schema, uow, needs=needs))
    return [each.differing for each in Recount().over(export.read_entries())]


async def three_before(uow: UnitOfWork, needs: Needs, clock: FixedClock) -> None:
    for number in range(3):
        await rate(uow, needs, rating(Answer.DISSATISFIED, token=f"truoc-{number}"))
    clock.pass_days(1)


async def test_a_burst_is_kept_and_does_not_count_until_decided(
    any_uow: UnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await three_before(any_uow, needs, clock)

    review = await burst(any_uow, needs)

    index = await live(any_uow)
    assert numbers(index) == (0, 3, BURST + 1, 0)
    assert (index.index, index.index_with_review) == ("0", Share(BURST + 1, BURST + 4).value)
    assert index.evidence.anomalies == ("ANSWERS_UNDER_REVIEW",)
    assert (review.doubts, review.answers, review.civil_servant_ids) == (
        (Doubt.BURST,),
        BURST + 1,
        (people.LAN_ID,),
    )
    kept = await all_of(any_uow, collections.SUBMISSIONS)
    assert len(kept) == BURST + 4
    entries = {entry.number: entry for entry in await log_of(any_uow)}
    marked = {each.log_sequence: each.questioned_sequence for each in kept if each.review_id}
    told = {f.name: f.value for f in entries[marked[4] or 0].fields}
    assert told["entries"] == ",".join(str(n) for n in range(4, 5 + BURST))


@pytest.mark.parametrize(
    ("outcome", "counted", "aside"),
    [(ReviewOutcome.COUNTED, BURST + 1, 0), (ReviewOutcome.SET_ASIDE, 0, BURST + 1)],
)
async def test_what_people_decide_counts(
    any_uow: UnitOfWork,
    needs: Needs,
    clock: FixedClock,
    *,
    outcome: ReviewOutcome,
    counted: int,
    aside: int,
) -> None:
    await three_before(any_uow, needs, clock)
    review = await burst(any_uow, needs)

    await perform(decide_rating_review, decision(review, outcome), any_uow, needs=needs)
    await freeze(any_uow, people.COUNTER)

    index = await any_uow.reading().store(collections.INDEXES).get(index_id(people.COUNTER, PERIOD))
    assert numbers(index) == (counted, counted + 3, 0, aside)
    assert index.evidence.received == BURST + 4
    assert await recounted(any_uow, needs) == [[]]
    shown = {f.name: f.value for f in (await log_of(any_uow))[-1].fields}
    assert shown.get("set_aside") == (str(aside) if aside else None)


async def test_nobodys_silence_takes_an_answer_away(
    any_uow: UnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    review = await burst(any_uow, needs)
    clock.pass_days(14)
    assert await sweep(any_uow) == 0
    clock.pass_days(1)

    assert [await sweep(any_uow), await sweep(any_uow)] == [1, 0]

    ended = await any_uow.reading().store(collections.RATING_REVIEWS).get(review.id)
    assert (ended.state, ended.by, ended.decided_on) == (
        ReviewState.COUNTED,
        None,
        date(2026, 8, 18),
    )
    assert numbers(await live(any_uow)) == (BURST + 1, BURST + 1, 0, 0)


async def test_a_decision_after_the_freeze_moves_no_frozen_figure(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await three_before(uow, needs, clock)
    review = await burst(uow, needs)
    async with uow.begin() as tx:
        fact = reactions.PeriodFrozen(province="56", period_id=PERIOD, unit_ids=(people.COUNTER,))
        await reactions.freeze_period(fact, tx)

    await perform(decide_rating_review, decision(review), uow, needs=needs)
    await compute_pending(uow, Turns(), needs.vault)

    assert numbers(await live(uow)) == (0, 3, BURST + 1, 0)
    assert await recounted(uow, needs) == [[]]


async def test_a_review_is_decided_once(uow: MemoryUnitOfWork, needs: Needs) -> None:
    review = await burst(uow, needs)
    ended = await perform(decide_rating_review, decision(review), uow, needs=needs)
    before = await everything(uow)

    with pytest.raises(Conflict, match="was decided"):
        await perform(decide_rating_review, decision(ended), uow, needs=needs)

    assert await everything(uow) == before
    assert isinstance(ended, RatingReview)
    assert ended.by == people.BOARD.subject


async def test_answers_said_to_be_of_one_day_are_a_burst_too(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    needs = make_needs(limits=FEW)
    for number in range(3):
        clock.pass_days(1)
        day = date(2026, 8, 1)
        answers = list(Answer)
        await rate(uow, needs, rating(answers[number], token=f"d{number}", answered_on=day))

    [review] = await all_of(uow, collections.RATING_REVIEWS)
    assert (review.doubts, review.answers) == ((Doubt.BURST,), 3)


async def test_a_run_of_the_same_answer_is_reviewed_from_its_beginning(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    needs = make_needs(limits=FEW)
    given = [Answer.SATISFIED, *[Answer.NEUTRAL] * 5]
    for number, answer in enumerate(given):
        clock.pass_days(1)
        await rate(uow, needs, rating(answer, token=f"d{number}"))

    [review] = await all_of(uow, collections.RATING_REVIEWS)
    assert (review.doubts, review.answers, review.satisfied) == ((Doubt.UNIFORM,), 5, 0)
    kept = await all_of(uow, collections.SUBMISSIONS)
    assert [each.review_id for each in kept if each.answer is Answer.SATISFIED] == [None]
    await perform(decide_rating_review, decision(review), uow, needs=needs)
    after = await rate(uow, needs, rating(Answer.NEUTRAL, token="d9"))
    assert after.review_id is None


async def test_a_sudden_turn_is_reviewed(uow: MemoryUnitOfWork, clock: FixedClock) -> None:
    needs = make_needs(limits=RatingLimits(burst_minute=100, same_run=100))
    good, bad = [Answer.VERY_SATISFIED, Answer.SATISFIED], [Answer.NEUTRAL, Answer.DISSATISFIED]
    for number in range(2 * WINDOW):
        clock.pass_days(number % 2)
        answer = (good if number < WINDOW else bad)[number % 2]
        await rate(uow, needs, rating(answer, token=f"d{number}"))

    [review] = await all_of(uow, collections.RATING_REVIEWS)
    assert review.doubts == (Doubt.JUMP,)
    assert review.answers - review.satisfied == WINDOW


@given(st.lists(st.booleans(), max_size=150))
def test_a_stream_counts_every_answer_once(satisfied: list[bool]) -> None:
    stream = RatingStream(id="s")

    for each in satisfied:
        stream.take("x", satisfied=each, same_run=1000)

    assert stream.before + len(stream.recent) == len(satisfied)
    assert stream.satisfied_before + stream.recent.count("S") == sum(satisfied)
    assert stream.same == len(satisfied)


@pytest.mark.parametrize(
    ("before", "now", "differs"),
    [
        ((282, 300), (22, 30), False),
        ((282, 300), (20, 30), True),
        ((30, 30), (0, 30), True),
        ((300, 300), (30, 30), False),
        ((150, 300), (30, 30), True),
        ((150, 300), (28, 30), False),
    ],
)
def test_what_chance_explains(
    before: tuple[int, int], now: tuple[int, int], *, differs: bool
) -> None:
    assert differ(Share(*before), Share(*now)) is differs


async def test_a_person_answers_so_often_a_day_and_no_more(
    any_uow: UnitOfWork, clock: FixedClock
) -> None:
    needs = make_needs(limits=FEW)
    promises = [await publish(any_uow, needs) for _ in range(2)]
    await rate(any_uow, needs, rating())
    await rate_promise(any_uow, needs, score(promises[0], 4, token="DAN-1"))
    before = await everything(any_uow)

    with pytest.raises(RateLimited, match="at most 2 times a day"):
        await rate_promise(any_uow, needs, score(promises[1], 4))

    assert await everything(any_uow) == before
    clock.pass_days(1)
    await rate_promise(any_uow, needs, score(promises[1], 4))


async def test_a_portal_passes_on_so_many_a_minute_and_no_more(
    any_uow: UnitOfWork, clock: FixedClock
) -> None:
    needs = make_needs(limits=FEW)
    for number in range(3):
        await rate(any_uow, needs, rating(token=f"d{number}"))
    code = await hand_in(any_uow, "d4")
    before = await everything(any_uow)

    with pytest.raises(RateLimited, match="at most 3 answers a minute"):
        await rate(any_uow, needs, rating(token="d4", dossier=code))
    assert await everything(any_uow) == before

    own = replace(rating(dossier=code, token=None), actor=people.person("d4", Role.CITIZEN))
    await rate(any_uow, needs, own)
    clock.pass_seconds(60)
    await rate(any_uow, needs, rating(token="d5"))
