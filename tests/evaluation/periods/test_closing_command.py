"""`congvu period close` from the freeze to the seal."""

import asyncio
import io
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import transact
from congvu_kit.application.ports import Transaction
from congvu_kit.tools.cli import Failure
from evaluation import scenes
from evaluation.gateway import InProcess
from evaluation.people import ADMIN, COMMUNE, LAN
from evaluation_service.adapters.cli import periods as cli
from evaluation_service.application.collections import RUNS
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.runs import run_id
from support.graph import Graph


async def frozen(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    return await scenes.move(uow, period, "freeze")


@pytest.fixture
def period(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    return asyncio.run(frozen(uow))


class Working(InProcess):
    """Meanwhile somebody works: after each look the next thing happens."""

    def __init__(self, graph: Graph, *happens: Callable[[], Any]) -> None:
        super().__init__(graph, ADMIN)
        self._happens = list(happens)

    def query(self, document: str, variables: Mapping[str, object]) -> dict[str, Any]:
        data = super().query(document, variables)
        if document == cli.RUNS and self._happens:
            asyncio.run(self._happens.pop(0)())
        return data


def state_of(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> PeriodState:
    return asyncio.run(scenes.now_is(uow, period)).state


def test_it_waits_for_the_scoring_then_publishes_and_closes(
    graph: Graph,
    uow: MemoryUnitOfWork,
    period: EvaluationPeriod,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    gateway = Working(
        graph, lambda: scenes.indexes_come(uow, period), lambda: scenes.Pump(uow).run()
    )
    monkeypatch.setattr(cli, "Gateway", lambda url, token: gateway)

    cli.close_period(period.id, publish=True, look_s=0)

    said = capsys.readouterr()
    closed = asyncio.run(scenes.now_is(uow, period))
    assert closed.seal is not None
    assert said.err.splitlines() == [
        "scoring: 0 of 1 agencies ranked, 0 people scored",
        "scoring: 1 of 1 agencies ranked, 6 people scored",
        f"next, export the results: congvu export results --period {period.id} --out FOLDER",
    ]
    assert said.out.splitlines() == [
        f"{period.name}: published",
        f"{period.name}: closed under seal {closed.seal.hash}",
    ]

    cli.close_period(period.id, look_s=0)
    assert capsys.readouterr().out == f"{period.name}: closed under seal {closed.seal.hash}\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_a_bar_grows_beside_what_is_piped(
    graph: Graph,
    uow: MemoryUnitOfWork,
    period: EvaluationPeriod,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    gateway = Working(
        graph, lambda: scenes.indexes_come(uow, period), lambda: scenes.Pump(uow).run()
    )
    terminal = Terminal()
    monkeypatch.setattr(cli, "Gateway", lambda url, token: gateway)
    monkeypatch.setattr(sys, "stderr", terminal)

    cli.close_period(period.id, publish=True, look_s=0)

    drawn = terminal.getvalue()
    assert "━" in drawn
    assert all(told in drawn for told in ("1/1", "agencies, 6 of 6 people"))
    assert "scoring" not in capsys.readouterr().out


def test_without_being_told_it_publishes_nothing(
    graph: Graph,
    uow: MemoryUnitOfWork,
    period: EvaluationPeriod,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asyncio.run(scenes.indexes_come(uow, period))
    asyncio.run(scenes.Pump(uow).run())
    monkeypatch.setattr(cli, "Gateway", lambda url, token: InProcess(graph, ADMIN))

    with pytest.raises(Failure, match="--publish"):
        cli.close_period(period.id, look_s=0)

    assert state_of(uow, period) is PeriodState.REVIEW


def test_agencies_that_were_given_up_are_named_and_not_waited_for(
    graph: Graph,
    uow: MemoryUnitOfWork,
    period: EvaluationPeriod,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fail(tx: Transaction) -> None:
        run = await tx.store(RUNS).get(run_id(period.id, COMMUNE))
        run.request(tx.now)
        run.failed("KeyError in rate")
        await tx.store(RUNS).save(run)

    asyncio.run(transact(uow, fail))
    monkeypatch.setattr(cli, "Gateway", lambda url, token: InProcess(graph, ADMIN))

    with pytest.raises(Failure, match="UBND xã Diên Khánh: KeyError in rate"):
        cli.close_period(period.id, look_s=0)

    assert state_of(uow, period) is PeriodState.DATA_FROZEN


def test_an_unknown_period_and_an_open_one_are_told(
    graph: Graph, uow: MemoryUnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "Gateway", lambda url, token: InProcess(graph, ADMIN))

    async def opened() -> EvaluationPeriod:
        await scenes.commune(uow)
        return await scenes.open_period(uow)

    period = asyncio.run(opened())

    with pytest.raises(Failure, match="no such period"):
        cli.close_period("period_x")
    with pytest.raises(Failure, match="is open"):
        cli.close_period(period.id)
