"""Mutations: once per key, on the fake and on the real store."""

import asyncio
import hashlib
from dataclasses import replace
from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.commands import Turns
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import Transaction, UnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Conflict, IdempotencyMismatch, Invalid
from kit.desks import (
    DESKS,
    NEEDS,
    SOMEBODY,
    Desk,
    Drawer,
    FillDesk,
    PlaceDesk,
    RenameDesk,
    fill_desk,
    place_desk,
    rename_desk,
)

PLACE = PlaceDesk(actor=SOMEBODY, idempotency_key="k1", desk_id="d1", name="Bàn")
FILL = FillDesk(
    actor=SOMEBODY,
    idempotency_key="k2",
    desk_id="d1",
    expected_revision=1,
    drawers=(Drawer(label="top", papers=("a", "b")),),
)


async def test_the_same_key_gives_the_first_answer_again(any_uow: UnitOfWork) -> None:
    first = await perform(place_desk, PLACE, any_uow)
    async with any_uow.begin() as tx:
        desk = await tx.store(DESKS).get("d1")
        desk.rename("Bàn mới")
        await tx.store(DESKS).save(desk)

    again = await perform(place_desk, PLACE, any_uow)

    assert again == first
    assert (await any_uow.reading().store(DESKS).get("d1")).name == "Bàn mới"


async def test_another_body_under_the_key_is_refused(any_uow: UnitOfWork) -> None:
    await perform(place_desk, PLACE, any_uow)

    with pytest.raises(IdempotencyMismatch) as refusal:
        await perform(place_desk, replace(PLACE, name="Ghế"), any_uow)

    assert refusal.value.field == "input.idempotencyKey"
    assert (await any_uow.reading().store(DESKS).get("d1")).name == "Bàn"


async def test_keys_belong_to_their_caller_and_operation(any_uow: UnitOfWork) -> None:
    await perform(place_desk, PLACE, any_uow)
    other = Actor(subject="somebody else")

    placed = await perform(place_desk, replace(PLACE, actor=other, desk_id="d2", rank=2), any_uow)
    renamed = await perform(
        rename_desk,
        RenameDesk(
            actor=SOMEBODY, idempotency_key="k1", desk_id="d1", expected_revision=1, name="Ghế"
        ),
        any_uow,
    )

    assert (placed.id, renamed.name) == ("d2", "Ghế")


async def test_of_calls_at_once_with_one_key_one_takes_effect(any_uow: UnitOfWork) -> None:
    answers = await asyncio.gather(*(perform(place_desk, PLACE, any_uow) for _ in range(6)))

    assert [answer.revision for answer in answers] == [1] * 6
    assert (await any_uow.reading().store(DESKS).get("d1")).sequence == 1


async def test_a_refused_call_stores_nothing_and_may_be_tried_again(any_uow: UnitOfWork) -> None:
    with pytest.raises(Invalid, match="a name is needed"):
        await perform(place_desk, replace(PLACE, name=""), any_uow)
    assert await any_uow.reading().store(DESKS).count() == 0

    placed = await perform(place_desk, PLACE, any_uow)

    assert placed.name == "Bàn"


async def test_an_unexpected_revision_changes_nothing(uow: MemoryUnitOfWork) -> None:
    await perform(place_desk, PLACE, uow)
    command = RenameDesk(
        actor=SOMEBODY, idempotency_key="k2", desk_id="d1", expected_revision=7, name="Ghế"
    )

    with pytest.raises(Conflict, match="at revision 1, you expected 7"):
        await perform(rename_desk, command, uow)

    assert (await uow.reading().store(DESKS).get("d1")).name == "Bàn"
    assert len(uow.outbox) == 1


@pytest.mark.parametrize("key", ["", "k" * 201])
async def test_a_key_has_1_to_200_characters(uow: MemoryUnitOfWork, key: str) -> None:
    with pytest.raises(Invalid, match="1 to 200 characters"):
        await perform(place_desk, replace(PLACE, idempotency_key=key), uow)


async def test_a_key_is_stored_under_the_operation_whatever_the_functions_name(
    any_uow: UnitOfWork,
) -> None:
    async def renamed_since(command: PlaceDesk, tx: Transaction) -> Desk:
        raise AssertionError("the first answer is given again")

    first = await perform(place_desk, PLACE, any_uow)

    again = await perform(renamed_since, PLACE, any_uow)

    assert again == first
    key = hashlib.sha256(b'["somebody","place_desk","k1"]').hexdigest()
    assert await any_uow.reading().answered(key) is not None


async def test_a_use_case_gets_what_it_needs_by_name(any_uow: UnitOfWork) -> None:
    await perform(place_desk, PLACE, any_uow)

    filled = await perform(fill_desk, FILL, any_uow, needs=NEEDS)

    assert (filled.price, filled.tags) == (Decimal(30), ["top: a, b"])


async def test_a_need_that_the_service_has_not_is_a_bug(uow: MemoryUnitOfWork) -> None:
    await perform(place_desk, PLACE, uow)

    with pytest.raises(AttributeError, match="carpenter"):
        await perform(fill_desk, FILL, uow)


async def test_commands_of_one_queue_take_turns(uow: MemoryUnitOfWork) -> None:
    inside: list[str] = []
    most = 0

    async def fill(command: FillDesk, tx: Transaction) -> Desk:
        nonlocal most
        inside.append(command.desk_id)
        most = max(most, len(inside))
        for _ in range(3):
            await asyncio.sleep(0)
        inside.remove(command.desk_id)
        return Desk(id=command.desk_id, name="x")

    async def of(turns: Turns) -> int:
        nonlocal most
        most = 0
        stores = [MemoryUnitOfWork() for _ in range(4)]
        await asyncio.gather(*(perform(fill, FILL, each, turns=turns) for each in stores))
        return most

    assert await of(Turns()) == 1
    async with Turns().take(FILL.turn):  # Another service's queue of the same name.
        assert await of(Turns()) == 1


async def test_commands_without_a_queue_wait_for_nobody() -> None:
    turns = Turns()

    async with turns.take(None), turns.take(None), turns.take("a"), turns.take("b"):
        assert True


async def test_a_citizen_number_is_refused_and_nothing_of_it_stored(any_uow: UnitOfWork) -> None:
    with pytest.raises(Invalid) as refusal:
        await perform(place_desk, replace(PLACE, name="số 001 085 000 123"), any_uow)

    assert (refusal.value.rule_id, refusal.value.field) == ("PERSONAL-ID", "input.name")
    assert await any_uow.reading().store(DESKS).find("d1") is None
    assert (await perform(place_desk, PLACE, any_uow)).name == "Bàn"
