"""Survey rounds, read by everybody."""

from collections.abc import Sequence

from congvu_kit.application.ports import Eq, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor
from feedback_service.application.collections import SURVEY_ROUNDS, UNITS
from feedback_service.application.surveys.commands import answered_in
from feedback_service.domain.surveys.survey_round import SurveyRound


async def find_rounds(
    ids: Sequence[str], reader: Actor, tx: Transaction
) -> list[SurveyRound | None]:
    """For everybody."""
    del reader
    return await tx.store(SURVEY_ROUNDS).find_many(ids)


async def list_rounds(
    tx: Transaction, unit_id: str, *, first: int, after: str | None
) -> Page[SurveyRound]:
    """Of the unit and the units below it, the latest first."""
    await require_there(tx.store(UNITS), unit_id, "unitId")
    return await tx.store(SURVEY_ROUNDS).page(
        Eq("unit_path", unit_id), order=["-starts_on"], first=first, after=after
    )


async def answers_of(
    rounds: Sequence[SurveyRound], reader: Actor, tx: Transaction
) -> list[int | None]:
    """One per round, as of now."""
    del reader
    return [await answered_in(each.id, tx) for each in rounds]
