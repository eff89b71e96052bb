"""`congvu period open|ready|freeze|publish`."""

import asyncio
import json
import re
from datetime import date

import pytest
from typer import BadParameter, Exit

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.tools.cli import Failure
from congvu_kit.tools.named import day_option
from evaluation import scenes
from evaluation.gateway import InProcess
from evaluation.people import ADMIN, LAN
from evaluation_service.adapters.cli import period_steps as cli
from evaluation_service.application.collections import PERIODS
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodKind, PeriodState
from support.graph import Graph


@pytest.fixture(autouse=True)
def clerk(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setattr(cli, "Gateway", lambda url, token: InProcess(graph, ADMIN))


async def _open(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    return await scenes.open_period(uow)


def now_is(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> EvaluationPeriod:
    return asyncio.run(scenes.now_is(uow, period))


def test_a_period_is_opened_by_its_first_and_its_last_day(
    uow: MemoryUnitOfWork, capsys: pytest.CaptureFixture[str]
) -> None:
    known = asyncio.run(_open(uow))

    cli.open_period(
        "Quý IV năm 2026",
        kind=PeriodKind.QUARTER,
        unit=known.scope_unit_id,
        first_day="2026-10-01",
        last_day="2026-12-31",
        release=list(known.release_ids),
        appeal_days=5,
        as_json=True,
    )

    told = json.loads(capsys.readouterr().out)
    opened = asyncio.run(uow.reading().store(PERIODS).get(told["id"]))
    assert (told["startsOn"], told["endsOn"]) == ("2026-10-01", "2027-01-01")
    assert opened.state is PeriodState.OPEN
    assert day_option("01/10/2026", "--first-day") == date(2026, 10, 1)
    with pytest.raises(BadParameter):
        day_option("10/2026", "--first-day")


def test_the_same_period_opened_again_is_the_one_that_is_there(
    uow: MemoryUnitOfWork, capsys: pytest.CaptureFixture[str]
) -> None:
    known = asyncio.run(_open(uow))

    def again(last_day: str = "2026-12-31") -> None:
        cli.open_period(
            "Quý IV năm 2026",
            kind=PeriodKind.QUARTER,
            unit="H32.31.07",
            release=list(known.release_ids),
            appeal_days=5,
            first_day="2026-10-01",
            last_day=last_day,
        )

    again()
    again()

    first, second = capsys.readouterr().out.splitlines()
    assert first == second
    assert first.startswith("Quý IV năm 2026: 2026-Q4, open until 2026-12-31 (")
    with pytest.raises(Failure, match="E-I10"):
        again(last_day="2026-12-30")
    assert asyncio.run(uow.reading().store(PERIODS).count()) == 2


def test_what_is_missing_is_told_and_blocks_until_a_reason_is_given(
    uow: MemoryUnitOfWork, capsys: pytest.CaptureFixture[str]
) -> None:
    period = asyncio.run(_open(uow))

    with pytest.raises(Exit) as stop:
        cli.ready_period(period.id)
    told = capsys.readouterr().out.splitlines()
    with pytest.raises(Failure, match="E-I14"):
        cli.freeze_period(period.id)
    assert now_is(uow, period).state is PeriodState.OPEN
    cli.freeze_period(period.id, early="Diễn tập", accept_gaps="Diễn tập")

    assert stop.value.exit_code == 1
    assert told[-1] == "not ready: what is marked ! blocks the freeze"
    assert any(line.startswith("! ") for line in told)
    assert now_is(uow, period).state is not PeriodState.OPEN


def test_a_clerk_reads_in_vietnamese_what_to_do_next(
    uow: MemoryUnitOfWork, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    period = asyncio.run(_open(uow))

    with pytest.raises(Exit):
        cli.ready_period(period.id)
    missing = capsys.readouterr()
    with pytest.raises(Failure) as early:
        cli.freeze_period(period.id)
    with pytest.raises(Failure) as gaps:
        cli.freeze_period(period.id, early="Diễn tập")
    cli.freeze_period(period.id, early="Diễn tập", accept_gaps="Diễn tập")
    frozen = capsys.readouterr()
    with pytest.raises(Failure) as again:
        cli.freeze_period(period.id, early="Diễn tập", accept_gaps="Diễn tập")
    cli.ready_period(period.id)

    assert OPERATION.findall(missing.out) == []
    assert len(set(missing.out.splitlines())) == len(missing.out.splitlines())
    assert f'congvu period freeze {period.id} --accept-gaps "LÝ DO"' in missing.err
    assert str(early.value).endswith('[E-I14]\nGhi lý do: --early "LÝ DO"')
    assert str(gaps.value).endswith('[E-I14]\nGhi lý do: --accept-gaps "LÝ DO"')
    assert frozen.err.startswith("Tiếp theo, theo dõi chấm điểm")
    assert frozen.err.endswith(f": congvu period close {period.id}\n")
    assert not str(again.value).startswith("CONFLICT")
    assert str(again.value).endswith("[E-I3]")
    closed = capsys.readouterr().out
    assert closed == f"{period.name}: đã chốt số liệu, không phải chốt số liệu nữa.\n"


def test_what_lacks_the_same_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    texts = {"textVi": None, "textEn": None, "todoVi": "Báo cáo.", "todoEn": "Report."}
    gap = {**texts, "blocking": False, "unit": {"name": "X"}, "civilServant": {"fullName": "L"}}

    cli._show({"ready": True, "gaps": [gap, gap, {**gap, "blocking": True}]})

    lines = capsys.readouterr().out.splitlines()
    assert lines == ["- X; L; Report. (×2)", "! X; L; Report.", "ready to be frozen"]


OPERATION = re.compile(r"\b[a-z]+[A-Z]\w*")
"""A name of the graph."""


def test_results_are_published(uow: MemoryUnitOfWork, capsys: pytest.CaptureFixture[str]) -> None:
    period = asyncio.run(_open(uow))

    async def reviewed() -> None:
        await scenes.do_all(uow, period, LAN)
        await scenes.move(uow, period, "freeze")
        await scenes.indexes_come(uow, period)
        await scenes.Pump(uow).run()

    asyncio.run(reviewed())
    cli.publish_period(period.id)

    assert now_is(uow, period).state is PeriodState.PUBLISHED
    assert capsys.readouterr().out == f"{period.name}: published ({period.id})\n"
    with pytest.raises(Failure, match="there is no such period"):
        cli.publish_period("prd_unknown")
