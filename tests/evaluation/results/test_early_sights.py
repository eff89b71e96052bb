"""What is shown of a result between the ranking, the publication and the close."""

from collections.abc import Mapping
from typing import Any

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from evaluation import scenes
from evaluation.people import ADMIN, COMMUNE, EVERY_ROLE, LAN, LAN_ID, MINH
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.runs import run_id
from evaluation_service.domain.results.states import EvaluationState
from support.graph import Graph

STATE = """
query($officer: ID!, $period: ID!) {
  civilServant(id: $officer) { evaluation(periodId: $period) { id state } }
}"""
SEALED = """
query($period: ID!, $run: ID!) {
  rankingRun(periodId: $period, id: $run) { sealedResults { evaluationId band } }
}"""


async def ranked(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.do_all(uow, period, MINH)
    return await scenes.reviewed(uow, period)


async def test_the_shown_state_goes_with_the_period(uow: MemoryUnitOfWork, graph: Graph) -> None:
    period = await ranked(uow)

    async def state() -> Any:
        data = await graph.ask(STATE, ADMIN, officer=LAN_ID, period=period.id)
        return data["civilServant"]["evaluation"]["state"]

    shown = [await state()]
    for step in ("publish", "close"):
        await scenes.move(uow, period, step)
        shown.append(await state())

    stored = await scenes.evaluation_of(uow, period, LAN_ID)
    assert stored.state is EvaluationState.RANKED
    assert shown == ["RANKED", "PUBLISHED", "FINAL"]


async def bands(graph: Graph, period: EvaluationPeriod, reader: Actor) -> Mapping[str, str]:
    run = run_id(period.id, COMMUNE)
    data = await graph.ask(SEALED, reader, period=period.id, run=run)
    return {each["evaluationId"]: each["band"] for each in data["rankingRun"]["sealedResults"]}


async def test_nobody_learns_their_own_band_before_the_publication(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    period = await ranked(uow)
    lan = await scenes.evaluation_of(uow, period, LAN_ID)

    everything = await bands(graph, period, ADMIN)
    early = await bands(graph, period, EVERY_ROLE)
    await scenes.move(uow, period, "publish")
    late = await bands(graph, period, EVERY_ROLE)

    assert lan.id in everything
    assert early == {id: band for id, band in everything.items() if id != lan.id}
    assert late == everything
