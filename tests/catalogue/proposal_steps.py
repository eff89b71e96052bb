"""Proposing a change to a list above, discussing and deciding it, through the real use cases."""

from catalogue import scenes
from catalogue.people import COMMITTEE, EDITOR
from catalogue_service.application.collections import PROPOSALS
from catalogue_service.application.proposals.commands import (
    CommentOnProposal,
    DecideProposal,
    ProposeChange,
    WithdrawProposal,
    comment_on_proposal,
    decide_proposal,
    propose_change,
    withdraw_proposal,
)
from catalogue_service.domain.common.kinds import Group
from catalogue_service.domain.products.content import Draft
from catalogue_service.domain.proposals.proposals import ChangeProposal, ProposalKind
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor


async def propose(
    uow: UnitOfWork,
    kind: ProposalKind = ProposalKind.ADD,
    *,
    code: str = scenes.PLAN,
    group: Group = Group.B,
    content: Draft | None = scenes.FULL,
    actor: Actor = EDITOR,
    province: str | None = None,
    justification: str = "Nhiều xã cùng thực hiện",
) -> ChangeProposal:
    command = ProposeChange(
        actor=actor,
        idempotency_key=scenes.key(),
        kind=kind,
        group=group,
        province=province,
        code=code,
        content=content,
        justification=justification,
    )
    return await perform(propose_change, command, uow)


async def decide(
    uow: UnitOfWork,
    proposal: ChangeProposal,
    *,
    accept: bool = True,
    actor: Actor = COMMITTEE,
    reason: str = "Phù hợp",
) -> ChangeProposal:
    command = DecideProposal(
        actor=actor,
        idempotency_key=scenes.key(),
        proposal_id=proposal.id,
        expected_revision=proposal.revision,
        accept=accept,
        reason=reason,
    )
    return await perform(decide_proposal, command, uow)


async def comment(
    uow: UnitOfWork, proposal: ChangeProposal, text: str, actor: Actor = EDITOR
) -> ChangeProposal:
    command = CommentOnProposal(
        actor=actor, idempotency_key=scenes.key(), proposal_id=proposal.id, text=text
    )
    return await perform(comment_on_proposal, command, uow)


async def withdraw(
    uow: UnitOfWork, proposal: ChangeProposal, actor: Actor = EDITOR
) -> ChangeProposal:
    command = WithdrawProposal(
        actor=actor,
        idempotency_key=scenes.key(),
        proposal_id=proposal.id,
        expected_revision=proposal.revision,
    )
    return await perform(withdraw_proposal, command, uow)


async def stored(uow: UnitOfWork, id: str) -> ChangeProposal:
    return await uow.reading().store(PROPOSALS).get(id)
