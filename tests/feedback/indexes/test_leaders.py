"""How citizens rated the commitments of a unit's leaders, told with its index."""

from collections.abc import Iterable

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.documents import Codec
from feedback import people
from feedback.commitments import steps
from feedback.indexes.steps import four_ratings, freeze
from feedback.scenes import PERIOD, log_of
from feedback_service.application import collections, reactions
from feedback_service.application.log.binding import LATER, row_hash
from feedback_service.application.needs import Needs
from feedback_service.domain.commitments.commitment import Commitment
from feedback_service.domain.indexes.satisfaction_index import IndexComputed, LeaderRating
from support.clock import FixedClock


async def rated(
    uow: MemoryUnitOfWork, needs: Needs, commitment: Commitment, scores: Iterable[int], by: str
) -> None:
    for number, given in enumerate(scores):
        await steps.rate(uow, needs, steps.score(commitment, given, token=f"{by}-{number}"))


def told_of(uow: MemoryUnitOfWork, unit_id: str) -> tuple[LeaderRating, ...]:
    told = [e for e in uow.outbox if isinstance(e, IndexComputed) and e.unit_id == unit_id]
    return told[-1].leaders


async def test_every_rating_of_the_period_counts_once(uow: MemoryUnitOfWork, needs: Needs) -> None:
    await four_ratings(uow, needs)
    first = await steps.publish(uow, needs)
    second = await steps.publish(uow, needs)
    await rated(uow, needs, first, [1, 1, 5], "dan-a")
    await rated(uow, needs, second, [4], "dan-b")
    await steps.publish(uow, needs)

    await freeze(uow)

    assert told_of(uow, people.WARD) == (
        LeaderRating(leader_id=people.CHAIR_ID, ratings=4, score_sum=11, satisfied=2),
    )
    assert told_of(uow, people.COUNTER) == ()
    entry = next(e for e in await log_of(uow) if e.shown("unit") == people.WARD and e.shown("last"))
    assert entry.shown("commitments") == f"{people.CHAIR_ID}=11/4"
    assert entry.shown("rated") == f"{people.CHAIR_ID}=2/4"
    assert entry.shown("published") == f"{people.CHAIR_ID}=3"
    nobody = next(
        e for e in await log_of(uow) if e.shown("unit") == people.COUNTER and e.shown("last")
    )
    assert nobody.shown("published") == "0"


async def test_ratings_after_the_period_or_its_freeze_do_not_count(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await four_ratings(uow, needs)
    commitment = await steps.publish(uow, needs)
    await rated(uow, needs, commitment, [2], "dan-a")
    clock.pass_days(62)
    await rated(uow, needs, commitment, [5, 5], "dan-b")

    await freeze(uow)

    assert told_of(uow, people.WARD) == (
        LeaderRating(leader_id=people.CHAIR_ID, ratings=1, score_sum=2),
    )


async def test_what_came_after_the_cut_of_the_log_waits_for_another_freeze(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    await four_ratings(uow, needs)
    commitment = await steps.publish(uow, needs)
    await rated(uow, needs, commitment, [2], "dan-a")
    async with uow.begin() as tx:
        fact = reactions.PeriodFrozen(province="56", period_id=PERIOD, unit_ids=(people.WARD,))
        await reactions.freeze_period(fact, tx)
    await rated(uow, needs, commitment, [5], "dan-b")

    await freeze(uow, people.WARD)

    assert told_of(uow, people.WARD) == (
        LeaderRating(leader_id=people.CHAIR_ID, ratings=1, score_sum=2),
    )
    [kept] = [
        each for each in await uow.reading().store(collections.INDEXES).select()
        if each.unit_id == people.WARD
    ]  # fmt: skip
    assert kept.leaders == told_of(uow, people.WARD)


ADDED = ("leaders", "complaints", "officers", "procedures", "promises", "published")


async def test_F_I12_an_index_of_before_keeps_its_hash(uow: MemoryUnitOfWork, needs: Needs) -> None:
    await four_ratings(uow, needs)
    await freeze(uow)
    index, *_ = await uow.reading().store(collections.INDEXES).select()
    index.complaints, index.procedures, index.published = None, (), None
    document = dict(Codec(collections.INDEXES).dump(index))

    assert {name: document.pop(name) for name in ADDED} == {name: LATER[name] for name in ADDED}
    assert row_hash(Codec(collections.INDEXES).load(document)) == row_hash(index)
    index.leaders = (LeaderRating(leader_id=people.CHAIR_ID, ratings=1, score_sum=2),)
    assert row_hash(index) != row_hash(Codec(collections.INDEXES).load(document))
