"""What a resolver may ask of its context."""

import asyncio
from collections.abc import Sequence

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.graph import Context
from kit.desks import DESKS, NEEDS, SOMEBODY, Carpenter, Desk, DeskNeeds


def context(uow: MemoryUnitOfWork, actor: Actor) -> Context[DeskNeeds]:
    return Context(actor=actor, language="en", uow=uow, needs=NEEDS)


async def test_a_query_is_asked_once_for_all_that_is_loaded_at_a_time(
    uow: MemoryUnitOfWork,
) -> None:
    asked: list[list[str]] = []

    async def prices(
        names: Sequence[str], reader: Actor, tx: Transaction, *, carpenter: Carpenter
    ) -> list[str | None]:
        asked.append(list(names))
        return [str(carpenter.price(name)) if reader.subject else None for name in names]

    somebody, nobody = context(uow, SOMEBODY), context(uow, ANONYMOUS)
    found = await asyncio.gather(*(somebody.load(prices, name) for name in ("ab", "c", "ab")))

    assert found == ["20", "10", "20"]
    assert await nobody.load(prices, "ab") is None
    assert asked == [["ab", "c"], ["ab"]]


async def test_an_aggregate_is_told_from_another_by_its_id(uow: MemoryUnitOfWork) -> None:
    async def names(desks: Sequence[Desk], reader: Actor, tx: Transaction) -> list[str]:
        stored = await tx.store(DESKS).find_many([desk.id for desk in desks])
        return [f"{reader.subject}:{desk.name}" for desk in stored if desk]

    async with uow.begin() as tx:
        for number in range(2):
            await tx.store(DESKS).save(Desk(id=f"d{number}", name=f"n{number}", rank=number))
    asking = context(uow, SOMEBODY)
    keys = [Desk(id=id, name="?") for id in ("d1", "d0", "d1")]

    found = await asyncio.gather(*(asking.load(names, key) for key in keys))

    assert found == [f"{SOMEBODY.subject}:{name}" for name in ("n1", "n0", "n1")]


async def test_what_a_listing_found_is_not_asked_again(uow: MemoryUnitOfWork) -> None:
    async def nothing(ids: Sequence[str], reader: Actor, tx: Transaction) -> list[str | None]:
        del reader, tx
        return [None for _ in ids]

    asking = context(uow, SOMEBODY)
    asking.prime(nothing, "a", "found on the way")

    assert [await asking.load(nothing, id) for id in ("a", "b")] == ["found on the way", None]
