"""A sealed period is recomputed from outside; a single changed byte is found and named."""

import asyncio
import csv
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.tools.cli import Failure
from evaluation import scenes
from evaluation.gateway import InProcess
from evaluation.needs import NEEDS
from evaluation.people import ADMIN, LAN, LAN_ID, MINH, MINH_ID
from evaluation_service.adapters.cli import evaluation as service_cli
from evaluation_service.adapters.graphql.schema import schema
from evaluation_service.domain.periods.periods import EvaluationPeriod
from support.graph import Graph


async def closed(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN, done="4", assigned="7")
    await scenes.do_all(uow, period, MINH)
    for civil_servant_id in (LAN_ID, MINH_ID):
        await scenes.rate(uow, period, civil_servant_id)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    return await scenes.move(uow, period, "close")


@pytest.fixture
def period(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    return asyncio.run(closed(uow))


@pytest.mark.parametrize("suffix", [".csv", ".json", ".xlsx"])
def test_results_are_exported_as_sheets(
    graph: Graph,
    period: EvaluationPeriod,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    monkeypatch.setattr(service_cli, "Gateway", lambda url, token: InProcess(graph, ADMIN))
    file = tmp_path / f"results{suffix}"

    service_cli.export_results(period.id, file, unit=None, url="", token="")

    rows = _rows(file)
    lan = next(row for row in rows if row["full_name"] == "Nguyễn Thị Lan")
    assert len(rows) == 6
    assert (lan["id"], lan["total"], lan["total_exact"]) == ("cb-011", "70.00", "70")
    assert (lan["band"], lan["state"], lan["unit_name"]) == ("HTT", "FINAL", "Văn phòng")


@pytest.mark.parametrize("unknown", ["period", "unit"])
def test_what_is_not_there_is_an_error_and_no_empty_sheet(
    graph: Graph,
    period: EvaluationPeriod,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    unknown: str,
) -> None:
    monkeypatch.setattr(service_cli, "Gateway", lambda url, token: InProcess(graph, ADMIN))
    file = tmp_path / "results.csv"
    wanted = ("period_x", None) if unknown == "period" else (period.id, "unit_x")

    with pytest.raises(Failure, match=f"no such {unknown}"):
        service_cli.export_results(wanted[0], file, unit=wanted[1], url="", token="")

    assert not file.exists()


@pytest.mark.parametrize("one_period", [True, False])
async def test_a_band_that_no_policy_has_is_refused_with_the_nearest(
    uow: MemoryUnitOfWork, graph: Graph, one_period: bool
) -> None:
    period = await closed(uow)
    query = """query($band: String!, $period: ID) {
      evaluations(filter: {band: $band, periodId: $period}) { edges { node { band } } } }"""
    wanted = {"period": period.id if one_period else None}

    found = await graph.ask(query, ADMIN, band="HTT", **wanted)
    refused = await graph.execute(query, ADMIN, {"band": "HTXX", **wanted})
    vietnamese = Graph(schema, uow, needs=NEEDS, language="vi")
    in_vietnamese = await vietnamese.execute(query, ADMIN, {"band": "HTXX", **wanted})

    assert {edge["node"]["band"] for edge in found["evaluations"]["edges"]} == {"HTT"}
    (error,) = refused.errors
    assert (error.extensions["code"], error.extensions["field"]) == ("INVALID", "filter.band")
    assert error.message == "no policy here has this band; the nearest is HTXS"
    assert [each.message for each in in_vietnamese.errors] == [
        "Không có quy chế nào ở đây có mức xếp loại này; gần nhất: HTXS."
    ]


def test_results_are_not_exported_as_anything_else(tmp_path: Path) -> None:
    file = tmp_path / "results.txt"

    with pytest.raises(Failure, match=r"none of \.xlsx, \.csv, \.json"):
        service_cli.export_results("period_x", file, unit=None, url="", token="")

    assert not file.exists()


def _rows(file: Path) -> list[dict[str, Any]]:
    if file.suffix == ".json":
        found: list[dict[str, Any]] = json.loads(file.read_text())
        return found
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as content:
            return list(csv.DictReader(content))
    heading, *lines = load_workbook(file)["results"].iter_rows(values_only=True)
    return [dict(zip(map(str, heading), line, strict=True)) for line in lines]
