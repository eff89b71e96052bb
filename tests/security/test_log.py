"""What was signed about the public log stays true, whatever is done to the database (F-I11)."""

import copy
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from prometheus_client import REGISTRY

from congvu_kit.adapters.head_memory import FILE, HeadMemory
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.notes import Ed25519Notes
from congvu_kit.domain.heads import Contradiction, Overtaken, TreeHead, empty
from congvu_kit.domain.merkle import leaf_hash
from congvu_kit.service.app import Runtime
from congvu_kit.tools.log_export import Export
from congvu_kit.tools.log_verification import Broken
from feedback.log.exports import check, exported
from feedback.log.steps import checkpoint, filled
from feedback.people import BOARD
from feedback.scenes import NOW, ORIGIN, all_of, make_needs, signer_with
from feedback_service.adapters.graphql.schema import schema
from feedback_service.adapters.workers import sign_log, watch_log
from feedback_service.application import collections
from feedback_service.application.needs import Needs
from support.clock import FixedClock
from support.graph import Graph


@pytest.fixture
def uow() -> MemoryUnitOfWork:
    return MemoryUnitOfWork(FixedClock(NOW))


@pytest.fixture
def needs(tmp_path: Path) -> Needs:
    """With the signer's real memory, in a file."""
    return replace(make_needs(), signer=signer_with(HeadMemory(tmp_path)))


def backup(uow: MemoryUnitOfWork) -> MemoryUnitOfWork:
    """The database as it is now, to go back to."""
    return copy.deepcopy(uow)


async def served(uow: MemoryUnitOfWork, needs: Needs) -> Export:
    return await exported(Graph(schema, uow, needs=needs))


def contradicted() -> float | None:
    return REGISTRY.get_sample_value("congvu_log_contradicted")


async def test_a_log_cut_below_its_own_checkpoint_is_not_whole(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    await filled(uow, 5)
    earlier = backup(uow)
    await filled(uow, 4)
    signed = await checkpoint(uow, needs, BOARD)
    async with earlier.begin() as tx:  # the checkpoint is left in the cut database
        await tx.store(collections.CHECKPOINTS).save(replace(signed, revision=0))

    cut = await served(earlier, needs)

    with pytest.raises(Broken, match="signed with 9 entries and has 5: it was cut"):
        check(cut)


@pytest.mark.parametrize("left", ["checkpoint", "memory"])
async def test_a_cut_log_stops_the_service_and_is_told(
    uow: MemoryUnitOfWork, needs: Needs, left: str
) -> None:
    """By the checkpoint that lies in the database, or by the signer's memory alone."""
    await filled(uow, 5)
    earlier = backup(uow)
    await filled(uow, 4)
    signed = await checkpoint(uow, needs, BOARD)
    if left == "checkpoint":
        needs = make_needs()  # a signer with an empty memory
        async with earlier.begin() as tx:
            await tx.store(collections.CHECKPOINTS).save(replace(signed, revision=0))
    await watch_log(Runtime(uow=uow, needs=needs))
    assert contradicted() == 0

    for step in (watch_log, sign_log):
        with pytest.raises(Contradiction, match="signed with 9 entries and has 5: it was cut"):
            await step(Runtime(uow=earlier, needs=needs))

    assert contradicted() == 1


@pytest.mark.parametrize("more", [0, 4, 5, 9])
async def test_a_database_rolled_back_gets_no_second_tree_signed(
    uow: MemoryUnitOfWork, needs: Needs, tmp_path: Path, more: int
) -> None:
    """Smaller, of the same size, and larger than what was signed."""
    await filled(uow, 5)
    earlier = backup(uow)
    await filled(uow, 4)
    await checkpoint(uow, needs, BOARD)
    remembered = (tmp_path / FILE).read_bytes()
    await filled(earlier, more)

    with pytest.raises(Contradiction):
        await checkpoint(earlier, needs, BOARD)

    assert await all_of(earlier, collections.CHECKPOINTS) == []
    assert (tmp_path / FILE).read_bytes() == remembered


async def test_a_log_that_goes_on_is_signed(uow: MemoryUnitOfWork, needs: Needs) -> None:
    """The same steps without the roll-back, so that the refusals above are not of everything."""
    for entries in (0, 5, 0, 4, 9):
        await filled(uow, entries)
        await checkpoint(uow, needs, BOARD)
        await sign_log(Runtime(uow=uow, needs=needs))

    assert (await needs.signer.last()).size == 18
    assert check(await served(uow, needs), needs.signer.verifier_key).signed_size == 18


def head(size: int, root: str = "ab", origin: str = ORIGIN) -> TreeHead:
    return TreeHead(origin=origin, size=size, root=(root * 32)[:64])


def test_the_memory_is_private_and_outlives_a_torn_line(tmp_path: Path) -> None:
    folder = tmp_path / "memory"
    leaf = TreeHead(origin=ORIGIN, size=1, root=leaf_hash(b"x"))
    HeadMemory(folder).advance(leaf, since=empty(ORIGIN), proof=())
    other = replace(leaf, origin="another/log")
    HeadMemory(folder).advance(other, since=empty("another/log"), proof=())
    with (folder / FILE).open("ab") as file:
        file.write(b'{"origin": "' + b"x" * 70_000)

    memory = HeadMemory(folder)

    assert memory.last(ORIGIN) == leaf
    assert (folder.stat().st_mode & 0o777, (folder / FILE).stat().st_mode & 0o777) == (0o700, 0o600)
    for refused in (head(1), replace(leaf, size=0), head(2)):
        with pytest.raises(Contradiction):
            memory.advance(refused, since=leaf, proof=())
    with pytest.raises(Overtaken):
        memory.advance(head(2), since=empty(ORIGIN), proof=())
    memory.advance(leaf, since=leaf, proof=())
    assert memory.last(ORIGIN) == leaf


async def test_a_key_of_another_log_signs_nothing_for_this_one(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    await filled(uow, 3)
    await checkpoint(uow, needs, BOARD)
    export = await served(uow, needs)
    other = Ed25519Notes("another/log", Ed25519PrivateKey.from_private_bytes(b"s" * 32))

    for key in (
        other.verifier_key,
        Ed25519Notes(ORIGIN, Ed25519PrivateKey.generate()).verifier_key,
    ):
        with pytest.raises(Broken, match="checkpoint 1"):
            check(export, key)
    with pytest.raises(Broken, match="no checkpoint is signed by this key"):
        check(replace(export, notes=[]), needs.signer.verifier_key)
