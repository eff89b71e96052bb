"""E-I14, through the graph: what once kept a period from its end is told on the sheet of whom it
concerns, everybody else is scored, and the period is published and closed."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Eq
from congvu_scoring import plain, read_policy
from congvu_scoring.documents.policy_files import shipped_policies, shipped_policy
from evaluation import scenes
from evaluation.agreed import agree
from evaluation.office import Office
from evaluation.people import (
    ADMIN,
    CHAIR,
    CHAIR_ID,
    COMMUNE,
    DEPUTY,
    DEPUTY_ID,
    LAN,
    LAN_ID,
    MINH,
    MINH_ID,
    NEIGHBOUR_HEAD,
    NEIGHBOUR_ID,
    OFFICE,
    OTHER_COMMUNE,
    PROVINCE_HEAD,
    PROVINCE_UNIT,
)
from evaluation_service.application.collections import RUNS, TALLIES
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.application.reactions import RunFact, tell_trouble
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.runs import ScoringRequested, run_id
from support.clock import FixedClock
from support.graph import Graph

Told = Mapping[str, tuple[str, str | None]]
"""Outcome and rule, by person."""

NOBODY, SCORED = "NOT_EVALUABLE", ("SCORED", None)
FIVE = {"results": "5", **dict.fromkeys("abcde", "3")}
OUTSIDE = scenes.servant_id("cb-090")


@dataclass(frozen=True)
class Cause:
    """What a period is opened with, what happens in it, and what is told in the end."""

    opened: Mapping[str, Any]
    happens: Callable[[Office], Awaitable[None]]
    told: Told


async def nothing(_: Office) -> None: ...


async def rated(office: Office, id: str, actor: Any = CHAIR, **ratings: object) -> None:
    await office.do(
        "scoreGeneralCriteria",
        actor,
        "... on Evaluation { id }",
        periodId=office.period_id,
        civilServantId=id,
        expectedRevision=0,
        ratings=ratings,
    )


async def signed(office: Office, *keys: str) -> None:
    period = await scenes.now_is_id(office.uow, office.period_id)
    assert await agree(office.uow, period, CHAIR_ID, keys) is not None


async def by_elements(office: Office) -> None:
    given = [{"key": key, "points": points} for key, points in FIVE.items()]
    await signed(office, *FIVE)
    await rated(office, CHAIR_ID, PROVINCE_HEAD, elements=given)


async def by_lab_targets(office: Office) -> None:
    indicator = {
        "baseline": "0",
        "target": "100",
        "unitOfMeasure": "%",
        "dataSource": "Báo cáo tháng",
        "frequency": "ONCE",
    }
    objective = await office.do(
        "defineObjective",
        PROVINCE_HEAD,
        "... on Objective { id }",
        periodId=office.period_id,
        civilServantId=CHAIR_ID,
        code="M1",
        content={
            "title": "Kế hoạch",
            "description": "Hoàn thành các bước đã công bố",
            "weight": "100",
            "indicator": indicator,
        },
    )
    await signed(office)
    reading = await office.do(
        "recordReading",
        DEPUTY,
        "... on IndicatorReading { id revision }",
        objectiveId=objective["id"],
        measuredOn="2026-08-08",
        value="95",
    )
    await office.do(
        "confirmReading",
        PROVINCE_HEAD,
        "... on IndicatorReading { state }",
        readingId=reading["id"],
        expectedRevision=reading["revision"],
    )


async def one_comes_from_outside(office: Office) -> None:
    post = scenes.appointment_row("H32.31.07", "HO-TICH")
    await scenes.sync(office.uow, people=[scenes.person_row("cb-090", "Hà Văn Ba", post)])


async def minh_is_promoted(office: Office) -> None:
    await rated(office, MINH_ID, general=[{"key": "I.1", "points": "5"}])
    august = date(2026, 8, 15)
    staff = scenes.appointment_row("H32.31.07.1", "HO-TICH", valid_to=august)
    deputy = scenes.appointment_row(
        "H32.31.07.1", "TRUONG-PHONG", AppointmentRole.DEPUTY, valid_from=august
    )
    report = await scenes.sync(
        office.uow, people=[scenes.person_row("cb-012", "Đỗ Quang Minh", staff, deputy)]
    )
    assert report.results[0].refusal is None


async def hers_makes_no_snapshot(office: Office) -> None:
    async with office.uow.begin() as tx:
        for tally in await tx.store(TALLIES).select(Eq("civil_servant_id", LAN_ID)):
            for id, line in tally.lines.items():
                tally.lines[id] = replace(line, coefficient="0")
            await tx.store(TALLIES).save(tally)


BOTH = {"scopeUnitId": PROVINCE_UNIT}
CAUSES = {
    "leaders who signed nothing": Cause(
        {"leaderPolicy": "US-SES", "deputyPolicy": "US-SES"},
        nothing,
        {CHAIR_ID: (NOBODY, "AGREEMENT"), DEPUTY_ID: (NOBODY, "AGREEMENT"), LAN_ID: SCORED},
    ),
    "leaders by US-SES": Cause(
        {"leaderPolicy": "US-SES"}, by_elements, {CHAIR_ID: SCORED, LAN_ID: SCORED}
    ),
    "leaders by MY-LAB": Cause(
        {"leaderPolicy": "MY-LAB"}, by_lab_targets, {CHAIR_ID: SCORED, LAN_ID: SCORED}
    ),
    "somebody outside the units of a pilot": Cause(
        {"staffPolicy": "PILOT"},
        one_comes_from_outside,
        {OUTSIDE: (NOBODY, "PILOT"), LAN_ID: SCORED},
    ),
    "staff promoted with criteria of another policy": Cause(
        {"deputyPolicy": "US-SES"},
        minh_is_promoted,
        {MINH_ID: (NOBODY, "AGREEMENT"), LAN_ID: SCORED},
    ),
    "one bad person in one of two communes": Cause(
        BOTH,
        hers_makes_no_snapshot,
        {LAN_ID: (NOBODY, "UNREADABLE"), MINH_ID: SCORED, NEIGHBOUR_ID: SCORED},
    ),
}
RUNS_OF = """query($id: ID!) { rankingRuns(periodId: $id, first: 20) { edges { node {
  id state trouble people scored unscored { ruleId people } agency { id } } } } }"""


@pytest.fixture
async def office(uow: MemoryUnitOfWork, graph: Graph, clock: FixedClock) -> Office:
    await scenes.commune(uow)
    pilot: Any = json.loads(json.dumps(plain(shipped_policy("ND335-2025-STAFF").document)))
    policies = [
        *shipped_policies().values(),
        read_policy({**pilot, "id": "PILOT", "units": [OFFICE]}),
    ]
    for policy in policies:
        async with uow.begin() as tx:
            await keep_shipped(policy, tx)
    return Office(uow, graph, clock)


async def work_is_done(office: Office, *, in_both: bool) -> None:
    period = await office.period
    for officer in (LAN, MINH):
        await scenes.do_all(office.uow, period, officer)
    if in_both:
        neighbour = scenes.officer_of(NEIGHBOUR_ID)
        await scenes.do_all(office.uow, period, neighbour, manager=NEIGHBOUR_HEAD)


async def runs_of(office: Office) -> dict[str, Any]:
    data = await office.graph.ask(RUNS_OF, ADMIN, id=office.period_id)
    return {each["node"]["agency"]["id"]: each["node"] for each in data["rankingRuns"]["edges"]}


@pytest.mark.parametrize("name", CAUSES)
async def test_E_I14_the_period_ends_and_one_persons_trouble_is_theirs(
    office: Office, name: str
) -> None:
    cause = CAUSES[name]
    await office.open("", {}, **cause.opened)
    await work_is_done(office, in_both=cause.opened == BOTH)
    await cause.happens(office)

    frozen = await office.freeze()
    runs = await runs_of(office)
    found = {id: await office.why(PROVINCE_HEAD, id) for id in cause.told}
    published = await office.move("publishPeriod")
    closed = await office.move("closePeriod")

    assert (frozen, published, closed) == ("REVIEW", "PUBLISHED", "CLOSED")
    assert {run["state"] for run in runs.values()} == {"RANKED"}
    assert all(run["people"] == run["scored"] and not run["trouble"] for run in runs.values())
    assert {
        id: (each["outcome"], each["trouble"] and each["trouble"]["ruleId"])
        for id, each in found.items()
    } == cause.told
    bad = {rule for _, rule in cause.told.values() if rule}
    assert bad <= {each["ruleId"] for run in runs.values() for each in run["unscored"]}


async def test_E_I14_one_agencys_run_that_fails_holds_no_other_and_is_scored_again(
    office: Office,
) -> None:
    """Its message is buried: the graph says so, the others are ranked, `rescore` ends it."""
    await office.open("", {}, **BOTH)
    await work_is_done(office, in_both=True)
    period = await scenes.move(office.uow, await office.period, "freeze")
    await scenes.indexes_come(office.uow, period)
    runs = {each.agency_id: each for each in await office.uow.reading().store(RUNS).select()}
    healthy = [id for id in runs if id != COMMUNE]
    await bury(office, COMMUNE)
    stuck = await runs_of(office)
    waiting = (await office.period).state
    state = await office.move("rescore", agencyId=COMMUNE, reason="Đã sửa dữ liệu")

    assert set(healthy) >= {OTHER_COMMUNE}
    assert {stuck[id]["state"] for id in healthy} == {"RANKED"}
    assert (stuck[COMMUNE]["state"], stuck[COMMUNE]["trouble"]) == ("REQUESTED", "KeyError in rate")
    assert waiting == "SCORING"
    assert state == "REVIEW"
    assert (await runs_of(office))[COMMUNE]["trouble"] is None


async def bury(office: Office, agency_id: str) -> None:
    """All messages are handled but the one that asks for the scoring of this agency."""
    id = run_id(office.period_id, agency_id)
    lost = scenes.Pump(
        office.uow, loses=lambda event: isinstance(event, ScoringRequested) and event.run_id == id
    )
    await lost.run()
    office.told = len(office.uow.outbox)
    async with office.uow.begin() as tx:
        fact = RunFact(run_id=id, period_id=office.period_id, province="56")
        await tell_trouble(fact, "KeyError in rate", tx)
