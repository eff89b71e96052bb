"""Finding one's way: who one is, from a unit to its people, and what changed since."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.documents import Codec
from congvu_kit.domain.actor import ANONYMOUS
from evaluation import scenes
from evaluation.people import ADMIN, COMMUNE, HRM, LAN, LAN_ID, OFFICE
from evaluation.test_graph import closed
from evaluation_service.application.collections import EVALUATIONS
from evaluation_service.application.results import recent
from support.clock import FixedClock
from support.graph import Graph

ME = "{ me { subject roles province civilServant { id } unit { id parent { id } } } }"
TREE = """query($province: String!, $filter: OrgUnitFilter) {
  orgUnits(province: $province, filter: $filter) { edges { node { id
    children(first: 50) { edges { node { id people { edges { node { id } } } } } } } } } }"""
CHANGED = """query($since: DateTime, $first: Int! = 50, $after: String) {
  evaluations(filter: {updatedSince: $since}, order: UPDATED, first: $first, after: $after) {
    edges { node { id updatedAt } } pageInfo { hasNextPage endCursor } } }"""
LINES = """query($id: ID!, $period: ID!) { civilServant(id: $id) { evaluation(periodId: $period) {
  explanation { points children { points } } explanationLines { depth points ruleId } } } }"""
INPUTS = """query($id: ID!, $period: ID!, $first: Int! = 20, $after: String) {
  civilServant(id: $id) { evaluation(periodId: $period) {
    explanationLines { ruleId inputs { name value evidence { ref hash confirmedBy } } }
    explanationInputs(first: $first, after: $after) {
      edges { node { line ruleId name value evidence { ref hash confirmedBy } } }
      pageInfo { hasNextPage endCursor } } } } }"""


async def test_me_is_the_token_and_the_person_behind_it(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)

    lan = (await graph.ask(ME, LAN))["me"]
    hrm = (await graph.ask(ME, HRM))["me"]

    assert lan == {
        "subject": LAN.subject,
        "roles": ["officer"],
        "province": "56",
        "civilServant": {"id": LAN_ID},
        "unit": {"id": OFFICE, "parent": {"id": COMMUNE}},
    }
    assert (hrm["roles"], hrm["civilServant"]) == (["personnel-sync"], None)
    assert await graph.ask(ME, ANONYMOUS) == {"me": None}


async def test_from_a_unit_one_goes_down_to_its_people(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await scenes.commune(uow)

    def below(found: Any) -> dict[str, dict[str, Any]]:
        return {
            edge["node"]["id"]: {
                child["node"]["id"]: child["node"]["people"]
                for child in edge["node"]["children"]["edges"]
            }
            for edge in found["orgUnits"]["edges"]
        }

    there = {"province": "56", "filter": {"level": "COMMUNE"}}
    seen = below(await graph.ask(TREE, ADMIN, **there))
    by_nobody = below(await graph.ask(TREE, ANONYMOUS, **there))
    of_commune = await graph.ask(TREE, ADMIN, province="56", filter={"parentId": COMMUNE})
    coded = {
        code: list(below(await graph.ask(TREE, ADMIN, province="56", filter={"code": code})))
        for code in ("H32.31.07", " H32.31.07\u200b", "h32.31.07", "H32.31")
    }

    assert LAN_ID in [each["node"]["id"] for each in seen[COMMUNE][OFFICE]["edges"]]
    assert by_nobody[COMMUNE][OFFICE] is None
    assert list(below(of_commune)) == list(seen[COMMUNE])
    assert list(coded.values()) == [[COMMUNE], [COMMUNE], [], []]


@pytest.mark.parametrize("code", ["", " ", "H32.31.07\0", "%", ".*", "x" * 20_000, COMMUNE])
async def test_a_code_that_no_unit_has_finds_none(
    uow: MemoryUnitOfWork, graph: Graph, code: str
) -> None:
    await scenes.commune(uow)

    found = await graph.ask(TREE, ADMIN, province="56", filter={"code": code})

    assert found == {"orgUnits": {"edges": []}}


@pytest.mark.parametrize("code", [5, ["H32.31.07"], {"ne": ""}])
async def test_a_code_of_another_shape_is_refused(
    uow: MemoryUnitOfWork, graph: Graph, code: object
) -> None:
    await scenes.commune(uow)

    answer = await graph.execute(TREE, ADMIN, {"province": "56", "filter": {"code": code}})

    assert [each.message for each in answer.errors] != []
    assert answer.data is None


async def test_who_keeps_a_copy_asks_for_what_changed_since(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await closed(uow)
    await scenes.Pump(uow).run()
    everything = (await graph.ask(CHANGED, HRM))["evaluations"]["edges"]
    dates = [datetime.fromisoformat(each["node"]["updatedAt"]) for each in everything]

    since = (await graph.ask(CHANGED, HRM, since=dates[-1].isoformat()))["evaluations"]["edges"]
    later = datetime(2999, 1, 1, tzinfo=UTC).isoformat()
    none = (await graph.ask(CHANGED, HRM, since=later))["evaluations"]["edges"]
    pages, after = [], None
    for _ in everything:
        page = (await graph.ask(CHANGED, HRM, first=1, after=after))["evaluations"]
        pages += page["edges"]
        after = page["pageInfo"]["endCursor"]

    assert len(everything) > 1
    assert dates == sorted(dates)
    assert everything[-1] in since
    assert none == []
    assert pages == everything


async def test_results_of_before_dates_were_kept_are_found_once_they_are_converted(
    uow: MemoryUnitOfWork, graph: Graph, clock: FixedClock
) -> None:
    await closed(uow)
    await scenes.Pump(uow).run()
    rows = uow.rows(EVALUATIONS)
    for row in rows.values():
        del row["updated_at"], row["shape"]
    asked_last = clock.now()
    upgraded = asked_last + timedelta(days=1)
    codec = Codec(EVALUATIONS, upgraded)

    async def found() -> set[tuple[str, datetime]]:
        edges = (await graph.ask(CHANGED, HRM, since=asked_last.isoformat()))["evaluations"][
            "edges"
        ]
        nodes = [each["node"] for each in edges]
        return {(each["id"], datetime.fromisoformat(each["updatedAt"])) for each in nodes}

    assert await found() == set()
    for _ in range(2):
        rows.update({id: codec.converted(row) for id, row in rows.items()})
        assert await found() == {(id, upgraded) for id in rows}
    assert all("shape" in row for row in rows.values())


async def test_what_changed_tells_nobody_of_a_result_before_its_publication(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN, done="4", assigned="7")
    await scenes.rate(uow, period, LAN_ID)
    await scenes.reviewed(uow, period)

    for reader in (LAN, HRM):
        assert (await graph.ask(CHANGED, reader))["evaluations"]["edges"] == [], reader.subject
    assert len((await graph.ask(CHANGED, ADMIN))["evaluations"]["edges"]) > 0


async def test_the_explanation_is_also_a_flat_list_in_order(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    period = await closed(uow)

    found = (await graph.ask(LINES, LAN, id=LAN_ID, period=period.id))["civilServant"]
    lines, tree = found["evaluation"]["explanationLines"], found["evaluation"]["explanation"]

    assert (lines[0]["depth"], lines[0]["points"]) == (0, tree["points"])
    assert [each["points"] for each in lines if each["depth"] == 1] == [
        each["points"] for each in tree["children"]
    ]
    assert all(b["depth"] <= a["depth"] + 1 for a, b in pairwise(lines))


async def test_what_the_lines_read_is_given_page_by_page(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    period = await closed(uow)
    asked: dict[str, object] = {"id": LAN_ID, "period": period.id, "first": 7}
    found, goes_on = list[dict[str, Any]](), True
    recent._made.cache_clear()

    while goes_on:
        evaluation = (await graph.ask(INPUTS, LAN, **asked))["civilServant"]["evaluation"]
        page = evaluation["explanationInputs"]
        found += [edge["node"] for edge in page["edges"]]
        goes_on, asked["after"] = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]

    assert recent._made.cache_info().misses == 1
    assert len(found) > 14
    assert found == [
        {"line": number, "ruleId": line["ruleId"], **each}
        for number, line in enumerate(evaluation["explanationLines"], start=1)
        for each in line["inputs"]
    ]
