"""A quarter under UEB-VNU through the gateway, from the first work to pay by band: conduct, three
kinds of work, and a work code that the manager did not act on within five working days.

What it must come to is counted here from the tables alone.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from pymongo import MongoClient

from congvu_demo.acts import period
from congvu_demo.acts.work import ASSIGNMENT
from congvu_demo.acts.world import today
from congvu_demo.client import Caller, Gateway, Json
from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from support.polling import eventually
from system.stories.acting import Refusal, Story, a_commune_begins, this_quarter
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

COMMUNE, OFFICE = "H32.32.21", "H32.32.21.01"
DEAN, HEAD, GOOD, WEAK = "UV001", "UV002", "UV003", "UV004"
POSTS = {
    DEAN: (COMMUNE, "LD.01", "HEAD"),
    HEAD: (OFFICE, "LD.03", "HEAD"),
    GOOD: (OFFICE, "VP.01", "STAFF"),
    WEAK: (OFFICE, "VP.01", "STAFF"),
}
ASSIGNED_BY = {DEAN: "CB101", HEAD: DEAN, GOOD: HEAD, WEAK: HEAD}

WEIGHTS = {"SPEARHEAD": 30, "HARD": 50, "SOFT": 20}
KINDS: Mapping[str, tuple[str, Fraction]] = {
    "A.56.LD.06": ("SPEARHEAD", Fraction(50)),
    "A.56.LD.03": ("HARD", Fraction(15)),
    "A.56.LD.04": ("HARD", Fraction(25)),
    "B.56.VB.01": ("HARD", Fraction(5)),
    "B.56.VB.02": ("HARD", Fraction(15)),
    "B.56.TH.03": ("SOFT", Fraction(5)),
}
"""Kind and points of each product of the catalogue."""

DONE: Mapping[tuple[str, str], tuple[int, int, int]] = {
    (DEAN, "A.56.LD.03"): (4, 4, 0),
    (HEAD, "A.56.LD.06"): (2, 2, 0),
    (HEAD, "A.56.LD.04"): (4, 4, 1),
    (HEAD, "A.56.LD.03"): (2, 2, 0),
    (GOOD, "B.56.VB.01"): (4, 4, 0),
    (GOOD, "B.56.TH.03"): (2, 2, 0),
    (WEAK, "B.56.VB.02"): (4, 1, 0),
}
"""Assigned, done, and how much of it failed."""

ABSENCES = {HEAD: 3, WEAK: 9}
APPEALED = (WEAK, 2)
"""Seven of the nine had a reason."""

LATE = (GOOD, "B.56.VB.01")
WAITED = timedelta(days=28)
"""Four weeks: no row of holidays leaves five working days or fewer of them."""

FAULT_POINTS, CONDUCT, WORK = 5, 15, 85
RATES = {"HTXS": "1", "HTT": "0.8", "HT": "0.5", "KHT": "0"}
BANDS = ((90, "HTXS"), (70, "HTT"), (50, "HT"))

RESULT = """query($id: ID!, $period: ID!) { civilServant(id: $id) { evaluation(periodId: $period) {
  id totalExact band explanation { children { ruleId pointsExact } }
  sheets { number total snapshot } } } }"""
LISTS = (
    """query($period: ID!) { consequences(periodId: $period, first: 10) { edges { node {
      sheet sealHash band civilServant { id } policy
      pay { kind rate rule { id clause } } proposals { kind rule { id } }
    } } } }""",
    """query($period: ID!) { trainingNeeds(periodId: $period, first: 4) { edges { node {
      unit { code } needs { kind code people share } } } } }""",
)
EVALUATION = "Evaluation { id }"


def credit(done: int, faults: int) -> Fraction:
    return max(Fraction(0), done - Fraction(min(faults, 4 * done), 4))


def work_of(number: str) -> Fraction:
    """The mean of quantity, quality and progress of each kind, by weights of the kinds it has."""
    reached = dict[str, Fraction]()
    for kind in WEIGHTS:
        rows = [
            (KINDS[product][1], *figures)
            for (who, product), figures in DONE.items()
            if who == number and KINDS[product][0] == kind
        ]
        if rows:
            none = Fraction(0)
            whole = sum((points * given for points, given, _, _ in rows), none)
            quantity = progress = sum((row[0] * row[2] for row in rows), none) / whole
            quality = sum((row[0] * credit(row[2], row[3]) for row in rows), none) / whole
            reached[kind] = (quantity + quality + progress) / 3
    weights = sum(WEIGHTS[kind] for kind in reached)
    return WORK * sum((WEIGHTS[kind] * reached[kind] for kind in reached), Fraction(0)) / weights


def total(number: str, absences: Mapping[str, int]) -> Fraction:
    charged = FAULT_POINTS if number == ASSIGNED_BY[LATE[0]] else 0
    return max(0, CONDUCT - 2 * absences.get(number, 0)) + work_of(number) - charged


def band(number: str, absences: Mapping[str, int] = ABSENCES) -> str:
    found = total(number, absences)
    return next((code for least, code in BANDS if found >= least), "KHT")


@dataclass(kw_only=True)
class Quarter(Story):
    period: Json = field(default_factory=dict)
    late: Json = field(default_factory=dict)
    first: dict[str, Json] = field(default_factory=dict)
    closed: dict[str, Json] = field(default_factory=dict)
    lists: Json = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)

    def leader_of(self, number: str) -> Caller:
        above = ASSIGNED_BY[number]
        return self.province() if number == DEAN else self.caller(above, Role.UNIT_HEAD)

    async def assignment(self, id: str) -> Json:
        asked = f"query($id: ID!) {{ assignment(id: $id) {{ {CODE} }} }}"
        found = await self.gateway.ask(self.leader_of(GOOD), asked, {"id": id})
        seen: Json = found["assignment"]
        return seen

    async def shown(self) -> dict[str, Json]:
        found = {}
        for number in POSTS:
            asked = {"id": dataset().civil_servant_id(number), "period": self.period["id"]}
            answer = await self.gateway.ask(self.world.cast.auditor, RESULT, asked)
            found[number] = answer["civilServant"]["evaluation"]
        return found


CODE = "id revision state reviewDueOn"


async def work_is_done(quarter: Quarter) -> None:
    for (number, product), (given, done, bad) in DONE.items():
        leader, own = quarter.leader_of(number), quarter.caller(number, Role.OFFICER)
        work = await quarter.do(
            leader,
            "assignWork",
            ASSIGNMENT,
            periodId=quarter.period["id"],
            civilServantId=dataset().civil_servant_id(number),
            versionId=f"{product}@1",
            quantity=str(given),
            dueOn=today().isoformat(),
            source="PLAN",
        )
        work = await quarter.do(
            own,
            "reportWork",
            ASSIGNMENT,
            assignmentId=work["id"],
            expectedRevision=work["revision"],
            quantity=str(done),
            completedOn=today().isoformat(),
            evidence=[{"uri": f"dms://suoihoc/{number}/{product}"}],
        )
        if (number, product) == LATE:
            work = await nobody_acts_on_it(quarter, work)
        await quarter.do(
            leader,
            "acceptWork",
            ASSIGNMENT,
            assignmentId=work["id"],
            expectedRevision=work["revision"],
            qualityFailures=bad,
            reason="Phải làm lại" if bad else None,
        )


async def nobody_acts_on_it(quarter: Quarter, work: Json) -> Json:
    """The platform's clock is the machine's: the days pass for this one code, where it is kept."""
    with MongoClient[Json](quarter.told.platform.mongo_url, tz_aware=True) as client:
        rows = client["congvu_evaluation"]["assignments"]
        kept = rows.find_one({"_id": work["id"]})
        assert kept is not None
        reported_at = datetime.fromisoformat(kept["reports"][-1]["reported_at"]) - WAITED
        kept["reports"][-1]["reported_at"] = reported_at.isoformat()
        due_on = date.fromisoformat(kept["review_due_on"]) - WAITED
        earlier = {"reports": kept["reports"], "review_due_on": due_on.isoformat()}
        rows.update_one({"_id": work["id"]}, {"$set": earlier})

    async def charged() -> bool:
        quarter.late = await quarter.assignment(work["id"])
        return bool(quarter.late["state"] == "OVERDUE_REVIEW")

    await eventually(charged, within_s=30, what="the fault of who did not act on the work code")
    return quarter.late


async def conduct_is_entered(quarter: Quarter) -> None:
    """By the superior, in the ledger of the policy."""

    def entry(number: str, rule: str, count: int) -> dict[str, object]:
        return {
            "periodId": quarter.period["id"],
            "civilServantId": dataset().civil_servant_id(number),
            "expectedRevision": 0,
            "ratings": {"conduct": [{"rule": rule, "count": count, "evidence": "so-tap-huan"}]},
        }

    doors = {
        "no such rule": (quarter.leader_of(WEAK), entry(WEAK, "LATE", 1)),
        "oneself": (quarter.caller(HEAD, Role.UNIT_HEAD), entry(HEAD, "TRAINING_ABSENCE", 0)),
        "a colleague": (quarter.caller(GOOD, Role.OFFICER), entry(WEAK, "TRAINING_ABSENCE", 1)),
    }
    for name, (who, asked) in doors.items():
        await quarter.refused(name, who, "scoreGeneralCriteria", EVALUATION, **asked)
    for number, count in ABSENCES.items():
        asked = entry(number, "TRAINING_ABSENCE", count)
        await quarter.do(quarter.leader_of(number), "scoreGeneralCriteria", EVALUATION, **asked)


async def an_appeal_is_upheld(quarter: Quarter) -> None:
    number, count = APPEALED
    appeal = await quarter.do(
        quarter.caller(number, Role.OFFICER),
        "fileAppeal",
        "Appeal { id revision }",
        evaluationId=quarter.first[number]["id"],
        grounds="Bảy buổi vắng có giấy nghỉ",
    )
    await quarter.do(
        quarter.world.cast.board,
        "decideAppeal",
        "Appeal { id state }",
        appealId=appeal["id"],
        expectedRevision=appeal["revision"],
        verdict="UPHELD",
        reason="Đối chiếu giấy nghỉ",
        correction={"conduct": [{"rule": "TRAINING_ABSENCE", "count": count}]},
    )


@pytest.fixture(scope="module")
def quarter(told: Told) -> Quarter:
    async def tell() -> Quarter:
        async with Gateway(told.platform.base_url, patience_s=60) as gateway:
            quarter = Quarter(told=told, gateway=gateway, key="work codes", posts=POSTS)
            await a_commune_begins(quarter, COMMUNE, "Suối Học", {OFFICE: "Văn phòng"})
            policies = dict.fromkeys(("staffPolicy", "deputyPolicy", "leaderPolicy"), "UEB-VNU")
            quarter.period = await quarter.open(
                "Quý theo mã công việc", "QUARTER", COMMUNE, this_quarter(), **policies
            )
            await work_is_done(quarter)
            await conduct_is_entered(quarter)
            published = await quarter.published(quarter.period)
            quarter.first = await quarter.shown()
            await an_appeal_is_upheld(quarter)
            quarter.period = await period.move_period(
                quarter.world, "closePeriod", published, quarter.key
            )
            quarter.closed = await quarter.shown()
            for query in LISTS:
                who, asked = quarter.world.cast.auditor, {"period": quarter.period["id"]}
                quarter.lists |= await gateway.ask(who, query, asked)
            quarter.findings = await quarter.findings_of(quarter.period)
            return quarter

    return asyncio.run(tell())


@pytest.mark.parametrize("number", POSTS)
def test_the_score_is_what_the_tables_give(quarter: Quarter, number: str) -> None:
    found = quarter.first[number]

    assert Fraction(found["totalExact"]) == total(number, ABSENCES)
    assert found["band"] == band(number)


def test_E_I16_a_code_not_acted_on_costs_the_manager_and_not_who_waited(quarter: Quarter) -> None:
    """Five points, and with them the band; the fault names the code."""
    points = {
        number: {
            each["ruleId"]: Fraction(each["pointsExact"])
            for each in found["explanation"]["children"]
        }
        for number, found in quarter.first.items()
    }
    faults = {
        number: json.loads(found["sheets"][0]["snapshot"]).get("faults", [])
        for number, found in quarter.first.items()
    }

    assert date.fromisoformat(quarter.late["reviewDueOn"]) < today()
    assert points[HEAD]["faults"] == -FAULT_POINTS
    assert points[GOOD].get("faults", 0) == 0
    assert Fraction(quarter.first[GOOD]["totalExact"]) == 100
    (fault,) = faults.pop(HEAD)
    assert fault["evidence"] == [{"ref": quarter.late["id"]}]
    assert int(fault["working_days_late"]) > 5
    assert list(faults.values()) == [[], [], []]
    assert (band(HEAD), total(HEAD, ABSENCES) + FAULT_POINTS >= 90) == ("HTT", True)


def test_conduct_never_falls_below_nothing_and_an_appeal_gives_it_back(quarter: Quarter) -> None:
    number, count = APPEALED
    before, after = (Fraction(each["total"]) for each in quarter.closed[number]["sheets"])

    assert before == work_of(number)
    assert after == total(number, {**ABSENCES, number: count}) == before + 11


def test_every_wrong_door_is_shut(quarter: Quarter) -> None:
    doors: dict[str, Refusal] = {
        "no such rule": ("INVALID", "UEB-VNU"),
        "oneself": ("FORBIDDEN", "E-I4"),
        "a colleague": ("FORBIDDEN", None),
    }
    assert quarter.refusals == doors


def test_the_quarter_is_paid_by_the_final_band_and_failing_it_is_a_warning(
    quarter: Quarter,
) -> None:
    ids = {dataset().civil_servant_id(number): number for number in POSTS}
    nodes = [edge["node"] for edge in quarter.lists["consequences"]["edges"]]
    found = {ids[node["civilServant"]["id"]]: node for node in nodes}
    absences = {**ABSENCES, APPEALED[0]: APPEALED[1]}

    assert {number: node["band"] for number, node in found.items()} == {
        number: band(number, absences) for number in POSTS
    }
    for number, node in found.items():
        (pay,) = node["pay"]
        assert (pay["kind"], pay["rule"]["id"]) == ("ADDITIONAL_INCOME", "QUARTERLY_PAY")
        assert Fraction(pay["rate"]) == Fraction(RATES[band(number, absences)])
        warned = [(each["kind"], each["rule"]["id"]) for each in node["proposals"]]
        assert warned == ([("WARNING", "FAILED_QUARTER")] if number == WEAK else [])
    assert found[WEAK]["sheet"] == 2
    assert {node["sealHash"] for node in nodes} == {quarter.period["seal"]["hash"]}


def test_the_office_is_to_be_trained_in_what_was_weak(quarter: Quarter) -> None:
    (office,) = [
        edge["node"]
        for edge in quarter.lists["trainingNeeds"]["edges"]
        if edge["node"]["unit"]["code"] == OFFICE
    ]
    weak = {
        product
        for (number, product), (given, done, bad) in DONE.items()
        if POSTS[number][0] == OFFICE and credit(done, bad) / given < Fraction(7, 10)
    }

    found = {each["code"]: each for each in office["needs"] if each["kind"] == "PRODUCT"}

    assert set(found) == weak == {"B.56.VB.02"}
    assert (found["B.56.VB.02"]["people"], Fraction(found["B.56.VB.02"]["share"])) == (
        1,
        Fraction(1, 4),
    )


def test_E_I18_the_seal_is_that_of_what_is_shown(quarter: Quarter) -> None:
    assert quarter.findings == []
