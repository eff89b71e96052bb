"""What evaluation keeps of others' facts, in whatever order it hears them."""

from congvu_kit.adapters.memory import MemoryUnitOfWork
from evaluation import scenes
from evaluation.people import COMMUNE
from evaluation_service.application.collections import ALL
from support.clock import FixedClock
from support.copies import Reading, assert_newest_wins

ONCE = {
    "congvu.catalogue.work_product.published.v1": "a published version never changes (C-I1)",
    "congvu.catalogue.release.published.v1": "nor does a release",
    "congvu.feedback.commitment.published.v1": "published once; amended under its first day (F-I8)",
}


async def test_an_older_fact_never_overwrites_a_newer_one() -> None:
    async def begin() -> MemoryUnitOfWork:
        uow = MemoryUnitOfWork(clock=FixedClock(scenes.NOW))
        await scenes.commune(uow)
        period = await scenes.open_period(uow)
        frozen = await scenes.move(uow, period, "freeze")
        assert frozen.id == known["period_id"]
        return uow

    uow = MemoryUnitOfWork(clock=FixedClock(scenes.NOW))
    await scenes.commune(uow)
    known = {
        "province": "56",
        "adjustment_id": "adj_x",
        "unit_id": COMMUNE,
        "period_id": (await scenes.open_period(uow)).id,
        "norm": "COEFFICIENT",
    }
    await assert_newest_wins(
        Reading(service="evaluation", collections=ALL, begin=begin, known=known), once=ONCE
    )
