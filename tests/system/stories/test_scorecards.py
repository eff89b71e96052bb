"""A quarter under the cascaded scorecard (BSC-CASCADE) and the leader's contract
(LEADER-CONTRACT-BSC), through the gateway: from the organisation's first objective to the seal.

What it must come to is counted here from the table of targets alone.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from congvu_demo.acts import period, personnel
from congvu_demo.acts.world import World, today
from congvu_demo.cast import Cast
from congvu_demo.client import Caller, Gateway, Json, Refused
from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from congvu_kit.tools import client
from evaluation_service.adapters.cli import sealed_periods
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]

COMMUNE, OFFICE = "H56.31.90", "H56.31.90.01"
CHAIR, DEPUTY, HEAD, CLERK = "BX001", "BX002", "BX003", "BX004"
POSTS = {
    CHAIR: (COMMUNE, "LD.01", "HEAD"),
    DEPUTY: (COMMUNE, "LD.02", "DEPUTY"),
    HEAD: (OFFICE, "LD.03", "HEAD"),
    CLERK: (OFFICE, "VP.01", "STAFF"),
}
BSC, CONTRACT = ("FINANCE", "CUSTOMER", "PROCESS", "LEARNING"), ("OPERATIONS", "SOCIAL")

TARGETS: Mapping[tuple[str, str], tuple[int, int, int]] = {
    (CLERK, "FINANCE"): (0, 100, 92),
    (CLERK, "CUSTOMER"): (100, 95, 97),
    (CLERK, "PROCESS"): (10, 20, 25),
    (CLERK, "LEARNING"): (50, 60, 40),
    (CHAIR, "OPERATIONS"): (0, 100, 92),
    (CHAIR, "SOCIAL"): (100, 95, 97),
    (CHAIR, "CAPACITY_INTEGRITY"): (0, 10, 10),
}
"""Baseline, target, reached, of whom and in which perspective."""

WEIGHTS = {**dict.fromkeys(BSC, 25), "OPERATIONS": 40, "SOCIAL": 30, "CAPACITY_INTEGRITY": 30}
APPEALED = (CLERK, "LEARNING", 58)
"""58 was reached, and 40 entered and confirmed by mistake."""

READING = "IndicatorReading { id revision state }"
AGREEMENT = "Agreement { id revision proposed { versionHash } }"
OBJECTIVE = "Objective { id revision level current { content { parentId } } }"
RESULT = """query($id: ID!, $period: ID!) { civilServant(id: $id) { evaluation(periodId: $period) {
  id outcome totalExact band sheets { number basis total } } } }"""


def total(who: str, targets: Mapping[tuple[str, str], tuple[int, int, int]]) -> Fraction:
    """(reached - baseline) / (target - baseline) within 0 and 1, by the perspective's weight."""
    counted = Fraction(0)
    for (person, name), (baseline, target, reached) in targets.items():
        if person == who:
            share = Fraction(reached - baseline, target - baseline)
            counted += WEIGHTS[name] * min(max(share, Fraction(0)), Fraction(1))
    return counted


@dataclass
class Quarter:
    """Who acts in it, and what came of it."""

    told: Told
    gateway: Gateway
    sent: int = 0
    period: Json = field(default_factory=dict)
    refusals: list[tuple[str, str | None]] = field(default_factory=list)
    figures: dict[tuple[str, str], Json] = field(default_factory=dict)
    published: dict[str, Json] = field(default_factory=dict)
    closed: dict[str, Json] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)

    @property
    def world(self) -> World:
        return World(self.gateway, Cast(dataset(), self.told.platform.token_for), dataset())

    def caller(self, number: str, role: Role, unit: str | None = None) -> Caller:
        token = self.told.platform.token_for(
            role,
            province="56",
            unit=dataset().unit_id(unit or POSTS[number][0]),
            officer=dataset().civil_servant_id(number),
        )
        return Caller(number, token)

    @property
    def province(self) -> Caller:
        return self.caller("CB101", Role.UNIT_HEAD, "H56")

    @property
    def chair(self) -> Caller:
        return self.caller(CHAIR, Role.UNIT_HEAD)

    @property
    def deputy(self) -> Caller:
        return self.caller(DEPUTY, Role.MANAGER)

    async def do(self, who: Caller, mutation: str, then: str, **asked: object) -> Json:
        self.sent += 1
        key = f"scorecards/{self.sent}"
        return await self.gateway.do(who, mutation, {"idempotencyKey": key, **asked}, then)

    async def refused(self, who: Caller, mutation: str, then: str, **asked: object) -> None:
        with pytest.raises(Refused) as refusal:
            await self.do(who, mutation, then, **asked)
        self.refusals.append((refusal.value.code, refusal.value.rule_id))

    async def result(self, number: str, who: Caller) -> Json:
        asked = {"id": dataset().civil_servant_id(number), "period": self.period["id"]}
        found: Json = (await self.gateway.ask(who, RESULT, asked))["civilServant"]["evaluation"]
        return found


