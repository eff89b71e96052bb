"""Writing products: a first draft, and the next version of what exists (soạn thảo)."""

from dataclasses import dataclass
from typing import ClassVar

from catalogue_service.application.access import (
    catalogue_for,
    policy_of,
    product_of,
    require_editor,
    require_unit_in_province,
    version_of,
)
from catalogue_service.application.collections import PRODUCTS, VERSIONS
from catalogue_service.domain.common.kinds import Catalogue, Group
from catalogue_service.domain.common.steps import Act
from catalogue_service.domain.products.checking import checked
from catalogue_service.domain.products.content import Content, Draft
from catalogue_service.domain.products.versions import EDITABLE, UNDECIDED, WorkProductVersion
from catalogue_service.domain.products.work_products import WorkProduct
from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.vietnamese import vi_text


@dataclass(frozen=True, kw_only=True)
class DraftWorkProduct(Command):
    operation: ClassVar[str] = "draft_work_product"

    group: Group
    province: str | None
    unit_id: str | None
    code: str
    content: Draft


async def draft_work_product(command: DraftWorkProduct, tx: Transaction) -> WorkProductVersion:
    """Version 1 of a new code."""
    actor = command.actor
    act = Act.of(actor, tx.now)
    catalogue = catalogue_for(actor, command.group, command.province, command.unit_id)
    require_editor(actor, catalogue)
    await require_unit_in_province(tx, catalogue, actor)
    catalogue.check_code(command.code)
    taken = await tx.store(PRODUCTS).find(command.code)
    if taken is not None:
        raise code_taken(taken)
    content = checked(command.content, catalogue, await policy_of(tx, catalogue.province))
    return await start(tx, catalogue, command.code, content, act)


async def start(
    tx: Transaction, catalogue: Catalogue, code: str, content: Content, act: Act
) -> WorkProductVersion:
    """Write a new product with its first draft; everything was checked."""
    product = WorkProduct(
        id=code,
        catalogue=catalogue,
        name_vi=content.name_vi,
        name_en=content.name_en,
        field=content.field,
    )
    version = WorkProductVersion.drafted(
        code=code, number=1, catalogue=catalogue, content=content, act=act
    )
    await tx.store(PRODUCTS).save(product)
    await tx.store(VERSIONS).save(version)
    return version


def code_taken(product: WorkProduct) -> Conflict:
    return Conflict(
        en=f"code {product.id!r} is taken by a group {product.catalogue.group} product",
        vi=f"Mã {vi_text(product.id)} đã dùng cho một sản phẩm nhóm "
        f"{product.catalogue.group.value}. Vui lòng chọn mã khác.",
        field="input.code",
        rule_id="C-I6",
    )


@dataclass(frozen=True, kw_only=True)
class ReviseWorkProduct(RevisedCommand):
    operation: ClassVar[str] = "revise_work_product"

    code: str
    content: Draft
    reason: str | None


async def revise_work_product(command: ReviseWorkProduct, tx: Transaction) -> WorkProductVersion:
    """Change the open draft, or open version n+1; what is in force stays in force (C-I1, C-I4).

    `expected_revision` is that of the newest version.
    """
    product = await product_of(tx, command.code)
    require_editor(command.actor, product.catalogue)
    last = await version_of(tx, product.last_version_id)
    last.expect_revision(command.expected_revision)
    policy = await policy_of(tx, product.catalogue.province)
    content = checked(command.content, product.catalogue, policy)
    act = Act.of(command.actor, tx.now, reason=command.reason)
    return await revise(tx, product, last, content, act)


async def revise(
    tx: Transaction, product: WorkProduct, last: WorkProductVersion, content: Content, act: Act
) -> WorkProductVersion:
    if last.state in UNDECIDED:
        raise undecided(last)
    product.require_not_retired()
    if last.state in EDITABLE:
        last.edit(content, act)
        await tx.store(VERSIONS).save(last)
        return last
    version = WorkProductVersion.drafted(
        code=product.id,
        number=product.next_number(),
        catalogue=product.catalogue,
        content=content,
        act=act,
    )
    await tx.store(PRODUCTS).save(product)
    await tx.store(VERSIONS).save(version)
    return version


def undecided(version: WorkProductVersion) -> Conflict:
    return Conflict(
        en=f"{version.id!r} is {version.state}: withdraw it or wait for the decision",
        vi=f"Phiên bản {vi_text(version.id)} {vi_text(version.state)}. Vui lòng rút lại hoặc "
        "chờ quyết định.",
        field="input.code",
    )
