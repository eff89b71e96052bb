"""Putting versions in force by decision, and taking products out (ban hành, bãi bỏ)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from catalogue_service.application.access import (
    closed_periods,
    policy_of,
    product_of,
    require_authority,
    unknown_version,
    version_of,
)
from catalogue_service.application.collections import (
    ASSIGNMENTS,
    PERIODS,
    PRODUCTS,
    RELEASES,
    VERSIONS,
)
from catalogue_service.application.products.tallies import Shifts
from catalogue_service.domain.common.kinds import NATIONAL
from catalogue_service.domain.common.steps import Act
from catalogue_service.domain.products.checking import check_bounds
from catalogue_service.domain.products.versions import WorkProductVersion
from catalogue_service.domain.products.work_products import WorkProduct
from catalogue_service.domain.releases.releases import CatalogueRelease, check_effective
from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.ids import new_id
from congvu_kit.domain.vietnamese import vi_text


@dataclass(frozen=True, kw_only=True)
class PublishRelease(Command):
    operation: ClassVar[str] = "publish_release"

    decision_number: str
    effective_from: date
    version_ids: tuple[str, ...]
    province: str | None
    unit_id: str | None


async def publish_release(command: PublishRelease, tx: Transaction) -> CatalogueRelease:
    """All versions or none; each ends the version before it on the day it takes effect."""
    versions = await _named(tx, command.version_ids)
    act = Act.of(command.actor, tx.now, decision_number=command.decision_number)
    for catalogue in {each.catalogue for each in versions}:
        require_authority(command.actor, catalogue)
    release = CatalogueRelease.published(
        id=new_id("rel"), versions=versions, effective_from=command.effective_from, act=act
    )
    _check_list_named(command, release)
    closed = await closed_periods(tx, release.province, release.unit_id, command.effective_from)
    check_effective(command.effective_from, business_date(tx.now), closed)
    await _issue(tx, release, versions, act)
    await tx.store(RELEASES).save(release)
    return release


async def _named(tx: Transaction, ids: Sequence[str]) -> list[WorkProductVersion]:
    found = await tx.store(VERSIONS).find_many(ids)
    versions = []
    for index, version in enumerate(found):
        if version is None:
            raise unknown_version(f"input.versionIds.{index}")
        versions.append(version)
    return versions


def _check_list_named(command: PublishRelease, release: CatalogueRelease) -> None:
    """Who says where the release is for must mean where its versions are from."""
    named = (command.province or release.province, command.unit_id or release.unit_id)
    if named != (release.province, release.unit_id):
        raise Invalid(
            en="the versions are of another province or unit than the one named",
            vi="Các phiên bản thuộc tỉnh hoặc đơn vị khác với nơi đã nêu.",
            field="input.unitId" if command.unit_id else "input.province",
            rule_id="C-I6",
        )


async def _issue(
    tx: Transaction, release: CatalogueRelease, versions: Sequence[WorkProductVersion], act: Act
) -> None:
    policy = await policy_of(tx, release.province)
    products = await tx.store(PRODUCTS).find_many([each.code for each in versions])
    shifts = Shifts()
    for version, product in zip(versions, products, strict=True):
        if product is None:
            raise LookupError(f"version {version.id!r} has no product")
        check_bounds(version.content, policy)
        version.publish(release.id, release.effective_from, act)
        shifts.before(product)
        previous = product.issue(version, release.effective_from)
        shifts.after(product)
        if previous is not None:
            await _supersede(tx, previous, version, release.effective_from, act)
        await tx.store(VERSIONS).save(version)
        await tx.store(PRODUCTS).save(product)
    await shifts.save(tx)


async def _supersede(
    tx: Transaction, id: str, successor: WorkProductVersion, effective_from: date, act: Act
) -> None:
    previous = await version_of(tx, id)
    previous.supersede(successor.id, effective_from, act)
    await tx.store(VERSIONS).save(previous)


@dataclass(frozen=True, kw_only=True)
class RetireWorkProduct(RevisedCommand):
    operation: ClassVar[str] = "retire_work_product"

    code: str
    effective_to: date
    decision_number: str
    reason: str
    replacement_code: str | None


async def retire_work_product(command: RetireWorkProduct, tx: Transaction) -> WorkProduct:
    """End the product on a day; C-I9: nothing open uses it, or a replacement is named."""
    product = await product_of(tx, command.code)
    require_authority(command.actor, product.catalogue)
    product.expect_revision(command.expected_revision)
    act = Act.of(
        command.actor, tx.now, reason=command.reason, decision_number=command.decision_number
    )
    act.require_reason()
    listed = product.catalogue
    closed = await closed_periods(tx, listed.province, listed.unit_id, command.effective_to)
    check_effective(command.effective_to, business_date(tx.now), closed, field="input.effectiveTo")
    await _require_unused_or_replaced(tx, product, command)
    shifts = Shifts()
    shifts.before(product)
    last = await version_of(tx, product.retire(command.effective_to, command.replacement_code, act))
    last.retire(command.effective_to, act)
    await tx.store(PRODUCTS).save(product)
    await tx.store(VERSIONS).save(last)
    await shifts.save(tx)
    return product


async def _require_unused_or_replaced(
    tx: Transaction, product: WorkProduct, command: RetireWorkProduct
) -> None:
    if command.replacement_code is not None:
        replacement = await product_of(tx, command.replacement_code)
        in_force = replacement.number_on(command.effective_to) is not None
        same_place = replacement.catalogue.province in (product.catalogue.province, NATIONAL)
        if replacement.id == product.id or not in_force or not same_place:
            raise Invalid(
                en=f"{replacement.id!r} is not in force on {command.effective_to} in this place",
                vi=f"Mã thay thế {vi_text(replacement.id)} không có hiệu lực tại đây vào ngày "
                f"{vi_text(command.effective_to)}.",
                field="input.replacementCode",
                rule_id="C-I9",
            )
        return
    if await _is_in_use(tx, product.id):
        raise Conflict(
            en=f"open assignments use {product.id!r}: name a replacement or wait",
            vi=f"Còn việc đang giao theo mã {vi_text(product.id)}. Vui lòng nêu mã thay thế "
            "hoặc chờ hoàn thành.",
            field="input.replacementCode",
            rule_id="C-I9",
        )


async def _is_in_use(tx: Transaction, code: str) -> bool:
    """Whether an open assignment of a period that is not closed uses any version of `code`."""
    after: str | None = None
    while True:
        page = await tx.store(ASSIGNMENTS).page(
            Eq("code", code), Eq("open", True), first=500, after=after
        )
        ids = sorted({each.period_id for each in page.items})
        periods = await tx.store(PERIODS).find_many(ids)
        if any(period is None or not period.closed for period in periods):
            return True
        if not page.has_next:
            return False
        after = page.cursors[-1]
