"""Beside the score of a year: what citizens and businesses got, frozen and sealed."""

import asyncio
import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_scoring.documents.policy_files import shipped_policies
from evaluation import dossier_scenes as d
from evaluation import review_scenes, scenes
from evaluation import unit_scenes as u
from evaluation.gateway import InProcess
from evaluation.people import AUDITOR, CHAIR, CHAIR_ID, COMMUNE, LAN_ID, OFFICE
from evaluation.sealed import Closed
from evaluation_service.adapters.cli import consequences as cli
from evaluation_service.adapters.cli.consequence_lists import List
from evaluation_service.application.collections import EVALUATIONS, ORG_EVALUATIONS
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.domain.copies.unit_indexes import ComplaintCounts
from evaluation_service.domain.organisations.org_evaluations import org_evaluation_id
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodKind
from support.graph import Graph

ANNEX = """serviceAnnex {
  satisfaction { satisfied answers minimumAnswers index intervalLow intervalHigh }
  complaints { received due answeredInTime decided upheld }
  commitments { due kept partly missed }
  dossiers { inTime late waiting share } }"""
OF_UNIT = f"""query($id: ID!, $period: ID!) {{ orgUnit(id: $id) {{ evaluation(periodId: $period) {{
  {ANNEX} }} }} }}"""
OF_PERSON = f"""query($id: ID!, $period: ID!) {{ civilServant(id: $id) {{
  evaluation(periodId: $period) {{ printable {ANNEX} }} }} }}"""

HAPPY = {COMMUNE: (35, 40), OFFICE: (15, 20)}
ASKED = ComplaintCounts(received=5, due=4, answered_in_time=3, decided=2, upheld=1)
DOSSIERS = {"inTime": 1, "late": 1, "waiting": 1, "share": "0.3333"}
PROMISED = {"due": 4, "kept": 2, "partly": 1, "missed": 1}
COMPLAINTS = {"received": 5, "due": 4, "answeredInTime": 3, "decided": 2, "upheld": 1}
SATISFIED = {
    "satisfied": 35,
    "answers": 40,
    "minimumAnswers": 30,
    "index": "0.875",
    "intervalLow": "0.7389",
    "intervalHigh": "0.9454",
}
"""By hand: (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n), z = 1.96."""


async def a_year(uow: MemoryUnitOfWork, **changes: Any) -> EvaluationPeriod:
    """After a quarter of the people: dossiers, answers, complaints and promises of the commune."""
    await review_scenes.published(uow, appeal_days=10)
    await d.record(uow, d.event(1), d.event(2, due_at=d.RECEIVED), d.event(3, completed_at=None))
    year = await u.a_year(uow, **changes)
    for unit_id in year.unit_ids if year.policies.unit else ():
        await u.managed(uow, year, unit_id)
        await u.rate(uow, year, unit_id)
    return await u.scored(uow, year, HAPPY, kept=(2, 1, 1), complaints=ASKED)


async def of_unit(graph: Graph, period: EvaluationPeriod, unit: str, reader: Actor) -> Any:
    data = await graph.ask(OF_UNIT, reader, id=unit, period=period.id)
    found = data["orgUnit"]["evaluation"]
    return found and found["serviceAnnex"]


async def of_person(graph: Graph, period: EvaluationPeriod, id: str, reader: Actor) -> Any:
    data = await graph.ask(OF_PERSON, reader, id=id, period=period.id)
    return data["civilServant"]["evaluation"]


