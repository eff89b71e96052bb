"""How the catalogue keeps its aggregates, and the index behind each of its queries.

Each query is covered by one index as its first fields, equalities before the one list or range:
that serves every server, also one whose planner is simple.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from catalogue_service.domain.adjustments.adjustments import LocalAdjustment
from catalogue_service.domain.copies.assignments import Assignment
from catalogue_service.domain.copies.calendars import WorkingCalendar
from catalogue_service.domain.copies.periods import Period
from catalogue_service.domain.copies.units import Unit
from catalogue_service.domain.policy.policy import CataloguePolicy
from catalogue_service.domain.products.tallies import Tally
from catalogue_service.domain.products.versions import WorkProductVersion
from catalogue_service.domain.products.work_products import WorkProduct
from catalogue_service.domain.proposals.proposals import ChangeProposal
from catalogue_service.domain.releases.releases import CatalogueRelease
from congvu_kit.application.feeds import Feed
from congvu_kit.application.ports import Collection
from congvu_kit.application.shards import Unsharded
from congvu_kit.application.webhooks import WEBHOOK_COLLECTIONS
from congvu_kit.domain.text import words


def name_pairs(name: str) -> list[str]:
    """Neighbouring folded syllables of a name (`khai sinh`): what near-duplicates share."""
    syllables = words(name)
    return [" ".join(pair) for pair in pairwise(syllables)] or syllables


ONE_FORM = "1"
"""Of a product that is found by codes in their one form; a later number finds all of them anew."""


def _product_keys(product: WorkProduct) -> Mapping[str, object]:
    return {"pairs": name_pairs(product.name_vi), "codes": ONE_FORM}


SMALL = Unsharded("a country's catalogue is some 100,000 rows, and is read across provinces")

VERSIONS = Collection(
    name="work_product_versions",
    kind=WorkProductVersion,
    indexes=[
        ["catalogue.province", "state", "_id"],
        ["catalogue.province", "catalogue.group", "state", "_id"],
        ["catalogue.unit_id", "state", "_id"],
        ["code", "number"],
    ],
    shard=SMALL,
)

_FACETS = (
    "catalogue.group",
    "found_by.words",
    "found_by.positions",
    "found_by.fields",
    "found_by.orientations",
)

PRODUCTS = Collection(
    name="work_products",
    kind=WorkProduct,
    extra=_product_keys,
    indexes=[
        ["catalogue.unit_id", "_id"],
        ["state", "_id"],
        ["extra.codes"],
        *([facet, "_id"] for facet in _FACETS),
        *([facet, "catalogue.province", "_id"] for facet in _FACETS),
        ["catalogue.province", "_id"],
        ["catalogue.province", "catalogue.group", "extra.pairs"],
        ["catalogue.unit_id", "extra.pairs"],
    ],
    shard=SMALL,
)

RELEASES = Collection(
    name="catalogue_releases",
    kind=CatalogueRelease,
    indexes=[["province", "-effective_from"], ["unit_id", "-effective_from"]],
    shard=SMALL,
)

POLICIES = Collection(name="catalogue_policies", kind=CataloguePolicy, shard=SMALL)

UNITS = Collection(name="units", kind=Unit, indexes=[("province",)], shard=SMALL)

PERIODS = Collection(
    name="periods",
    kind=Period,
    indexes=[["province", "closed", "ends_on"]],
    shard=SMALL,
)

CALENDARS = Collection(
    name="calendars", kind=WorkingCalendar, indexes=[["province", "year"]], shard=SMALL
)

ASSIGNMENTS = Collection(
    name="assignments",
    kind=Assignment,
    indexes=[["code", "open"], ["version_id", "open"]],
)

TALLIES = Collection(
    name="tallies",
    kind=Tally,
    indexes=[["facet.catalogue.province", "facet.catalogue.unit_id"]],
    shard=SMALL,
)

ADJUSTMENTS = Collection(
    name="local_adjustments",
    kind=LocalAdjustment,
    indexes=[
        ["version_id", "unit_id", "norm", "state"],
        ["province", "_id"],
        ["province", "code", "_id"],
        ["state", "valid_to"],
    ],
    shard=SMALL,
)

PROPOSALS = Collection(
    name="change_proposals",
    kind=ChangeProposal,
    indexes=[["catalogue.province", "state", "_id"], ["province", "state", "_id"]],
    shard=SMALL,
)

FEED = Feed(by_province=False, shard=SMALL)

# Each is a collection of its own kind, so the element type is open.
ALL: Sequence[Collection[Any]] = (
    VERSIONS,
    PRODUCTS,
    RELEASES,
    POLICIES,
    UNITS,
    PERIODS,
    CALENDARS,
    ASSIGNMENTS,
    TALLIES,
    ADJUSTMENTS,
    PROPOSALS,
    *FEED.collections,
    *WEBHOOK_COLLECTIONS,
)
