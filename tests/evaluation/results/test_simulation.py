"""What another policy would have given, and that nothing is stored."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from graphql import GraphQLError

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor
from evaluation import scenes
from evaluation.people import (
    ADMIN,
    AUDITOR,
    CHAIR,
    COMMUNE,
    LAN,
    LAN_ID,
    MINH,
    MINH_ID,
    NEIGHBOUR_HEAD,
    OTHER_ADMIN,
)
from evaluation_service.application.collections import EVALUATIONS
from evaluation_service.application.policies.queries import SIMULATED_MAX
from evaluation_service.domain.periods.periods import EvaluationPeriod
from support.graph import Graph

SIMULATE = """
query($input: SimulateScoreInput!) { simulateScore(input: $input) {
  people moved before { band count } after { band count }
  changes { civilServant { fullName } before { total band } after { total band reasons } }
} }"""


async def closed(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    """Lan did 4 of 4, Minh 5 of 10; both have full marks."""
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.do_all(uow, period, MINH, done="5", assigned="10")
    for civil_servant_id in (LAN_ID, MINH_ID):
        await scenes.rate(uow, period, civil_servant_id)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    return await scenes.move(uow, period, "close")


async def simulate(graph: Graph, actor: Actor, period: EvaluationPeriod, **more: object) -> Any:
    data = await graph.ask(SIMULATE, actor, input={"periodId": period.id, **more})
    return data["simulateScore"]


async def test_a_closed_period_under_another_policy(uow: MemoryUnitOfWork, graph: Graph) -> None:
    period = await closed(uow)
    kept = await uow.reading().store(EVALUATIONS).select()
    told = len(uow.outbox)

    report = await simulate(graph, ADMIN, period, staffPolicy="KHANHHOA-2025")

    assert (report["people"], report["moved"]) == (6, 1)
    assert report["before"] == [{"band": "HT", "count": 1}, {"band": "HTT", "count": 1},
                                {"band": "NONE", "count": 4}]  # fmt: skip
    assert {"band": "HTT", "count": 1} in report["before"]
    assert await uow.reading().store(EVALUATIONS).select() == kept
    assert len(uow.outbox) == told


async def test_the_same_policy_changes_nothing(uow: MemoryUnitOfWork, graph: Graph) -> None:
    period = await closed(uow)

    report = await simulate(graph, AUDITOR, period)

    assert (report["people"], report["moved"], report["changes"]) == (6, 0, [])
    assert report["before"] == report["after"]


async def test_one_person_under_another_switch(uow: MemoryUnitOfWork, graph: Graph) -> None:
    period = await closed(uow)
    rounded = {"policy": "ND335-2025-STAFF", "name": "quota_base", "value": "HTT_OR_BETTER"}

    report = await simulate(
        graph, CHAIR, period, unitId=COMMUNE, civilServantId=LAN_ID, switches=[rounded]
    )

    assert report["people"] == 1
    assert report["changes"] == [
        {
            "civilServant": {"fullName": "Nguyễn Thị Lan"},
            "before": {"total": "100", "band": "HTT"},
            "after": {"total": "100", "band": "HTT", "reasons": ["QUOTA"]},
        }
    ]


@pytest.mark.parametrize(
    ("actor", "unit", "code"),
    [
        (ANONYMOUS, COMMUNE, "UNAUTHENTICATED"),
        (LAN, COMMUNE, "FORBIDDEN"),
        (NEIGHBOUR_HEAD, COMMUNE, "FORBIDDEN"),
        (OTHER_ADMIN, COMMUNE, "FORBIDDEN"),
        (CHAIR, None, "INVALID"),
    ],
)
async def test_others_simulate_nothing(
    uow: MemoryUnitOfWork, graph: Graph, actor: Actor, unit: str | None, code: str
) -> None:
    period = await closed(uow)

    errors = await graph.errors(SIMULATE, actor, input={"periodId": period.id, "unitId": unit})

    assert [error["code"] for error in errors] == [code]


async def test_an_open_period_has_nothing_to_simulate(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)

    errors = await graph.errors(SIMULATE, ADMIN, input={"periodId": period.id})

    assert [error["code"] for error in errors] == ["CONFLICT"]


async def test_more_people_than_one_simulation_takes_are_refused_at_once(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    period = await closed(uow)
    lan = await scenes.evaluation_of(uow, period, LAN_ID)
    async with uow.begin() as tx:
        for number in range(SIMULATED_MAX):
            await tx.store(EVALUATIONS).save(
                replace(lan, id=f"eval_{number}", revision=0, sheets=[])
            )

    errors = await graph.errors(SIMULATE, ADMIN, input={"periodId": period.id})

    assert [(each["code"], each["field"]) for each in errors] == [("INVALID", "input.unitId")]


async def test_the_periods_own_switches_stay_unless_others_are_tried(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)
    chosen = {"policy": "ND335-2025-STAFF", "name": "on_zero_assigned", "value": "ZERO"}
    period = await scenes.open_period(uow, switches=(chosen,))
    await scenes.rate(uow, period, LAN_ID)
    await scenes.reviewed(uow, period)
    tried = {**chosen, "value": "NOT_EVALUABLE"}

    same = await simulate(graph, ADMIN, period, civilServantId=LAN_ID)
    other = await simulate(graph, ADMIN, period, civilServantId=LAN_ID, switches=[tried])

    assert [each["after"]["total"] for each in same["changes"]] == ["30"]
    assert [each["after"]["total"] for each in other["changes"]] == [None]


@pytest.mark.parametrize(
    ("tried", "told"),
    [
        ({"staffPolicy": "KHANHHOA-205"}, ("NOT_FOUND", "input.staffPolicy", "KHANHHOA-2025")),
        (
            {"switches": [{"policy": "ND335-2025-STAF", "name": "x", "value": "y"}]},
            ("INVALID", "input.switches.0.policy", "ND335-2025-STAFF"),
        ),
        (
            {"switches": [{"policy": "ND335-2025-STAFF", "name": "on_unreviewd", "value": "ZERO"}]},
            ("INVALID", "input.switches.0", "on_unreviewed"),
        ),
        (
            {"switches": [{"policy": "ND335-2025-STAFF", "name": "on_unreviewed", "value": "NO"}]},
            ("INVALID", "input.switches.0", "ASK_BOARD"),
        ),
    ],
)
async def test_what_is_tried_must_be_there(
    uow: MemoryUnitOfWork, graph: Graph, tried: Mapping[str, object], told: tuple[str, str, str]
) -> None:
    period = await closed(uow)

    found = await graph.execute(SIMULATE, ADMIN, {"input": {"periodId": period.id, **tried}})

    (error,) = found.errors or [GraphQLError("no error")]
    code, field, meant = told
    assert (error.extensions or {})["code"] == code
    assert (error.extensions or {})["field"] == field
    assert meant in error.message
