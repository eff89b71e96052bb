"""General criteria of a unit: declared defaults for those not rated yet, and what differs."""

from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.errors import DomainError
from evaluation import desk_scenes as desk
from evaluation import scenes
from evaluation.people import CHAIR_ID, COMMUNE, LAN_ID, MINH_ID, OFFICE
from evaluation_service.application.collections import EVALUATIONS
from evaluation_service.application.desk.rating import RatingRow
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.inputs import GivenInputs, Rating

DEFAULTS = GivenInputs(general=scenes.FULL_MARKS)


def lower(civil_servant_id: str) -> RatingRow:
    rating = Rating(key="I.1", points=Decimal(3), reason="Đi muộn hai lần")
    return RatingRow(civil_servant_id=civil_servant_id, ratings=GivenInputs(general=(rating,)))


@pytest.fixture
async def period(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    return await scenes.open_period(uow)


async def points(uow: MemoryUnitOfWork, key: str) -> dict[str, Decimal]:
    found = await uow.reading().store(EVALUATIONS).select()
    return {
        each.civil_servant_id: rating.points
        for each in found
        for rating in each.given.general
        if rating.key == key
    }


async def test_defaults_for_all_and_what_a_row_says_over_them(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    report = await desk.rate(uow, period, defaults=DEFAULTS, rows=(lower(LAN_ID),))

    assert [each.refusal for each in report.results] == [None] * len(report.results)
    first, second = await points(uow, "I.1"), await points(uow, "I.2")
    assert (first[LAN_ID], first[MINH_ID]) == (Decimal(3), Decimal(5))
    assert second[LAN_ID] == second[MINH_ID]
    assert CHAIR_ID not in first
    assert {each.row for each in report.results} == {"rows[0]", "defaults"}


async def test_who_is_rated_keeps_it_and_is_told(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    await scenes.rate(uow, period, LAN_ID)
    before = await scenes.evaluation_of(uow, period, LAN_ID)

    report = await desk.rate(uow, period, defaults=DEFAULTS, rows=(lower(LAN_ID),))

    assert report.results[0].refusal is not None
    assert report.results[0].refusal.code == "CONFLICT"
    assert await scenes.evaluation_of(uow, period, LAN_ID) == before
    assert MINH_ID in await points(uow, "I.1")


async def test_a_row_is_refused_on_its_own(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> None:
    wrong = RatingRow(
        civil_servant_id=MINH_ID,
        ratings=GivenInputs(general=(Rating(key="I.1", points=Decimal(6)),)),
    )

    report = await desk.rate(
        uow, period, unit_id=OFFICE, rows=(lower(LAN_ID), wrong, lower(CHAIR_ID))
    )

    codes = [each.refusal and each.refusal.code for each in report.results]
    assert codes == [None, "INVALID", "FORBIDDEN"]
    assert await points(uow, "I.1") == {LAN_ID: Decimal(3)}


async def test_without_defaults_only_the_rows(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    await desk.rate(uow, period, unit_id=COMMUNE, rows=(lower(LAN_ID),))

    assert set(await points(uow, "I.1")) == {LAN_ID}


@pytest.mark.parametrize("what", [{}, {"rows": (lower(LAN_ID),) * 201}])
async def test_nobody_or_too_many_are_refused_whole(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, what: dict[str, tuple[RatingRow, ...]]
) -> None:
    with pytest.raises(DomainError) as refused:
        await desk.rate(uow, period, rows=what.get("rows", ()))

    assert (refused.value.code, refused.value.field) == ("INVALID", "input")


async def test_E_I3_a_frozen_period_takes_no_ratings_at_all(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    await scenes.move(uow, period, "freeze")

    with pytest.raises(DomainError) as refused:
        await desk.rate(uow, period, unit_id=COMMUNE, rows=(lower(LAN_ID),))

    assert refused.value.rule_id == "E-I3"
