"""How the catalogue keeps its aggregates, and the index behind each of its queries."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from catalogue_service.domain.adjustments import LocalAdjustment
from catalogue_service.domain.content import Content
from catalogue_service.domain.copies import Assignment, Period, Unit
from catalogue_service.domain.feed import Change, FeedHead
from catalogue_service.domain.policy import CataloguePolicy
from catalogue_service.domain.products import WorkProduct
from catalogue_service.domain.proposals import ChangeProposal
from catalogue_service.domain.releases import CatalogueRelease
from catalogue_service.domain.tallies import Tally
from catalogue_service.domain.versions import WorkProductVersion
from congvu_kit.ports import Collection
from congvu_kit.text import words

NO_END = "9999-12-31"
"""Stands for an open end, so that one comparison finds what is in force."""


def search_words(code: str, content: Content) -> list[str]:
    """Folded words by which a product is found: names, field, code, procedure code."""
    parts = (content.name_vi, content.name_en, content.field, code, content.procedure_code)
    return words(" ".join(part for part in parts if part))


def name_pairs(name: str) -> list[str]:
    """Neighbouring folded syllables of a name (`khai sinh`): what near-duplicates share."""
    syllables = words(name)
    return [" ".join(pair) for pair in pairwise(syllables)] or syllables


def _version_keys(version: WorkProductVersion) -> Mapping[str, object]:
    keys: dict[str, object] = {"pairs": name_pairs(version.content.name_vi)}
    if version.effective_from is not None:
        # Drafts have none of these, so the public listings never meet them.
        keys["from"] = version.effective_from.isoformat()
        keys["until"] = version.effective_to.isoformat() if version.effective_to else NO_END
        keys["words"] = search_words(version.code, version.content)
    return keys


VERSIONS = Collection(
    name="work_product_versions",
    kind=WorkProductVersion,
    extra=_version_keys,
    indexes=[
        ["catalogue.province", "catalogue.group", "_id"],
        ["catalogue.unit_id", "_id"],
        ["catalogue.group", "_id"],
        ["catalogue.province", "state", "_id"],
        ["catalogue.unit_id", "state", "_id"],
        ["content.procedure_code", "_id"],
        ["content.job_positions", "_id"],
        ["content.orientation", "_id"],
        ["content.field", "_id"],
        ["extra.words", "_id"],
        ["catalogue.province", "extra.pairs"],
        ["code", "number"],
    ],
)

PRODUCTS = Collection(
    name="work_products",
    kind=WorkProduct,
    indexes=[["catalogue.unit_id"], ["catalogue.province", "catalogue.group"]],
)

RELEASES = Collection(
    name="catalogue_releases",
    kind=CatalogueRelease,
    indexes=[["province", "-effective_from"], ["unit_id", "-effective_from"]],
)

POLICIES = Collection(name="catalogue_policies", kind=CataloguePolicy)

UNITS = Collection(name="units", kind=Unit)

PERIODS = Collection(
    name="periods",
    kind=Period,
    indexes=[["province", "closed", "ends_on"]],
)

ASSIGNMENTS = Collection(
    name="assignments",
    kind=Assignment,
    indexes=[["code", "open"], ["version_id", "open"]],
)

TALLIES = Collection(
    name="tallies",
    kind=Tally,
    indexes=[["facet.catalogue.province", "_id"], ["facet.catalogue.unit_id", "_id"]],
)

ADJUSTMENTS = Collection(
    name="local_adjustments",
    kind=LocalAdjustment,
    indexes=[
        ["unit_id", "version_id", "norm"],
        ["province", "_id"],
        ["province", "code", "_id"],
        ["state", "valid_to"],
    ],
)

PROPOSALS = Collection(
    name="change_proposals",
    kind=ChangeProposal,
    indexes=[["catalogue.province", "state", "_id"], ["province", "state", "_id"]],
)

FEED = Collection(name="feed", kind=FeedHead)

CHANGES = Collection(name="changes", kind=Change, indexes=[["province", "_id"]])

# Each is a collection of its own kind, so the element type is open.
ALL: Sequence[Collection[Any]] = (
    VERSIONS,
    PRODUCTS,
    RELEASES,
    POLICIES,
    UNITS,
    PERIODS,
    ASSIGNMENTS,
    TALLIES,
    ADJUSTMENTS,
    PROPOSALS,
    FEED,
    CHANGES,
)
