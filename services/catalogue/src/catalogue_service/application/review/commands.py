"""From draft to approval (trình, thẩm định, phê duyệt): each step by whoever has it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from catalogue_service.application.access import (
    policy_of,
    require_appraiser,
    require_authority,
    require_editor,
    require_judge,
    version_of,
)
from catalogue_service.application.collections import VERSIONS
from catalogue_service.domain.common.kinds import Group
from catalogue_service.domain.common.steps import Act
from catalogue_service.domain.policy.policy import CataloguePolicy
from catalogue_service.domain.products.checking import check_bounds
from catalogue_service.domain.products.versions import WorkProductVersion
from catalogue_service.domain.review.bulk import (
    BULK_MAX,
    WAITING,
    BulkStep,
    preview_of,
)
from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Condition, Eq, In, Transaction
from congvu_kit.application.rows import Refusal, each_row
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Conflict, Forbidden


class Opinion(StrEnum):
    """What the appraiser says of a draft."""

    FAVOURABLE = "FAVOURABLE"
    CHANGES_NEEDED = "CHANGES_NEEDED"


@dataclass(frozen=True, kw_only=True)
class VersionCommand(RevisedCommand):
    version_id: str


@dataclass(frozen=True, kw_only=True)
class SubmitVersion(VersionCommand):
    operation: ClassVar[str] = "submit_version"


@dataclass(frozen=True, kw_only=True)
class WithdrawVersion(VersionCommand):
    operation: ClassVar[str] = "withdraw_version"

    reason: str | None


@dataclass(frozen=True, kw_only=True)
class AppraiseVersion(VersionCommand):
    operation: ClassVar[str] = "appraise_version"

    opinion: Opinion
    note: str | None


@dataclass(frozen=True, kw_only=True)
class RequestChanges(VersionCommand):
    operation: ClassVar[str] = "request_changes"

    reason: str


@dataclass(frozen=True, kw_only=True)
class ApproveVersion(VersionCommand):
    operation: ClassVar[str] = "approve_version"

    note: str | None


@dataclass(frozen=True, kw_only=True)
class RejectVersion(VersionCommand):
    operation: ClassVar[str] = "reject_version"

    reason: str


async def submit_version(command: SubmitVersion, tx: Transaction) -> WorkProductVersion:
    version = await _version(tx, command)
    submit(version, command.actor, await policy_of(tx, version.catalogue.province), tx.now)
    return await _saved(tx, version)


def submit(
    version: WorkProductVersion, actor: Actor, policy: CataloguePolicy, now: datetime
) -> None:
    require_editor(actor, version.catalogue)
    check_bounds(version.content, policy)
    version.submit(Act.of(actor, now))


async def withdraw_version(command: WithdrawVersion, tx: Transaction) -> WorkProductVersion:
    version = await _version(tx, command)
    require_editor(command.actor, version.catalogue)
    version.withdraw(Act.of(command.actor, tx.now, reason=command.reason))
    return await _saved(tx, version)


async def appraise_version(command: AppraiseVersion, tx: Transaction) -> WorkProductVersion:
    version = await _version(tx, command)
    appraise(version, command.actor, command.opinion, command.note, tx.now)
    return await _saved(tx, version)


def appraise(
    version: WorkProductVersion, actor: Actor, opinion: Opinion, note: str | None, now: datetime
) -> None:
    require_appraiser(actor, version.catalogue)
    act = Act.of(actor, now, reason=note)
    if opinion is Opinion.FAVOURABLE:
        version.appraise(act)
    else:
        version.request_changes(act)


async def request_changes(command: RequestChanges, tx: Transaction) -> WorkProductVersion:
    version = await _version(tx, command)
    require_judge(command.actor, version.catalogue)
    version.request_changes(Act.of(command.actor, tx.now, reason=command.reason))
    return await _saved(tx, version)


async def approve_version(command: ApproveVersion, tx: Transaction) -> WorkProductVersion:
    version = await _version(tx, command)
    policy = await policy_of(tx, version.catalogue.province)
    approve(version, command.actor, policy, command.note, tx.now)
    return await _saved(tx, version)


def approve(
    version: WorkProductVersion,
    actor: Actor,
    policy: CataloguePolicy,
    note: str | None,
    now: datetime,
) -> None:
    require_authority(actor, version.catalogue)
    check_bounds(version.content, policy)
    version.approve(Act.of(actor, now, reason=note))


async def reject_version(command: RejectVersion, tx: Transaction) -> WorkProductVersion:
    version = await _version(tx, command)
    require_judge(command.actor, version.catalogue)
    version.reject(Act.of(command.actor, tx.now, reason=command.reason))
    return await _saved(tx, version)


async def _version(tx: Transaction, command: VersionCommand) -> WorkProductVersion:
    version = await version_of(tx, command.version_id)
    version.expect_revision(command.expected_revision)
    return version


async def _saved(tx: Transaction, version: WorkProductVersion) -> WorkProductVersion:
    await tx.store(VERSIONS).save(version)
    return version


@dataclass(frozen=True, kw_only=True)
class BulkItem:
    """`refusal` is None when the step is taken, or in a preview would be."""

    version_id: str
    code: str
    name_vi: str
    refusal: Refusal | None = None

    @classmethod
    def of(cls, version: WorkProductVersion, result: Refusal | None) -> "BulkItem":
        return cls(
            version_id=version.id,
            code=version.code,
            name_vi=version.content.name_vi,
            refusal=result,
        )


@dataclass(frozen=True, kw_only=True)
class BulkReport:
    """`preview` stands for exactly these versions as they are now; `more` match beyond them."""

    done: bool
    preview: str
    items: tuple[BulkItem, ...]
    more: bool


@dataclass(frozen=True, kw_only=True)
class AdvanceVersions(Command):
    operation: ClassVar[str] = "advance_versions"

    step: BulkStep
    group: Group | None
    unit_id: str | None
    note: str | None
    preview: str | None


async def advance_versions(command: AdvanceVersions, tx: Transaction) -> BulkReport:
    """Without `preview`: say what would happen. With the preview's own: do it, and refuse when
    anything moved since, so that nobody decides what they did not see."""
    chosen = await _chosen(command, tx)
    more = len(chosen) > BULK_MAX
    versions = chosen[:BULK_MAX]
    digest = preview_of(command.step, versions)
    doing = command.preview is not None
    if doing and command.preview != digest:
        raise Conflict(
            en="the versions changed since the preview: look again",
            vi="Các phiên bản đã thay đổi sau khi xem trước. Vui lòng xem lại.",
            field="input.preview",
        )
    take = await _step(command, tx)

    async def advance(version: WorkProductVersion) -> None:
        take(version)
        if doing:
            await tx.store(VERSIONS).save(version)

    results = await each_row(versions, advance, now=tx.now)
    items = tuple(map(BulkItem.of, versions, results))
    return BulkReport(done=doing, preview=digest, items=items, more=more)


async def _chosen(command: AdvanceVersions, tx: Transaction) -> list[WorkProductVersion]:
    province = _province(command.actor)
    conditions: list[Condition] = [Eq("catalogue.province", province)]
    if command.unit_id is not None:
        conditions = [Eq("catalogue.unit_id", command.unit_id)]
    elif command.group is not None:
        conditions.append(Eq("catalogue.group", command.group.value))
    states = In("state", [state.value for state in WAITING[command.step]])
    found = await tx.store(VERSIONS).select(*conditions, states, limit=BULK_MAX + 1)
    return [each for each in found if each.catalogue.province == province]


def _province(actor: Actor) -> str:
    actor.require_login()
    if actor.province is None:
        raise Forbidden(
            en="your token names no province",
            vi="Tài khoản chưa được gắn với tỉnh. Vui lòng liên hệ quản trị hệ thống.",
        )
    return actor.province


Take = Callable[[WorkProductVersion], None]


async def _step(command: AdvanceVersions, tx: Transaction) -> Take:
    actor, now = command.actor, tx.now
    policy = await policy_of(tx, _province(actor))
    match command.step:
        case BulkStep.SUBMIT:
            return lambda version: submit(version, actor, policy, now)
        case BulkStep.APPRAISE:
            return lambda version: appraise(version, actor, Opinion.FAVOURABLE, command.note, now)
        case BulkStep.APPROVE:
            return lambda version: approve(version, actor, policy, command.note, now)
