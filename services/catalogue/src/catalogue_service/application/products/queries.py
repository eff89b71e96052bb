"""Reading the catalogue: what is in force on a day, and what is being worked on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from catalogue_service.application.access import (
    READERS_OF_DRAFTS,
    may_read_product,
    may_read_version,
    unknown_version,
    version_of,
)
from catalogue_service.application.collections import PRODUCTS, TALLIES, UNITS, VERSIONS, name_pairs
from catalogue_service.application.products.listing import (
    Listing,
    driving_conditions,
    those_in_force,
)
from catalogue_service.domain.common.kinds import NATIONAL, Catalogue, Group
from catalogue_service.domain.products.content import FieldChange, differences
from catalogue_service.domain.products.search import ProductFilter
from catalogue_service.domain.products.similarity import ALIKE, similarity
from catalogue_service.domain.products.versions import VersionState, WorkProductVersion
from catalogue_service.domain.products.work_products import WorkProduct
from congvu_kit.application.ports import Condition, Eq, In, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Forbidden, Invalid

FACETS_MAX = 20_000
"""Tallies of one province: some hundred units with a dozen fields each stay far below."""

COUNTS_MAX = 100
"""Fields, and units, that are counted one by one; the rest is one number."""

BATCH = 200
"""Most candidates of one read; the first read is small, since most pages need no more."""

SCANNED_MAX = 1_000
"""Candidates looked at before a page is given short: some 0.1 s of work."""


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
        raise Forbidden(
            en="your token names no province",
            vi="Tài khoản chưa được gắn với tỉnh. Vui lòng liên hệ quản trị hệ thống.",
        )
    await require_there(tx.store(UNITS), wanted.unit_id, "filter.unitId")
    conditions = draft_conditions(wanted, actor.province)
    page = await tx.store(VERSIONS).page(*conditions, first=first, after=after)
    if any(each.catalogue.province != actor.province for each in page.items):
        raise Forbidden(en="that unit is of another province", vi="Đơn vị thuộc tỉnh khác.")
    return page


async def products_in_force(
    tx: Transaction, wanted: ProductFilter, day: date, *, first: int, after: str | None
) -> Listing:
    """In the order of their codes. A page may be short, or empty, and still have a next one, where
    many candidates were looked at for few that meet everything."""
    await require_there(tx.store(UNITS), wanted.unit_id, "filter.unitId")
    conditions = driving_conditions(wanted)
    batch = min(2 * (first + 1), BATCH) if wanted.needs_versions else first + 1
    listing = Listing(page=Page(items=[], has_next=False, cursors=[]))
    found: list[tuple[WorkProduct, str]] = []
    scanned, position = 0, after
    while True:
        page = await tx.store(PRODUCTS).page(*conditions, first=batch, after=position)
        good = await those_in_force(tx, wanted, day, page.items, listing)
        found += [each for each in zip(page.items, page.cursors, strict=True) if each[0].id in good]
        scanned += len(page.items)
        position = page.cursors[-1] if page.cursors else position
        batch = min(2 * batch, BATCH)
        full = len(found) > first
        if full or not page.has_next or scanned >= SCANNED_MAX:
            break
    shown = found[:first]
    listing.page = Page(
        items=[product for product, _ in shown],
        has_next=full or page.has_next,
        cursors=[cursor for _, cursor in shown],
        end=None if full else position,
    )
    return listing


async def readable_version(tx: Transaction, actor: Actor, id: str) -> WorkProductVersion:
    """A draft of another province is as unknown as one that is not there (C-I8)."""
    version = await version_of(tx, id)
    if not may_read_version(actor, version):
        raise unknown_version()
    return version


async def find_versions(
    ids: Sequence[str], reader: Actor, tx: Transaction
) -> list[WorkProductVersion | None]:
    """One per id, None where the reader may not know of it."""
    found = await tx.store(VERSIONS).find_many(ids)
    return [each if each is not None and may_read_version(reader, each) else None for each in found]


async def find_products(
    codes: Sequence[str], reader: Actor, tx: Transaction
) -> list[WorkProduct | None]:
    """One per code, None where the reader may not know of it."""
    found = await tx.store(PRODUCTS).find_many(codes)
    return [each if each is not None and may_read_product(reader, each) else None for each in found]


async def find_latest_versions(
    products: Sequence[WorkProduct], reader: Actor, tx: Transaction
) -> list[WorkProductVersion | None]:
    """The newest version of each that the reader may see."""
    newest = await find_versions([each.last_version_id for each in products], reader, tx)
    return [
        version or await newest_readable(tx, reader, product)
        for product, version in zip(products, newest, strict=True)
    ]


async def history(
    tx: Transaction, actor: Actor, product: WorkProduct, *, first: int, after: str | None
) -> Page[WorkProductVersion]:
    """The versions, newest first. A page is short where there are some the caller may not see."""
    page = await tx.store(VERSIONS).page(
        Eq("code", product.id), order=["-number"], first=first, after=after
    )
    both = zip(page.items, page.cursors, strict=True)
    seen = [(each, cursor) for each, cursor in both if may_read_version(actor, each)]
    return replace(
        page,
        items=[each for each, _ in seen],
        cursors=[cursor for _, cursor in seen],
        end=page.cursors[-1] if page.has_next else None,
    )


async def newest_readable(
    tx: Transaction, actor: Actor, product: WorkProduct
) -> WorkProductVersion | None:
    """None also for a product whose newest 100 versions are all drafts of others: no such list."""
    page = await history(tx, actor, product, first=100, after=None)
    return next(iter(page.items), None)


async def version_changes(
    tx: Transaction, actor: Actor, before: str, after: str
) -> tuple[FieldChange, ...]:
    """What two versions of one product say differently."""
    old = await readable_version(tx, actor, before)
    new = await readable_version(tx, actor, after)
    if old.code != new.code:
        raise Invalid(
            en=f"{before!r} and {after!r} are different products",
            vi="Hai phiên bản thuộc hai sản phẩm khác nhau, không so sánh được.",
            field="after",
        )
    return differences(old.content, new.content)


@dataclass(frozen=True, kw_only=True)
class Facets:
    """Published products that are not retired, counted three ways, most first."""

    groups: dict[Group, int]
    fields: dict[str | None, int]
    units: dict[str, int]
    other_fields: int = 0
    other_units: int = 0


async def facets(tx: Transaction, province: str, unit_id: str | None) -> Facets:
    """Of one province, or of one unit's list; from its tallies, without touching a version."""
    await require_there(tx.store(UNITS), unit_id, "unitId")
    conditions: list[Condition] = [Eq("facet.catalogue.province", province)]
    if unit_id is not None:
        conditions.append(Eq("facet.catalogue.unit_id", unit_id))
    groups: Counter[Group] = Counter()
    fields: Counter[str | None] = Counter()
    units: Counter[str] = Counter()
    for tally in await tx.store(TALLIES).select(*conditions, limit=FACETS_MAX):
        where = tally.facet.catalogue
        groups[where.group] += tally.products
        fields[tally.facet.field] += tally.products
        if where.unit_id is not None:
            units[where.unit_id] += tally.products
    shown_fields = sorted((+fields).items(), key=lambda each: (-each[1], each[0] or ""))
    shown_units = sorted((+units).items(), key=lambda each: (-each[1], each[0]))
    return Facets(
        groups=dict(sorted((+groups).items())),
        fields=dict(shown_fields[:COUNTS_MAX]),
        units=dict(shown_units[:COUNTS_MAX]),
        other_fields=sum(products for _, products in shown_fields[COUNTS_MAX:]),
        other_units=sum(products for _, products in shown_units[COUNTS_MAX:]),
    )


