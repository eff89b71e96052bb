"""What the catalogue keeps of evaluation's facts, in whatever order it hears them."""

from catalogue_service.application.collections import ALL
from congvu_kit.adapters.memory import MemoryUnitOfWork
from support.copies import Reading, assert_newest_wins


async def test_an_older_fact_never_overwrites_a_newer_one() -> None:
    async def begin() -> MemoryUnitOfWork:
        return MemoryUnitOfWork()

    known = {"province": "56", "period_id": "period_x", "assignment_id": "as_x"}
    await assert_newest_wins(
        Reading(service="catalogue", collections=ALL, begin=begin, known=known), once={}
    )
