"""A quarter under the cascaded scorecard (BSC-CASCADE) and the leader's contract
(LEADER-CONTRACT-BSC), through the gateway: from the organisation's first objective to the seal.

What it must come to is counted here from the table of targets alone.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from congvu_demo.acts import period
from congvu_demo.acts.world import today
from congvu_demo.client import Caller, Gateway, Json
from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from system.stories.acting import (
    Story,
    a_commune_begins,
    objective,
    this_quarter,
)
from system.telling import Told
from system.test_exports_of_story import export

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

COMMUNE, OFFICE = "H32.31.90", "H32.31.90.01"
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


def total(who: str, targets: Mapping[tuple[str, str], tuple[int, int, int]]) -> Fraction:
    """(reached - baseline) / (target - baseline) within 0 and 1, by the perspective's weight."""
    counted = Fraction(0)
    for (person, name), (baseline, target, reached) in targets.items():
        if person == who:
            share = Fraction(reached - baseline, target - baseline)
            counted += WEIGHTS[name] * min(max(share, Fraction(0)), Fraction(1))
    return counted


@dataclass(kw_only=True)
class Quarter(Story):
    """Who acts in it, and what came of it."""

    period: Json = field(default_factory=dict)
    first: dict[str, Json] = field(default_factory=dict)
    closed: dict[str, Json] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)

    @property
    def chair(self) -> Caller:
        return self.caller(CHAIR, Role.UNIT_HEAD)

    @property
    def deputy(self) -> Caller:
        return self.caller(DEPUTY, Role.MANAGER)


def content(name: str, parent_id: str | None, baseline: int = 0, target: int = 100) -> Json:
    return objective(name, (baseline, target), perspective=name, parent_id=parent_id)


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
    await quarter.refused(
        "too early", quarter.chair, "defineObjective", OBJECTIVE, **own, content=early
    )
    made = {}
    for (number, name), (baseline, target, _) in TARGETS.items():
        parent_id = None
        if number == CLERK:
            top = await define(quarter.province(), name, content(name, None), unitId=units[COMMUNE])
            below = content(name, top["id"])
            parent_id = (await define(quarter.chair, name, below, unitId=units[OFFICE]))["id"]
        who = quarter.chair if number == CLERK else quarter.province()
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
    for who in (quarter.caller(CHAIR, Role.OFFICER), quarter.province()):
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
    for (number, name), aim in made.items():
        reached = str(TARGETS[number, name][2])
        read = {"objectiveId": aim["id"], "measuredOn": today().isoformat(), "value": reached}
        person = quarter.caller(number, Role.OFFICER)
        set_by = quarter.chair if number == CLERK else quarter.province()
        confirms = quarter.deputy if number == CLERK else quarter.province()
        if name == "FINANCE":
            await quarter.refused("who set it enters", set_by, "recordReading", READING, **read)
        entered = await quarter.do(person, "recordReading", READING, **read)
        sure = {"readingId": entered["id"], "expectedRevision": entered["revision"]}
        if name == "FINANCE":
            await quarter.refused("who entered", person, "confirmReading", READING, **sure)
        await quarter.do(confirms, "confirmReading", READING, **sure)
    hers = made[CLERK, "LEARNING"]
    parent_id = hers["current"]["content"]["parentId"]
    await quarter.refused(
        "lowered",
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
    published = await quarter.published(quarter.period)
    quarter.first = await quarter.results(published, POSTS)
    appeal = await quarter.do(
        clerk,
        "fileAppeal",
        "Appeal { id revision }",
        evaluationId=quarter.first[CLERK]["id"],
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
    quarter.closed = await quarter.results(closed, POSTS)
    quarter.findings = await quarter.findings_of(closed)


@pytest.fixture(scope="module")
def quarter(told: Told) -> Quarter:
    async def tell() -> Quarter:
        async with Gateway(told.platform.base_url, patience_s=60) as gateway:
            quarter = Quarter(told=told, gateway=gateway, key="scorecards", posts=POSTS)
            await a_commune_begins(quarter, COMMUNE, "Suối Cát", {OFFICE: "Văn phòng"})
            quarter.period = await quarter.open(
                "Quý theo thẻ điểm",
                "QUARTER",
                COMMUNE,
                this_quarter(),
                staffPolicy="BSC-CASCADE",
                deputyPolicy="LEADER-CONTRACT-BSC",
                leaderPolicy="LEADER-CONTRACT-BSC",
                unitPolicy="BSC-CASCADE",
            )
            made = await objectives_are_set(quarter)
            await the_contract_is_signed(quarter)
            await figures_come(quarter, made)
            await it_is_scored_appealed_and_sealed(quarter)
            return quarter

    return asyncio.run(tell())


@pytest.mark.parametrize("number", [CLERK, CHAIR])
def test_the_score_is_what_the_table_gives(quarter: Quarter, number: str) -> None:
    found: Any = quarter.first[number]

    assert Fraction(found["totalExact"]) == total(number, TARGETS)
    assert found["outcome"] == "SCORED"


def test_E_I15_nobody_walks_both_roads(quarter: Quarter) -> None:
    assert quarter.refusals == {
        "too early": ("INVALID", "E-I13"),
        "who set it enters": ("FORBIDDEN", "E-I15"),
        "who entered": ("FORBIDDEN", None),
        "lowered": ("CONFLICT", "E-I15"),
    }


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


def test_what_was_reached_is_exported_with_who_confirmed_it(
    quarter: Quarter, told: Told, tmp_path: Path
) -> None:
    rows = export(told, "readings", tmp_path, "auditor", period=quarter.period["id"])

    reached = {Fraction(value) for _, _, value in TARGETS.values()}
    assert reached <= {Fraction(each["reading"]) for each in rows}
    assert {each["period_id"] for each in rows} == {quarter.period["id"]}
    assert all(each["confirmed_by"] != each["entered_by"] for each in rows)
    assert len({each["reading_id"] for each in rows}) == len(rows)
