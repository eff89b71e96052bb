"""A quarter by four agreements through the gateway: a responsibility contract (signed, amended),
US-SES, NZ-OUTPUT and MY-LAB. What it must come to is counted here from the tables alone.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction

import pytest

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

HALL, LAB = "H32.31.94", "H32.31.95"
CONTRACT, SES, PLAN, OUTPUT = "AG001", "AG002", "AG003", "AG004"
POSTS = {
    CONTRACT: (HALL, "LD.01", "HEAD"),
    SES: (HALL, "LD.02", "DEPUTY"),
    PLAN: (LAB, "LD.01", "HEAD"),
    OUTPUT: (LAB, "LD.02", "DEPUTY"),
}
POLICIES = {HALL: ("LEADER-CONTRACT-BSC", "US-SES"), LAB: ("MY-LAB", "NZ-OUTPUT")}

Target = tuple[str | None, int, int, int, int]
"""Perspective or output, weight, baseline, target, reached."""

TARGETS: Mapping[str, Mapping[str, Target]] = {
    CONTRACT: {
        "DIEU-HANH": ("OPERATIONS", 100, 0, 100, 88),
        "AN-TOAN": ("SOCIAL", 100, 100, 95, 97),
        "LIEM-CHINH": ("CAPACITY_INTEGRITY", 100, 0, 10, 10),
    },
    PLAN: {"NHA-O": (None, 60, 0, 200, 180), "VIEC-LAM": (None, 40, 0, 50, 50)},
    OUTPUT: {
        f"{output}.{what}": (output, 25, 0, 100, 99 if (output, what) == ("D", "QUALITY") else 100)
        for output in "ABCD"
        for what in ("QUANTITY", "QUALITY")
    },
}
AMENDED, PROPOSED = ("DIEU-HANH", 110), ("AN-TOAN", 90)
"""Signed by both, and by one side alone."""
PERSPECTIVES = {"OPERATIONS": 40, "SOCIAL": 30, "CAPACITY_INTEGRITY": 30}
RATED = {"RESULTS": (40, 5), "PEOPLE": (35, 3), "CHANGE": (25, 4)}
"""Weight and level of each element."""

VERSION = "{ number versionHash signedAt }"
AGREEMENT = (
    f"Agreement {{ id revision kind state waitsFor signed {VERSION} proposed {VERSION} "
    "assessments { total band versionHash } }"
)
PUBLISHED = """query($unit: ID!) { publishedAgreements(unitId: $unit, first: 5) { edges { node {
  id kind state versionHash items { code target steps { title } } results { total band } } } } }"""
AGREED = f"query($id: ID!) {{ agreement(id: $id) {AGREEMENT.removeprefix('Agreement ')} }}"


def share(baseline: int, target: int, reached: int) -> Fraction:
    return min(max(Fraction(reached - baseline, target - baseline), Fraction(0)), Fraction(1))


def expected() -> Mapping[str, Fraction]:
    contract = dict(TARGETS[CONTRACT])
    code, target = AMENDED
    name, weight, baseline, _, reached = contract[code]
    contract[code] = (name, weight, baseline, target, reached)
    outputs = {output for output, *_ in TARGETS[OUTPUT].values()}
    missed = {
        output for output, _, _, target, reached in TARGETS[OUTPUT].values() if reached < target
    }
    return {
        CONTRACT: sum(
            (PERSPECTIVES[name or ""] * share(*rest) for name, _, *rest in contract.values()),
            Fraction(0),
        ),
        SES: Fraction(sum(weight * level for weight, level in RATED.values())),
        PLAN: sum(
            (weight * share(*rest) for _, weight, *rest in TARGETS[PLAN].values()), Fraction(0)
        ),
        OUTPUT: Fraction(100 * (len(outputs) - len(missed)), len(outputs)),
    }


@dataclass(kw_only=True)
class Quarter(Story):
    """Who acts in it, and what came of it."""

    periods: dict[str, Json] = field(default_factory=dict)
    agreements: dict[str, Json] = field(default_factory=dict)
    result: dict[str, Json] = field(default_factory=dict)
    after: dict[str, Json] = field(default_factory=dict)
    public: list[Sequence[Json]] = field(default_factory=list)

    def superior(self, number: str, which: str = "CB101") -> Caller:
        """The province of heads, the head of deputies."""
        heads = {HALL: CONTRACT, LAB: PLAN}
        unit, _, role = POSTS[number]
        if role == "HEAD":
            return self.province(which)
        return self.caller(heads[unit], Role.UNIT_HEAD)

    async def shut(self, name: str, who: Caller, mutation: str, **asked: object) -> None:
        then = "Objective { id }" if "Objective" in mutation else AGREEMENT
        then = "Evaluation { id }" if "Criteria" in mutation else then
        await self.refused(name, who, mutation, then, **asked)

    async def step(self, number: str, who: Caller, mutation: str, **asked: object) -> Json:
        """On the agreement as it is now."""
        self.agreements[number] = await self.do(
            who, mutation, AGREEMENT, **self.named(number), **asked
        )
        return self.agreements[number]

    def named(self, number: str) -> dict[str, object]:
        known = self.agreements[number]
        return {"agreementId": known["id"], "expectedRevision": known["revision"]}

    def proposed(self, number: str) -> dict[str, object]:
        return {"versionHash": self.agreements[number]["proposed"]["versionHash"]}

    async def sign(self, number: str, who: Caller) -> Json:
        return await self.step(number, who, "signAgreement", **self.proposed(number))

    def leader(self, number: str) -> Caller:
        return self.caller(number, Role.OFFICER)

    def drafting(self, number: str, months: int = 12, **more: object) -> dict[str, object]:
        begins = today().replace(day=1)
        return {
            "periodId": self.periods[POSTS[number][0]]["id"],
            "civilServantId": dataset().civil_servant_id(number),
            "startsOn": begins.isoformat(),
            "endsOn": begins.replace(year=begins.year + months // 12).isoformat(),
            **more,
        }


async def two_communes_begin(quarter: Quarter) -> None:
    for unit, name in ((HALL, "Suối Hiệp"), (LAB, "Suối Tiên")):
        await a_commune_begins(quarter, unit, name)
        leader, deputy = POLICIES[unit]
        quarter.periods[unit] = await quarter.open(
            f"Quý theo bản ký kết {unit}",
            "QUARTER",
            unit,
            this_quarter(),
            staffPolicy="ND335-2025-STAFF",
            deputyPolicy=deputy,
            leaderPolicy=leader,
        )


def content(code: str, target: Target) -> Json:
    perspective, weight, *wanted, _ = target
    return objective(code, (wanted[0], wanted[1]), weight=weight, perspective=perspective)


async def objectives_are_set(quarter: Quarter, number: str) -> dict[str, Json]:
    made = {}
    for code, target in TARGETS[number].items():
        made[code] = await quarter.do(
            quarter.superior(number),
            "defineObjective",
            "Objective { id revision }",
            periodId=quarter.periods[POSTS[number][0]]["id"],
            civilServantId=dataset().civil_servant_id(number),
            code=code,
            content=content(code, target),
        )
    return made


async def figures_come(quarter: Quarter, number: str, made: Mapping[str, Json]) -> None:
    leader, superior = quarter.leader(number), quarter.superior(number)
    for code, aim in made.items():
        reached = str(TARGETS[number][code][-1])
        await figure_comes(quarter, aim["id"], reached, leader, superior)


async def revised(quarter: Quarter, made: dict[str, Json], code: str, target: int) -> None:
    """By another of the province than set it."""
    name, weight, baseline, _, reached = TARGETS[CONTRACT][code]
    made[code] = await quarter.do(
        quarter.superior(CONTRACT, "CB102"),
        "reviseObjective",
        "Objective { id revision }",
        objectiveId=made[code]["id"],
        expectedRevision=made[code]["revision"],
        reason="Giao lại",
        content=content(code, (name, weight, baseline, target, reached)),
    )


async def a_contract_is_signed_and_amended(quarter: Quarter) -> None:
    """A third version, signed by the leader alone, counts for nothing."""
    leader, superior = quarter.leader(CONTRACT), quarter.superior(CONTRACT)
    made = await objectives_are_set(quarter, CONTRACT)
    quarter.agreements[CONTRACT] = await quarter.do(
        leader, "draftAgreement", AGREEMENT, **quarter.drafting(CONTRACT), content={}
    )
    first = quarter.proposed(CONTRACT)
    await quarter.shut(
        "out of order", superior, "signAgreement", **quarter.named(CONTRACT), **first
    )
    await quarter.sign(CONTRACT, leader)
    await quarter.shut("twice", leader, "signAgreement", **quarter.named(CONTRACT), **first)
    await quarter.sign(CONTRACT, superior)
    for code, target in (AMENDED, PROPOSED):
        await revised(quarter, made, code, target)
        await quarter.step(
            CONTRACT, superior, "amendAgreement", content={}, reason="Theo quyết định giao lại"
        )
        await quarter.shut(
            "an old version", leader, "signAgreement", **quarter.named(CONTRACT), **first
        )
        await quarter.sign(CONTRACT, leader)
        if (code, target) == AMENDED:
            await quarter.sign(CONTRACT, superior)
    await figures_come(quarter, CONTRACT, made)


async def a_performance_agreement(quarter: Quarter) -> None:
    leader, superior = quarter.leader(SES), quarter.superior(SES)

    def elements(**weights: int) -> Json:
        rows = [{"key": key, "title": key, "weight": str(n)} for key, n in weights.items()]
        return {"elements": rows}

    def rating(*keys: str) -> dict[str, object]:
        return {
            "periodId": quarter.periods[HALL]["id"],
            "civilServantId": dataset().civil_servant_id(SES),
            "expectedRevision": 0,
            "ratings": {"elements": [{"key": key, "points": "4"} for key in keys]},
        }

    asked = quarter.drafting(SES)
    heavy = elements(RESULTS=45, PEOPLE=30, CHANGE=25)
    await quarter.shut("RESULTS over 40", superior, "draftAgreement", **asked, content=heavy)
    light = elements(RESULTS=30, PEOPLE=40, CHANGE=30)
    await quarter.shut("heavier", superior, "draftAgreement", **asked, content=light)
    agreed = elements(**{key: weight for key, (weight, _) in RATED.items()})
    quarter.agreements[SES] = await quarter.do(
        superior, "draftAgreement", AGREEMENT, **asked, content=agreed
    )
    await quarter.shut("unsigned", superior, "scoreGeneralCriteria", **rating("RESULTS"))
    await quarter.sign(SES, superior)
    own = quarter.proposed(SES)
    await quarter.shut("both sides", superior, "signAgreement", **quarter.named(SES), **own)
    await quarter.sign(SES, leader)
    await quarter.shut("past it", superior, "scoreGeneralCriteria", **rating("RESULTS", "MORE"))
    levels = [{"key": key, "points": str(level)} for key, (_, level) in RATED.items()]
    given = {**rating(), "ratings": {"elements": levels}}
    await quarter.do(superior, "scoreGeneralCriteria", "Evaluation { id }", **given)


async def a_plan_is_locked(quarter: Quarter) -> None:
    """Its lab began nine weeks ago, so that the second signature locks it."""
    leader, superior = quarter.leader(PLAN), quarter.superior(PLAN)
    made = await objectives_are_set(quarter, PLAN)
    began = (today() - timedelta(weeks=9)).isoformat()
    steps = [{"title": "Khởi công", "dueOn": today().isoformat()}]
    said = {"details": [{"code": code, "steps": steps} for code in TARGETS[PLAN]]}
    asked = quarter.drafting(PLAN, draftingSince=began)
    await quarter.shut("no steps", superior, "draftAgreement", **asked, content={})
    quarter.agreements[PLAN] = await quarter.do(
        superior, "draftAgreement", AGREEMENT, **asked, content=said
    )
    quarter.public.append(await everybody_reads(quarter))
    await quarter.sign(PLAN, leader)
    await quarter.sign(PLAN, superior)
    why = {"reason": "Mở lại"}
    for name, who in (("reopened above", superior), ("reopened by the minister", leader)):
        await quarter.shut(name, who, "amendAgreement", **quarter.named(PLAN), **why, content=said)
    decision = {"number": "9/QĐ-UBND", "decidedOn": today().isoformat()}
    await quarter.shut(
        "ended", superior, "terminateAgreement", **quarter.named(PLAN), **why, decision=decision
    )
    fixed = made["NHA-O"]
    named = {"objectiveId": fixed["id"], "expectedRevision": fixed["revision"], **why}
    other = quarter.superior(PLAN, "CB102")
    easier = content("NHA-O", (None, 60, 0, 180, 180))
    await quarter.shut("revised", other, "reviseObjective", **named, content=easier)
    await quarter.shut("withdrawn", other, "withdrawObjective", **named)
    await figures_come(quarter, PLAN, made)


async def outputs_are_agreed(quarter: Quarter) -> None:
    leader, superior = quarter.leader(OUTPUT), quarter.superior(OUTPUT)
    made = await objectives_are_set(quarter, OUTPUT)
    details = [{"code": code, "dimension": code.partition(".")[2]} for code in TARGETS[OUTPUT]]
    short = quarter.drafting(OUTPUT, 24)
    await quarter.shut(
        "two years", superior, "draftAgreement", **short, content={"details": details}
    )
    asked = quarter.drafting(OUTPUT, 36)
    await quarter.shut("no dimension", superior, "draftAgreement", **asked, content={})
    quarter.agreements[OUTPUT] = await quarter.do(
        superior, "draftAgreement", AGREEMENT, **asked, content={"details": details}
    )
    await quarter.sign(OUTPUT, leader)
    await quarter.sign(OUTPUT, superior)
    await figures_come(quarter, OUTPUT, made)


async def everybody_reads(quarter: Quarter) -> Sequence[Json]:
    nobody, ids = Caller("nobody", None), [dataset().unit_id(unit) for unit in POLICIES]
    asked = [await quarter.gateway.ask(nobody, PUBLISHED, {"unit": id}) for id in ids]
    return [each["node"] for found in asked for each in found["publishedAgreements"]["edges"]]


async def it_is_scored_and_published(quarter: Quarter, unit: str) -> None:
    here = await quarter.published(quarter.periods[unit])
    people = [number for number, (where, *_) in POSTS.items() if where == unit]
    quarter.result |= await quarter.results(here, people)


async def agreements_are_assessed(quarter: Quarter) -> None:
    for number, known in quarter.agreements.items():
        while True:
            asked = {"id": known["id"]}
            found = (await quarter.gateway.ask(quarter.leader(number), AGREED, asked))["agreement"]
            if found["assessments"]:
                break
            await asyncio.sleep(0.1)
        quarter.after[number] = found
    quarter.public.append(await everybody_reads(quarter))


@pytest.fixture(scope="module")
def quarter(told: Told) -> Quarter:
    async def tell() -> Quarter:
        async with Gateway(told.platform.base_url, patience_s=60) as gateway:
            quarter = Quarter(told=told, gateway=gateway, key="agreements", posts=POSTS)
            await two_communes_begin(quarter)
            await a_contract_is_signed_and_amended(quarter)
            await a_performance_agreement(quarter)
            await a_plan_is_locked(quarter)
            await outputs_are_agreed(quarter)
            await asyncio.gather(*(it_is_scored_and_published(quarter, unit) for unit in POLICIES))
            await agreements_are_assessed(quarter)
            return quarter

    return asyncio.run(tell())


@pytest.mark.parametrize("number", POSTS)
def test_what_both_signed_is_what_is_scored(quarter: Quarter, number: str) -> None:
    found, agreement = quarter.result[number], quarter.after[number]

    assert (found["outcome"], Fraction(found["totalExact"])) == ("SCORED", expected()[number])
    assert [each["versionHash"] for each in agreement["assessments"]] == [
        agreement["signed"]["versionHash"]
    ]


def test_an_amendment_that_one_side_signed_waits_and_counts_for_nothing(quarter: Quarter) -> None:
    contract = quarter.after[CONTRACT]

    assert (contract["signed"]["number"], contract["proposed"]["number"]) == (2, 3)
    assert contract["waitsFor"] == "SUPERIOR"


def test_every_wrong_door_is_shut(quarter: Quarter) -> None:
    conflict, invalid = ("CONFLICT", "AGREEMENT"), ("INVALID", "AGREEMENT")
    assert quarter.refusals == {
        "out of order": conflict,
        "twice": conflict,
        "an old version": conflict,
        "RESULTS over 40": invalid,
        "heavier": invalid,
        "unsigned": invalid,
        "both sides": conflict,
        "past it": invalid,
        "no steps": invalid,
        "reopened above": conflict,
        "reopened by the minister": conflict,
        "ended": conflict,
        "revised": conflict,
        "withdrawn": conflict,
        "two years": invalid,
        "no dimension": invalid,
    }


def test_states_and_the_case_of_the_output_that_was_missed(quarter: Quarter) -> None:
    states = {number: each["state"] for number, each in quarter.after.items()}

    assert states == {CONTRACT: "ASSESSED", SES: "ASSESSED", PLAN: "PUBLISHED", OUTPUT: "ASSESSED"}
    assert quarter.result[OUTPUT]["triggers"] == ["NOT_RENEWED"]


def test_everybody_reads_what_is_published_and_a_plan_s_yearly_result(quarter: Quarter) -> None:
    before, after = quarter.public
    plan, contract = quarter.after[PLAN], quarter.after[CONTRACT]
    shown = {each["id"]: each for each in after}

    assert plan["id"] not in {each["id"] for each in before}
    assert quarter.after[SES]["id"] not in shown
    total = str(expected()[PLAN])
    assert shown[plan["id"]]["results"] == [{"total": total, "band": "GREEN"}]
    assert shown[contract["id"]]["results"] == []
    assert shown[contract["id"]]["versionHash"] == contract["signed"]["versionHash"]
