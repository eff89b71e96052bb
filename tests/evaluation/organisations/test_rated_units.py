"""Units are rated: by what is entered above them and by what their data say."""

import asyncio
import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from evaluation import scenes
from evaluation import unit_scenes as u
from evaluation.people import (
    ADMIN,
    AUDITOR,
    CHAIR,
    CHAIR_ID,
    CITIZEN,
    COMMUNE,
    LAN,
    MINH,
    OFFICE,
    OFFICE_HEAD,
    OTHER_COMMUNE,
    PROVINCE_HEAD,
)
from evaluation.sealed import Closed
from evaluation_service.application.collections import ORG_EVALUATIONS
from evaluation_service.domain.organisations.org_evaluations import (
    OrgEvaluationPublished,
    org_evaluation_id,
)
from evaluation_service.domain.results.inputs import GivenInputs, Organising, Unity
from evaluation_service.domain.results.states import EvaluationState
from support.graph import Graph

RESULT = """query($unit: ID!, $period: ID!) { orgUnit(id: $unit) { evaluation(periodId: $period) {
  state total totalExact band rawBand reasons outcome criteria { key points reason }
  components { name exact } explanation { ruleId } sheets { snapshot }
  recomputation { identical } trouble { ruleId } } } }"""
HAPPY = {COMMUNE: (35, 40), OFFICE: (15, 20)}
"""Of the commune with its office, as feedback counts."""


async def of(graph: Graph, reader: Actor, unit: str, period: str) -> Any:
    return (await graph.ask(RESULT, reader, unit=unit, period=period))["orgUnit"]["evaluation"]


async def a_quarter(uow: MemoryUnitOfWork, **changes: object) -> Any:
    period = await u.opened(uow, **changes)
    await scenes.do_all(uow, period, LAN)
    await scenes.do_all(uow, period, MINH, done="2", assigned="4")
    for unit_id in (COMMUNE, OFFICE):
        await u.managed(uow, period, unit_id, "80")
        await u.rate(uow, period, unit_id, u.criteria(ENVIRONMENT="0.5"))
    return await u.scored(uow, period, HAPPY)


async def test_a_unit_is_rated_by_its_superior_its_objectives_and_its_data(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    period = await a_quarter(uow)

    shown = await of(graph, AUDITOR, OFFICE, period.id)

    general = 30 * Fraction(9, 10)
    work = Fraction(4 + 2, 4 + 4)
    results = (
        70
        * (
            Fraction(30, 100) * work
            + Fraction(25, 100) * work
            + Fraction(20, 100) * Fraction(80, 100)
        )
        * Fraction(100, 75)
    )  # Twenty answers say nothing: there is no part for procedures.
    assert Fraction(shown["totalExact"]) == general + results
    assert (shown["outcome"], shown["band"]) == ("SCORED", "HTT")
    assert shown["recomputation"] == {"identical": True}
    assert {each["name"]: Fraction(each["exact"]) for each in shown["components"]}["PLAN"] == work


async def test_what_is_above_counts_what_is_below(uow: MemoryUnitOfWork) -> None:
    period = await a_quarter(uow)

    snapshot = json.loads((await u.result_of(uow, period, COMMUNE)).sheets[-1].snapshot)

    assert snapshot["satisfaction"] == {"index": "0.875", "n": "40"}
    assert (snapshot["unit"]["workload"], snapshot["unit"]["quantity"]) == ("20", "0.75")


async def test_E_I14_a_unit_without_its_superiors_points_stops_nobody(
    uow: MemoryUnitOfWork,
) -> None:
    period = await u.opened(uow)
    await scenes.do_all(uow, period, LAN)

    period = await u.scored(uow, period, HAPPY)

    office = await u.result_of(uow, period, OFFICE)
    assert (office.state, office.band) == (EvaluationState.RANKED, None)
    assert office.sheets[-1].trouble is not None
    assert period.state == "REVIEW"
    assert (await scenes.evaluation_of(uow, period, LAN.officer or "")).band is not None


@pytest.mark.parametrize(
    ("unit", "actor"), [(OFFICE, OFFICE_HEAD), (COMMUNE, CHAIR), (COMMUNE, LAN), (OFFICE, ADMIN)]
)
async def test_E_I4_nobody_rates_the_unit_they_head(
    uow: MemoryUnitOfWork, unit: str, actor: Actor
) -> None:
    period = await u.opened(uow)

    with pytest.raises(Forbidden):
        await u.rate(uow, period, unit, actor=actor)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (u.criteria("1.1"), "input.criteria.0.points"),
        (u.criteria("-0.1"), "input.criteria.0.points"),
        (u.criteria()[:1] * 2, "input.criteria.1.key"),
        (u.criteria(OTHER="1"), "input.criteria.4.key"),
    ],
)
async def test_criteria_are_those_of_the_policy(
    uow: MemoryUnitOfWork, said: Any, field: str
) -> None:
    period = await u.opened(uow)

    with pytest.raises(Invalid) as refusal:
        await u.rate(uow, period, OFFICE, said)

    assert refusal.value.field == field


