"""Many versions at one step: by filter, previewed first, each told on its own."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from catalogue_service.application import review
from catalogue_service.application.collections import VERSIONS
from catalogue_service.application.lookups import policy_of
from catalogue_service.application.review import Opinion
from catalogue_service.domain.kinds import Group
from catalogue_service.domain.versions import VersionState, WorkProductVersion
from congvu_kit.application.perform import Command
from congvu_kit.application.ports import Condition, Eq, In, Transaction
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Conflict, DomainError, Forbidden

BULK_MAX = 200
"""Versions of one call: one transaction of well under a second."""


class BulkStep(StrEnum):
    """The step to take with every version that matches."""

    SUBMIT = "SUBMIT"
    APPRAISE = "APPRAISE"
    APPROVE = "APPROVE"


WAITING = {
    BulkStep.SUBMIT: (VersionState.DRAFT, VersionState.CHANGES_REQUESTED),
    BulkStep.APPRAISE: (VersionState.SUBMITTED,),
    BulkStep.APPROVE: (VersionState.IN_REVIEW,),
}


@dataclass(frozen=True, kw_only=True)
class Refusal:
    code: str
    rule_id: str | None
    message_vi: str
    message_en: str


@dataclass(frozen=True, kw_only=True)
class BulkItem:
    """`refusal` is None when the step is taken, or in a preview would be."""

    version_id: str
    code: str
    name_vi: str
    refusal: Refusal | None = None


@dataclass(frozen=True, kw_only=True)
class BulkReport:
    """`preview` stands for exactly these versions as they are now; `more` match beyond them."""

    done: bool
    preview: str
    items: tuple[BulkItem, ...]
    more: bool


@dataclass(frozen=True, kw_only=True)
class AdvanceVersions(Command):
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
            vi="các phiên bản đã thay đổi sau khi xem trước: hãy xem lại",
            field="input.preview",
        )
    take = await _step(command, tx)
    items = []
    for version in versions:
        item = _taken(version, take)
        if doing and item.refusal is None:
            await tx.store(VERSIONS).save(version)
        items.append(item)
    return BulkReport(done=doing, preview=digest, items=tuple(items), more=more)


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
        raise Forbidden(en="your token names no province", vi="token không nêu tỉnh")
    return actor.province


def preview_of(step: BulkStep, versions: Sequence[WorkProductVersion]) -> str:
    lines = "".join(f"{each.id} {each.rev}\n" for each in versions)
    return hashlib.sha256(f"{step}\n{lines}".encode()).hexdigest()


Take = Callable[[WorkProductVersion], None]


async def _step(command: AdvanceVersions, tx: Transaction) -> Take:
    actor, now = command.actor, tx.now
    policy = await policy_of(tx, _province(actor))
    match command.step:
        case BulkStep.SUBMIT:
            return lambda version: review.submit(version, actor, policy, now)
        case BulkStep.APPRAISE:
            return lambda version: review.appraise(
                version, actor, Opinion.FAVOURABLE, command.note, now
            )
        case BulkStep.APPROVE:
            return lambda version: review.approve(version, actor, policy, command.note, now)


def _taken(version: WorkProductVersion, take: Take) -> BulkItem:
    refusal = None
    try:
        take(version)
    except DomainError as error:  # The item's refusal is the item's result, not the call's.
        refusal = Refusal(
            code=error.code, rule_id=error.rule_id, message_vi=error.vi, message_en=error.en
        )
    return BulkItem(
        version_id=version.id,
        code=version.code,
        name_vi=version.content.name_vi,
        refusal=refusal,
    )
