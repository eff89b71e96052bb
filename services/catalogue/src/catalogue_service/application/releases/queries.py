"""Releases by their place, and one by its id."""

from collections.abc import Sequence

from catalogue_service.application.collections import RELEASES, UNITS
from catalogue_service.domain.releases.releases import CatalogueRelease
from congvu_kit.application.ports import Eq, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import NotFound


async def find_releases(
    ids: Sequence[str], reader: Actor, tx: Transaction
) -> list[CatalogueRelease | None]:
    """One per id, for everybody."""
    del reader
    return await tx.store(RELEASES).find_many(ids)


async def releases(
    tx: Transaction, province: str, unit_id: str | None, *, first: int, after: str | None
) -> Page[CatalogueRelease]:
    """Newest effect first; those of the province's own lists, or of one unit."""
    await require_there(tx.store(UNITS), unit_id, "unitId")
    of_list = [Eq("province", province)] if unit_id is None else [Eq("unit_id", unit_id)]
    return await tx.store(RELEASES).page(
        *of_list, order=["-effective_from"], first=first, after=after
    )


async def release(tx: Transaction, id: str) -> CatalogueRelease:
    """C-I8: an unknown release is an error."""
    found = await tx.store(RELEASES).find(id)
    if found is None:
        raise NotFound(
            en="there is no release with this id",
            vi="Không tìm thấy bản phát hành danh mục này.",
            field="id",
            rule_id="C-I8",
        )
    return found
