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
from evaluation.people import CHAIR_ID, COMMUNE, MINH_ID, OFFICE
from evaluation_service.application.collections import DOSSIERS
from evaluation_service.application.organisations.service import dossiers_of
from evaluation_service.domain.dossiers.facts import DossierEnd

DUE, AFTER = business_date(d.DUE), business_date(d.TOO_LATE)


async def of_august(
    uow: MemoryUnitOfWork, unit: str = OFFICE, until: date = AFTER
) -> tuple[int, int, int]:
    found = await dossiers_of(unit, date(2026, 8, 1), until, uow.reading())
    return found.in_time, found.late, found.waiting


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({}, (1, 0, 0)),
        ({"due_at": d.RECEIVED}, (0, 1, 0)),
        ({"completed_at": d.TOO_LATE}, (0, 0, 1)),
        ({"completed_at": None}, (0, 0, 1)),
        ({"completed_at": None, "due_at": d.TOO_LATE}, (0, 0, 0)),
        ({"ended_as": DossierEnd.WITHDRAWN}, (0, 0, 0)),
    ],
    ids=[
        "in time",
        "late",
        "done after the end",
        "waits past its day",
        "not due",
        "withdrawn",
    ],
)
async def test_a_dossier_counts_when_it_is_completed_or_due(
    uow: MemoryUnitOfWork, changes: Any, counted: tuple[int, int, int]
) -> None:
    await scenes.commune(uow)
    await d.record(uow, d.event(**changes))

    for unit in (OFFICE, COMMUNE):
        assert await of_august(uow, unit) == counted


async def test_of_a_dossier_of_before_its_day_was_kept_nothing_is_known(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    await d.record(uow, d.event(1), d.event(2, completed_at=d.TOO_LATE))
    for row in uow.rows(DOSSIERS).values():
        extra: Any = row["extra"]
        del extra["late"], extra["due_on"]

    assert await of_august(uow, until=date(2026, 9, 1)) == (0, 0, 0)

    await d.record(uow, d.event(2, completed_at=d.TOO_LATE, applicant_hash="a" * 64))
    assert await of_august(uow, until=date(2026, 9, 1)) == (0, 1, 0)


async def test_the_work_of_a_year_is_that_of_its_published_quarters(
    uow: MemoryUnitOfWork,
) -> None:
    await review_scenes.published(uow, appeal_days=10)
    year = await u.a_year(uow)
    await u.managed(uow, year, OFFICE)
    await u.rate(uow, year, OFFICE)

    await u.scored(uow, year, {})

    office = await u.result_of(uow, year, OFFICE)
    snapshot = json.loads(office.sheets[-1].snapshot)
    assert Fraction(snapshot["unit"]["quantity"]) == Fraction(4 + 1, 4 + 100)
    assert office.band is not None


async def test_the_year_of_a_head_is_held_to_the_unit_also_when_it_follows_a_quarter(
    uow: MemoryUnitOfWork,
) -> None:
    third = await review_scenes.published(uow, appeal_days=10)
    year = await u.a_year(uow, switches=(u.CAPPED,))
    await u.managed(uow, year, COMMUNE, "0")
    await u.rate(uow, year, COMMUNE, u.criteria("0"))
    await u.scored(uow, year, {})
    first = await scenes.evaluation_of(uow, year, CHAIR_ID)
    commune = await u.result_of(uow, year, COMMUNE)
    assert (commune.band, first.sheets[-1].raw_band, first.band) == ("KHT", "HTXS", "KHT")

    minh = await scenes.evaluation_of(uow, third, MINH_ID)
    appeal = await review_scenes.file(uow, minh)
    correction = await review_scenes.all_done(uow, MINH_ID)
    told = len(uow.outbox)
    await review_scenes.decide(uow, appeal, correction=correction)
    await scenes.Pump(uow, done=told).run()

    chair = await scenes.evaluation_of(uow, year, CHAIR_ID)
    assert [sheet.raw_band for sheet in chair.sheets] == ["HTXS", "HTXS"]
    assert chair.band == "KHT"
    assert chair.sheets[-1].reasons == ("HEAD_NOT_ABOVE_UNIT",)
