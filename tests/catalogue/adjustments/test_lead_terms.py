"""When lead days end: by the calendar that evaluation told, as adjusted for the unit."""

from dataclasses import replace
from datetime import date

import pytest

from catalogue import facts, scenes
from catalogue.adjustment_steps import decide, propose
from catalogue.facts import YEAR, tell_calendars
from catalogue.people import COMMUNE
from catalogue_service.application import reactions
from catalogue_service.application.adjustments.queries import effective_norms, lead_term
from catalogue_service.domain.adjustments.adjustments import Norm
from congvu_kit.adapters.memory import MemoryUnitOfWork
from support.graph import Graph

TERM = """query($unit: ID!, $since: Date) {
  effectiveNorms(code: "%s", unitId: $unit, asOf: "2026-08-10") {
    leadTerm(beginsOn: $since) { endsOn provisional }
  }
}"""
STORM = replace(
    YEAR,
    calendar_id="cal_2026_56",
    province="56",
    days_off=(reactions.DayFact(day=date(2026, 8, 12)),),
    worked_days=(),
)


async def told(graph: Graph, unit: str = COMMUNE, since: str | None = None) -> object:
    seen = await graph.ask(TERM % scenes.PLAN, unit=unit, since=since)
    return seen["effectiveNorms"]["leadTerm"]


@pytest.fixture
async def placed(uow: MemoryUnitOfWork) -> MemoryUnitOfWork:
    """A product of ten days, in a province and its neighbour."""
    await facts.tell_units(uow, facts.UNIT, facts.PROVINCE, facts.HANOI_UNIT)
    await scenes.published(uow, scenes.PLAN, scenes.named("Lập kế hoạch", lead_days=10))
    return uow


async def test_it_ends_by_the_calendar_of_the_units_province_and_moves_with_it(
    placed: MemoryUnitOfWork, graph: Graph
) -> None:
    unknown = await told(graph)
    await tell_calendars(placed, YEAR)
    country = await told(graph)
    await tell_calendars(placed, STORM)
    storm = [await told(graph), await told(graph, facts.HANOI_UNIT.unit_id)]
    await tell_calendars(placed, replace(STORM, edition=2, days_off=()))

    saturday = {"endsOn": "2026-08-22", "provisional": False}
    assert unknown == {"endsOn": "2026-08-24", "provisional": True}
    assert country == saturday  # A Saturday, worked for Monday the 31st.
    assert storm == [{"endsOn": "2026-08-24", "provisional": False}, saturday]
    assert await told(graph) == saturday
    assert await told(graph, since="2026-08-11") == {"endsOn": "2026-08-24", "provisional": False}


async def test_it_is_as_adjusted_for_the_unit(placed: MemoryUnitOfWork, graph: Graph) -> None:
    await tell_calendars(placed, YEAR)
    await decide(placed, await propose(placed, "12", Norm.LEAD_DAYS))

    assert await told(graph) == {"endsOn": "2026-08-25", "provisional": False}


async def test_a_product_without_lead_days_has_none(placed: MemoryUnitOfWork) -> None:
    norms = await effective_norms(placed.reading(), scenes.PLAN, COMMUNE, scenes.JULY)
    assert norms is not None
    content = replace(norms.version.content, lead_days=None)
    without = replace(norms, version=replace(norms.version, content=content))

    assert await lead_term(norms, scenes.JULY, placed.reading()) is not None
    assert await lead_term(without, scenes.JULY, placed.reading()) is None
