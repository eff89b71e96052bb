"""Results of a period that was closed, exported by its code from the graph with its own rules."""

import asyncio
import csv
import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.tools.exports.columns import Headings
from congvu_kit.tools.exports.running import verify_export
from congvu_kit.tools.failure import Failure
from evaluation import scenes
from evaluation.gateway import InProcess
from evaluation.people import ADMIN, LAN, LAN_ID, NEIGHBOUR_HEAD
from evaluation_service.domain.periods.periods import EvaluationPeriod
from pages_service.exports import commands
from support.graph import Graph

Acting = Callable[[Actor], None]


async def published(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN, done="4", assigned="7")
    await scenes.rate(uow, period, LAN_ID)
    await scenes.reviewed(uow, period)
    return await scenes.move(uow, period, "publish")


@pytest.fixture
def period(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    return asyncio.run(published(uow))


@pytest.fixture
def acting(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> Acting:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def act(actor: Actor) -> None:
        monkeypatch.setattr(commands, "Gateway", lambda url, token: InProcess(graph, actor))

    act(ADMIN)
    return act


def rows_of(out: Path) -> list[dict[str, Any]]:
    (file,) = out.glob("*.csv")
    with file.open(encoding="utf-8-sig", newline="") as content:
        return list(csv.DictReader(content))


def test_results_are_exported_by_the_code_of_their_period(
    period: EvaluationPeriod, acting: Acting, tmp_path: Path
) -> None:
    commands.export_results(period="2026-Q3", province="56", out=tmp_path)

    verify_export(tmp_path)
    rows = rows_of(tmp_path)
    lan = next(row for row in rows if row["full_name"] == "Nguyễn Thị Lan")
    assert len(rows) == 6
    assert (lan["personnel_id"], lan["total"], lan["total_exact"]) == ("cb-011", "70", "70")
    assert (lan["band"], lan["state"], lan["unit_name"]) == ("HTT", "PUBLISHED", "Văn phòng")
    assert (lan["period_id"], lan["period_code"]) == (period.id, "2026-Q3")
    told = json.loads((tmp_path / "results-2026-Q3.manifest.json").read_text())
    assert told["period"]["id"] == period.id
    assert told["catalogueReleases"] == list(period.release_ids)


def test_in_vietnamese_a_result_is_in_words(
    period: EvaluationPeriod, acting: Acting, tmp_path: Path
) -> None:
    commands.export_results(period=period.id, out=tmp_path, headings=Headings.VI)

    lan = next(row for row in rows_of(tmp_path) if row["Họ và tên"] == "Nguyễn Thị Lan")
    assert lan["Mức xếp loại cuối cùng"] == "Hoàn thành tốt nhiệm vụ"


def test_the_lines_of_an_explanation_come_to_the_total(
    period: EvaluationPeriod, acting: Acting, tmp_path: Path
) -> None:
    commands.export_explanations(period=period.id, out=tmp_path)

    lines = [row for row in rows_of(tmp_path) if row["civil_servant_id"] == LAN_ID]
    assert [row["line"] for row in lines] == [str(n) for n in range(1, len(lines) + 1)]
    assert (lines[0]["depth"], lines[0]["points_exact"]) == ("0", "70")
    inner = [Fraction(row["points_exact"]) for row in lines if row["depth"] == "1"]
    assert sum(inner) == 70


def test_who_sees_no_result_gets_no_file(
    period: EvaluationPeriod, acting: Acting, tmp_path: Path
) -> None:
    acting(NEIGHBOUR_HEAD)

    for command in (commands.export_results, commands.export_explanations):
        with pytest.raises(Failure, match="no row that you may see"):
            command(period=period.id, out=tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_somebody_gets_their_own_result_and_no_other(
    period: EvaluationPeriod, acting: Acting, tmp_path: Path
) -> None:
    acting(LAN)

    commands.export_results(period=period.id, out=tmp_path)

    assert [row["civil_servant_id"] for row in rows_of(tmp_path)] == [LAN_ID]


@pytest.mark.parametrize("unknown", ["period", "unit"])
def test_what_is_not_there_is_an_error_and_no_empty_sheet(
    period: EvaluationPeriod, acting: Acting, tmp_path: Path, unknown: str
) -> None:
    asked = {"period": period.id, "province": "56"} | {unknown: f"{unknown}_x"}

    with pytest.raises(Failure, match=f"no such {unknown}"):
        commands.export_results(**asked, out=tmp_path)

    assert list(tmp_path.iterdir()) == []
