"""What units have for their work stands beside comparisons, and shows where it is too little."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Eq
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Forbidden
from evaluation import review_scenes
from evaluation import specimens as a
from evaluation.people import (
    AUDITOR,
    CHAIR,
    COMMUNE,
    COUNCIL,
    LAN,
    OFFICE,
    OFFICE_HEAD,
    OTHER_ADMIN,
    PROVINCE_HEAD,
    PROVINCE_UNIT,
)
from evaluation_service.application.collections import ASSIGNMENTS, EVALUATIONS
from evaluation_service.application.fairness.means import UnitMeans, list_means, means_of
from evaluation_service.domain.fairness.means import LOAD_MIN, UnitLoad, short_of_means
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.work.reports import AssignmentState
from support.graph import Graph

loads = st.builds(
    UnitLoad,
    unit_id=st.text("abcdef", min_size=3, max_size=6),
    staff=st.integers(0, 40),
    load=st.integers(0, 400),
    converted=st.fractions(0, 400),
    overdue=st.integers(0, 400),
)


@given(st.lists(loads, min_size=1, max_size=8, unique_by=lambda each: each.unit_id))
def test_no_place_is_short_that_is_on_time_or_has_no_more_to_do_than_others(
    beside: list[UnitLoad],
) -> None:
    short = short_of_means(beside)

    heads = [each.per_head for each in beside if each.per_head is not None]
    for each in beside:
        if short[each.unit_id]:
            assert each.overdue * 10 >= each.load > 0
            assert each.per_head is not None
            assert each.per_head >= LOAD_MIN * min(heads)
    assert not any(short_of_means([replace(each, overdue=0) for each in beside]).values())


def test_a_place_with_much_overdue_and_more_per_head_is_short() -> None:
    """In reference products: as many pieces of light work are less to do."""
    short = UnitLoad(unit_id="a", staff=8, load=80, converted=Fraction(160), overdue=20)
    beside = [replace(short, unit_id=each, converted=Fraction(80)) for each in "bcd"]

    assert short_of_means([short, *beside]) == {"a": True, "b": False, "c": False, "d": False}


async def crowded(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    """Six people of the office with two pieces of work each, three of them overdue."""
    period = await review_scenes.published(uow)
    path = (PROVINCE_UNIT, COMMUNE, OFFICE)
    async with uow.begin() as tx:
        for number in range(12):
            late = number < 3
            work = replace(
                a.assignment(
                    AssignmentState.ASSIGNED if late else AssignmentState.ACCEPTED_AS_DONE
                ),
                id=f"w{number}",
                period_id=period.id,
                civil_servant_id=f"cs_{number // 2}",
                unit_id=OFFICE,
                unit_path=path,
                due_on=date(2026, 8, 1),
            )
            await tx.store(ASSIGNMENTS).save(work)
        for number in range(6):
            rated = replace(
                a.evaluation(EvaluationState.PUBLISHED),
                id=f"e{number}",
                period_id=period.id,
                civil_servant_id=f"cs_{number}",
                unit_id=OFFICE,
                unit_path=path,
            )
            await tx.store(EVALUATIONS).save(rated)
    return period


async def office(
    uow: MemoryUnitOfWork, reader: Actor, period: EvaluationPeriod
) -> UnitMeans | None:
    (found,) = await means_of([(OFFICE, period.id)], reader, uow.reading())
    return found


async def test_it_stands_beside_the_unit_wherever_one_is_shown(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    period = await crowded(uow)
    query = """query($period: ID!) { periodFigures(periodId: $period) { parts { edges { node {
      unit { code resourceContext(periodId: $period) {
        localityType withheld staff load loadPerHead convertedLoad convertedLoadPerHead overdue
        budget { amount } } } } } } } }"""

    found = await graph.ask(query, COUNCIL, period=period.id)

    shown = {
        edge["node"]["unit"]["code"]: edge["node"]["unit"]["resourceContext"]
        for edge in found["periodFigures"]["parts"]["edges"]
    }
    assert shown["H32.31.07.1"]["overdue"] == 3
    assert {each["localityType"] for each in shown.values()} == {"RURAL"}


@pytest.mark.parametrize("reader", [AUDITOR, COUNCIL, CHAIR])
async def test_whoever_compares_units_reads_what_they_have(
    uow: MemoryUnitOfWork, reader: Actor
) -> None:
    period = await crowded(uow)
    works = await uow.reading().store(ASSIGNMENTS).select(Eq("unit_path", OFFICE))
    rated = await uow.reading().store(EVALUATIONS).select()
    staff = sum(OFFICE in each.unit_path for each in rated)

    found = await office(uow, reader, period)

    assert found is not None
    converted = sum(
        (each.version.coefficient * Fraction(each.quantity) for each in works), Fraction()
    )
    assert found.told == UnitLoad(
        unit_id=OFFICE, staff=staff, load=len(works), converted=converted, overdue=3
    )
    assert found.told.pieces_per_head == Fraction(len(works), staff)
    assert found.told.per_head == converted / staff != found.told.pieces_per_head


async def test_figures_of_few_people_are_withheld_and_others_read_none(
    uow: MemoryUnitOfWork,
) -> None:
    period = await review_scenes.published(uow)

    told = await office(uow, COUNCIL, period)

    assert told is not None
    assert told.told is None
    assert [await office(uow, each, period) for each in (LAN, OTHER_ADMIN)] == [None, None]


async def test_a_superior_sees_the_units_below_and_no_other(uow: MemoryUnitOfWork) -> None:
    period = await crowded(uow)

    async def below(reader: Actor, unit_id: str | None = None) -> list[str]:
        page = await list_means(reader, uow.reading(), period.id, unit_id, first=9, after=None)
        return [each.unit.id for each in page.items]

    assert await below(CHAIR) == [OFFICE]
    assert await below(AUDITOR) == [OFFICE]
    assert await below(OFFICE_HEAD) == []
    assert COMMUNE in await below(PROVINCE_HEAD, PROVINCE_UNIT)
    for reader, unit_id in ((OFFICE_HEAD, COMMUNE), (LAN, None), (COUNCIL, None)):
        with pytest.raises(Forbidden):
            await below(reader, unit_id)
