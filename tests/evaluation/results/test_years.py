"""A year from its quarters."""

from datetime import date, timedelta

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from evaluation import scenes
from evaluation.people import COMMUNE, LAN, LAN_ID, MINH
from support.clock import FixedClock
from support.graph import Graph

YEAR = """
query($id: ID!, $kind: EvaluationPeriodKind!) {
  civilServant(id: $id) {
    yearResult(year: 2026, kind: $kind) { outcome method periods total band }
  }
}"""


async def test_E_I10_the_year_is_the_average_of_every_quarter_wherever_it_was_rated(
    uow: MemoryUnitOfWork, graph: Graph, clock: FixedClock
) -> None:
    await scenes.commune(uow)
    third = await scenes.open_period(uow, scope_unit_id=COMMUNE)
    await scenes.do_all(uow, third, LAN)
    await scenes.reviewed(uow, third)
    await scenes.move(uow, third, "publish")
    moved = scenes.person_row(
        "cb-011",
        "Nguyễn Thị Lan",
        scenes.appointment_row("H56.31.07.1", "HO-TICH", valid_to=scenes.OCTOBER),
        scenes.appointment_row("H56.31.08", "HO-TICH", valid_from=scenes.OCTOBER),
    )
    await scenes.sync(uow, people=[moved])
    clock.at += timedelta(days=90)
    fourth = await scenes.open_period(
        uow,
        name="Quý IV",
        scope_unit_id=scenes.unit_id("H56.31.08"),
        starts_on=scenes.OCTOBER,
        ends_on=date(2027, 1, 1),
    )
    await scenes.assign_and_finish_half(uow, fourth, LAN)
    half = (await graph.ask(YEAR, LAN, id=LAN_ID, kind="QUARTER"))["civilServant"]
    await scenes.reviewed(uow, fourth)
    await scenes.move(uow, fourth, "publish")
    whole = (await graph.ask(YEAR, LAN, id=LAN_ID, kind="QUARTER"))["civilServant"]

    assert half["yearResult"] == {
        "outcome": "SCORED",
        "method": "roll_up.AVERAGE",
        "periods": ["2026-Q3"],
        "total": "90",
        "band": "HTXS",
    }
    assert whole["yearResult"] == {
        "outcome": "SCORED",
        "method": "roll_up.AVERAGE",
        "periods": ["2026-Q3", "2026-Q4"],
        "total": "72.5",
        "band": "HTT",
    }


@pytest.mark.parametrize(("kind", "code"), [("YEAR", "INVALID")])
async def test_a_year_is_not_made_of_years(
    uow: MemoryUnitOfWork, graph: Graph, kind: str, code: str
) -> None:
    await scenes.commune(uow)

    errors = await graph.errors(YEAR, LAN, id=LAN_ID, kind=kind)

    assert [error["code"] for error in errors] == [code]


async def test_without_published_quarters_there_is_no_year(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, MINH)
    await scenes.reviewed(uow, period)

    data = await graph.ask(YEAR, MINH, id=MINH.officer, kind="QUARTER")

    assert data == {"civilServant": {"yearResult": None}}
