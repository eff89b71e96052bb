"""A period's id follows from what it is of, so that opening it twice can never make two."""

from congvu_kit.adapters.memory import MemoryUnitOfWork
from evaluation import scenes
from evaluation.people import COMMUNE
from evaluation_service.domain.periods.bounds import period_id
from evaluation_service.domain.periods.states import PeriodKind


async def test_a_period_has_the_id_of_its_unit_kind_and_first_day(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)

    period = await scenes.open_period(uow)

    assert period.id == period_id(COMMUNE, PeriodKind.QUARTER, scenes.JULY)
    assert period.id != period_id(COMMUNE, PeriodKind.MONTH, scenes.JULY)
    assert period.id != period_id(COMMUNE, PeriodKind.QUARTER, scenes.OCTOBER)
