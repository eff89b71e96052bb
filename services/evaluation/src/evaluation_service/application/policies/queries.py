"""Looking policies up."""

from collections.abc import Sequence

from congvu_kit.application.ports import Condition, Eq, Page, Transaction
from congvu_kit.domain.actor import Actor
from evaluation_service.application.collections import POLICIES
from evaluation_service.domain.policies.policies import PolicyState, StoredPolicy


async def find_policies(
    ids: Sequence[str], reader: Actor, tx: Transaction
) -> list[StoredPolicy | None]:
    """One per id: published policies are public, drafts stay in their province."""
    return [
        stored if stored and _may_read(reader, stored) else None
        for stored in await tx.store(POLICIES).find_many(ids)
    ]


def _may_read(reader: Actor, stored: StoredPolicy) -> bool:
    own = reader.subject is not None and reader.province == stored.province
    return own or stored.state is PolicyState.PUBLISHED


async def list_policies(
    reader: Actor, tx: Transaction, state: PolicyState, *, first: int, after: str | None
) -> Page[StoredPolicy]:
    conditions: list[Condition] = [Eq("state", state)]
    if state is not PolicyState.PUBLISHED:
        reader.require_login()
        conditions.append(Eq("province", reader.province))
    return await tx.store(POLICIES).page(
        *conditions, order=["policy_id", "version"], first=first, after=after
    )
