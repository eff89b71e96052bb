"""What several use cases need to look up, with the error each missing thing means."""

from collections.abc import Sequence
from datetime import date

from catalogue_service.application.collections import (
    PERIODS,
    POLICIES,
    PRODUCTS,
    UNITS,
    VERSIONS,
)
from catalogue_service.domain.copies import Period, Unit
from catalogue_service.domain.kinds import Catalogue, Group
from catalogue_service.domain.policy import CataloguePolicy
from catalogue_service.domain.products import WorkProduct
from catalogue_service.domain.versions import WorkProductVersion
from congvu_kit.application.ports import Eq, Gte, Transaction
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Invalid, NotFound


async def version_of(tx: Transaction, id: str) -> WorkProductVersion:
    """C-I8: an unknown version is an error, never "the latest"."""
    version = await tx.store(VERSIONS).find(id)
    if version is None:
        raise unknown_version(id)
    return version


def unknown_version(id: str) -> NotFound:
    return NotFound(
        en=f"there is no version {id!r}",
        vi=f"không có phiên bản {id!r}",
        field="input.versionId",
        rule_id="C-I8",
    )


async def product_of(tx: Transaction, code: str) -> WorkProduct:
    product = await tx.store(PRODUCTS).find(code)
    if product is None:
        raise NotFound(
            en=f"there is no product {code!r}",
            vi=f"không có sản phẩm/công việc {code!r}",
            field="input.code",
            rule_id="C-I8",
        )
    return product


async def policy_of(tx: Transaction, province: str) -> CataloguePolicy:
    """The province's policy, or the one that holds where it set none."""
    return await tx.store(POLICIES).find(province) or CataloguePolicy(id=province)


async def unit_of(tx: Transaction, id: str, *, field: str = "input.unit") -> Unit:
    unit = await tx.store(UNITS).find(id)
    if unit is None:
        raise NotFound(
            en=f"the unit {id!r} is not known here (yet)",
            vi=f"chưa có đơn vị {id!r} trong hệ thống",
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
            en=f"the unit {unit.id!r} is of province {unit.province!r}",
            vi=f"đơn vị {unit.id!r} thuộc tỉnh {unit.province!r}",
            field="input.unit",
            rule_id="C-I6",
        )


def catalogue_for(
    actor: Actor, group: Group, province: str | None, unit_id: str | None
) -> Catalogue:
    """The list meant: the caller's own province and, in group C, own unit where none is named."""
    actor.require_login()
    if group is Group.C:
        unit_id = unit_id or actor.unit
    return Catalogue(group=group, province=province or actor.province or "", unit_id=unit_id)


async def closed_periods(
    tx: Transaction, province: str, unit_id: str | None, day: date
) -> Sequence[Period]:
    """Closed periods that end after `day`, of the unit, or of any unit of the province."""
    ended_later = await tx.store(PERIODS).select(
        Eq("province", province), Eq("closed", True), Gte("ends_on", day.isoformat())
    )
    return [each for each in ended_later if unit_id is None or unit_id in each.unit_ids]
