"""What the platform's data say of a unit."""

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.clock import business_date
from evaluation import dossier_scenes as d
from evaluation import review_scenes, scenes
from evaluation import unit_scenes as u
from evaluation.people import COMMUNE, OFFICE
from evaluation_service.application.collections import DOSSIERS
from evaluation_service.application.organisations.material import dossiers_in_time
from evaluation_service.domain.dossiers.facts import DossierEnd
from evaluation_service.domain.organisations.unit_work import Counted
from evaluation_service.domain.periods.states import PeriodKind

DUE, AFTER = business_date(d.DUE), business_date(d.TOO_LATE)


async def of_august(uow: MemoryUnitOfWork, unit: str = OFFICE, until: date = AFTER) -> Counted:
    return await dossiers_in_time(unit, date(2026, 8, 1), until, uow.reading())


@pytest.mark.parametrize(
    ("changes", "in_time", "of"),
    [
        ({}, 1, 1),
        ({"completed_at": d.TOO_LATE}, 0, 1),
        ({"completed_at": None}, 0, 1),
        ({"completed_at": None, "due_at": d.TOO_LATE}, 0, 0),
        ({"ended_as": DossierEnd.WITHDRAWN}, 0, 0),
    ],
    ids=["in time", "completed after the end", "waits past its day", "not due", "withdrawn"],
)
async def test_a_dossier_counts_when_it_is_completed_or_due(
    uow: MemoryUnitOfWork, changes: Any, in_time: int, of: int
) -> None:
    await scenes.commune(uow)
    await d.record(uow, d.event(**changes))

    for unit in (OFFICE, COMMUNE):
        assert await of_august(uow, unit) == Counted(good=Fraction(in_time), of=Fraction(of))


async def test_of_a_dossier_of_before_its_day_was_kept_nothing_is_known(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    await d.record(uow, d.event(1), d.event(2, completed_at=d.TOO_LATE))
    for row in uow.rows(DOSSIERS).values():
        del row["extra"]["late"], row["extra"]["due_on"]

    assert await of_august(uow, until=date(2026, 9, 1)) == Counted()

    await d.record(uow, d.event(2, completed_at=d.TOO_LATE, applicant_hash="a" * 64))
    assert await of_august(uow, until=date(2026, 9, 1)) == Counted(of=Fraction(1))


async def test_the_work_of_a_year_is_that_of_its_published_quarters(
    uow: MemoryUnitOfWork,
) -> None:
    await review_scenes.published(uow, appeal_days=10)
    year = await scenes.open_period(
        uow,
        kind=PeriodKind.YEAR,
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 1, 1),
        unit_policy=u.AGENCY,
    )
    await u.managed(uow, year, OFFICE)
    await u.rate(uow, year, OFFICE)

    await u.scored(uow, year, {})

    office = await u.result_of(uow, year, OFFICE)
    snapshot = json.loads(office.sheets[-1].snapshot)
    assert Fraction(snapshot["unit"]["quantity"]) == Fraction(4 + 1, 4 + 100)
    assert office.band is not None
