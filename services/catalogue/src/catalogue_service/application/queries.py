"""Reading the catalogue: what is in force on a day, and what is being worked on."""

from collections import Counter
from dataclasses import dataclass

from catalogue_service.application.collections import RELEASES, TALLIES, VERSIONS
from catalogue_service.application.lookups import unknown_version, version_of
from catalogue_service.domain.authority import READERS_OF_DRAFTS, may_read_drafts
from catalogue_service.domain.content import FieldChange, differences
from catalogue_service.domain.kinds import Group
from catalogue_service.domain.products import WorkProduct
from catalogue_service.domain.releases import CatalogueRelease
from catalogue_service.domain.versions import VersionState, WorkProductVersion
from congvu_kit.application.ports import Condition, Eq, Page, Transaction
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Forbidden, Invalid, NotFound

FACETS_MAX = 20_000
"""Tallies of one province: some hundred units with a dozen fields each stay far below."""


@dataclass(frozen=True, kw_only=True)
class DraftFilter:
    """Versions in the caller's own province, whatever their state."""

    state: VersionState | None = None
    group: Group | None = None
    unit_id: str | None = None


def draft_conditions(wanted: DraftFilter, province: str) -> list[Condition]:
    """The group does not narrow a unit's list: all of it is group C."""
    conditions: list[Condition] = [Eq("catalogue.province", province)]
    if wanted.unit_id is not None:
        conditions = [Eq("catalogue.unit_id", wanted.unit_id)]
    elif wanted.group is not None:
        conditions.append(Eq("catalogue.group", wanted.group.value))
    if wanted.state is not None:
        conditions.append(Eq("state", wanted.state.value))
    return conditions


async def versions_in_work(
    tx: Transaction, actor: Actor, wanted: DraftFilter, *, first: int, after: str | None
) -> Page[WorkProductVersion]:
    """Of the caller's own province, in the order of their ids."""
    actor.require(*READERS_OF_DRAFTS)
    if actor.province is None:
        raise Forbidden(en="your token names no province", vi="token không nêu tỉnh")
    conditions = draft_conditions(wanted, actor.province)
    page = await tx.store(VERSIONS).page(*conditions, first=first, after=after)
    if any(each.catalogue.province != actor.province for each in page.items):
        raise Forbidden(en="that unit is of another province", vi="đơn vị thuộc tỉnh khác")
    return page


def may_read(actor: Actor, version: WorkProductVersion) -> bool:
    return version.is_issued or may_read_drafts(actor, version.catalogue)


def may_read_product(actor: Actor, product: WorkProduct) -> bool:
    return bool(product.timeline) or may_read_drafts(actor, product.catalogue)


async def readable_version(tx: Transaction, actor: Actor, id: str) -> WorkProductVersion:
    """A draft of another province is as unknown as one that is not there (C-I8)."""
    version = await version_of(tx, id)
    if not may_read(actor, version):
        raise unknown_version(id)
    return version


async def history(tx: Transaction, actor: Actor, product: WorkProduct) -> list[WorkProductVersion]:
    """Every version the caller may see, newest first."""
    versions = await tx.store(VERSIONS).select(Eq("code", product.id), order=["-number"])
    return [each for each in versions if may_read(actor, each)]


async def version_changes(
    tx: Transaction, actor: Actor, before: str, after: str
) -> tuple[FieldChange, ...]:
    """What two versions of one product say differently."""
    old = await readable_version(tx, actor, before)
    new = await readable_version(tx, actor, after)
    if old.code != new.code:
        raise Invalid(
            en=f"{before!r} and {after!r} are different products",
            vi=f"{before!r} và {after!r} là hai sản phẩm khác nhau",
            field="after",
        )
    return differences(old.content, new.content)


async def releases(
    tx: Transaction, province: str, unit_id: str | None, *, first: int, after: str | None
) -> Page[CatalogueRelease]:
    """Newest effect first; those of the province's own lists, or of one unit."""
    place = [Eq("province", province)] if unit_id is None else [Eq("unit_id", unit_id)]
    return await tx.store(RELEASES).page(
        *place, order=["-effective_from"], first=first, after=after
    )


async def release(tx: Transaction, id: str) -> CatalogueRelease:
    """C-I8: an unknown release is an error."""
    found = await tx.store(RELEASES).find(id)
    if found is None:
        raise NotFound(
            en=f"there is no release {id!r}",
            vi=f"không có bản phát hành {id!r}",
            field="id",
            rule_id="C-I8",
        )
    return found


@dataclass(frozen=True, kw_only=True)
class Facets:
    """Published products that are not retired, counted three ways."""

    groups: dict[Group, int]
    fields: dict[str | None, int]
    units: dict[str, int]


async def facets(tx: Transaction, province: str, unit_id: str | None) -> Facets:
    """Of one province, or of one unit's list; from counts kept, without touching a version."""
    place: list[Condition] = [Eq("facet.catalogue.province", province)]
    if unit_id is not None:
        place.append(Eq("facet.catalogue.unit_id", unit_id))
    groups: Counter[Group] = Counter()
    fields: Counter[str | None] = Counter()
    units: Counter[str] = Counter()
    for tally in await tx.store(TALLIES).select(*place, limit=FACETS_MAX):
        where = tally.facet.catalogue
        groups[where.group] += tally.products
        fields[tally.facet.field] += tally.products
        if where.unit_id is not None:
            units[where.unit_id] += tally.products
    return Facets(groups=dict(+groups), fields=dict(+fields), units=dict(+units))
