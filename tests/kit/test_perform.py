"""Mutations: once per key, on the fake and on the real store."""

import asyncio
from dataclasses import replace

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Conflict, IdempotencyMismatch, Invalid
from kit.desks import DESKS, SOMEBODY, Desk, PlaceDesk, RenameDesk, place_desk, rename_desk

PLACE = PlaceDesk(actor=SOMEBODY, idempotency_key="k1", desk_id="d1", name="Bàn")


async def test_the_same_key_gives_the_first_answer_again(any_uow: UnitOfWork) -> None:
    first = await perform(place_desk, PLACE, any_uow, Desk)
    async with any_uow.begin() as tx:
        desk = await tx.store(DESKS).get("d1")
        desk.rename("Bàn mới")
        await tx.store(DESKS).save(desk)

    again = await perform(place_desk, PLACE, any_uow, Desk)

    assert again == first
    assert (await any_uow.reading().store(DESKS).get("d1")).name == "Bàn mới"


async def test_another_body_under_the_key_is_refused(any_uow: UnitOfWork) -> None:
    await perform(place_desk, PLACE, any_uow, Desk)

    with pytest.raises(IdempotencyMismatch) as refusal:
        await perform(place_desk, replace(PLACE, name="Ghế"), any_uow, Desk)

    assert refusal.value.field == "input.idempotencyKey"
    assert (await any_uow.reading().store(DESKS).get("d1")).name == "Bàn"


async def test_keys_belong_to_their_caller_and_operation(any_uow: UnitOfWork) -> None:
    await perform(place_desk, PLACE, any_uow, Desk)
    other = Actor(subject="somebody else")

    placed = await perform(
        place_desk, replace(PLACE, actor=other, desk_id="d2", rank=2), any_uow, Desk
    )
    renamed = await perform(
        rename_desk,
        RenameDesk(
            actor=SOMEBODY, idempotency_key="k1", desk_id="d1", expected_revision=1, name="Ghế"
        ),
        any_uow,
        Desk,
    )

    assert (placed.id, renamed.name) == ("d2", "Ghế")


async def test_of_calls_at_once_with_one_key_one_takes_effect(any_uow: UnitOfWork) -> None:
    answers = await asyncio.gather(*(perform(place_desk, PLACE, any_uow, Desk) for _ in range(6)))

    assert [answer.rev for answer in answers] == [1] * 6
    assert (await any_uow.reading().store(DESKS).get("d1")).seq == 1


async def test_a_refused_call_stores_nothing_and_may_be_tried_again(any_uow: UnitOfWork) -> None:
    with pytest.raises(Invalid, match="a name is needed"):
        await perform(place_desk, replace(PLACE, name=""), any_uow, Desk)
    assert await any_uow.reading().store(DESKS).count() == 0

    placed = await perform(place_desk, PLACE, any_uow, Desk)

    assert placed.name == "Bàn"


async def test_an_unexpected_revision_changes_nothing(uow: MemoryUnitOfWork) -> None:
    await perform(place_desk, PLACE, uow, Desk)
    command = RenameDesk(
        actor=SOMEBODY, idempotency_key="k2", desk_id="d1", expected_revision=7, name="Ghế"
    )

    with pytest.raises(Conflict, match="at revision 1, you expected 7"):
        await perform(rename_desk, command, uow, Desk)

    assert (await uow.reading().store(DESKS).get("d1")).name == "Bàn"
    assert len(uow.outbox) == 1


@pytest.mark.parametrize("key", ["", "k" * 201])
async def test_a_key_has_1_to_200_characters(uow: MemoryUnitOfWork, key: str) -> None:
    with pytest.raises(Invalid, match="1 to 200 characters"):
        await perform(place_desk, replace(PLACE, idempotency_key=key), uow, Desk)
