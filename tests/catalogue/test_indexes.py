"""No query of the catalogue scans a collection: each plan is asked for, on the real database."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import pytest

from catalogue import scenes
from catalogue_service.application import collections as kept
from catalogue_service.application.products.listing import driving_conditions
from catalogue_service.application.products.queries import DraftFilter, draft_conditions
from catalogue_service.domain.common.kinds import Group, Orientation
from catalogue_service.domain.products.search import ProductFilter
from catalogue_service.domain.products.versions import VersionState
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork
from congvu_kit.adapters.mongo_store import mongo_query
from congvu_kit.application.documents import order_keys
from congvu_kit.application.ports import Collection, Condition, Eq, Gte, In, Lt

Query: TypeAlias = tuple[Collection[Any], list[Condition], list[str]]

pytestmark = pytest.mark.mongo


@pytest.fixture
async def stocked(mongo_uow: MongoUnitOfWork, database: Database) -> Database:
    for number in range(3):
        await scenes.published(mongo_uow, f"C.56.1.{number}", scenes.named(f"Việc {number}"))
    return database


def listed(**wanted: object) -> Query:
    given = ProductFilter(**wanted)  # type: ignore[arg-type] # a test's own words
    return kept.PRODUCTS, driving_conditions(given), []


def in_work(**wanted: object) -> Query:
    given = DraftFilter(**wanted)  # type: ignore[arg-type] # a test's own words
    return kept.VERSIONS, draft_conditions(given, "56"), []


QUERIES: dict[str, Query] = {
    "all": listed(),
    "group": listed(group=Group.C),
    "province": listed(province="56"),
    "province alone": listed(province="56", inherited=False),
    "group of a province": listed(province="56", group=Group.B),
    "unit": listed(unit_id="unit_1"),
    "position": listed(position="ho-tich"),
    "orientation": listed(orientation=Orientation.PUBLIC_SERVICE),
    "field": listed(field="Hộ tịch"),
    "procedure": listed(procedure_code="1.000003"),
    "text": listed(text="khai sinh"),
    "text in a province": listed(text="khai sinh", province="56"),
    "position in a province": listed(position="ho-tich", province="56"),
    "everything": listed(
        group=Group.C,
        province="56",
        position="ho-tich",
        field="Hộ tịch",
        orientation=Orientation.PUBLIC_SERVICE,
        text="đăng ký",
    ),
    "drafts": in_work(),
    "drafts by state": in_work(state=VersionState.DRAFT),
    "drafts of a group": in_work(group=Group.C),
    "drafts of a unit": in_work(state=VersionState.DRAFT, unit_id="unit_1"),
    "bulk": (
        kept.VERSIONS,
        [Eq("catalogue.province", "56"), In("state", ["DRAFT", "CHANGES_REQUESTED"])],
        [],
    ),
    "bulk of a group": (
        kept.VERSIONS,
        [
            Eq("catalogue.province", "56"),
            Eq("catalogue.group", "C"),
            In("state", ["DRAFT", "CHANGES_REQUESTED"]),
        ],
        [],
    ),
    "history": (kept.VERSIONS, [Eq("code", "C.05.00005.001")], ["-number"]),
    "near duplicates in a shared list": (
        kept.PRODUCTS,
        [
            Eq("catalogue.province", "56"),
            Eq("catalogue.group", "B"),
            In("extra.pairs", ["khai sinh", "dang ky"]),
        ],
        [],
    ),
    "near duplicates in a unit": (
        kept.PRODUCTS,
        [Eq("catalogue.unit_id", "unit_1"), In("extra.pairs", ["khai sinh", "dang ky"])],
        [],
    ),
    "releases": (kept.RELEASES, [Eq("province", "56")], ["-effective_from"]),
    "releases of a unit": (kept.RELEASES, [Eq("unit_id", "unit_1")], ["-effective_from"]),
    "closed periods": (
        kept.PERIODS,
        [Eq("province", "56"), Eq("closed", True), Gte("ends_on", "2026-06-15")],
        [],
    ),
    "units of a province": (kept.UNITS, [Eq("province", "56")], []),
    "open assignments": (kept.ASSIGNMENTS, [Eq("code", "C.05.1"), Eq("open", True)], []),
    "facets": (kept.TALLIES, [Eq("facet.catalogue.province", "56")], []),
    "facets of a unit": (
        kept.TALLIES,
        [Eq("facet.catalogue.province", "56"), Eq("facet.catalogue.unit_id", "unit_1")],
        [],
    ),
    "adjustments": (kept.ADJUSTMENTS, [Eq("province", "56")], []),
    "adjustments of a code": (kept.ADJUSTMENTS, [Eq("province", "56"), Eq("code", "B.1")], []),
    "adjustments that hold": (
        kept.ADJUSTMENTS,
        [In("unit_id", ["unit_1", "unit_2"]), Eq("version_id", "B.1@1")],
        [],
    ),
    "adjustments that overlap": (
        kept.ADJUSTMENTS,
        [
            Eq("unit_id", "unit_1"),
            Eq("version_id", "B.1@1"),
            Eq("norm", "COEFFICIENT"),
            Eq("state", "APPROVED"),
        ],
        [],
    ),
    "adjustments that end": (
        kept.ADJUSTMENTS,
        [Eq("state", "APPROVED"), Lt("valid_to", "2026-06-16")],
        [],
    ),
    "proposals to us": (kept.PROPOSALS, [Eq("catalogue.province", "56")], []),
    "proposals of ours": (kept.PROPOSALS, [Eq("province", "56"), Eq("state", "OPEN")], []),
    "changes": (kept.FEED.changes, [In("_id", ["0000000000000001", "0000000000000002"])], []),
}


@pytest.mark.parametrize("name", QUERIES)
async def test_an_index_serves(stocked: Database, name: str) -> None:
    collection, conditions, order = QUERIES[name]

    plan = await stocked.command(
        {
            "explain": {
                "find": collection.name,
                "filter": mongo_query(conditions),
                "sort": {path: 1 if up else -1 for path, up in order_keys(order)},
                "limit": 21,
            }
        }
    )

    stages = set(_stages(plan["queryPlanner"]["winningPlan"]))
    assert "COLLSCAN" not in stages
    assert stages & {"IXSCAN", "IDHACK", "EXPRESS_IXSCAN"}


def _stages(plan: Mapping[str, Any]) -> list[str]:
    below = [plan[key] for key in ("inputStage", "queryPlan") if key in plan]
    below += plan.get("inputStages", [])
    own = [plan["stage"]] if "stage" in plan else []
    return own + [stage for each in below for stage in _stages(each)]