def content(name: str, parent_id: str | None, baseline: int = 0, target: int = 100) -> Json:
    return {
        "title": f"Mục tiêu {name}",
        "description": "Theo nghị quyết của Đảng ủy",
        "perspective": name,
        "weight": "100",
        "parentId": parent_id,
        "indicator": {
            "baseline": str(baseline),
            "target": str(target),
            "direction": "UP" if target > baseline else "DOWN",
            "unitOfMeasure": "%",
            "dataSource": "Báo cáo tháng",
            "frequency": "MONTHLY",
        },
    }


async def a_commune_begins(quarter: Quarter) -> None:
    data = dataset()
    units = [
        {"id": COMMUNE, "name": "Ủy ban nhân dân xã Suối Cát", "level": "COMMUNE", "parent": "H56"},
        {"id": OFFICE, "name": "Văn phòng xã Suối Cát", "level": "DEPARTMENT", "parent": COMMUNE},
    ]
    people = [
        {
            "externalRef": {"system": data.system, "id": number},
            "fullName": f"Người mẫu {number}",
            "province": data.province,
            "appointments": [
                {
                    "unitRef": {"system": data.system, "id": unit},
                    "positionCode": position,
                    "role": role,
                    "validFrom": personnel.VALID_FROM,
                }
            ],
        }
        for number, (unit, position, role) in POSTS.items()
    ]
    rows = [personnel.unit_row(data, {**unit, "locality_type": "RURAL"}) for unit in units]
    report = await personnel.sync(
        quarter.world, {"idempotencyKey": "scorecards", "units": rows, "people": people}
    )
    assert (report["changed"], report["refused"]) == (6, 0)


async def a_quarter_opens(quarter: Quarter) -> None:
    day = today()
    starts_on = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    ends_on = (starts_on + timedelta(days=95)).replace(day=1)
    asked = {"id": dataset().period_id}
    demo = await quarter.gateway.ask(quarter.world.cast.period_admin, period.CURRENT, asked)
    quarter.period = await quarter.do(
        quarter.world.cast.period_admin,
        "openPeriod",
        period.PERIOD,
        name="Quý theo thẻ điểm",
        kind="QUARTER",
        scopeUnitId=dataset().unit_id(COMMUNE),
        startsOn=starts_on.isoformat(),
        endsOn=ends_on.isoformat(),
        staffPolicy="BSC-CASCADE",
        deputyPolicy="LEADER-CONTRACT-BSC",
        leaderPolicy="LEADER-CONTRACT-BSC",
        unitPolicy="BSC-CASCADE",
        releaseIds=demo["evaluationPeriod"]["releaseIds"],
        appealDays=0,
    )


async def objectives_are_set(quarter: Quarter) -> dict[tuple[str, str], Json]:
    """The organisation's first, then the office's, then people's."""
    of = {"periodId": quarter.period["id"]}
    ids = {number: dataset().civil_servant_id(number) for number in POSTS}
    units = {name: dataset().unit_id(name) for name in (COMMUNE, OFFICE)}

    async def define(who: Caller, name: str, said: Json, **whose: str) -> Json:
        return await quarter.do(
            who, "defineObjective", OBJECTIVE, **of, code=name, content=said, **whose
        )

    own = {**of, "civilServantId": ids[CLERK], "code": "FINANCE"}
    early = content("FINANCE", None)
    await quarter.refused(quarter.chair, "defineObjective", OBJECTIVE, **own, content=early)
    made = {}
    for (number, name), (baseline, target, _) in TARGETS.items():
        parent_id = None
        if number == CLERK:
            top = await define(quarter.province, name, content(name, None), unitId=units[COMMUNE])
            below = content(name, top["id"])
            parent_id = (await define(quarter.chair, name, below, unitId=units[OFFICE]))["id"]
        who = quarter.chair if number == CLERK else quarter.province
        said = content(name, parent_id, baseline, target)
        made[number, name] = await define(who, name, said, civilServantId=ids[number])
    return made


async def the_contract_is_signed(quarter: Quarter) -> None:
    """By the leader, then by the superior; what is signed is what is scored."""
    begins = today().replace(day=1)
    agreement = await quarter.do(
        quarter.caller(CHAIR, Role.OFFICER),
        "draftAgreement",
        AGREEMENT,
        periodId=quarter.period["id"],
        civilServantId=dataset().civil_servant_id(CHAIR),
        startsOn=begins.isoformat(),
        endsOn=begins.replace(year=begins.year + 1).isoformat(),
        content={},
    )
    for who in (quarter.caller(CHAIR, Role.OFFICER), quarter.province):
        agreement = await quarter.do(
            who,
            "signAgreement",
            AGREEMENT,
            agreementId=agreement["id"],
            expectedRevision=agreement["revision"],
            versionHash=agreement["proposed"]["versionHash"],
        )


