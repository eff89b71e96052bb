"""A sealed period is recomputed from outside; a single changed byte is found and named."""

import asyncio
import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.tools.cli import Failure
from evaluation import scenes
from evaluation.gateway import InProcess
from evaluation.people import ADMIN, COMMUNE, LAN, LAN_ID, MINH, MINH_ID
from evaluation_service.adapters.cli import evaluation as service_cli
from evaluation_service.adapters.cli.sealed_periods import find_differences
from evaluation_service.application.collections import EVALUATIONS, PERIODS, POLICIES, RUNS
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.policies.policies import StoredPolicy
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.runs import RankingRun, run_id
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


def differences(graph: Graph, period: EvaluationPeriod) -> list[str]:
    with InProcess(graph) as gateway:
        _, found = find_differences(gateway, period.id, lambda _: None)
    return found


def test_an_untouched_period_agrees(graph: Graph, period: EvaluationPeriod) -> None:
    with InProcess(graph) as gateway:
        assert find_differences(gateway, period.id, lambda _: None) == (6, [])


def lan_of(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> Evaluation:
    return asyncio.run(scenes.evaluation_of(uow, period, LAN_ID))


async def touch(uow: MemoryUnitOfWork, change: Callable[[Any], None], kind: Any, id: str) -> None:
    """Write a row as somebody with the database's password would."""
    async with uow.begin() as tx:
        row = await tx.store(kind).get(id)
        change(row)
        await tx.store(kind).save(row)


def _other_sheet(evaluation: Evaluation, **changes: str) -> None:
    evaluation.sheets[0] = replace(evaluation.sheets[0], **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bytes", "named"),
    [
        (('"completed":"4"', '"completed":"5"'), "snapshot hash differs"),
        (('"general":{"I.1":"5"', '"general":{"I.1":"4"'), "result hash differs"),
        (('"I.2":"5"', '"I.2":"5.0"'), "snapshot text differs"),
        (('"work":', '"wrok":'), "cannot be scored"),
    ],
)
def test_a_changed_byte_of_a_snapshot_is_named(
    uow: MemoryUnitOfWork,
    graph: Graph,
    period: EvaluationPeriod,
    bytes: tuple[str, str],
    named: str,
) -> None:
    before, after = bytes
    lan = lan_of(uow, period)
    assert before in lan.sheets[0].snapshot

    def change(row: Evaluation) -> None:
        _other_sheet(row, snapshot=row.sheets[0].snapshot.replace(before, after))

    asyncio.run(touch(uow, change, EVALUATIONS, lan.id))

    found = differences(graph, period)
    assert found
    assert all(lan.id in line for line in found)
    assert any(named in line for line in found)


def test_a_changed_hash_or_missing_result_is_named(
    uow: MemoryUnitOfWork, graph: Graph, period: EvaluationPeriod
) -> None:
    lan = lan_of(uow, period)
    asyncio.run(touch(uow, lambda e: _other_sheet(e, result_hash="0" * 64), EVALUATIONS, lan.id))
    minh = asyncio.run(scenes.evaluation_of(uow, period, MINH_ID))
    asyncio.run(touch(uow, lambda e: e.sheets.clear(), EVALUATIONS, minh.id))

    found = differences(graph, period)

    assert [line for line in found if lan.id in line and "stored result hash differs" in line]
    assert f"evaluation {minh.id} sheet 1: it is missing" in found


def test_a_changed_band_breaks_the_agencys_hash(
    uow: MemoryUnitOfWork, graph: Graph, period: EvaluationPeriod
) -> None:
    def change(run: RankingRun) -> None:
        run.results = tuple(replace(each, band="HTXS") for each in run.results)

    asyncio.run(touch(uow, change, RUNS, run_id(period.id, COMMUNE)))

    assert f"agency {COMMUNE}: its results are not those sealed" in differences(graph, period)


def test_a_changed_seal_is_named(
    uow: MemoryUnitOfWork, graph: Graph, period: EvaluationPeriod
) -> None:
    def change(row: EvaluationPeriod) -> None:
        assert row.seal is not None
        row.seal = replace(row.seal, signer="somebody else")

    asyncio.run(touch(uow, change, PERIODS, period.id))

    assert differences(graph, period) == [
        f"period {period.id}: the seal is not the hash of what it says"
    ]


def test_a_changed_policy_is_named(
    uow: MemoryUnitOfWork, graph: Graph, period: EvaluationPeriod
) -> None:
    def change(row: StoredPolicy) -> None:
        row.document = row.document.replace('"step":"0.25"', '"step":"0.2"')

    asyncio.run(touch(uow, change, POLICIES, "ND335-2025-STAFF@1"))

    found = differences(graph, period)
    assert any("policy differs" in line for line in found)


def test_a_policy_that_is_not_there_ends_the_verification(
    uow: MemoryUnitOfWork, graph: Graph, period: EvaluationPeriod
) -> None:
    def change(row: Evaluation) -> None:
        pin = replace(row.sheets[0].policy, policy_id="KH-GONE", version=1)
        row.sheets[0] = replace(row.sheets[0], policy=pin)

    asyncio.run(touch(uow, change, EVALUATIONS, lan_of(uow, period).id))

    with pytest.raises(Failure, match="policy KH-GONE@1 is not there"):
        differences(graph, period)


def test_only_a_closed_period_can_be_verified(uow: MemoryUnitOfWork, graph: Graph) -> None:
    async def opened() -> EvaluationPeriod:
        await scenes.commune(uow)
        return await scenes.open_period(uow)

    period = asyncio.run(opened())

    with InProcess(graph) as gateway, pytest.raises(Failure, match="only a closed one is sealed"):
        find_differences(gateway, period.id, lambda _: None)
    with InProcess(graph) as gateway, pytest.raises(Failure, match="no period"):
        find_differences(gateway, "period_x", lambda _: None)


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


def test_results_are_not_exported_as_anything_else(tmp_path: Path) -> None:
    file = tmp_path / "results.txt"

    with pytest.raises(Failure, match=r"none of \.xlsx, \.csv, \.json"):
        service_cli.export_results("period_x", file, unit=None, url="", token="")

    assert not file.exists()


def test_differences_end_a_verification_with_a_failure(
    graph: Graph,
    period: EvaluationPeriod,
    uow: MemoryUnitOfWork,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(service_cli, "Gateway", lambda url, token: InProcess(graph))
    service_cli.verify_period(period.id, url="", token="")
    asyncio.run(_forget_a_run(uow, period))

    with pytest.raises(Failure, match="differences in"):
        service_cli.verify_period(period.id, url="", token="")


async def _forget_a_run(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> None:
    async with uow.begin() as tx:
        run = await tx.store(RUNS).get(run_id(period.id, COMMUNE))
        run.results = run.results[1:]
        await tx.store(RUNS).save(run)


def _rows(file: Path) -> list[dict[str, Any]]:
    if file.suffix == ".json":
        found: list[dict[str, Any]] = json.loads(file.read_text())
        return found
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as content:
            return list(csv.DictReader(content))
    heading, *lines = load_workbook(file)["results"].iter_rows(values_only=True)
    return [dict(zip(map(str, heading), line, strict=True)) for line in lines]


def test_a_name_that_a_spreadsheet_would_run_is_quoted() -> None:
    assert service_cli._safe("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert service_cli._safe("Nguyễn") == "Nguyễn"
