"""Public commitments: everybody reads them."""

from collections.abc import Sequence

from congvu_kit.application.ports import Eq, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor
from feedback_service.application.collections import COMMITMENTS, UNITS
from feedback_service.domain.commitments.commitment import Commitment, CommitmentState


async def find_commitments(
    ids: Sequence[str], reader: Actor, tx: Transaction
) -> list[Commitment | None]:
    """One per id, for everybody."""
    del reader
    return await tx.store(COMMITMENTS).find_many(ids)


async def list_commitments(
    tx: Transaction,
    *,
    unit_id: str | None,
    province: str | None,
    leader_id: str | None,
    state: CommitmentState | None,
    first: int,
    after: str | None,
) -> Page[Commitment]:
    """By their date."""
    await require_there(tx.store(UNITS), unit_id, "filter.unitId")
    wanted = {"unit_id": unit_id, "province": province, "leader_id": leader_id, "state": state}
    conditions = [Eq(path, value) for path, value in wanted.items() if value is not None]
    return await tx.store(COMMITMENTS).page(*conditions, order=["due"], first=first, after=after)
