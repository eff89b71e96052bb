"""Switches about silence and surplus as a period pins them: opened, filled, read by the graph."""

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from evaluation import dossier_scenes, scenes
from evaluation.office import Office
from evaluation.people import (
    BOARD,
    CHAIR,
    CHAIR_ID,
    COMMUNE,
    LAN_ID,
    OTHER_BOARD,
    PROVINCE_HEAD,
    person,
)
from evaluation_service.application import reactions
from support.clock import FixedClock
from support.graph import Graph

ROW_CAP = Path(__file__).parents[2] / "scoring" / "cases" / "row-cap-per-item.yaml"


def told(evaluation: Mapping[str, Any], text: str) -> bool:
    return any(text in each["textEn"] for each in evaluation["explanation"]["lines"])


@pytest.fixture
async def office(uow: MemoryUnitOfWork, graph: Graph, clock: FixedClock) -> Office:
    await scenes.commune(uow)
    return Office(uow, graph, clock)


async def silent(office: Office, value: str) -> dict[str, Any]:
    """Two of four accepted, the other two reported and checked by nobody; all criteria full."""
    await office.open("ND335-2025-STAFF", {"on_unreviewed": value})
    work = await office.report(await office.assign(scenes.BIRTH, "4"), "2")
    accepted = await office.do(
        "acceptWork",
        CHAIR,
        "... on Assignment { id revision }",
        assignmentId=work["id"],
        expectedRevision=work["revision"],
    )
    reported = await office.report(accepted, "2")
    await office.rate()
    await office.freeze()
    return reported


@pytest.mark.parametrize(
    ("value", "total", "text"),
    [
        ("ACCEPT_AS_REPORTED", "100", "2 checked by nobody, counted as reported"),
        ("ZERO", "65", "2 reported and checked by nobody, not counted"),
    ],
)
async def test_E_I16_what_nobody_checked_counts_by_the_policys_switch(
    office: Office, value: str, total: str, text: str
) -> None:
    await silent(office, value)

    lan = await office.why()

    assert (lan["outcome"], lan["total"]) == ("SCORED", total)
    assert told(lan, text)


async def test_E_I16_the_board_is_asked_and_decides_until_the_publication(office: Office) -> None:
    work = await silent(office, "ASK_BOARD")
    asked = await office.why()
    check = {"assignmentId": work["id"], "idempotencyKey": scenes.key()}

    elsewhere = await office.graph.do(
        "acceptWork", {**check, "expectedRevision": work["revision"]}, OTHER_BOARD, ""
    )
    late = (await scenes.now_is_id(office.uow, office.period_id)).revision
    decided = await office.do(
        "acceptWork",
        BOARD,
        "... on Assignment { id revision state }",
        assignmentId=work["id"],
        expectedRevision=work["revision"],
        quantity="1",
        reason="Hội đồng xem hồ sơ",
    )

    lan = await office.why()
    trouble = asked["trouble"]
    assert (asked["outcome"], asked["total"]) == ("NOT_EVALUABLE", None)
    assert (trouble["ruleId"], trouble["remedy"]) == ("on_unreviewed", "CHECK_WHAT_WAS_REPORTED")
    assert trouble["textEn"].startswith("2 products were reported and not checked")
    assert elsewhere["code"] == "FORBIDDEN"
    assert (lan["outcome"], lan["total"], lan["trouble"]) == ("SCORED", "82.5", None)
    first, second = lan["sheets"]
    assert (first["outcome"], first["basis"]) == ("NOT_EVALUABLE", None)
    assert (second["outcome"], second["basis"] is not None) == ("SCORED", True)
    evaluation = await scenes.evaluation_of(office.uow, await office.period, LAN_ID)
    assert BOARD.subject in {each.subject for each in evaluation.involved}
    assert decided["state"] == "IN_PROGRESS"
    assert (await office.period).revision == late