async def test_a_period_without_a_policy_for_units_rates_none(uow: MemoryUnitOfWork) -> None:
    period = await u.opened(uow, unit_policy=None)

    with pytest.raises(Invalid) as refusal:
        await u.rate(uow, period, OFFICE)

    assert refusal.value.field == "input.unitId"


async def test_a_unit_of_another_period_takes_no_points(uow: MemoryUnitOfWork) -> None:
    period = await u.opened(uow)

    with pytest.raises(Invalid) as refusal:
        await u.rate(uow, period, OTHER_COMMUNE, actor=PROVINCE_HEAD)

    assert refusal.value.field == "input.unitId"


async def test_E_I3_a_frozen_period_takes_no_points(uow: MemoryUnitOfWork) -> None:
    period = await u.opened(uow)
    await u.rate(uow, period, OFFICE)
    await scenes.move(uow, period, "freeze")

    with pytest.raises(Conflict):
        await u.rate(uow, period, OFFICE, revision=1)


async def test_E_I3_nor_does_a_unit_that_is_ranked(uow: MemoryUnitOfWork) -> None:
    period = await a_quarter(uow)
    office = await u.result_of(uow, period, OFFICE)

    with pytest.raises(Conflict) as refusal:
        office.rate(u.criteria(), office.involved[0])

    assert refusal.value.rule_id == "E-I3"


async def test_everybody_sees_a_published_result_and_nobody_below_the_unit_sees_it_before(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    period = await a_quarter(uow)
    readers = {
        "auditor": AUDITOR,
        "above": PROVINCE_HEAD,
        "head": CHAIR,
        "officer": LAN,
        "citizen": CITIZEN,
        "nobody": ANONYMOUS,
    }

    before = {name: await of(graph, each, COMMUNE, period.id) for name, each in readers.items()}
    await u.published(uow, period)
    after = {name: await of(graph, each, COMMUNE, period.id) for name, each in readers.items()}

    assert [name for name, each in before.items() if each] == ["auditor", "above"]
    assert {each["state"] for each in after.values()} == {"PUBLISHED"}
    assert len({each["totalExact"] for each in after.values()}) == 1
    with_roads = [name for name, each in after.items() if each["sheets"] and each["explanation"]]
    assert with_roads == ["auditor", "above", "head", "officer"]
    assert [name for name, each in after.items() if each["criteria"]] == with_roads
    told = [each for each in uow.outbox if isinstance(each, OrgEvaluationPublished)]
    assert {each.unit_id for each in told} == set(period.unit_ids)


async def test_a_head_is_rated_no_better_than_the_unit_and_the_explanation_says_so(
    uow: MemoryUnitOfWork,
) -> None:
    period = await u.opened(uow, switches=(u.CAPPED,))
    await scenes.do_all(uow, period, LAN)
    himself = replace(CHAIR, roles=frozenset({Role.OFFICER}))
    await scenes.do_all(uow, period, himself, manager=PROVINCE_HEAD)
    inputs = GivenInputs(general=scenes.FULL_MARKS, organising=Organising.FULL, unity=Unity.FULL)
    await scenes.rate(uow, period, CHAIR_ID, actor=PROVINCE_HEAD, inputs=inputs)
    await u.managed(uow, period, COMMUNE, "0")
    await u.rate(uow, period, COMMUNE, u.criteria("0"))

    period = await u.scored(uow, period, {})

    chair = await scenes.evaluation_of(uow, period, CHAIR_ID)
    commune = await u.result_of(uow, period, COMMUNE)
    assert (commune.band, chair.sheets[-1].raw_band, chair.band) == ("HT", "HTXS", "HT")
    assert chair.sheets[-1].reasons == ("HEAD_NOT_ABOVE_UNIT",)
    assert json.loads(chair.sheets[-1].snapshot)["unit"]["band"] == "HT"


async def _closed(uow: MemoryUnitOfWork) -> Any:
    period = await a_quarter(uow)
    await u.published(uow, period)
    return await scenes.move(uow, period, "close")


def test_E_I18_the_seal_binds_the_results_of_units(uow: MemoryUnitOfWork, graph: Graph) -> None:
    period = asyncio.run(_closed(uow))
    closed = Closed(uow, graph, period.id)
    assert closed.findings() == []
    id = org_evaluation_id(period.id, OFFICE)

    closed.row(ORG_EVALUATIONS, id)["band"] = "HTXS"

    assert any(line.startswith(f"evaluation {id}: band") for line in closed.findings())


def test_E_I18_a_result_of_a_unit_cannot_be_taken_away(uow: MemoryUnitOfWork, graph: Graph) -> None:
    period = asyncio.run(_closed(uow))
    id = org_evaluation_id(period.id, OFFICE)

    del uow.rows(ORG_EVALUATIONS)[id]

    assert Closed(uow, graph, period.id).findings() == [f"evaluation {id}: it is missing"]
