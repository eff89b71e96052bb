"""A quarter under a cascaded scorecard, through the graph alone: from the organisation's first
objective to the seal. What it should come to is counted here by hand."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from evaluation import objective_scenes as o
from evaluation import scenes
from evaluation.people import CHAIR, COMMUNE, DEPUTY, LAN, LAN_ID, OFFICE, PROVINCE_HEAD
from support.graph import Graph

STEPS = {
    "defineObjective": "Objective { id revision level current { content { title } } }",
    "recordReading": "IndicatorReading { id revision state }",
    "confirmReading": "IndicatorReading { id revision state }",
}
TOTAL = """
query($id: ID!, $period: ID!) {
  civilServant(id: $id) { evaluation(periodId: $period) { total } }
}"""
LANS = {
    "FINANCE": ("0", "100", "UP", "92"),
    "CUSTOMER": ("100", "95", "DOWN", "97"),
    "PROCESS": ("10", "20", "UP", "25"),
    "LEARNING": ("50", "60", "UP", "40"),
}
"""Baseline, target, direction, reached."""


def by_hand(baseline: str, target: str, _: str, reached: str) -> Fraction:
    done = Fraction(int(reached) - int(baseline), int(target) - int(baseline))
    return min(Fraction(1), max(Fraction(0), done))


async def step(graph: Graph, name: str, actor: Actor, **given: object) -> dict[str, Any]:
    shown = STEPS[name]
    document = (
        f"mutation($input: {name[0].upper()}{name[1:]}Input!) {{ it: {name}(input: $input) "
        f"{{ __typename ... on {shown} ... on Problem {{ code field ruleId }} }} }}"
    )
    sent = {"idempotencyKey": scenes.key(), **given}
    answer: dict[str, Any] = (await graph.ask(document, actor, input=sent))["it"]
    return answer


def said(perspective: str, parent_id: str | None = None, **indicator: str) -> Mapping[str, Any]:
    measured = {"baseline": "0", "target": "100", "direction": "UP", **indicator}
    return {
        "title": f"Mục tiêu {perspective}",
        "description": "Theo nghị quyết của Đảng ủy",
        "perspective": perspective,
        "weight": "100",
        "parentId": parent_id,
        "indicator": {
            **measured,
            "unitOfMeasure": "%",
            "dataSource": "Báo cáo tháng",
            "frequency": "MONTHLY",
        },
    }


async def test_a_quarter_from_the_organisations_first_objective_to_the_seal(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    period = await o.scorecards(uow)
    for perspective, (baseline, target, direction, reached) in LANS.items():
        of = {"periodId": period.id, "code": perspective}
        own = {"baseline": baseline, "target": target, "direction": direction}

        early = await step(
            graph,
            "defineObjective",
            CHAIR,
            **of,
            civilServantId=LAN_ID,
            content=said(perspective, **own),
        )
        top = await step(
            graph, "defineObjective", PROVINCE_HEAD, **of, unitId=COMMUNE, content=said(perspective)
        )
        office = await step(
            graph,
            "defineObjective",
            CHAIR,
            **of,
            unitId=OFFICE,
            content=said(perspective, top["id"]),
        )
        hers = await step(
            graph,
            "defineObjective",
            CHAIR,
            **of,
            civilServantId=LAN_ID,
            content=said(perspective, office["id"], **own),
        )
        about = {"objectiveId": hers["id"], "measuredOn": "2026-08-09", "value": reached}
        typed = await step(graph, "recordReading", CHAIR, **about)
        read = await step(graph, "recordReading", LAN, **about)
        confirmed = {"readingId": read["id"], "expectedRevision": read["revision"]}
        herself = await step(graph, "confirmReading", LAN, **confirmed)
        decided = await step(graph, "confirmReading", DEPUTY, **confirmed)

        assert (early["ruleId"], early["field"]) == ("E-I13", "input.content.parentId")
        assert [each["level"] for each in (top, office, hers)] == ["ORGANISATION", "UNIT", "PERSON"]
        assert (typed["code"], typed["ruleId"]) == ("FORBIDDEN", "E-I15")
        assert herself["code"] == "FORBIDDEN"
        assert decided["state"] == "CONFIRMED"

    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()
    await scenes.move(uow, period, "close")

    shown = (await graph.ask(TOTAL, LAN, id=LAN_ID, period=period.id))["civilServant"]
    expected = sum((25 * by_hand(*each) for each in LANS.values()), Fraction(0))
    assert (expected, Fraction(shown["evaluation"]["total"])) == (Fraction(63), expected)
