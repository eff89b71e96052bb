"""Ratings and the freeze of a period."""

from congvu_kit.application.commands import Turns
from congvu_kit.application.ports import UnitOfWork
from feedback import people
from feedback.scenes import (
    PERIOD,
    make_needs,
    rate,
    rating,
)
from feedback_service.application import reactions
from feedback_service.application.indexes.computation import compute_pending
from feedback_service.application.needs import Needs
from feedback_service.domain.submissions.submission import Answer


async def freeze(uow: UnitOfWork, *unit_ids: str) -> None:
    units = unit_ids or (people.WARD, people.COUNTER, people.OTHER_WARD)
    async with uow.begin() as tx:
        fact = reactions.PeriodFrozen(province="56", period_id=PERIOD, unit_ids=units)
        await reactions.freeze_period(fact, tx)
    await compute_pending(uow, Turns(), make_needs().vault)


async def four_ratings(uow: UnitOfWork, needs: Needs) -> None:
    for person, given_answer in enumerate(
        (Answer.VERY_SATISFIED, Answer.SATISFIED, Answer.SATISFIED, Answer.NEUTRAL)
    ):
        await rate(uow, needs, rating(given_answer, token=f"dan-{person}"))
