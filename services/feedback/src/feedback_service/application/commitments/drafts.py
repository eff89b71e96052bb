"""Drafts of commitments: the leader's own until they are published."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Eq, Page, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.ids import new_id
from feedback_service.application.collections import COMMITMENT_DRAFTS
from feedback_service.application.commitments.pledges import leading, publish
from feedback_service.application.log.entries import PUBLIC_LOG
from feedback_service.domain.commitments.commitment import Commitment
from feedback_service.domain.commitments.draft import CommitmentDraft, Pledge


@dataclass(frozen=True, kw_only=True)
class DraftCommitment(Command):
    operation: ClassVar[str] = "draft_commitment"

    pledge: Pledge


@dataclass(frozen=True, kw_only=True)
class ReviseDraft(RevisedCommand):
    operation: ClassVar[str] = "revise_commitment_draft"

    draft_id: str
    pledge: Pledge


@dataclass(frozen=True, kw_only=True)
class PublishDraft(RevisedCommand):
    operation: ClassVar[str] = "publish_commitment_draft"
    turn: ClassVar[str] = PUBLIC_LOG

    draft_id: str


async def draft_commitment(command: DraftCommitment, tx: Transaction) -> CommitmentDraft:
    """Nobody else reads it; what is wrong with it is told when it is published."""
    unit_id, leader_id, province = await leading(command.actor, tx)
    draft = CommitmentDraft(
        id=new_id("cdr"),
        province=province,
        unit_id=unit_id,
        leader_id=leader_id,
        pledge=command.pledge,
    )
    await tx.store(COMMITMENT_DRAFTS).save(draft)
    return draft


async def revise_draft(command: ReviseDraft, tx: Transaction) -> CommitmentDraft:
    draft = await _own(command, command.draft_id, tx)
    draft.revise(command.pledge)
    await tx.store(COMMITMENT_DRAFTS).save(draft)
    return draft


async def publish_draft(command: PublishDraft, tx: Transaction) -> Commitment:
    """From here on it is a public word."""
    draft = await _own(command, command.draft_id, tx)
    draft.require_open()
    commitment = await publish(command.actor, draft.pledge, tx)
    draft.publish(commitment.id)
    await tx.store(COMMITMENT_DRAFTS).save(draft)
    return commitment


async def _own(command: RevisedCommand, id: str, tx: Transaction) -> CommitmentDraft:
    command.actor.require(Role.UNIT_HEAD)
    draft = await tx.store(COMMITMENT_DRAFTS).get(id)
    command.actor.require_province(draft.province)
    draft.require_leader(command.actor)
    draft.expect_revision(command.expected_revision)
    return draft


async def list_drafts(
    reader: Actor, tx: Transaction, *, first: int, after: str | None
) -> Page[CommitmentDraft]:
    """The caller's own that are not published."""
    reader.require(Role.UNIT_HEAD)
    return await tx.store(COMMITMENT_DRAFTS).page(
        Eq("leader_id", reader.require_officer("F-I8")),
        Eq("province", reader.province),
        Eq("commitment_id", None),
        first=first,
        after=after,
    )
