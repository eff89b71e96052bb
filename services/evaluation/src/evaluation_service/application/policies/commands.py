"""Drafting, approving and publishing a province's own scoring policy."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.personal_numbers import MachineText
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Actor, Participant, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from congvu_kit.domain.times import ValidityDate
from congvu_kit.domain.vietnamese import vi_text
from congvu_scoring import Policy, read_policy
from congvu_scoring.language.deriving import derive, undeclared_changes
from evaluation_service.application.collections import POLICIES
from evaluation_service.application.needs import Documents
from evaluation_service.application.policies.pins import (
    compiled_policy,
    find_policy,
)
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.initiatives.counted import check_setting
from evaluation_service.domain.policies.policies import PolicyState, StoredPolicy

DOCUMENT_MAX_CHARS = 100_000
"""Largest policy document; the longest shipped one has about 20,000."""


@dataclass(frozen=True, kw_only=True)
class DraftPolicy(Command):
    """`document` is JSON in the policy language."""

    operation: ClassVar[str] = "draft_policy"

    document: MachineText


@dataclass(frozen=True, kw_only=True)
class DerivePolicy(Command):
    """An own policy that is a published one with other defaults, each within its bounds."""

    operation: ClassVar[str] = "derive_policy"

    base: str
    policy_id: str
    version: int
    title_vi: str
    title_en: str
    overrides: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class RevisePolicy(RevisedCommand):
    operation: ClassVar[str] = "revise_policy"

    id: str
    document: MachineText


@dataclass(frozen=True, kw_only=True)
class ApprovePolicy(RevisedCommand):
    operation: ClassVar[str] = "approve_policy"

    id: str


@dataclass(frozen=True, kw_only=True)
class PublishPolicy(RevisedCommand):
    operation: ClassVar[str] = "publish_policy"

    id: str
    decision: Decision
    effective_from: ValidityDate


async def read_draft(command: DraftPolicy, tx: Transaction, *, documents: Documents) -> DraftPolicy:
    """The draft with its document read, for somebody who may draft."""
    command.actor.require(Role.PERIOD_ADMIN)
    _province(command.actor)
    _require_short(command.document)
    return replace(command, document=await documents.policy(command.document))


async def read_revision(
    command: RevisePolicy, tx: Transaction, *, documents: Documents
) -> RevisePolicy:
    """The revision with its document read, for somebody who may revise this policy now."""
    command.actor.require(Role.PERIOD_ADMIN)
    await _own(command.actor, command.id, None, tx)
    _require_short(command.document)
    return replace(command, document=await documents.policy(command.document))


async def draft_policy(command: DraftPolicy, tx: Transaction) -> StoredPolicy:
    """The next version of an own policy, or the first of a new one."""
    command.actor.require(Role.PERIOD_ADMIN)
    province = _province(command.actor)
    policy = read_document(command.document)
    return await _draft(policy, Participant.of(command.actor), province, tx)


async def derive_policy(command: DerivePolicy, tx: Transaction) -> StoredPolicy:
    command.actor.require(Role.PERIOD_ADMIN)
    province = _province(command.actor)
    base = await find_policy(
        tx, command.base, business_date(tx.now), province=province, field="input.base"
    )
    policy = derive(
        compiled_policy(base.document, ()).policy,
        dict(command.overrides),
        policy_id=command.policy_id,
        version=command.version,
        title={"vi": command.title_vi, "en": command.title_en},
    )
    return await _draft(policy, Participant.of(command.actor), province, tx)


async def _draft(policy: Policy, by: Participant, province: str, tx: Transaction) -> StoredPolicy:
    versions = await tx.store(POLICIES).select(Eq("policy_id", policy.id))
    if any(each.province != province for each in versions):
        raise Conflict(
            en=f"policy id {policy.id!r} belongs to somebody else; choose another",
            vi=f"Mã quy chế {vi_text(policy.id)} đã được nơi khác sử dụng. Vui lòng chọn mã khác.",
            field="input.document",
        )
    newest = max((each.version for each in versions), default=0)
    if policy.version != newest + 1:
        raise Conflict(
            en=f"the next version of {policy.id!r} is {newest + 1}, not {policy.version}",
            vi=f"Phiên bản kế tiếp của quy chế {vi_text(policy.id)} phải là "
            f"{vi_text(newest + 1)}; đang gửi {vi_text(policy.version)}.",
            field="input.document",
        )
    stored = StoredPolicy(
        id=policy.ref,
        policy_id=policy.id,
        version=policy.version,
        province=province,
        document=policy.text,
        hash=policy.hash,
        derived_from=await _base_of(policy, tx),
        drafted_by=by,
    )
    await tx.store(POLICIES).save(stored)
    return stored


async def _base_of(policy: Policy, tx: Transaction) -> str | None:
    """The published version it says it derives from; raise `Invalid` when it changed more than
    that one leaves free."""
    said = policy.document.get("derived_from")
    if not isinstance(said, Mapping):
        return None
    reference = f"{said.get('id')}@{said.get('version')}"
    stored = await tx.store(POLICIES).find(reference)
    if stored is None or stored.hash != said.get("hash"):
        raise Invalid(
            en=f"derived_from names {reference}, which is not that document here",
            vi=f"Quy chế gốc được nêu ({reference}) không khớp nội dung đang lưu.",
            field="input.document",
            rule_id="derived_from",
        )
    changed = undeclared_changes(compiled_policy(stored.document, ()).policy, policy)
    if changed:
        paths = ", ".join(change.path for change in changed[:5])
        raise Invalid(
            en=f"a policy derived from {reference} may not change {paths}",
            vi=f"Quy chế dẫn xuất từ {reference} không được thay đổi các mục sau: {paths}.",
            field="input.document",
            rule_id="derived_from",
        )
    return reference


def read_document(document: str) -> Policy:
    """Raise `Invalid` that names the path in the document and the rule."""
    _require_short(document)
    try:
        found = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise Invalid(
            en="the document is no JSON, or nests too deep",
            vi="Nội dung quy chế không đúng định dạng JSON, hoặc lồng quá sâu.",
            field="input.document",
        ) from error
    return read_policy(found)


def _require_short(document: str) -> None:
    if len(document) > DOCUMENT_MAX_CHARS:
        raise Invalid(
            en=f"a policy has at most {DOCUMENT_MAX_CHARS} characters",
            vi=f"Quy chế dài tối đa {DOCUMENT_MAX_CHARS} ký tự.",
            field="input.document",
        )


async def revise_policy(command: RevisePolicy, tx: Transaction) -> StoredPolicy:
    command.actor.require(Role.PERIOD_ADMIN)
    stored = await _own(command.actor, command.id, command.expected_revision, tx)
    policy = read_document(command.document)
    if policy.ref != stored.id:
        raise Invalid(
            en=f"the document is {policy.ref}, not {stored.id}",
            vi=f"Nội dung gửi lên là quy chế {policy.ref}, cần quy chế {vi_text(stored.id)}.",
            field="input.document",
        )
    await _base_of(policy, tx)
    stored.redraft(policy.text, policy.hash, Participant.of(command.actor))
    await tx.store(POLICIES).save(stored)
    return stored


async def approve_policy(command: ApprovePolicy, tx: Transaction) -> StoredPolicy:
    command.actor.require(Role.STEERING_COMMITTEE)
    stored = await _own(command.actor, command.id, command.expected_revision, tx)
    stored.approve(command.actor)
    await tx.store(POLICIES).save(stored)
    return stored


async def publish_policy(command: PublishPolicy, tx: Transaction) -> StoredPolicy:
    command.actor.require(Role.STEERING_COMMITTEE)
    stored = await _own(command.actor, command.id, command.expected_revision, tx)
    today = business_date(tx.now)
    if command.effective_from < today:
        raise Invalid(
            en=f"effectiveFrom {command.effective_from} is before today, {today}",
            vi=f"Ngày hiệu lực {vi_text(command.effective_from)} đã qua. Vui lòng chọn từ "
            f"ngày {vi_text(today)}.",
            field="input.effectiveFrom",
            rule_id="C-I5",
        )
    check_setting(compiled_policy(stored.document, ()))
    stored.publish(command.decision, command.effective_from, tx.now)
    await tx.store(POLICIES).save(stored)
    return stored


def _province(actor: Actor) -> str:
    if actor.province is None:
        raise Forbidden(
            en="the token names no province",
            vi="Tài khoản chưa được gắn với tỉnh. Vui lòng liên hệ quản trị hệ thống.",
        )
    return actor.province


async def _own(actor: Actor, id: str, revision: int | None, tx: Transaction) -> StoredPolicy:
    stored = await tx.store(POLICIES).get(id)
    if stored.province is None:
        raise Forbidden(
            en=f"policy {stored.id} is shipped with the platform; derive your own",
            vi=f"Quy chế {vi_text(stored.id)} đi kèm nền tảng, không sửa được. Vui lòng ban hành "
            "quy chế riêng.",
            rule_id="C-I1",
        )
    actor.require_province(stored.province)
    if revision is not None:
        stored.expect_revision(revision)
    return stored


async def keep_shipped(policy: Policy, tx: Transaction) -> None:
    """Store a shipped policy as published; one that is there stays as it is (immutable)."""
    store = tx.store(POLICIES)
    if await store.find(policy.ref) is None:
        await store.save(
            StoredPolicy(
                id=policy.ref,
                policy_id=policy.id,
                version=policy.version,
                province=None,
                document=policy.text,
                hash=policy.hash,
                state=PolicyState.PUBLISHED,
                effective_from=policy.effective_from,
                published_at=tx.now,
            )
        )
