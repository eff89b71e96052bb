"""A year of hard targets where one veto annuls everything (CN-TARGET), through the gateway."""

import asyncio
from datetime import timedelta
from fractions import Fraction

import pytest

from congvu_demo.acts import period
from congvu_demo.client import Gateway, Json
from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from support.polling import eventually
from system.stories.acting import a_commune_begins, figure_comes, objective
from system.stories.year_acts import Year
from system.stories.year_tables import MAYOR, POSTS, TARGETED, year_days
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

CASES = """query { triggerCases(state: RAISED, first: 100) { edges { node {
  rule civilServant { id } } } } }"""


async def a_year_of_targets(year: Year) -> tuple[Json, list[Json]]:
    """Everything is reached; an accident at work annuls it."""
    world, days = year.world, year_days(year.day.year)
    targets = await year.open(
        "Năm trách nhiệm mục tiêu",
        "YEAR",
        TARGETED,
        days,
        deputyPolicy="CN-TARGET",
        leaderPolicy="CN-TARGET",
        objectivesUntil=(days[1] - timedelta(days=1)).isoformat(),
    )
    mayor, above = dataset().civil_servant_id(MAYOR), year.leader_of(MAYOR)
    for code, weight in (("GDP", 60), ("ENVIRONMENT", 40)):
        made = await year.do(
            above,
            "defineObjective",
            "Objective { id }",
            periodId=targets["id"],
            civilServantId=mayor,
            code=code,
            content=objective(code, (0, 100), weight=weight),
        )
        person = year.caller(MAYOR, Role.OFFICER)
        await figure_comes(year, made["id"], "100", person, above)
    await year.do(
        world.cast.board,
        "recordVetoEvent",
        "VetoEvent { id }",
        civilServantId=mayor,
        event="WORK_SAFETY_VIOLATION",
        decision={"number": "77/KL-TTr", "decidedOn": year.day.isoformat()},
        validFrom=days[0].isoformat(),
    )
    targets = await period.to_the_end(world, targets, "years/targets")
    vetoed = (await year.results(targets, [MAYOR]))[MAYOR]
    cases: list[Json] = []

    async def opened() -> bool:
        found = await year.gateway.ask(world.cast.board, CASES, {})
        cases[:] = [each["node"] for each in found["triggerCases"]["edges"]]
        return any((each["civilServant"] or {}).get("id") == mayor for each in cases)

    await eventually(opened, within_s=30, what="the case of who was vetoed")
    return vetoed, cases


async def vetoed(told: Told) -> tuple[Json, list[Json]]:
    async with Gateway(told.platform.base_url, patience_s=60) as gateway:
        year = Year(told=told, gateway=gateway, key="targets", posts=POSTS)
        await a_commune_begins(year, TARGETED, "Suối Hiệp")
        return await a_year_of_targets(year)


def test_E_I9_one_veto_annuls_the_year_and_opens_a_case_of_dismissal(told: Told) -> None:
    found, cases = asyncio.run(vetoed(told))

    assert Fraction(found["totalExact"]) == 100
    assert (Fraction(found["countedTotal"]), found["rawBand"], found["band"]) == (
        Fraction(0),
        "HTXS",
        "KHT",
    )
    assert found["reasons"] == ["WORK_SAFETY_VIOLATION"]
    mayor = dataset().civil_servant_id(MAYOR)
    assert ("DISMISSAL_CASE", mayor) in [
        (each["rule"], each["civilServant"]["id"]) for each in cases
    ]
