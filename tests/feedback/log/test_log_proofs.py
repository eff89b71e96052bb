"""Proofs of the public log, checked as RFC 9162 says."""

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.errors import Invalid, NotFound
from congvu_kit.domain.merkle import EMPTY_ROOT, is_consistent, is_included
from feedback.log.steps import filled
from feedback.scenes import (
    all_of,
    log_of,
)
from feedback_service.application import collections
from feedback_service.application.log.entries import ensure_head, head_of
from feedback_service.application.log.queries import prove
from feedback_service.domain.log.head import HEAD_ID, LogHead
from support.clock import FixedClock


async def test_every_proof_of_every_size_holds(uow: MemoryUnitOfWork) -> None:
    size = 21
    await filled(uow, size)
    reading = uow.reading()

    for tree in range(1, size + 1):
        for sequence in range(1, tree + 1):
            proof = await prove(reading, sequence=sequence, size=tree, old_size=sequence)
            assert proof.entry is not None
            assert is_included(proof.entry.hash, sequence - 1, tree, proof.inclusion, proof.root)
            assert proof.old_root is not None
            assert is_consistent(sequence, tree, proof.old_root, proof.root, proof.consistency)


async def test_a_proof_of_something_else_does_not_hold(uow: MemoryUnitOfWork) -> None:
    await filled(uow, 9)
    proof = await prove(uow.reading(), sequence=4, size=None, old_size=5)
    other = (await log_of(uow))[4]

    assert proof.entry is not None
    assert proof.old_root is not None
    assert is_included(proof.entry.hash, 3, 9, proof.inclusion, proof.root)
    assert not is_included(other.hash, 3, 9, proof.inclusion, proof.root)
    assert not is_included(proof.entry.hash, 2, 9, proof.inclusion, proof.root)
    assert not is_consistent(5, 9, other.hash, proof.root, proof.consistency)


@pytest.mark.parametrize(
    ("sequence", "size", "old_size", "field"),
    [
        (10, None, None, "sequence"),
        (0, None, None, "sequence"),
        (1, 10, None, "size"),
        (None, 4, 5, "oldSize"),
    ],
)
async def test_no_proof_about_what_is_not_there(
    uow: MemoryUnitOfWork, sequence: int | None, size: int | None, old_size: int | None, field: str
) -> None:
    await filled(uow, 9)

    with pytest.raises(Invalid) as refused:
        await prove(uow.reading(), sequence=sequence, size=size, old_size=old_size)

    assert refused.value.field == field


async def test_a_log_that_lost_an_entry_proves_nothing(uow: MemoryUnitOfWork) -> None:
    async with uow.begin() as tx:
        await tx.store(collections.LOG_HEAD).save(LogHead(id=HEAD_ID, size=1))

    with pytest.raises(NotFound, match="no subtree"):
        await prove(uow.reading(), sequence=None, size=1, old_size=None)


async def test_a_log_is_begun_once(clock: FixedClock) -> None:
    uow = MemoryUnitOfWork(clock)
    for _ in range(2):
        async with uow.begin() as tx:
            await ensure_head(tx)

    [head] = await all_of(uow, collections.LOG_HEAD)
    assert (head.id, head.size, head.revision) == (HEAD_ID, 0, 1)


async def test_an_empty_log_proves_nothing(uow: MemoryUnitOfWork) -> None:
    with pytest.raises(Invalid, match="1 to 0"):
        await prove(uow.reading(), sequence=None, size=None, old_size=None)

    assert (await head_of(uow.reading())).root == EMPTY_ROOT
