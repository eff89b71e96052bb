"""The graph: the Why query, who sees what, and what goes round through it."""

from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor
from evaluation import scenes
from evaluation.callers.personnel import UNIT
from evaluation.people import (
    ADMIN,
    AUDITOR,
    BOARD,
    CHAIR,
    CITIZEN,
    HRM,
    LAN,
    LAN_ID,
    MINH,
    MINH_ID,
    NEIGHBOUR_HEAD,
    OFFICE,
    OFFICE_HEAD,
    OTHER_ADMIN,
    OTHER_HRM,
    PORTAL,
    STRANGER_HEAD,
)
from evaluation_service.adapters.graphql.schema import schema
from evaluation_service.domain.periods.periods import EvaluationPeriod
from support.graph import Graph

WHY = """
query Why($officer: ID!, $period: ID!) {
  civilServant(id: $officer) {
    fullName
    unit { name }
    evaluation(periodId: $period) {
      state total band rawBand
      explanation { ruleId clause textVi points children { ruleId points } }
      assignments(first: 20) {
        edges { node { assigned completed version { id } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}"""


async def closed(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN, done="4", assigned="7")
    await scenes.rate(uow, period, LAN_ID)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    return await scenes.move(uow, period, "close")


async def test_why_leads_from_the_person_to_each_point(uow: MemoryUnitOfWork, graph: Graph) -> None:
    period = await closed(uow)

    data = await graph.ask(WHY, HRM, officer=LAN_ID, period=period.id)

    lan = data["civilServant"]
    evaluation = lan["evaluation"]
    explanation = evaluation.pop("explanation")
    page = evaluation["assignments"].pop("pageInfo")
    assert (lan["fullName"], lan["unit"]) == ("Nguyễn Thị Lan", {"name": "Văn phòng"})
    assert evaluation == {
        "state": "FINAL",
        "total": "70",
        "band": "HTT",
        "rawBand": "HTT",
        "assignments": {
            "edges": [
                {"node": {"assigned": "7", "completed": "4", "version": {"id": scenes.BIRTH}}}
            ],
        },
    }
    assert (page["hasNextPage"], bool(page["endCursor"])) == (False, True)
    assert explanation["ruleId"] == "total"
    assert explanation["points"] == "70"
    assert [child["points"] for child in explanation["children"]] == ["30", "40"]


