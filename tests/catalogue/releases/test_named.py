"""A release is named by the number of its decision on the command line."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from catalogue import scenes
from catalogue.facts import UNIT, tell_units
from catalogue.people import COMMUNE
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS
from congvu_kit.tools.client import Gateway
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.named import release_id
from support.graph import Graph


class OfCatalogue(Gateway):
    """The gateway's answers, from the subgraph in this process."""

    def __init__(self, graph: Graph) -> None:
        super().__init__("http://test", "")
        self._graph = graph

    def query(self, document: str, variables: Mapping[str, object]) -> dict[str, Any]:
        data: dict[str, Any] = asyncio.run(self._graph.ask(document, ANONYMOUS, **variables))
        return data


class Listed(Gateway):
    """Of a caller of no province; each of the lists that are `there` has one release, by the same
    decision."""

    LISTS: Mapping[tuple[object, object], str] = {
        ("56", COMMUNE): "unit",
        ("56", None): "province",
        ("00", None): "country",
    }

    def __init__(self, *there: str) -> None:
        super().__init__("http://test", "")
        self._there = there

    def query(self, document: str, variables: Mapping[str, object]) -> dict[str, Any]:
        if "province" not in variables:
            return {"me": None}
        kept = self.LISTS[variables["province"], variables.get("unit")]
        node = {"id": f"rel_{kept}", "decisionNumber": "7/QĐ", "effectiveFrom": "2026-07-01"}
        edges = [{"node": node}] if kept in self._there else []
        ends = {"hasNextPage": False, "endCursor": None}
        return {"catalogueReleases": {"edges": edges, "pageInfo": ends}}


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


async def _published(uow: MemoryUnitOfWork, *released: tuple[str, str]) -> list[str]:
    """The releases of products, each with the number of a decision."""
    await tell_units(uow, UNIT)
    made = [
        await scenes.publish(uow, [await scenes.approved(uow, code)], decision_number=number)
        for code, number in released
    ]
    return [each.id for each in made]


def test_the_units_own_decision_goes_before_the_provinces(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    [own, shared, other] = asyncio.run(
        _published(
            uow,
            (scenes.BIRTH, "283/QĐ-UBND"),
            (scenes.PLAN, "283/QĐ-UBND"),
            ("B.56.KH-002", "9/QĐ-BCĐ"),
        )
    )
    gateway = OfCatalogue(graph)

    named = [
        release_id(gateway, each, COMMUNE, "56")
        for each in ("283/QĐ-UBND", " 283 / qđ-ubnd", "9/QĐ-BCĐ", f"rel_{shared[4:]}")
    ]

    assert named == [own, own, other, shared]


@pytest.mark.parametrize(
    ("there", "province", "named"),
    [
        (("country", "province", "unit"), "56", "unit"),
        (("country", "province"), "56", "province"),
        (("country",), "56", "country"),
        (("country", "province", "unit"), None, "country"),
    ],
)
def test_the_nearest_list_that_has_the_decision_says_which_it_is(
    there: tuple[str, ...], province: str | None, named: str
) -> None:
    assert release_id(Listed(*there), "7/QĐ", COMMUNE, province) == f"rel_{named}"


def test_a_number_of_no_or_several_releases_tells_those_there_are(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    ids = asyncio.run(_published(uow, (scenes.PLAN, "7/QĐ"), ("B.56.KH-002", "7/QĐ")))
    gateway = OfCatalogue(graph)

    told = []
    for number in ("8/QĐ", "7/QĐ"):
        with pytest.raises(Failure) as refused:
            release_id(gateway, number, COMMUNE, "56")
        told.append(str(refused.value).splitlines())

    assert [lines[0] for lines in told] == [
        "there is no release by this decision; there are:",
        "several releases are by this decision; say the id of one:",
    ]
    lines = {f"  7/QĐ  {id}  2026-07-01" for id in ids}
    assert [{*lines} for _, *lines in told] == [lines, lines]
