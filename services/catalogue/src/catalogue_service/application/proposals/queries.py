"""Proposals that a province got or sent."""

from catalogue_service.application.access import PROPOSERS, READERS_OF_DRAFTS
from catalogue_service.application.collections import PROPOSALS
from catalogue_service.domain.proposals.proposals import ChangeProposal, ProposalState
from congvu_kit.application.ports import Condition, Eq, Page, Transaction
from congvu_kit.domain.actor import Actor


async def proposals(
    tx: Transaction,
    actor: Actor,
    state: ProposalState | None,
    *,
    asked_of_us: bool,
    first: int,
    after: str | None,
) -> Page[ChangeProposal]:
    """Those to the lists of the caller's province, or those that its units sent, oldest first."""
    actor.require(*READERS_OF_DRAFTS, *PROPOSERS)
    path = "catalogue.province" if asked_of_us else "province"
    conditions: list[Condition] = [Eq(path, actor.province)]
    if state is not None:
        conditions.append(Eq("state", state.value))
    return await tx.store(PROPOSALS).page(*conditions, first=first, after=after)
