"""Finds near-duplicates of a product where they would do harm: in its list and those above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalogue_service.application.collections import PRODUCTS, name_pairs
from catalogue_service.application.queries import may_read_product
from catalogue_service.domain.kinds import NATIONAL, Catalogue, Group
from catalogue_service.domain.products import WorkProduct
from catalogue_service.domain.similarity import ALIKE, similarity
from catalogue_service.domain.versions import WorkProductVersion
from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.domain.actor import Actor

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
    tx: Transaction, place: Catalogue, pairs: Sequence[str]
) -> Sequence[WorkProduct]:
    lists = [
        [Eq("catalogue.province", province), Eq("catalogue.group", group.value)]
        for province in sorted({place.province, NATIONAL})
        for group in Group
        if group is not Group.C
    ]
    if place.unit_id is not None:
        lists.append([Eq("catalogue.unit_id", place.unit_id)])
    found: list[WorkProduct] = []
    for each in lists:
        found += await tx.store(PRODUCTS).select(
            *each, In("extra.pairs", pairs), limit=CANDIDATES_MAX
        )
    return found
