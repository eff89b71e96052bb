"""Who may give, report, check and rate work."""

from collections.abc import Mapping
from decimal import Decimal

from congvu_kit.domain.actor import Participant, Role
from evaluation import scenes
from evaluation.people import (
    CHAIR,
    LAN,
    LAN_ID,
    MINH_ID,
    NEIGHBOUR_ID,
    OFFICE_HEAD,
    OTHER_COMMUNE,
)
from evaluation_service.application.collections import ASSIGNMENTS, EVALUATIONS
from evaluation_service.domain.results.evaluations import EvaluationState
from evaluation_service.domain.work.assignments import (
    Assignment,
    AssignmentAccepted,
    AssignmentCancelled,
    AssignmentCompleted,
    AssignmentCreated,
    AssignmentReturned,
    AssignmentSubmitted,
)
from evaluation_service.domain.work.reports import AssignmentState
from support.callers import Case, Saved, Stage, elsewhere

SUPERIOR = (Role.MANAGER, Role.UNIT_HEAD)
CHAIR_INVOLVED = Participant(subject="chair", officer=CHAIR.officer)
NOT_ABOVE = (
    elsewhere(province="01"),
    elsewhere(unit=OTHER_COMMUNE),
    elsewhere(unit=None),
    elsewhere(officer=None),
    elsewhere(officer=LAN_ID),
)
"""Another province, another unit, a token behind which nobody stands, and Lan herself."""

NOT_HERS = (elsewhere(officer=MINH_ID), elsewhere(officer=None))


def of(assignment: Assignment) -> dict[str, object]:
    return {"assignmentId": assignment.id, "expectedRevision": assignment.revision}


async def open_period(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    return {"periodId": (await scenes.open_period(stage.uow)).id}


async def given(stage: Stage) -> Assignment:
    await scenes.commune(stage.uow)
    period = await scenes.open_period(stage.uow)
    return await scenes.assign(stage.uow, period, actor=OFFICE_HEAD)


async def returned(stage: Stage) -> Assignment:
    reported = await scenes.report(stage.uow, await given(stage), "4")
    return await scenes.send_back(stage.uow, reported)


async def assigned(stage: Stage) -> Mapping[str, object]:
    return of(await given(stage))


async def reported(stage: Stage) -> Mapping[str, object]:
    return of(await scenes.report(stage.uow, await given(stage), "4"))


async def to_be_claimed(stage: Stage) -> Mapping[str, object]:
    return of(await returned(stage))


async def claimed(stage: Stage) -> Mapping[str, object]:
    work = await scenes.claim(stage.uow, await returned(stage))
    return {**of(work), "causeId": work.causes[0].id}


async def rated(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    period = await scenes.open_period(stage.uow)
    evaluation = await scenes.rate(stage.uow, period, LAN_ID, actor=OFFICE_HEAD)
    return {"periodId": period.id, "expectedRevision": evaluation.revision}


CASES = [
    Case(
        mutation="assignWork",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=NOT_ABOVE,
        given=open_period,
        input={
            "civilServantId": LAN_ID,
            "versionId": scenes.BIRTH,
            "quantity": "4",
            "dueOn": "2026-09-01",
        },
        returns="Assignment",
        saved=Saved(
            ASSIGNMENTS,
            {
                "state": AssignmentState.ASSIGNED,
                "civil_servant_id": LAN_ID,
                "version.version_id": scenes.BIRTH,
                "quantity": Decimal(4),
                "assigned_by": CHAIR_INVOLVED,
            },
        ),
        tells=(AssignmentCreated,),
    ),
    Case(
        mutation="reportWork",
        right=LAN,
        roles=(Role.OFFICER,),
        elsewhere=NOT_HERS,
        given=assigned,
        input={"quantity": "2", "completedOn": "2026-08-09"},
        returns="Assignment",
        saved=Saved(ASSIGNMENTS, {"state": AssignmentState.SUBMITTED, "completed": Decimal(0)}),
        tells=(AssignmentSubmitted,),
    ),
    Case(
        mutation="acceptWork",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=NOT_ABOVE,
        given=reported,
        returns="Assignment",
        saved=Saved(
            ASSIGNMENTS, {"state": AssignmentState.ACCEPTED_AS_DONE, "completed": Decimal(4)}
        ),
        tells=(AssignmentAccepted, AssignmentCompleted),
    ),
    Case(
        mutation="returnWork",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=NOT_ABOVE,
        given=reported,
        input={"reason": "Thiếu chữ ký"},
        returns="Assignment",
        saved=Saved(ASSIGNMENTS, {"state": AssignmentState.RETURNED, "quality_failures": 1}),
        tells=(AssignmentReturned,),
    ),
    Case(
        mutation="cancelAssignment",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=NOT_ABOVE,
        given=assigned,
        returns="Assignment",
        saved=Saved(ASSIGNMENTS, {"state": AssignmentState.CANCELLED}),
        tells=(AssignmentCancelled,),
    ),
    Case(
        mutation="claimObjectiveCause",
        right=LAN,
        roles=(Role.OFFICER,),
        elsewhere=NOT_HERS,
        given=to_be_claimed,
        input={"kind": "QUALITY", "count": 1, "reason": "Mất mạng"},
        returns="Assignment",
        saved=Saved(ASSIGNMENTS, {"quality_exempt": 0, "state": AssignmentState.RETURNED}),
        tells=(),
    ),
    Case(
        mutation="decideObjectiveCause",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=(*NOT_ABOVE, elsewhere(subject="lan")),
        given=claimed,
        input={"confirmed": True},
        returns="Assignment",
        saved=Saved(ASSIGNMENTS, {"quality_exempt": 1}),
        tells=(),
    ),
    Case(
        mutation="scoreGeneralCriteria",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=NOT_ABOVE,
        given=rated,
        input={
            "civilServantId": LAN_ID,
            "ratings": {"general": [{"key": "I.1", "points": "4.5"}]},
        },
        returns="Evaluation",
        saved=Saved(
            EVALUATIONS,
            {
                "state": EvaluationState.MANAGER_SCORED,
                "involved": [
                    Participant(subject="office-head", officer=OFFICE_HEAD.officer),
                    CHAIR_INVOLVED,
                ],
            },
        ),
        tells=(),
    ),
    Case(
        mutation="selfAssess",
        right=LAN,
        roles=(Role.OFFICER,),
        elsewhere=(elsewhere("INVALID", officer=None), elsewhere("INVALID", officer=NEIGHBOUR_ID)),
        given=rated,
        input={"ratings": {"general": [{"key": "I.1", "points": "4.5"}]}},
        returns="Evaluation",
        saved=Saved(
            EVALUATIONS, {"civil_servant_id": LAN_ID, "state": EvaluationState.MANAGER_SCORED}
        ),
        tells=(),
    ),
]
