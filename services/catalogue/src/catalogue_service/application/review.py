"""From draft to approval (trình, thẩm định, phê duyệt): each step by whoever has it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from catalogue_service.application.collections import VERSIONS
from catalogue_service.application.lookups import policy_of, version_of
from catalogue_service.domain.authority import (
    require_appraiser,
    require_authority,
    require_editor,
    require_judge,
)
from catalogue_service.domain.checking import check_bounds
from catalogue_service.domain.policy import CataloguePolicy
from catalogue_service.domain.steps import Act
from catalogue_service.domain.versions import WorkProductVersion
from congvu_kit.application.perform import Command
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor


class Opinion(StrEnum):
    """What the appraiser says of a draft."""

    FAVOURABLE = "FAVOURABLE"
    CHANGES_NEEDED = "CHANGES_NEEDED"


@dataclass(frozen=True, kw_only=True)
class SubmitVersion(Command):
    version_id: str
    expected_revision: int


@dataclass(frozen=True, kw_only=True)
class WithdrawVersion(Command):
    version_id: str
    expected_revision: int
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class AppraiseVersion(Command):
    version_id: str
    expected_revision: int
    opinion: Opinion
    note: str | None


@dataclass(frozen=True, kw_only=True)
class RequestChanges(Command):
    version_id: str
    expected_revision: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ApproveVersion(Command):
    version_id: str
    expected_revision: int
    note: str | None


@dataclass(frozen=True, kw_only=True)
class RejectVersion(Command):
    version_id: str
    expected_revision: int
    reason: str


async def submit_version(command: SubmitVersion, tx: Transaction) -> WorkProductVersion:
    version = await _loaded(tx, command.version_id, command.expected_revision)
    submit(version, command.actor, await policy_of(tx, version.catalogue.province), tx.now)
    return await _saved(tx, version)


def submit(
    version: WorkProductVersion, actor: Actor, policy: CataloguePolicy, now: datetime
) -> None:
    require_editor(actor, version.catalogue)
    check_bounds(version.content, policy)
    version.submit(Act.of(actor, now))


async def withdraw_version(command: WithdrawVersion, tx: Transaction) -> WorkProductVersion:
    version = await _loaded(tx, command.version_id, command.expected_revision)
    require_editor(command.actor, version.catalogue)
    version.withdraw(Act.of(command.actor, tx.now, reason=command.reason))
    return await _saved(tx, version)


async def appraise_version(command: AppraiseVersion, tx: Transaction) -> WorkProductVersion:
    version = await _loaded(tx, command.version_id, command.expected_revision)
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
    version = await _loaded(tx, command.version_id, command.expected_revision)
    require_judge(command.actor, version.catalogue)
    version.request_changes(Act.of(command.actor, tx.now, reason=command.reason))
    return await _saved(tx, version)


async def approve_version(command: ApproveVersion, tx: Transaction) -> WorkProductVersion:
    version = await _loaded(tx, command.version_id, command.expected_revision)
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
    version = await _loaded(tx, command.version_id, command.expected_revision)
    require_judge(command.actor, version.catalogue)
    version.reject(Act.of(command.actor, tx.now, reason=command.reason))
    return await _saved(tx, version)


async def _loaded(tx: Transaction, id: str, expected_revision: int) -> WorkProductVersion:
    version = await version_of(tx, id)
    version.expect_revision(expected_revision)
    return version


async def _saved(tx: Transaction, version: WorkProductVersion) -> WorkProductVersion:
    await tx.store(VERSIONS).save(version)
    return version