CANDIDATES_MAX = 1_000
"""Products looked at in each list: more than any list holds."""

SHOWN_MAX = 5


@dataclass(frozen=True, kw_only=True)
class NearDuplicate:
    code: str
    name_vi: str
    similarity: Decimal


async def near_duplicates(
    tx: Transaction, actor: Actor, version: WorkProductVersion
) -> Sequence[NearDuplicate]:
    """The most alike first, at most five; only what the caller may know of."""
    name = version.content.name_vi
    alike = [
        NearDuplicate(code=other.id, name_vi=other.name_vi, similarity=score)
        for other in await _candidates(tx, version.catalogue, name_pairs(name))
        if other.id != version.code
        and may_read_product(actor, other)
        and (score := similarity(name, other.name_vi)) >= ALIKE
    ]
    return sorted(alike, key=lambda each: (-each.similarity, each.code))[:SHOWN_MAX]


async def _candidates(
    tx: Transaction, catalogue: Catalogue, pairs: Sequence[str]
) -> Sequence[WorkProduct]:
    lists = [
        [Eq("catalogue.province", province), Eq("catalogue.group", group.value)]
        for province in sorted({catalogue.province, NATIONAL})
        for group in Group
        if group is not Group.C
    ]
    if catalogue.unit_id is not None:
        lists.append([Eq("catalogue.unit_id", catalogue.unit_id)])
    found: list[WorkProduct] = []
    for each in lists:
        found += await tx.store(PRODUCTS).select(
            *each, In("extra.pairs", pairs), limit=CANDIDATES_MAX
        )
    return found