async def test_it_stands_beside_the_score_of_the_unit_for_everybody(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    year = await a_year(uow)
    early = await of_unit(graph, year, COMMUNE, ANONYMOUS)
    await u.published(uow, year)

    assert early is None
    assert await of_unit(graph, year, COMMUNE, ANONYMOUS) == {
        "satisfaction": SATISFIED,
        "complaints": COMPLAINTS,
        "commitments": PROMISED,
        "dossiers": DOSSIERS,
    }


async def test_below_the_minimum_there_is_n_and_no_index(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    year = await a_year(uow)

    said = (await of_unit(graph, year, OFFICE, AUDITOR))["satisfaction"]

    assert (said["answers"], said["index"], said["intervalLow"]) == (20, None, None)


@pytest.mark.parametrize("units", [u.AGENCY, None])
async def test_a_leader_has_that_of_the_unit_with_the_own_commitments(
    uow: MemoryUnitOfWork, graph: Graph, units: str | None
) -> None:
    """Whether units are rated or not."""
    year = await a_year(uow, unit_policy=units)
    early = await of_person(graph, year, CHAIR_ID, CHAIR)
    await u.published(uow, year)

    shown = await of_person(graph, year, CHAIR_ID, CHAIR)

    assert early["serviceAnnex"] is None
    assert shown["serviceAnnex"]["commitments"] == PROMISED
    assert shown["serviceAnnex"]["satisfaction"] == SATISFIED
    for text in (
        "Phụ lục: phục vụ người dân và doanh nghiệp",
        "0.875 (n = 40; khoảng tin cậy 95 %: 0.7389 đến 0.9454)",
        "tiếp nhận 5; đến hạn trả lời 4, đúng hạn 3; đã kết luận 2, đúng toàn bộ hoặc một phần 1",
        "đến hạn 4; giữ đúng 2, một phần 1, không giữ 1",
        "đúng hạn 1, trễ hạn 1, quá hạn chưa xong 1; tỷ lệ đúng hạn 0.3333",
    ):
        assert text in shown["printable"], text


async def test_staff_have_none_and_no_quarter_has(uow: MemoryUnitOfWork) -> None:
    year = await a_year(uow)
    lan = await scenes.evaluation_of(uow, year, LAN_ID)
    found = uow.rows(EVALUATIONS).values()

    assert lan.annex is None
    assert {each["period_kind"] for each in found if each["annex"]} == {PeriodKind.YEAR}


def test_E_I18_the_seal_binds_it(uow: MemoryUnitOfWork, graph: Graph) -> None:
    async def closed() -> EvaluationPeriod:
        year = await a_year(uow, appeal_days=0)
        await u.published(uow, year)
        return await scenes.move(uow, year, "close")

    period = asyncio.run(closed())
    sealed = Closed(uow, graph, period.id)
    assert sealed.findings() == []
    chair = sealed.of(CHAIR_ID).id
    commune = org_evaluation_id(period.id, COMMUNE)

    for store, id in ((EVALUATIONS, chair), (ORG_EVALUATIONS, commune)):
        row: Any = sealed.row(store, id)
        row["annex"]["dossiers"]["late"] = 0
        assert any(f"evaluation {id}: annex" in line for line in sealed.findings())
        row["annex"]["dossiers"]["late"] = 1


def rows_of(graph: Graph, period: EvaluationPeriod, list_: List, to: Path) -> list[dict[str, str]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "Gateway", lambda url, token: InProcess(graph, AUDITOR))
        cli.export_consequences(period.id, to, list_=list_, unit=None, url="", token="")
    with to.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def test_it_is_exported_of_units_and_leaders(
    uow: MemoryUnitOfWork, graph: Graph, tmp_path: Path
) -> None:
    year = asyncio.run(a_year(uow))

    rows = rows_of(graph, year, List.SERVICE, tmp_path / "service.csv")

    of_chair = next(row for row in rows if row["id"] == "cb-001")
    commune = next(row for row in rows if not row["id"] and row["satisfaction_n"] == "40")
    for row in (of_chair, commune):
        shown = [row[f"satisfaction_{name}"] for name in ("index", "n", "low", "high")]
        assert shown == ["0.875", "40", "0.7389", "0.9454"]
        assert (row["commitments_kept"], row["complaints_upheld"]) == ("2", "1")
    assert not any("VP" in row["id"] for row in rows)


def test_headcount_evidence_of_units_is_listed_with_its_rule(
    uow: MemoryUnitOfWork, graph: Graph, tmp_path: Path
) -> None:
    async def quarter() -> EvaluationPeriod:
        await scenes.commune(uow)
        async with uow.begin() as tx:
            await keep_shipped(shipped_policies()["KHANHHOA-UNIT-2025"], tx)
        period = await scenes.open_period(uow, unit_policy="KHANHHOA-UNIT-2025")
        await scenes.do_all(uow, period, scenes.officer_of(LAN_ID))
        for perspective in ("ADMIN_REFORM", "CITIZEN_SERVICE", "SOCIO_ECONOMIC"):
            await u.managed(uow, period, OFFICE, perspective=perspective)
        return await u.scored(uow, period, {})

    period = asyncio.run(quarter())

    rows = rows_of(graph, period, List.UNIT_HEADCOUNT, tmp_path / "headcount.csv")

    assert len(rows) == len(period.unit_ids)
    for row in rows:
        assert row["rule"] == "headcount_evidence"
        assert row["clause"].startswith("Khánh Hòa 2025")
        assert Decimal(row["people"]) == round(Decimal(4) * Decimal("2.5") / 12, 12)
