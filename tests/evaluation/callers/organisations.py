"""Who may rate a unit: who leads above it."""

from collections.abc import Mapping

from congvu_kit.domain.actor import Participant, Role
from evaluation import unit_scenes as u
from evaluation.people import CHAIR, CHAIR_ID, OFFICE, OTHER_COMMUNE, person
from evaluation_service.application.collections import ORG_EVALUATIONS
from evaluation_service.domain.results.states import EvaluationState
from support.callers import Case, Saved, Stage, elsewhere


async def opened(stage: Stage) -> Mapping[str, object]:
    period = await u.opened(stage.uow)
    await u.rate(stage.uow, period, OFFICE, u.criteria("0.5"))
    return {"periodId": period.id, "unitId": OFFICE, "expectedRevision": 1}


CASES = [
    Case(
        mutation="scoreUnitCriteria",
        right=person("chair", Role.UNIT_HEAD, unit=CHAIR.unit, officer=CHAIR_ID),
        roles=(Role.UNIT_HEAD,),
        elsewhere=(
            elsewhere(province="01"),
            elsewhere(unit=OTHER_COMMUNE),
            elsewhere(unit=OFFICE),
            elsewhere(officer=None),
        ),
        given=opened,
        input={"criteria": [{"key": "HEAD", "points": "0.8", "reason": "Báo cáo quý"}]},
        returns="OrgEvaluation",
        saved=Saved(
            ORG_EVALUATIONS,
            {
                "state": EvaluationState.MANAGER_SCORED,
                "unit_id": OFFICE,
                "involved": [Participant.of(CHAIR)],
            },
        ),
        tells=(),
    )
]
