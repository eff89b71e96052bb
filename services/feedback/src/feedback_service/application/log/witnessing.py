"""Asking witnesses to co-sign the newest checkpoint, and keeping what they sign beside it."""

import asyncio
from collections.abc import Sequence

from congvu_kit.application.perform import again
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.heads import WitnessRefused
from feedback_service.application.collections import CHECKPOINTS
from feedback_service.application.log.checkpoints import newest_checkpoint
from feedback_service.application.log.queries import consistency
from feedback_service.application.needs import Witness
from feedback_service.domain.log.checkpoint import Checkpoint


async def ask_witnesses(uow: UnitOfWork, witnesses: Sequence[Witness]) -> dict[str, str | None]:
    """Why a witness refused, None where its signature is there, by the witness's name."""
    newest = await newest_checkpoint(uow.reading())
    if newest is None or newest.size == 0:
        return {}
    asked = [each for each in witnesses if not each.has_signed(newest.note)]
    answers = await asyncio.gather(*(_ask(uow, each, newest) for each in asked))
    lines = [answer for answer in answers if isinstance(answer, str)]
    if lines:
        await _keep(uow, newest, lines)
    refused = {
        witness.name: str(answer)
        for witness, answer in zip(asked, answers, strict=True)
        if isinstance(answer, WitnessRefused)
    }
    return {each.name: refused.get(each.name) for each in witnesses}


async def _ask(uow: UnitOfWork, witness: Witness, newest: Checkpoint) -> str | WitnessRefused:
    async def prove(old: int) -> Sequence[str]:
        return await consistency(uow.reading(), old, newest.size)

    try:
        return await witness.cosign(newest.note, newest.size, prove)
    except WitnessRefused as exception:
        return exception


@again
async def _keep(uow: UnitOfWork, signed: Checkpoint, lines: Sequence[str]) -> None:
    """Unless another checkpoint took its place meanwhile."""
    async with uow.begin() as tx:
        checkpoint = await tx.store(CHECKPOINTS).get(signed.id)
        if checkpoint.note == signed.note:
            for line in lines:
                checkpoint.cosign(line)
            await tx.store(CHECKPOINTS).save(checkpoint)
