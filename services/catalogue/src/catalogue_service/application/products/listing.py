"""Listing what is in force on a day: one index finds candidates, the versions decide.

The candidates' query is always one that a single index covers: with many filters the most
selective drives and the rest is checked here, so that no combination needs an index of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from catalogue_service.application.collections import VERSIONS
from catalogue_service.domain.products.search import ProductFilter, meets
from catalogue_service.domain.products.versions import WorkProductVersion
from catalogue_service.domain.products.work_products import ProductState, WorkProduct
from congvu_kit.application.ports import Condition, Eq, In, Page, Transaction
from congvu_kit.domain.text import words


def driving_conditions(wanted: ProductFilter) -> list[Condition]:
    """What an index answers, and nothing that it does not cover."""
    if wanted.unit_id is not None:
        return [Eq("catalogue.unit_id", wanted.unit_id)]
    province: list[Condition] = []
    if wanted.provinces is not None:
        province = [In("catalogue.province", wanted.provinces)]
    rarest = max(words(wanted.procedure or ""), key=len, default=None)
    facets = {
        "found_by.words": rarest or next(iter(wanted.terms), None),
        "found_by.positions": wanted.position,
        "found_by.fields": wanted.field,
        "catalogue.group": wanted.group,
        "found_by.orientations": wanted.orientation,
    }
    for path, value in facets.items():
        if value is not None:
            return [*province, Eq(path, str(value))]
    return province or [In("state", [ProductState.ACTIVE, ProductState.RETIRED])]


def _in_list(product: WorkProduct, wanted: ProductFilter) -> bool:
    catalogue = product.catalogue
    return (
        wanted.group in (None, catalogue.group)
        and wanted.unit_id in (None, catalogue.unit_id)
        and (wanted.provinces is None or catalogue.province in wanted.provinces)
    )


@dataclass(kw_only=True)
class Listing:
    """One page; `versions` are those that had to be loaded on the way."""

    page: Page[WorkProduct]
    versions: list[WorkProductVersion] = field(default_factory=list)


async def those_in_force(
    tx: Transaction,
    wanted: ProductFilter,
    day: date,
    candidates: Sequence[WorkProduct],
    listing: Listing,
) -> set[str]:
    """The codes of those in force on `day` that meet everything."""
    ids = [id for each in candidates if _in_list(each, wanted) and (id := each.version_id_on(day))]
    if not wanted.needs_versions:
        return {id.rpartition("@")[0] for id in ids}
    loaded = await tx.store(VERSIONS).find_many(ids)
    met = [each for each in loaded if each is not None and meets(each, wanted)]
    listing.versions += met
    return {each.code for each in met}
