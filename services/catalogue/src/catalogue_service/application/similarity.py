"""Finds near-duplicates of a product where they would do harm: in its list and those above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalogue_service.application.collections import VERSIONS, name_pairs
from catalogue_service.domain.kinds import NATIONAL, Group
from catalogue_service.domain.similarity import ALIKE, similarity
from catalogue_service.domain.versions import WorkProductVersion
from congvu_kit.ports import AnyOf, Condition, Eq, In, Transaction

CANDIDATES_MAX = 2_000
"""Versions looked at: more than the shared lists of a province and the list of a unit hold."""

SHOWN_MAX = 5


@dataclass(frozen=True, kw_only=True)
class NearDuplicate:
    code: str
    name_vi: str
    similarity: Decimal


async def near_duplicates(tx: Transaction, version: WorkProductVersion) -> Sequence[NearDuplicate]:
    """The most alike first, at most five, each product once."""
    name = version.content.name_vi
    place = version.catalogue
    lists: list[Condition] = [In("catalogue.group", [Group.A, Group.B, Group.D])]
    if place.unit_id is not None:
        lists.append(Eq("catalogue.unit_id", place.unit_id))
    candidates = await tx.store(VERSIONS).select(
        In("catalogue.province", sorted({place.province, NATIONAL})),
        In("extra.pairs", name_pairs(name)),
        AnyOf(lists),
        limit=CANDIDATES_MAX,
    )
    alike: dict[str, NearDuplicate] = {}
    for other in candidates:
        score = similarity(name, other.content.name_vi)
        known = alike.get(other.code)
        if other.code == version.code or score < ALIKE or (known and known.similarity >= score):
            continue
        alike[other.code] = NearDuplicate(
            code=other.code, name_vi=other.content.name_vi, similarity=score
        )
    return sorted(alike.values(), key=lambda each: (-each.similarity, each.code))[:SHOWN_MAX]