async def test_a_score_is_seen_by_the_person_and_the_hrm_once_published(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.reviewed(uow, period)

    async def total(actor: Actor) -> Any:
        data = await graph.ask(WHY, actor, officer=LAN_ID, period=period.id)
        return data["civilServant"]["evaluation"]["total"]

    before = [await total(actor) for actor in (LAN, HRM, OFFICE_HEAD, ADMIN, AUDITOR, BOARD)]
    await scenes.move(uow, period, "publish")
    after = [await total(actor) for actor in (LAN, HRM)]

    assert before == [None, None, "90", "90", "90", "90"]
    assert after == ["90", "90"]


@pytest.mark.parametrize(
    "actor",
    [ANONYMOUS, CITIZEN, MINH, PORTAL, NEIGHBOUR_HEAD, STRANGER_HEAD, OTHER_ADMIN, OTHER_HRM],
)
async def test_strangers_see_nobody(uow: MemoryUnitOfWork, graph: Graph, actor: Actor) -> None:
    period = await closed(uow)
    entities = """
      query($reps: [_Any!]!) { _entities(representations: $reps) {
        ... on CivilServant { fullName }
      } }"""

    asked = await graph.ask(WHY, actor, officer=LAN_ID, period=period.id)
    nobody = await graph.ask(WHY, actor, officer="cs_nobody", period=period.id)
    reached = await graph.ask(entities, actor, reps=[{"__typename": "CivilServant", "id": LAN_ID}])

    assert asked == nobody == {"civilServant": None}
    assert reached == {"_entities": [None]}


async def test_entities_keep_their_order_and_gaps(uow: MemoryUnitOfWork, graph: Graph) -> None:
    period = await closed(uow)
    entities = """
      query($reps: [_Any!]!) { _entities(representations: $reps) {
        __typename
        ... on OrgUnit { name }
        ... on EvaluationPeriod { name }
      } }"""

    data = await graph.ask(
        entities,
        reps=[
            {"__typename": "OrgUnit", "id": OFFICE},
            {"__typename": "OrgUnit", "id": "unit_x"},
            {"__typename": "EvaluationPeriod", "id": period.id},
        ],
    )

    assert data["_entities"] == [
        {"__typename": "OrgUnit", "name": "Văn phòng"},
        None,
        {"__typename": "EvaluationPeriod", "name": "Quý III năm 2026"},
    ]


@pytest.mark.parametrize(
    ("actor", "count"), [(LAN, 1), (OFFICE_HEAD, 4), (CHAIR, 6), (AUDITOR, 6), (HRM, 6)]
)
async def test_listings_stop_at_what_the_caller_may_see(
    uow: MemoryUnitOfWork, graph: Graph, actor: Actor, count: int
) -> None:
    period = await closed(uow)
    listing = """
      query($period: ID!) {
        evaluations(filter: {periodId: $period}, first: 100) { edges { node { id } } }
      }"""

    data = await graph.ask(listing, actor, period=period.id)

    assert len(data["evaluations"]["edges"]) == count


@pytest.mark.parametrize("actor", [ANONYMOUS, CITIZEN, PORTAL])
async def test_listings_are_for_people_with_a_part_in_it(
    uow: MemoryUnitOfWork, graph: Graph, actor: Actor
) -> None:
    await closed(uow)

    errors = await graph.errors("{ evaluations { edges { node { id } } } }", actor)

    assert errors[0]["code"] in ("UNAUTHENTICATED", "FORBIDDEN")


async def test_pages_follow_each_other(uow: MemoryUnitOfWork, graph: Graph) -> None:
    period = await closed(uow)
    listing = """
      query($period: ID!, $after: String) {
        evaluations(filter: {periodId: $period}, first: 4, after: $after) {
          edges { node { id } } pageInfo { hasNextPage endCursor }
        }
      }"""

    first = (await graph.ask(listing, AUDITOR, period=period.id))["evaluations"]
    after = first["pageInfo"]["endCursor"]
    second = (await graph.ask(listing, AUDITOR, period=period.id, after=after))["evaluations"]

    ids = [edge["node"]["id"] for edge in (*first["edges"], *second["edges"])]
    assert (len(ids), len(set(ids))) == (6, 6)
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)


async def test_a_page_over_the_limit_is_refused(uow: MemoryUnitOfWork, graph: Graph) -> None:
    errors = await graph.errors("{ evaluationPeriods(first: 101) { edges { node { id } } } }")

    assert [error["code"] for error in errors] == ["INVALID"]


async def test_a_result_is_recomputed_on_request(uow: MemoryUnitOfWork, graph: Graph) -> None:
    period = await closed(uow)
    lan = await scenes.evaluation_of(uow, period, LAN_ID)

    data = await graph.ask(
        "query($id: ID!) { recomputation(evaluationId: $id) { identical } }", LAN, id=lan.id
    )

    assert data == {"recomputation": {"identical": True}}


