"""The public log: a gap-free chain, a Merkle tree, signed checkpoints."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.mongo import MongoUnitOfWork
from congvu_kit.adapters.notes import BadNote, open_checkpoint
from congvu_kit.application.commands import Command
from congvu_kit.application.perform import again
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS
from congvu_kit.domain.errors import Forbidden, Transient, Unauthenticated
from congvu_kit.domain.log_entries import GENESIS_HASH, commitment
from congvu_kit.domain.merkle import leaf_hash
from feedback import people
from feedback.log.steps import AT, body_of, checkpoint, defined_root, fact, filled
from feedback.scenes import (
    ORIGIN,
    all_of,
    log_of,
)
from feedback_service.application import collections
from feedback_service.application.log.checkpoints import sign_when_due
from feedback_service.application.log.entries import PUBLIC_LOG, append, append_one, head_of
from feedback_service.application.log.queries import list_entries
from feedback_service.application.needs import Needs
from feedback_service.domain.log.entry import (
    ActorClass,
)
from feedback_service.domain.log.head import LogHead
from support.clock import FixedClock


def test_F_I1_every_entry_binds_its_predecessor_its_actor_class_and_its_time() -> None:
    head = LogHead(id="head")

    first, _ = head.append(fact(), AT)
    second, _ = head.append(fact(), AT + timedelta(seconds=1))

    assert (first.number, first.previous) == (1, GENESIS_HASH)
    assert (second.number, second.previous) == (2, first.hash)
    assert second.hash == leaf_hash(body_of(second))
    for changed in (
        replace(second, previous=GENESIS_HASH),
        replace(second, by=ActorClass.SUBMITTER),
        replace(second, at="2026-08-03T02:00:00.000Z"),
        replace(second, number=3),
    ):
        assert leaf_hash(body_of(changed)) != second.hash


def test_time_in_the_log_never_runs_backwards() -> None:
    head = LogHead(id="head")

    head.append(fact(), AT)
    late, _ = head.append(fact(), AT - timedelta(minutes=5))

    assert late.at == "2026-08-03T02:00:00.000Z"


def test_fields_are_committed_to_with_a_salt_each() -> None:
    head = LogHead(id="head")

    entries = [head.append(fact("như nhau"), AT)[0] for _ in range(2)]

    fields = [field for entry in entries for field in entry.fields]
    assert len({field.salt for field in fields}) == 4
    assert all(
        field.commitment == commitment(field.salt or "", field.value or "") for field in fields
    )


@given(st.integers(min_value=0, max_value=130))
def test_roots_are_those_of_the_definition(size: int) -> None:
    head = LogHead(id="head")

    leaves = [leaf_hash(body_of(head.append(fact(), AT)[0])) for _ in range(size)]

    assert head.root == defined_root(leaves)


async def test_F_I1_the_log_has_no_gap_when_a_writer_fails(any_uow: UnitOfWork) -> None:
    await filled(any_uow, 2)

    async def fail() -> None:
        async with any_uow.begin() as tx:
            await append_one(tx, fact("never"))
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        await fail()
    await filled(any_uow, 1)

    entries = await log_of(any_uow)
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert [entry.previous for entry in entries][1:] == [entry.hash for entry in entries][:-1]


@pytest.mark.mongo
async def test_F_I1_writers_at_once_leave_no_gap(mongo_uow: MongoUnitOfWork) -> None:
    await filled(mongo_uow, 1)

    @again
    async def write(number: int) -> int:
        async with mongo_uow.begin() as tx:
            return await append_one(tx, fact(str(number)))

    numbers = await asyncio.gather(*(write(number) for number in range(12)))

    assert sorted(numbers) == list(range(2, 14))
    entries = await log_of(mongo_uow)
    assert [entry.number for entry in entries] == list(range(1, 14))
    assert [entry.previous for entry in entries][1:] == [entry.hash for entry in entries][:-1]
    leaves = [leaf_hash(body_of(entry)) for entry in entries]
    assert (await head_of(mongo_uow.reading())).root == defined_root(leaves)


@pytest.mark.mongo
async def test_two_appends_at_once_meet_on_the_head(mongo_uow: MongoUnitOfWork) -> None:
    await filled(mongo_uow, 1)

    async def slow() -> None:
        async with mongo_uow.begin() as tx:
            await head_of(tx)
            await filled(mongo_uow, 1)
            await append_one(tx, fact("slow"))

    with pytest.raises(Transient):
        await slow()

    assert [entry.number for entry in await log_of(mongo_uow)] == [1, 2]


async def test_checkpoints_are_signed_once_a_day(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await filled(uow, 5)

    signed = [await sign_when_due(uow, needs.signer, needs.checkpoint_every)]
    signed.append(await sign_when_due(uow, needs.signer, needs.checkpoint_every))
    clock.pass_days(1)
    signed.append(await sign_when_due(uow, needs.signer, needs.checkpoint_every))

    assert signed == [True, False, True]
    checkpoints = await all_of(uow, collections.CHECKPOINTS)
    assert [each.size for each in checkpoints] == [5, 5]
    said = open_checkpoint(checkpoints[0].note, needs.signer.verifier_key)
    assert (said.origin, said.size, said.root) == (ORIGIN, 5, checkpoints[0].root)


async def test_of_a_subject_everything_is_told_in_order_and_nothing_else(
    uow: MemoryUnitOfWork,
) -> None:
    subjects = ["a", "b", "a", "c", "a", "b"]
    async with uow.begin() as tx:
        await append(tx, *(replace(fact(), subject=each) for each in subjects))

    async with uow.begin() as tx:
        first = await list_entries(tx, "a", first=2, after=None)
        rest = await list_entries(tx, "a", first=2, after=first.cursors[-1])
        nobody = await list_entries(tx, "", first=9, after=None)

    told = [each.number for page in (first, rest) for each in page.items]
    assert (told, list(nobody.items)) == ([1, 3, 5], [])


async def test_a_new_log_is_signed_as_soon_as_it_holds_something(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    signed = [await sign_when_due(uow, needs.signer, needs.checkpoint_every) for _ in range(2)]
    await filled(uow, 3)
    signed += [await sign_when_due(uow, needs.signer, needs.checkpoint_every) for _ in range(2)]

    assert signed == [True, False, True, False]
    sizes = [each.size for each in await all_of(uow, collections.CHECKPOINTS)]
    assert sorted(sizes) == [0, 3]


async def test_a_changed_checkpoint_is_found(uow: MemoryUnitOfWork, needs: Needs) -> None:
    await filled(uow, 5)
    made = await checkpoint(uow, needs, people.BOARD)
    key = needs.signer.verifier_key

    for forged in (
        made.note.replace("\n5\n", "\n4\n"),
        made.note.replace("time 2026", "time 2025"),
        made.note.replace(f"— {ORIGIN}", "— someone/else"),
        "no note",
        "",
    ):
        with pytest.raises(BadNote):
            open_checkpoint(forged, key)


async def test_a_checkpoint_is_not_for_everybody(uow: MemoryUnitOfWork, needs: Needs) -> None:
    for actor in (people.COUNTER_HEAD, people.CITIZEN, people.AUDITOR):
        with pytest.raises(Forbidden):
            await checkpoint(uow, needs, actor)
    with pytest.raises(Unauthenticated):
        await checkpoint(uow, needs, ANONYMOUS)

    assert await all_of(uow, collections.CHECKPOINTS) == []


def commands(kind: type[Command] = Command) -> Iterator[type[Command]]:
    for each in kind.__subclasses__():
        if "operation" in vars(each) and each.__module__.startswith("feedback_service."):
            yield each
        yield from commands(each)


DRAFTS = {"draft_commitment", "revise_commitment_draft"}
INTAKE = {"submit_satisfaction", "submit_suggestion", "submit_feedback_bulk", "rate_service"}
"""These leave their entries to the sequencer, and wait for nobody."""


WEBHOOKS = {
    "subscribe_feedback_webhook",
    "change_feedback_webhook",
    "replay_feedback_webhook",
    "rotate_feedback_webhook_secret",
}
"""What a system is told is its own, and stands in no log."""


def test_whoever_writes_to_the_log_waits_for_their_turn() -> None:
    found = {each.operation: each.turn for each in commands()}

    assert found.keys() > INTAKE
    assert {name for name, turn in found.items() if turn is None} == INTAKE | DRAFTS | WEBHOOKS
    assert set(found.values()) == {PUBLIC_LOG, None}
