"""What follows from a quarter, through the gateway: pay, training, a case that people close, and
reports against gaming. One clerk proves two pieces with one file; the chair falls to a veto.

What it must come to is counted here from the tables alone.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest

from congvu_demo.acts import period
from congvu_demo.acts.work import ASSIGNMENT
from congvu_demo.acts.world import today
from congvu_demo.client import Caller, Gateway, Json
from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from system.stories.acting import (
    Story,
    a_commune_begins,
    figure_comes,
    objective,
    this_quarter,
)
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

COMMUNE, OFFICE = "H32.31.96", "H32.31.96.01"
CHAIR, HEAD, GOOD, WEAK = "BH001", "BH002", "BH003", "BH004"
POSTS = {
    CHAIR: (COMMUNE, "LD.01", "HEAD"),
    HEAD: (OFFICE, "LD.03", "HEAD"),
    GOOD: (OFFICE, "VP.01", "STAFF"),
    WEAK: (OFFICE, "VP.01", "STAFF"),
}
PRODUCTS = ("B.56.VB.01", "B.56.VB.02")
CONVERTED = {PRODUCTS[0]: 1, PRODUCTS[1]: 3}
"""Reference products in a piece of each: 5 and 15 points, of the reference's 5."""

BUDGETS = (900_000_000, 950_000_000)
"""As it was entered, and as it was corrected."""

DONE: Mapping[tuple[str, str], tuple[int, int, str]] = {
    (GOOD, PRODUCTS[0]): (2, 0, "a" * 64),
    (GOOD, PRODUCTS[1]): (2, 0, "b" * 64),
    (WEAK, PRODUCTS[0]): (2, 2, "c" * 64),
    (WEAK, PRODUCTS[1]): (2, 0, "c" * 64),
}
"""How much was done of whom, how much of it failed, and the file that proves it."""

RATES = {"HTXS": "1", "HTT": "0.8", "HT": "0.5", "KHT": "0"}
"""Of additional income under the decree, as declared."""

LISTS = (
    """query($period: ID!) { consequences(periodId: $period, first: 10) { edges { node {
      evaluationId sheet policy resultHash sealHash band
      civilServant { id }
      pay { kind rate rule { id clause } } proposals { kind rule { id } }
    } } } }""",
    """query($period: ID!) { trainingNeeds(periodId: $period, first: 2) { edges { node {
      sealHash unit { code resourceContext(periodId: $period) { staff localityType withheld } }
      needs { kind code rated people share sources { evaluationId } }
    } } } }""",
    """query($period: ID!) { fairnessReports(periodId: $period) {
      kind statisticVi thresholdVi sourceVi
      findings { observed evaluationIds civilServant { id } }
    } }""",
)
REPORTS = LISTS[-1]
MEANS = """query($period: ID!) { unitResources(periodId: $period) { edges { node {
  unit { code } short overdueBefore context { staff load loadPerHead convertedLoad overdue
  budget { amount entries { amount enteredBy confirmedBy } } } } } } }"""
READS = """query($id: ID!) { civilServantReads(civilServantId: $id, first: 100) { edges { node {
  account fields } } } }"""
CASES = """query($period: ID!) { triggerCases(periodId: $period) { edges { node {
  id revision rule state dueOn fires civilServant { id } steps { state by } } } } }"""
PAUSE_S = 0.2
CASE = "TriggerCase { id revision state steps { state } }"


@dataclass(kw_only=True)
class Quarter(Story):
    period: Json = field(default_factory=dict)
    before: list[Json] = field(default_factory=list)
    lists: Json = field(default_factory=dict)
    cases: list[Json] = field(default_factory=list)
    early: Json = field(default_factory=dict)
    means: Json = field(default_factory=dict)
    reads: list[Json] = field(default_factory=list)

    async def look(self, query: str) -> Json:
        return await self.gateway.ask(self.world.cast.auditor, query, {"period": self.period["id"]})


