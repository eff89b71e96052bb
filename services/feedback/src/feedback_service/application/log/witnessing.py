"""Asking witnesses to co-sign the newest checkpoint, and keeping what they sign beside it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from congvu_kit.application.perform import again
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.heads import WitnessRefused
from congvu_kit.domain.ids import derived_id
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
    lines = {
        witness.name: answer
        for witness, answer in zip(asked, answers, strict=True)
        if isinstance(answer, str)
    }
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
async def _keep(uow: UnitOfWork, signed: Checkpoint, lines: Mapping[str, str]) -> None:
    """Beside the log's own signature, unless another checkpoint took its place meanwhile; and of
    each witness the last one apart, since the newest is replaced before it is cosigned."""
    async with uow.begin() as tx:
        store = tx.store(CHECKPOINTS)
        checkpoint = await store.get(signed.id)
        if checkpoint.note == signed.note:
            for line in lines.values():
                checkpoint.cosign(line)
            await store.save(checkpoint)
        for name, line in lines.items():
            last = await store.find(derived_id("chk", name))
            cosigned = replace(signed, id=derived_id("chk", name), kept=False)
            cosigned.revision = last.revision if last else 0
            cosigned.cosign(line)
            await store.save(cosigned)
