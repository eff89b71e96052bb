"""Survey rounds in tests."""

from datetime import date
from typing import Any

from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from feedback import people
from feedback.scenes import new_key
from feedback_service.application.surveys.commands import OpenSurveyRound, open_survey_round
from feedback_service.domain.submissions.submission import Channel
from feedback_service.domain.surveys.survey_round import SurveyRound


async def opened(uow: UnitOfWork, **changes: Any) -> SurveyRound:
    given = {
        "actor": people.BOARD,
        "idempotency_key": new_key(),
        "unit_id": people.WARD,
        "name": "Quý III",
        "instrument_code": "SIPAS",
        "instrument_version": 1,
        "population": 1000,
        "sample": 100,
        "channels": (Channel.PAPER,),
        "starts_on": date(2026, 8, 1),
        "ends_on": date(2026, 8, 31),
    }
    return await perform(open_survey_round, OpenSurveyRound(**{**given, **changes}), uow)
