"""Proposals to the lists above a unit, with their discussion and decision."""

from dataclasses import dataclass
from typing import ClassVar

from catalogue_service.application.access import (
    PROPOSERS,
    may_read_proposal,
    policy_of,
    product_of,
    require_authority,
    version_of,
)
from catalogue_service.application.collections import PRODUCTS, PROPOSALS
from catalogue_service.application.products.commands import code_taken, revise, start
from catalogue_service.domain.common.kinds import NATIONAL, Catalogue, Group
from catalogue_service.domain.common.steps import Act
from catalogue_service.domain.products.checking import checked
from catalogue_service.domain.products.content import Content, Draft
from catalogue_service.domain.products.versions import WorkProductVersion
from catalogue_service.domain.proposals.proposals import ChangeProposal, ProposalKind
from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid, NotFound
from congvu_kit.domain.ids import new_id
from congvu_kit.domain.vietnamese import vi_text


@dataclass(frozen=True, kw_only=True)
class ProposeChange(Command):
    operation: ClassVar[str] = "propose_change"

    kind: ProposalKind
    group: Group
    province: str | None
    code: str
    content: Draft | None
    justification: str


async def propose_change(command: ProposeChange, tx: Transaction) -> ChangeProposal:
    """The content is checked now, and again when the proposal is accepted."""
    actor = command.actor
    by = actor.require(*PROPOSERS)
    if actor.unit is None or actor.province is None:
        raise Forbidden(
            en="your token names no unit",
            vi="Tài khoản chưa được gắn với đơn vị. Vui lòng liên hệ quản trị hệ thống.",
        )
    catalogue = _list_above(command, actor.province)
    await _check(tx, command.kind, catalogue, command.code, command.content)
    act = Act.of(actor, tx.now, reason=command.justification)
    proposal = ChangeProposal(
        id=new_id("prop"),
        kind=command.kind,
        catalogue=catalogue,
        code=command.code,
        content=command.content,
        justification=act.require_reason(),
        province=actor.province,
        unit_id=actor.unit,
        proposed_by=by,
        steps=(act.step("PROPOSED"),),
    )
    await tx.store(PROPOSALS).save(proposal)
    return proposal


def _list_above(command: ProposeChange, own_province: str) -> Catalogue:
    province = command.province or own_province
    if command.group is Group.C or province not in (own_province, NATIONAL):
        raise Invalid(
            en="a proposal goes to list A, B or D of your own province or of the nation",
            vi="Chỉ đề xuất vào danh mục A, B, D của tỉnh mình hoặc của quốc gia.",
            field="input.group" if command.group is Group.C else "input.province",
            rule_id="C-I6",
        )
    return Catalogue(group=command.group, province=province)


async def _check(
    tx: Transaction, kind: ProposalKind, catalogue: Catalogue, code: str, content: Draft | None
) -> Content | None:
    """What the proposal would put in the list; raise when it could not."""
    product = await tx.store(PRODUCTS).find(code)
    if kind is ProposalKind.ADD:
        catalogue.check_code(code)
        if product is not None:
            raise code_taken(product)
    elif product is None or product.catalogue != catalogue:
        raise NotFound(
            en=f"there is no {code!r} in that list",
            vi=f"Danh mục đó không có mã {vi_text(code)}.",
            field="input.code",
            rule_id="C-I8",
        )
    if (content is None) is not (kind is ProposalKind.REMOVE):
        raise Invalid(
            en="to add or change say the content, to remove do not",
            vi="Đề xuất bổ sung, sửa đổi phải có nội dung; đề xuất bãi bỏ không kèm nội dung.",
            field="input.content",
        )
    if content is None:
        return None
    return checked(content, catalogue, await policy_of(tx, catalogue.province))


@dataclass(frozen=True, kw_only=True)
class CommentOnProposal(Command):
    operation: ClassVar[str] = "comment_on_proposal"

    proposal_id: str
    text: str


async def comment_on_proposal(command: CommentOnProposal, tx: Transaction) -> ChangeProposal:
    proposal = await _readable(tx, command.actor, command.proposal_id)
    proposal.comment(command.text, command.actor.require_login(), tx.now)
    await tx.store(PROPOSALS).save(proposal)
    return proposal


@dataclass(frozen=True, kw_only=True)
class DecideProposal(RevisedCommand):
    operation: ClassVar[str] = "decide_proposal"

    proposal_id: str
    accept: bool
    reason: str


async def decide_proposal(command: DecideProposal, tx: Transaction) -> ChangeProposal:
    """Accepting to add or change opens a draft whose author is the proposer; it is appraised and
    approved like any other."""
    proposal = await _readable(tx, command.actor, command.proposal_id)
    proposal.expect_revision(command.expected_revision)
    require_authority(command.actor, proposal.catalogue)
    act = Act.of(command.actor, tx.now, reason=command.reason)
    proposal.decide(accept=command.accept, act=act)
    if command.accept:
        version = await _draft(tx, proposal)
        proposal.version_id = version.id if version is not None else None
    await tx.store(PROPOSALS).save(proposal)
    return proposal


async def _draft(tx: Transaction, proposal: ChangeProposal) -> WorkProductVersion | None:
    content = await _check(tx, proposal.kind, proposal.catalogue, proposal.code, proposal.content)
    if content is None:
        return None
    act = Act(
        by=proposal.proposed_by,
        officer=proposal.proposed.officer,
        at=tx.now,
        reason=proposal.justification,
    )
    if proposal.kind is ProposalKind.ADD:
        return await start(tx, proposal.catalogue, proposal.code, content, act)
    product = await product_of(tx, proposal.code)
    last = await version_of(tx, product.last_version_id)
    if not last.is_issued:
        raise Conflict(
            en=f"{last.id!r} is {last.state}: finish it before another change is accepted",
            vi=f"Phiên bản {vi_text(last.id)} {vi_text(last.state)}. Vui lòng xử lý xong "
            "phiên bản này trước.",
            field="input.proposalId",
        )
    return await revise(tx, product, last, content, act)


@dataclass(frozen=True, kw_only=True)
class WithdrawProposal(RevisedCommand):
    operation: ClassVar[str] = "withdraw_proposal"

    proposal_id: str


async def withdraw_proposal(command: WithdrawProposal, tx: Transaction) -> ChangeProposal:
    """By whoever proposed it."""
    proposal = await _readable(tx, command.actor, command.proposal_id)
    proposal.expect_revision(command.expected_revision)
    proposal.withdraw(Act.of(command.actor, tx.now))
    await tx.store(PROPOSALS).save(proposal)
    return proposal


async def _readable(tx: Transaction, actor: Actor, id: str) -> ChangeProposal:
    actor.require_login()
    proposal = await tx.store(PROPOSALS).find(id)
    if proposal is None or not may_read_proposal(actor, proposal):
        raise NotFound(
            en="there is no proposal with this id",
            vi="Không tìm thấy đề xuất này.",
            field="input.proposalId",
        )
    return proposal
