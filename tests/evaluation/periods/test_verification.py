"""A sealed period is recomputed from outside; a single changed byte is found and named."""

import asyncio

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from evaluation import scenes
from evaluation.needs import NEEDS
from evaluation.people import ADMIN, LAN, LAN_ID, MINH, MINH_ID
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
