"""Who may do and see what (phân cấp thẩm quyền), and what a use case finds or says is missing."""

from collections.abc import Sequence
from datetime import date

from catalogue_service.application.collections import PERIODS, POLICIES, PRODUCTS, UNITS, VERSIONS
from catalogue_service.domain.common.kinds import Catalogue, Group
from catalogue_service.domain.copies.periods import Period
from catalogue_service.domain.copies.units import Unit
from catalogue_service.domain.policy.policy import CataloguePolicy
from catalogue_service.domain.products.versions import WorkProductVersion
from catalogue_service.domain.products.work_products import WorkProduct
from catalogue_service.domain.proposals.proposals import ChangeProposal
from congvu_kit.application.ports import Eq, Gte, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden, Invalid, NotFound
from congvu_kit.domain.vietnamese import vi_text

PERIODS_MAX = 10_000
"""Closed periods of a province that end after a day; a commune has three kinds of them a year."""

UNITS_MAX = 20_000
"""Units of a province; the largest has a few thousand."""

READERS_OF_DRAFTS = (
    Role.CATALOGUE_EDITOR,
    Role.CATALOGUE_APPRAISER,
    Role.STEERING_COMMITTEE,
    Role.UNIT_HEAD,
    Role.AUDITOR,
)


def require_editor(actor: Actor, catalogue: Catalogue) -> None:
    """Editors write the lists of their province; those of a unit only their unit's group C."""
    actor.require(Role.CATALOGUE_EDITOR)
    actor.require_province(catalogue.province)
    if catalogue.unit_id is not None and actor.unit is not None:
        actor.require_unit([catalogue.unit_id])


def require_appraiser(actor: Actor, catalogue: Catalogue) -> None:
    """The Department of Home Affairs appraises every list of its province (thẩm định)."""
    actor.require(Role.CATALOGUE_APPRAISER)
    actor.require_province(catalogue.province)


def require_authority(actor: Actor, catalogue: Catalogue) -> None:
    """Groups A, B, D: the province's steering committee. Group C: the head of the unit."""
    if catalogue.unit_id is None:
        actor.require(Role.STEERING_COMMITTEE)
    else:
        actor.require(Role.UNIT_HEAD)
        actor.require_unit([catalogue.unit_id])
    actor.require_province(catalogue.province)


def require_judge(actor: Actor, catalogue: Catalogue) -> None:
    """Whoever may send a draft back: its appraiser or its authority."""
    if actor.has(Role.CATALOGUE_APPRAISER):
        require_appraiser(actor, catalogue)
    else:
        require_authority(actor, catalogue)


def may_read_drafts(actor: Actor, catalogue: Catalogue) -> bool:
    """Drafts are the province's own business; what is published is everybody's."""
    return actor.has(*READERS_OF_DRAFTS) and actor.province == catalogue.province


def require_superior(actor: Actor, unit: Unit, superior: Unit | None) -> None:
    """A local adjustment is decided above the unit: by the head of the unit over it, or by the
    province's steering committee where that is the province itself."""
    actor.require_login()
    actor.require_province(unit.province)
    is_province = superior is None or superior.level == "PROVINCE"
    if is_province and actor.has(Role.STEERING_COMMITTEE):
        return
    actor.require(Role.UNIT_HEAD)
    if superior is None or actor.unit != superior.id:
        raise Forbidden(
            en=f"only the unit above {unit.name!r} decides this",
            vi="Chỉ đơn vị cấp trên trực tiếp được quyết định nội dung này.",
        )


def may_read_version(actor: Actor, version: WorkProductVersion) -> bool:
    return version.is_issued or may_read_drafts(actor, version.catalogue)


def may_read_product(actor: Actor, product: WorkProduct) -> bool:
    return bool(product.timeline) or may_read_drafts(actor, product.catalogue)


PROPOSERS = (Role.CATALOGUE_EDITOR, Role.UNIT_HEAD, Role.MANAGER)