async def work_is_done(quarter: Quarter) -> None:
    chair = quarter.caller(CHAIR, Role.UNIT_HEAD)
    for (number, product), (count, failed, proof) in DONE.items():
        given = await quarter.do(
            chair,
            "assignWork",
            ASSIGNMENT,
            periodId=quarter.period["id"],
            civilServantId=dataset().civil_servant_id(number),
            versionId=f"{product}@1",
            quantity=str(count),
            dueOn=today().isoformat(),
            source="PLAN",
        )
        reported = await quarter.do(
            quarter.caller(number, Role.OFFICER),
            "reportWork",
            ASSIGNMENT,
            assignmentId=given["id"],
            expectedRevision=given["revision"],
            quantity=str(count),
            completedOn=today().isoformat(),
            evidence=[{"uri": f"dms://suoida/{number}/{product}", "hash": proof}],
        )
        await quarter.do(
            chair,
            "acceptWork",
            ASSIGNMENT,
            assignmentId=given["id"],
            expectedRevision=reported["revision"],
            qualityFailures=failed,
            reason="Phải làm lại" if failed else None,
        )


async def the_chair_has_a_target_and_falls_to_a_veto(quarter: Quarter) -> None:
    province = quarter.province()
    chair_id = dataset().civil_servant_id(CHAIR)
    target = await quarter.do(
        province,
        "defineObjective",
        "Objective { id }",
        periodId=quarter.period["id"],
        civilServantId=chair_id,
        code="KTXH",
        content=objective("kinh tế - xã hội", (0, 100)),
    )
    chair = quarter.caller(CHAIR, Role.OFFICER)
    await figure_comes(quarter, target["id"], "100", chair, province)
    await quarter.do(
        quarter.world.cast.board,
        "recordVetoEvent",
        "VetoEvent { id }",
        civilServantId=chair_id,
        event="INTERNAL_CONFLICT",
        decision={"number": "99/QĐ-UBND", "decidedOn": today().isoformat()},
        validFrom=today().isoformat(),
    )


async def a_budget_is_corrected(quarter: Quarter) -> None:
    """By a new entry; each is confirmed by another administrator."""
    admin, then = quarter.world.cast.period_admin, "UnitBudget { id revision }"
    token = quarter.told.platform.token_for(Role.PERIOD_ADMIN, province="56", subject="admin-2.h32")
    budget: Json = {"revision": 0}
    for amount in BUDGETS:
        said = {"unitId": dataset().unit_id(OFFICE), "year": today().year, "source": "Nghị quyết"}
        budget = await quarter.do(
            admin,
            "enterUnitBudget",
            then,
            **said,
            amount=str(amount),
            expectedRevision=budget["revision"],
        )
        sure = {"budgetId": budget["id"], "expectedRevision": budget["revision"]}
        if amount == BUDGETS[0]:
            await quarter.refused("own budget", admin, "confirmUnitBudget", then, **sure)
        another = Caller("quản trị kỳ, người thứ hai", token)
        budget = await quarter.do(another, "confirmUnitBudget", then, **sure)


async def found_cases(quarter: Quarter) -> list[Json]:
    found = await quarter.gateway.ask(
        quarter.world.cast.board, CASES, {"period": quarter.period["id"]}
    )
    return [edge["node"] for edge in found["triggerCases"]["edges"]]


async def people_close_the_case(quarter: Quarter) -> None:
    (case,) = await opened(quarter)
    token = quarter.told.platform.token_for(
        Role.REVIEW_BOARD, province="56", subject="board-2.h32", officer="cs_board_2_h32"
    )
    another = Caller("hội đồng, người thứ hai", token)
    said = {"caseId": case["id"], "reason": "Theo biên bản họp hội đồng"}
    confirmed = await quarter.do(
        quarter.world.cast.board,
        "resolveTriggerCase",
        CASE,
        **said,
        state="CONFIRMED",
        expectedRevision=case["revision"],
    )
    step = {**said, "state": "ACTED", "expectedRevision": confirmed["revision"]}
    await quarter.refused("again", quarter.world.cast.board, "resolveTriggerCase", CASE, **step)
    await quarter.do(another, "resolveTriggerCase", CASE, **step)