async def figures_come(quarter: Quarter, made: Mapping[tuple[str, str], Json]) -> None:
    """Entered by the person, confirmed by a superior; nobody walks both roads."""
    for (number, name), objective in made.items():
        reached = str(TARGETS[number, name][2])
        read = {"objectiveId": objective["id"], "measuredOn": today().isoformat()}
        person = quarter.caller(number, Role.OFFICER)
        set_by = quarter.chair if number == CLERK else quarter.province
        confirms = quarter.deputy if number == CLERK else quarter.province
        if name == "FINANCE":
            await quarter.refused(set_by, "recordReading", READING, **read, value=reached)
        entered = await quarter.do(person, "recordReading", READING, **read, value=reached)
        sure = {"readingId": entered["id"], "expectedRevision": entered["revision"]}
        if name == "FINANCE":
            await quarter.refused(person, "confirmReading", READING, **sure)
        quarter.figures[number, name] = await quarter.do(
            confirms, "confirmReading", READING, **sure
        )
    hers = made[CLERK, "LEARNING"]
    parent_id = hers["current"]["content"]["parentId"]
    await quarter.refused(
        quarter.deputy,
        "reviseObjective",
        OBJECTIVE,
        objectiveId=hers["id"],
        expectedRevision=hers["revision"],
        reason="Hạ chỉ tiêu xuống mức đã đạt",
        content=content("LEARNING", parent_id, 30, 40),
    )


async def it_is_scored_appealed_and_sealed(quarter: Quarter) -> None:
    world, clerk = quarter.world, quarter.caller(CLERK, Role.OFFICER)
    frozen = await period.move_period(world, "freezePeriod", quarter.period, "scorecards")
    scored = await period.scored(world, frozen)
    published = await period.move_period(world, "publishPeriod", scored, "scorecards")
    auditor = world.cast.auditor
    quarter.published = {each: await quarter.result(each, auditor) for each in POSTS}
    appeal = await quarter.do(
        clerk,
        "fileAppeal",
        "Appeal { id revision }",
        evaluationId=quarter.published[CLERK]["id"],
        grounds="Số liệu đào tạo nhập nhầm: 58, không phải 40",
    )
    _, name, value = APPEALED
    await quarter.do(
        world.cast.board,
        "decideAppeal",
        "Appeal { id state }",
        appealId=appeal["id"],
        expectedRevision=appeal["revision"],
        verdict="UPHELD",
        reason="Đối chiếu sổ đào tạo",
        correction={"readings": [{"code": name, "value": str(value), "evidence": "so-dao-tao"}]},
    )
    closed = await period.move_period(world, "closePeriod", published, "scorecards")
    quarter.closed = {each: await quarter.result(each, auditor) for each in POSTS}
    with client.Gateway(quarter.told.platform.graphql_url, auditor.token or "") as outsider:
        sealed = sealed_periods.fetch(outsider, closed["id"], lambda _: None)
    quarter.findings = sealed.findings()
    assert sealed.seal_hash == closed["seal"]["hash"]


@pytest.fixture(scope="module")
def quarter(told: Told) -> Quarter:
    async def tell() -> Quarter:
        async with Gateway(told.platform.base_url, patience_s=60) as gateway:
            quarter = Quarter(told, gateway)
            await a_commune_begins(quarter)
            await a_quarter_opens(quarter)
            made = await objectives_are_set(quarter)
            await the_contract_is_signed(quarter)
            await figures_come(quarter, made)
            await it_is_scored_appealed_and_sealed(quarter)
            return quarter

    return asyncio.run(tell())


@pytest.mark.parametrize("number", [CLERK, CHAIR])
def test_the_score_is_what_the_table_gives(quarter: Quarter, number: str) -> None:
    found: Any = quarter.published[number]

    assert Fraction(found["totalExact"]) == total(number, TARGETS)
    assert found["outcome"] == "SCORED"


def test_E_I15_nobody_walks_both_roads(quarter: Quarter) -> None:
    assert quarter.refusals == [
        ("INVALID", "E-I13"),
        ("FORBIDDEN", "E-I15"),
        ("FORBIDDEN", None),
        ("CONFLICT", "E-I15"),
    ]


def test_an_appeal_corrects_what_was_reached_as_a_new_sheet(quarter: Quarter) -> None:
    number, name, value = APPEALED
    baseline, target, _ = TARGETS[number, name]
    right = {**TARGETS, (number, name): (baseline, target, value)}

    found = quarter.closed[number]

    assert Fraction(found["totalExact"]) == total(number, right)
    assert [Fraction(each["total"]) for each in found["sheets"]] == [
        total(number, TARGETS),
        total(number, right),
    ]


def test_E_I14_who_has_no_objective_is_not_evaluable(quarter: Quarter) -> None:
    assert {quarter.closed[each]["outcome"] for each in (DEPUTY, HEAD)} == {"NOT_EVALUABLE"}


def test_E_I18_the_seal_is_that_of_what_is_shown(quarter: Quarter) -> None:
    assert quarter.findings == []
