"""Listing what is in force on a day: one index finds candidates, the versions decide.

The candidates' query is always one that a single index covers: with many filters the most
selective drives and the rest is checked here, so that no combination needs an index of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from catalogue_service.application.collections import PRODUCTS, VERSIONS
from catalogue_service.domain.findable import search_words
from catalogue_service.domain.kinds import NATIONAL, Group, Orientation
from catalogue_service.domain.products import ProductState, WorkProduct
from catalogue_service.domain.versions import WorkProductVersion
from congvu_kit.application.ports import Condition, Eq, In, Page, Transaction
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.text import words

WORDS_MAX = 10
"""Words of a search text that count; more only narrow what ten have narrowed already."""

BATCH = 200
"""Most candidates of one read; the first read is small, since most pages need no more."""

SCANNED_MAX = 1_000
"""Candidates looked at before a page is given short: some 0.1 s of work."""


@dataclass(frozen=True, kw_only=True)
class ProductFilter:
    """Everything given must hold. A province brings the national lists it inherits along."""

    group: Group | None = None
    province: str | None = None
    inherited: bool = True
    unit_id: str | None = None
    position: str | None = None
    orientation: Orientation | None = None
    field: str | None = None
    procedure_code: str | None = None
    text: str | None = None

    @property
    def words(self) -> Sequence[str]:
        """Of the text, the longest first: long words are rare ones."""
        found = words(self.text or "")
        if self.text and self.text.strip() and not found:
            raise Invalid(
                en=f"nothing to search for in {self.text!r}",
                vi=f"không có từ nào để tìm trong {self.text!r}",
                field="filter.text",
            )
        return sorted(found, key=lambda word: (-len(word), word))[:WORDS_MAX]

    @property
    def provinces(self) -> Sequence[str] | None:
        if self.province is None:
            return None
        return sorted({self.province, NATIONAL}) if self.inherited else [self.province]

    @property
    def needs_versions(self) -> bool:
        """Whether more than place and group is asked for."""
        bare = ProductFilter(
            group=self.group,
            province=self.province,
            inherited=self.inherited,
            unit_id=self.unit_id,
        )
        return self != bare


def driving_conditions(wanted: ProductFilter) -> list[Condition]:
    """What an index answers, and nothing that it does not cover."""
    if wanted.unit_id is not None:
        return [Eq("catalogue.unit_id", wanted.unit_id)]
    place: list[Condition] = []
    if wanted.provinces is not None:
        place = [In("catalogue.province", wanted.provinces)]
    facets = {
        "found_by.procedure_codes": wanted.procedure_code,
        "found_by.words": next(iter(wanted.words), None),
        "found_by.positions": wanted.position,
        "found_by.fields": wanted.field,
        "catalogue.group": wanted.group,
        "found_by.orientations": wanted.orientation,
    }
    for path, value in facets.items():
        if value is not None:
            return [*place, Eq(path, str(value))]
    return place or [In("state", [ProductState.ACTIVE, ProductState.RETIRED])]


def meets(version: WorkProductVersion, wanted: ProductFilter) -> bool:
    place, said = version.catalogue, version.content
    exact = (
        (wanted.group, place.group),
        (wanted.unit_id, place.unit_id),
        (wanted.orientation, said.orientation),
        (wanted.field, said.field),
        (wanted.procedure_code, said.procedure_code),
    )
    if any(asked is not None and asked != given for asked, given in exact):
        return False
    if wanted.provinces is not None and place.province not in wanted.provinces:
        return False
    if wanted.position is not None and wanted.position not in said.job_positions:
        return False
    return set(wanted.words) <= set(search_words(version.code, said))


def _in_place(product: WorkProduct, wanted: ProductFilter) -> bool:
    place = product.catalogue
    return (
        wanted.group in (None, place.group)
        and wanted.unit_id in (None, place.unit_id)
        and (wanted.provinces is None or place.province in wanted.provinces)
    )


@dataclass(kw_only=True)
class Listing:
    """One page; `versions` are those that had to be loaded on the way."""

    page: Page[WorkProduct]
    versions: list[WorkProductVersion] = field(default_factory=list)


async def products_in_force(
    tx: Transaction, wanted: ProductFilter, day: date, *, first: int, after: str | None
) -> Listing:
    """In the order of their codes. A page may be short and still have a next one, where many
    candidates were looked at for few that meet everything."""
    conditions = driving_conditions(wanted)
    batch = min(2 * (first + 1), BATCH) if wanted.needs_versions else first + 1
    listing = Listing(page=Page(items=[], has_next=False, cursors=[]))
    found: list[tuple[WorkProduct, str]] = []
    scanned, position = 0, after
    while True:
        page = await tx.store(PRODUCTS).page(*conditions, first=batch, after=position)
        good = await _good(tx, wanted, day, page.items, listing)
        found += [each for each in zip(page.items, page.cursors, strict=True) if each[0].id in good]
        scanned += len(page.items)
        position = page.cursors[-1] if page.cursors else position
        batch = min(2 * batch, BATCH)
        full = len(found) > first
        if full or not page.has_next or (found and scanned >= SCANNED_MAX):
            break
    shown = found[:first]
    cursors = [cursor for _, cursor in shown]
    if not full and page.has_next and position is not None:
        cursors[-1] = position  # The next page goes on where this one stopped looking.
    items = [product for product, _ in shown]
    listing.page = replace(
        listing.page, items=items, cursors=cursors, has_next=full or page.has_next
    )
    return listing


async def _good(
    tx: Transaction,
    wanted: ProductFilter,
    day: date,
    candidates: Sequence[WorkProduct],
    listing: Listing,
) -> set[str]:
    """The codes of those in force on `day` that meet everything."""
    ids = [id for each in candidates if _in_place(each, wanted) and (id := each.version_id_on(day))]
    if not wanted.needs_versions:
        return {id.rpartition("@")[0] for id in ids}
    loaded = await tx.store(VERSIONS).find_many(ids)
    met = [each for each in loaded if each is not None and meets(each, wanted)]
    listing.versions += met
    return {each.code for each in met}
