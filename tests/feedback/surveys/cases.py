"""Survey rounds: every mutation and its callers."""

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from feedback import people
from feedback.callers import BOARD, Case, Named, nothing
from feedback.surveys.steps import opened
from feedback_service.application.needs import Needs

MAY = frozenset({Role.REVIEW_BOARD, Role.PERIOD_ADMIN})
RIGHT = {**BOARD, people.PERIOD_ADMIN: "PERIOD_ADMIN"}


async def a_round(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    round = await opened(uow)
    return {"surveyRoundId": round.id, "expectedRevision": round.revision}


CASES = [
    Case(
        mutation="openSurveyRound",
        given=nothing,
        input={
            "unitId": people.WARD,
            "name": "Quý III",
            "instrumentCode": "SIPAS",
            "instrumentVersion": 2,
            "population": 1000,
            "sample": 100,
            "channels": ["PAPER", "KIOSK", "PAPER"],
            "startsOn": "2026-08-01",
            "endsOn": "2026-08-31",
        },
        may=MAY,
        right=RIGHT,
        misplaced=[people.HANOI_BOARD],
        returns="SurveyRound",
        shows={
            "unit": {"id": people.WARD},
            "instrumentCode": "SIPAS",
            "channels": ["KIOSK", "PAPER"],
            "closedOn": None,
            "answered": 0,
        },
        entries=["SURVEY_OPENED"],
        tells={
            "name": "Quý III",
            "instrument": "SIPAS@2",
            "population": "1000",
            "sample": "100",
            "channels": "KIOSK,PAPER",
            "from": "2026-08-01",
            "until": "2026-08-31",
        },
    ),
    Case(
        mutation="closeSurveyRound",
        given=a_round,
        input={},
        may=MAY,
        right=RIGHT,
        misplaced=[people.HANOI_BOARD],
        returns="SurveyRound",
        shows={"closedOn": "2026-08-03", "answered": 0, "closedSequence": 2},
        entries=["SURVEY_CLOSED"],
        tells={"answered": "0", "sample": "100"},
    ),
]