def may_read_proposal(actor: Actor, proposal: ChangeProposal) -> bool:
    """The catalogue's people of the province that asks and of the one that is asked."""
    provinces = (proposal.province, proposal.catalogue.province)
    return actor.has(*READERS_OF_DRAFTS, *PROPOSERS) and actor.province in provinces


async def version_of(tx: Transaction, id: str) -> WorkProductVersion:
    """C-I8: an unknown version is an error, never "the latest"."""
    version = await tx.store(VERSIONS).find(id)
    if version is None:
        raise unknown_version()
    return version


def unknown_version(field: str = "input.versionId") -> NotFound:
    return NotFound(
        en="there is no version with this id",
        vi="Không tìm thấy phiên bản mang mã này.",
        field=field,
        rule_id="C-I8",
    )


async def product_of(tx: Transaction, code: str) -> WorkProduct:
    product = await tx.store(PRODUCTS).find(code)
    if product is None:
        raise NotFound(
            en=f"there is no product {code!r}",
            vi=f"Không tìm thấy sản phẩm/công việc {vi_text(code)}.",
            field="input.code",
            rule_id="C-I8",
        )
    return product


async def policy_of(tx: Transaction, province: str) -> CataloguePolicy:
    """The province's policy, or the one that holds where it set none."""
    return await tx.store(POLICIES).find(province) or CataloguePolicy(id=province)


async def unit_of(tx: Transaction, id: str, *, field: str = "input.unitId") -> Unit:
    unit = await tx.store(UNITS).find(id)
    if unit is None:
        raise NotFound(
            en="this unit is not known here (yet)",
            vi="Chưa có đơn vị này trong hệ thống. Vui lòng đồng bộ từ hệ thống nhân sự.",
            field=field,
        )
    return unit


async def require_unit_in_province(tx: Transaction, catalogue: Catalogue, actor: Actor) -> None:
    """The unit of a group-C list is one of the province. A unit that the personnel system has not
    told us of yet is believed only from a token of that very unit."""
    if catalogue.unit_id is None:
        return
    unit = await tx.store(UNITS).find(catalogue.unit_id)
    if unit is None and actor.unit == catalogue.unit_id:
        return
    unit = unit or await unit_of(tx, catalogue.unit_id)
    if unit.province != catalogue.province:
        raise Invalid(
            en=f"the unit {unit.name!r} is of province {unit.province!r}",
            vi=f"Đơn vị {vi_text(unit.name)} thuộc tỉnh có mã {unit.province}. Vui lòng chọn đơn "
            "vị của tỉnh mình.",
            field="input.unitId",
            rule_id="C-I6",
        )


def catalogue_for(
    actor: Actor, group: Group, province: str | None, unit_id: str | None
) -> Catalogue:
    """The list meant: the caller's own province and, in group C, own unit where none is named."""
    if group is Group.C:
        unit_id = unit_id or actor.unit
    return Catalogue(group=group, province=province or actor.province or "", unit_id=unit_id)


async def closed_periods(
    tx: Transaction, province: str, unit_id: str | None, day: date
) -> Sequence[Period]:
    """Closed periods that end after `day` and bind this list (C-I10): of a unit's, those of the
    unit; of a province's, those that are closed together for every unit of the province."""
    ended_later = await tx.store(PERIODS).select(
        Eq("province", province),
        Eq("closed", True),
        Gte("ends_on", day.isoformat()),
        limit=PERIODS_MAX,
    )
    closed = [each for each in ended_later if each.covers(day)]
    if unit_id is not None:
        return [each for each in closed if unit_id in each.unit_ids]
    if not closed:
        return []
    there = await tx.store(UNITS).select(Eq("province", province), limit=UNITS_MAX)
    everybody = {each.id for each in there if each.valid_to is None or each.valid_to > day}
    return closed if everybody <= {id for each in closed for id in each.unit_ids} else []