async def opened(quarter: Quarter) -> list[Json]:
    """The results are announced one by one after the publication."""
    for _ in range(200):
        if found := await found_cases(quarter):
            return found
        await asyncio.sleep(PAUSE_S)
    return []


@pytest.fixture(scope="module")
def quarter(told: Told) -> Quarter:
    async def tell() -> Quarter:
        async with Gateway(told.platform.base_url, patience_s=60) as gateway:
            quarter = Quarter(told=told, gateway=gateway, key="consequences", posts=POSTS)
            parts = {OFFICE: "Văn phòng"}
            await a_commune_begins(quarter, COMMUNE, "Suối Đá", parts, locality="MOUNTAIN")
            quarter.period = await quarter.open(
                "Quý có hệ quả",
                "QUARTER",
                COMMUNE,
                this_quarter(),
                staffPolicy="ND335-2025-STAFF",
                deputyPolicy="CN-TARGET",
                leaderPolicy="CN-TARGET",
            )
            await work_is_done(quarter)
            await the_chair_has_a_target_and_falls_to_a_veto(quarter)
            key, world = "consequences", quarter.world
            frozen = await period.move_period(world, "freezePeriod", quarter.period, key)
            scored = await period.scored(world, frozen)
            quarter.before = await found_cases(quarter)
            quarter.early = await quarter.look(REPORTS)
            await a_budget_is_corrected(quarter)
            published = await period.move_period(world, "publishPeriod", scored, key)
            await people_close_the_case(quarter)
            quarter.period = await period.move_period(world, "closePeriod", published, key)
            for query in LISTS:
                quarter.lists |= await quarter.look(query)
            quarter.cases = await found_cases(quarter)
            chair, own = quarter.caller(CHAIR, Role.UNIT_HEAD), quarter.caller(GOOD, Role.OFFICER)
            quarter.means = await gateway.ask(chair, MEANS, {"period": quarter.period["id"]})
            asked = {"id": dataset().civil_servant_id(GOOD)}
            found = await gateway.ask(own, READS, asked)
            quarter.reads = [edge["node"] for edge in found["civilServantReads"]["edges"]]
            return quarter

    return asyncio.run(tell())


def by_person(quarter: Quarter) -> dict[str, Json]:
    ids = {dataset().civil_servant_id(number): number for number in POSTS}
    nodes = [edge["node"] for edge in quarter.lists["consequences"]["edges"]]
    return {ids[node["civilServant"]["id"]]: node for node in nodes}


def share(number: str, product: str) -> Fraction:
    count, failed, _ = DONE[number, product]
    return 1 - Fraction(failed, count)


def test_each_is_paid_by_the_final_band_with_rule_period_and_source(quarter: Quarter) -> None:
    found = by_person(quarter)

    assert set(found) == set(POSTS)
    for number in (GOOD, WEAK):
        (pay,) = found[number]["pay"]
        assert Fraction(pay["rate"]) == Fraction(RATES[found[number]["band"]])
        assert (pay["kind"], pay["rule"]["id"]) == ("ADDITIONAL_INCOME", "ADDITIONAL_INCOME")
        assert pay["rule"]["clause"].startswith("Mặc định")
    assert found[CHAIR]["pay"] == []
    assert {node["sealHash"] for node in found.values()} == {quarter.period["seal"]["hash"]}
    assert {node["sheet"] for node in found.values()} == {1}


