"""Who may act in a stage of a file, and who may delegate it."""

from collections.abc import Mapping

from congvu_kit.domain.actor import Participant, Role
from evaluation import stage_scenes as s
from evaluation.people import (
    ADMIN,
    CHAIR,
    CHAIR_ID,
    DEPUTY_ID,
    LAN,
    LAN_ID,
    OFFICE_HEAD,
    OTHER_COMMUNE,
    person,
)
from evaluation.scenes import TODAY
from evaluation_service.application.collections import DELEGATIONS, EVALUATIONS
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.stages.delegations import StageDelegated, StageDelegationEnded
from evaluation_service.domain.stages.events import StageClosed, StageOpened
from support.callers import Case, Saved, Stage, elsewhere

LEADERS = (Role.MANAGER, Role.UNIT_HEAD)
WITH_STAGES = person("chair", Role.PERIOD_ADMIN, *LEADERS, unit=CHAIR.unit, officer=CHAIR_ID)
"""Has the stage, or runs the period: by the role."""

LAN_ACTED, HEAD_ACTED = Participant.of(LAN), Participant.of(OFFICE_HEAD)
DECISION = {"number": "31/QĐ-UBND", "decidedOn": "2026-08-10"}


async def reviewed(stage: Stage) -> Mapping[str, object]:
    period = await s.year(stage.uow)
    await s.assess(stage.uow, period, s.grades(9, 9, 9))
    given = await s.score(stage.uow, period, s.grades(7, 7, 7))
    return {"periodId": period.id, "expectedRevision": given.revision}


async def opened(stage: Stage) -> Mapping[str, object]:
    period: EvaluationPeriod = await s.year(stage.uow)
    return {"periodId": period.id}


async def delegated(stage: Stage) -> Mapping[str, object]:
    period = await s.year(stage.uow)
    of = {"from_civil_servant_id": CHAIR_ID}
    delegation = await s.delegate(stage.uow, period, s.REVIEWING, DEPUTY_ID, **of)
    return {"delegationId": delegation.id, "expectedRevision": delegation.revision}


CASES = [
    Case(
        mutation="passStage",
        right=person("chair", *LEADERS, unit=CHAIR.unit, officer=CHAIR_ID),
        roles=LEADERS,
        elsewhere=(
            elsewhere(province="01"),
            elsewhere(unit=OTHER_COMMUNE),
            elsewhere(officer=None),
            elsewhere(officer=LAN_ID),
            elsewhere(officer=DEPUTY_ID),
        ),
        given=reviewed,
        input={
            "civilServantId": LAN_ID,
            "stage": s.REVIEWING,
            "ratings": {"elements": [{"key": "work_output", "points": "8"}]},
            "remark": "Việc khó hơn thường lệ",
        },
        returns="Evaluation",
        saved=Saved(
            EVALUATIONS,
            {
                "file.current": s.ACCEPTING,
                "file.acted": (LAN_ACTED, HEAD_ACTED, Participant.of(CHAIR)),
                "given": s.grades(8, 7, 7),
            },
        ),
        tells=(StageClosed, StageOpened),
    ),
    Case(
        mutation="delegateStage",
        right=WITH_STAGES,
        roles=(Role.PERIOD_ADMIN, *LEADERS),
        elsewhere=(elsewhere(province="01"), elsewhere(province=None)),
        given=opened,
        input={
            "stage": s.REVIEWING,
            "fromCivilServantId": CHAIR_ID,
            "toCivilServantId": DEPUTY_ID,
            "until": "2026-08-20",
            "decision": DECISION,
        },
        returns="StageDelegation",
        saved=Saved(
            DELEGATIONS,
            {
                "from_civil_servant_id": CHAIR_ID,
                "to_civil_servant_id": DEPUTY_ID,
                "decision.number": "31/QĐ-UBND",
                "delegated_by": Participant.of(WITH_STAGES),
            },
        ),
        tells=(StageDelegated,),
    ),
    Case(
        mutation="endStageDelegation",
        right=WITH_STAGES,
        roles=(Role.PERIOD_ADMIN, *LEADERS),
        elsewhere=(elsewhere(province="01"), elsewhere(province=None)),
        given=delegated,
        returns="StageDelegation",
        saved=Saved(DELEGATIONS, {"ended_on": TODAY, "delegated_by": Participant.of(ADMIN)}),
        tells=(StageDelegationEnded,),
    ),
]