async def test_work_goes_round_through_the_graph(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period, quantity="2")
    fields = """... on Assignment {
      state completed qualityFailures qualityExempt
      objectiveCauses { id state kind count reason claimedBy decidedBy }
      reports { quantity completedOn reportedAt } checks { accepted failures reason checkedBy }
    }"""

    async def step(mutation: str, actor: Actor, revision: int, **more: object) -> Any:
        input = {
            "idempotencyKey": scenes.key(),
            "assignmentId": given.id,
            "expectedRevision": revision,
            **more,
        }
        return await graph.do(mutation, input, actor, fields)

    reported = await step("reportWork", LAN, 1, quantity="2", completedOn="2026-08-09")
    returned = await step("returnWork", CHAIR, 2, reason="Thiếu chữ ký")
    claimed = await step("claimObjectiveCause", LAN, 3, kind="QUALITY", count=1, reason="Mất mạng")
    claim = claimed["objectiveCauses"][0]["id"]
    own = await step("decideObjectiveCause", LAN, 4, causeId=claim, confirmed=True)
    decided = await step("decideObjectiveCause", CHAIR, 4, causeId=claim, confirmed=True)
    again = await step("reportWork", LAN, 5, quantity="2", completedOn="2026-08-09")
    stale = await step("acceptWork", CHAIR, 5)
    accepted = await step("acceptWork", CHAIR, 6)

    assert reported["state"] == "SUBMITTED"
    assert (returned["state"], returned["qualityFailures"]) == ("RETURNED", "1")
    assert own["code"] == "FORBIDDEN"
    assert decided["qualityExempt"] == "1"
    assert again["state"] == "SUBMITTED"
    assert (stale["code"], stale["field"]) == ("CONFLICT", "input.expectedRevision")
    assert (accepted["state"], accepted["completed"]) == ("ACCEPTED_AS_DONE", "2")
    assert (
        accepted["reports"]
        == [
            {
                "quantity": "2",
                "completedOn": "2026-08-09",
                "reportedAt": "2026-08-10T03:00:00+00:00",
            }
        ]
        * 2
    )
    assert accepted["checks"] == [
        {"accepted": "0", "failures": 1, "reason": "Thiếu chữ ký", "checkedBy": "chair"},
        {"accepted": "2", "failures": 0, "reason": None, "checkedBy": "chair"},
    ]
    assert accepted["objectiveCauses"] == [
        {
            "id": claim,
            "kind": "QUALITY",
            "count": 1,
            "reason": "Mất mạng",
            "state": "CONFIRMED",
            "claimedBy": "lan",
            "decidedBy": "chair",
        }
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", "Tài khoản không được phân quyền tại tỉnh …."), ("en", "province … is not yours")],
)
async def test_a_refused_row_is_told_in_the_callers_language(
    uow: MemoryUnitOfWork, language: str, said: str
) -> None:
    await scenes.commune(uow)
    graph = Graph(schema, uow, language=language)
    given = {"idempotencyKey": "k", "units": [UNIT]}
    rows = "... on SyncReport { results { row id problem { code message field ruleId } } }"

    answer = await graph.do("syncPersonnel", given, OTHER_HRM, rows)

    (row,) = answer["results"]
    assert (row["row"], row["id"], row["problem"]["code"]) == ("units[0]", None, "FORBIDDEN")
    assert row["problem"]["message"].startswith(said)


async def test_an_appeal_goes_round_through_the_graph(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    work = await scenes.do_all(uow, period, MINH, done="1", assigned="4")
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    minh = await scenes.evaluation_of(uow, period, MINH_ID)
    fields = (
        "... on Appeal { id state revision evaluation { state total sheets { number basis } } }"
    )
    asked = {"idempotencyKey": scenes.key(), "evaluationId": minh.id, "grounds": "Tính thiếu"}

    nobody = await graph.do("fileAppeal", asked, LAN, fields)
    filed = await graph.do("fileAppeal", asked, MINH, fields)
    decision = {
        "idempotencyKey": scenes.key(),
        "appealId": filed["id"],
        "expectedRevision": filed["revision"],
        "verdict": "UPHELD",
        "reason": "Đã kiểm tra",
        "correction": {"lines": [{"assignmentId": work.id, "completed": "4"}]},
    }
    scorer = await graph.do("decideAppeal", decision, CHAIR, fields)
    decided = await graph.do("decideAppeal", decision, BOARD, fields)

    assert nobody["code"] == "FORBIDDEN"
    assert (filed["state"], filed["evaluation"]["state"]) == ("FILED", "APPEALED")
    assert scorer["code"] == "FORBIDDEN"
    assert decided["state"] == "UPHELD"
    assert decided["evaluation"] == {
        "state": "CORRECTED",
        "total": "90",
        "sheets": [{"number": 1, "basis": None}, {"number": 2, "basis": filed["id"]}],
    }