def test_the_office_needs_training_in_what_was_weak(quarter: Quarter) -> None:
    (office,) = [
        edge["node"]
        for edge in quarter.lists["trainingNeeds"]["edges"]
        if edge["node"]["unit"]["code"] == OFFICE
    ]
    weak = {
        product: [number for number in (GOOD, WEAK) if share(number, product) < Fraction(7, 10)]
        for product in PRODUCTS
    }

    needs = {each["code"]: each for each in office["needs"] if each["kind"] == "PRODUCT"}

    assert set(needs) == {product for product, people in weak.items() if people}
    for product, need in needs.items():
        mean = sum((share(number, product) for number in (GOOD, WEAK)), Fraction(0)) / 2
        assert (need["people"], Fraction(need["share"])) == (len(weak[product]), mean)
        sources = [by_person(quarter)[number]["evaluationId"] for number in weak[product]]
        assert [each["evaluationId"] for each in need["sources"]] == sources
    context = office["unit"]["resourceContext"]
    assert (context["localityType"], context["withheld"]) == ("MOUNTAIN", True)


def test_a_case_opens_with_the_publication_and_two_people_close_it(quarter: Quarter) -> None:
    (case,) = quarter.cases

    assert quarter.before == []
    assert (case["rule"], case["state"], case["fires"]) == ("DISMISSAL_CASE", "ACTED", True)
    assert case["civilServant"]["id"] == dataset().civil_servant_id(CHAIR)
    assert [step["state"] for step in case["steps"]] == ["CONFIRMED", "ACTED"]
    assert len({step["by"] for step in case["steps"]}) == 2
    assert quarter.refusals["again"][1] == "E-I4"
    assert case["dueOn"] is None


def test_one_file_for_two_pieces_of_work_is_found_and_the_others_are_left_alone(
    quarter: Quarter,
) -> None:
    found: dict[str, Any] = {each["kind"]: each for each in quarter.lists["fairnessReports"]}
    twice = {
        number
        for (number, product), (_, _, proof) in DONE.items()
        if [each[2] for each in DONE.values()].count(proof) > 1
    }

    assert len(found) == 8
    assert all(each["statisticVi"] and each["sourceVi"] for each in found.values())
    ids = {dataset().civil_servant_id(number) for number in twice}
    same = found.pop("SAME_EVIDENCE")["findings"]
    assert {each["civilServant"]["id"] for each in same} == ids
    assert [Fraction(each["observed"]) for each in same] == [2]
    tiny = found.pop("TINY_SAMPLE")["findings"]
    top = {number for number in (GOOD, WEAK) if by_person(quarter)[number]["band"] == "HTXS"}
    assert {each["civilServant"]["id"] for each in tiny} == {
        dataset().civil_servant_id(number) for number in top
    }
    assert all(each["findings"] == [] for each in found.values())
    early = {each["kind"]: each for each in quarter.early["fairnessReports"]}
    assert early["SAME_EVIDENCE"]["findings"] == same


def test_a_superior_sees_what_the_office_has_for_its_work(quarter: Quarter) -> None:
    (edge,) = quarter.means["unitResources"]["edges"]
    office, context = edge["node"], edge["node"]["context"]

    assert (office["unit"]["code"], office["short"], office["overdueBefore"]) == (
        OFFICE,
        False,
        None,
    )
    staff = sum(unit == OFFICE for unit, *_ in POSTS.values())
    assert (context["staff"], context["load"], context["overdue"]) == (staff, len(DONE), 0)
    converted = sum(CONVERTED[product] * count for (_, product), (count, *_) in DONE.items())
    assert Fraction(context["convertedLoad"]) == converted
    entries = context["budget"]["entries"]
    assert [int(each["amount"]) for each in entries] == list(BUDGETS)
    assert all(each["enteredBy"] != each["confirmedBy"] for each in entries)
    assert int(context["budget"]["amount"]) == BUDGETS[-1]
    assert quarter.refusals["own budget"] == ("FORBIDDEN", "E-I15")


def test_who_was_rated_sees_that_the_list_of_pay_was_read(quarter: Quarter) -> None:
    fields = {field for each in quarter.reads for field in each["fields"]}

    assert {"PersonConsequences.pay", "PersonConsequences.band"} <= fields