async def test_E_I4_the_board_checks_no_work_of_its_own_and_none_before_the_freeze(
    office: Office,
) -> None:
    await office.open("ND335-2025-STAFF", {"on_unreviewed": "ASK_BOARD"})
    work = await office.report(await office.assign(scenes.BIRTH, "4"), "2")
    check = {"assignmentId": work["id"], "expectedRevision": work["revision"]}
    at_the_commune = person("board-2", Role.REVIEW_BOARD, unit=COMMUNE, officer="cs_board_2")

    early = await office.graph.do(
        "acceptWork", {**check, "idempotencyKey": scenes.key()}, at_the_commune, ""
    )
    await office.freeze()
    own = await office.graph.do(
        "returnWork",
        {**check, "idempotencyKey": scenes.key(), "reason": "Xem lại"},
        person("board-lan", Role.REVIEW_BOARD, officer=LAN_ID),
        "",
    )

    assert (early["code"], own["code"], own["ruleId"]) == ("FORBIDDEN", "FORBIDDEN", "E-I4")
    assert (await office.why())["outcome"] == "NOT_EVALUABLE"


@pytest.mark.parametrize("value", ["COUNT_IN_SUM", "PER_ITEM"])
async def test_E_I5_surplus_of_easy_work_counts_by_the_policys_switch(
    office: Office, value: str
) -> None:
    """Dossiers of the portal go beyond what was assigned; nothing is asked of their number."""
    case = yaml.safe_load(ROW_CAP.read_text("utf-8"))["cases"][0]
    easy, hard = case["snapshot"]["work"]
    async with office.uow.begin() as tx:
        for row in (easy, hard):
            fact = scenes.version_fact(
                row["item"].replace("B.", "C."),
                coefficient=str(row["coefficient"]),
                procedure_code="1.001193" if row is easy else None,
            )
            await reactions.keep_version(fact, tx)
    await office.open("ND335-2025-STAFF", {"beyond_assigned": value})
    await office.assign("C.EASY@1", str(easy["assigned"]))
    await office.assign("C.HARD@1", str(hard["assigned"]))
    done = [dossier_scenes.event(n + 1) for n in range(easy["completed"])]
    await dossier_scenes.record(office.uow, *done)
    await office.rate()
    await office.freeze()

    lan = await office.why()

    (a,) = [each["value"] for each in lan["components"] if each["name"] == "a"]
    expected = Fraction(case["expect"]["components"]["a"]) if value == "PER_ITEM" else Fraction(1)
    assert abs(Fraction(a) - expected) < Fraction(1, 10**6)
    assert (lan["band"] == "KHT") is (value == "PER_ITEM")
    assert told(lan, "50 beyond what was assigned, not counted") is (value == "PER_ITEM")


@pytest.mark.parametrize(
    ("sla", "waited", "charged"),
    [(5, 5, "0"), (5, 6, "5"), (3, 4, "0"), (3, 6, "5"), (8, 7, "0"), (8, 8, "0"), (8, 9, "5")],
)
async def test_E_I16_days_of_silence_are_counted_once(
    office: Office, sla: int, waited: int, charged: str
) -> None:
    """From the report: the period says when it is a fault, the policy which faults cost points."""
    await office.open("UEB-VNU", {}, leaderPolicy="UEB-VNU", reviewSlaDays=sla)
    work = await office.assign(scenes.BIRTH, "4")
    period = await office.period
    chair = scenes.officer_of(CHAIR_ID)
    await scenes.do_all(office.uow, period, chair, manager=PROVINCE_HEAD)
    await office.report(work, "4")
    for _ in range(waited):
        office.clock.at += timedelta(days=1)
        while office.clock.at.weekday() > 4:
            office.clock.at += timedelta(days=1)
    await office.freeze()

    found = await office.why(PROVINCE_HEAD, CHAIR_ID)

    assert found["outcome"] == "SCORED", found
    assert {each["name"]: each["value"] for each in found["components"]}["faults"] == charged
