"""Who may do something for a whole unit at once; what is refused, is refused row by row."""

from collections.abc import Mapping

from congvu_kit.domain.actor import Participant
from evaluation import scenes
from evaluation.callers.work import NOT_ABOVE, SUPERIOR, given, open_period
from evaluation.people import CHAIR, COMMUNE, LAN_ID, OFFICE
from evaluation_service.application.collections import EVALUATIONS, TALLIES
from evaluation_service.domain.dossiers.matching import MatchingRequested
from evaluation_service.domain.periods.bounds import period_id
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.personnel.servants import AppointmentRole, appointment_id
from evaluation_service.domain.results.evaluations import evaluation_id
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.work.assignment_events import (
    AssignmentAccepted,
    AssignmentCompleted,
    AssignmentCreated,
)
from evaluation_service.domain.work.tallies import tally_id
from support.callers import Case, Saved, Stage

PERIOD = period_id(COMMUNE, PeriodKind.QUARTER, scenes.JULY)
APPOINTMENT = appointment_id(LAN_ID, OFFICE, "HO-TICH", AppointmentRole.STAFF, scenes.SINCE)
CHAIR_INVOLVED = Participant(subject="chair", officer=CHAIR.officer)


async def reported(stage: Stage) -> Mapping[str, object]:
    work = await scenes.report(stage.uow, await given(stage), "4")
    return {"periodId": work.period_id}


CASES = [
    Case(
        mutation="assignWorkBulk",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=NOT_ABOVE,
        given=open_period,
        input={
            "rows": [
                {
                    "civilServantId": LAN_ID,
                    "versionId": scenes.BIRTH,
                    "quantity": "4",
                    "dueOn": "2026-09-01",
                }
            ]
        },
        returns="AssignedReport",
        rows="results",
        saved=Saved(
            TALLIES,
            {"civil_servant_id": LAN_ID, "involved": [CHAIR_INVOLVED]},
            tally_id(PERIOD, APPOINTMENT),
        ),
        tells=(AssignmentCreated, MatchingRequested),
    ),
    Case(
        mutation="acceptAllBut",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=NOT_ABOVE,
        given=reported,
        input={"unitId": COMMUNE, "reportedUntil": "2026-08-10T03:00:00Z"},
        returns="CheckedReport",
        rows="results",
        saved=Saved(TALLIES, {"civil_servant_id": LAN_ID}, tally_id(PERIOD, APPOINTMENT)),
        tells=(AssignmentAccepted, AssignmentCompleted),
    ),
    Case(
        mutation="scoreGeneralCriteriaBulk",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=NOT_ABOVE,
        given=open_period,
        input={
            "unitId": OFFICE,
            "rows": [
                {
                    "civilServantId": LAN_ID,
                    "ratings": {"general": [{"key": "I.1", "points": "4.5"}]},
                }
            ],
        },
        returns="RatedReport",
        rows="results",
        saved=Saved(
            EVALUATIONS,
            {"state": EvaluationState.MANAGER_SCORED, "involved": [CHAIR_INVOLVED]},
            evaluation_id(PERIOD, LAN_ID, APPOINTMENT),
        ),
        tells=(),
    ),
]
