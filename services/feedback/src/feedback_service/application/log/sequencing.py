"""Puts what was acknowledged into the public log: many at a time, by one process at a time."""

from collections.abc import Sequence
from functools import partial

from congvu_kit.application.perform import transact
from congvu_kit.application.ports import Transaction, UnitOfWork
from feedback_service.application.collections import SUBMISSIONS
from feedback_service.application.log.entries import append_to, head_of
from feedback_service.application.submissions.intake import waiting
from feedback_service.application.submissions.ratings import question
from feedback_service.application.submissions.received import received
from feedback_service.domain.submissions.rating_limits import RatingLimits
from feedback_service.domain.submissions.submission import Submission

BATCH = 200
"""Entries of one transaction: a fraction of a second, so that one that is killed holds the log for
as long as its sessions live, and no work of minutes is lost with it."""


async def sequence(uow: UnitOfWork, limits: RatingLimits, *, fence: int = 0) -> int:
    """One batch; how many there were. `fence` is the number of this sequencer's lease."""
    return await transact(uow, partial(_batch, limits=limits, fence=fence))


async def _batch(tx: Transaction, limits: RatingLimits, fence: int) -> int:
    batch = await waiting(tx, BATCH)
    if not batch:
        return 0
    head = await head_of(tx)
    head.pass_fence(fence)
    entries = await append_to(head, tx, [received(each) for each in batch])
    await _enter(tx, batch, [entry.number for entry in entries], limits)
    return len(batch)


async def settle(tx: Transaction, submission: Submission, limits: RatingLimits) -> None:
    """For a step about it that the log tells too: first things first."""
    if submission.log_sequence is None:
        [entry] = await append_to(await head_of(tx), tx, [received(submission)])
        await _enter(tx, [submission], [entry.number], limits)


async def _enter(
    tx: Transaction, batch: Sequence[Submission], numbers: Sequence[int], limits: RatingLimits
) -> None:
    for submission, number in zip(batch, numbers, strict=True):
        submission.enter(number)
    await question(tx, batch, limits)
    await tx.store(SUBMISSIONS).save_many(batch)
