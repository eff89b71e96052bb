"""Who may bring results from before the platform in, and who lets them count."""

from collections.abc import Mapping
from datetime import date

from congvu_kit.domain.actor import Role
from evaluation import prior_scenes, scenes
from evaluation.callers.personnel import commune
from evaluation.people import ADMIN, BOARD, LAN_ID
from evaluation_service.application.collections import PRIOR_RESULTS
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.transfers.prior_results import PriorState, prior_result_id
from support.callers import Case, Saved, Stage, elsewhere

ELSEWHERE = (elsewhere(province="01"), elsewhere(province=None))


async def entered(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    prior = await prior_scenes.entered(stage.uow)
    return {"priorResultId": prior.id, "expectedRevision": prior.revision}


CASES = [
    Case(
        mutation="importPriorResults",
        right=ADMIN,
        roles=(Role.PERIOD_ADMIN, Role.PERSONNEL_SYNC),
        elsewhere=ELSEWHERE,
        given=commune,
        input={"rows": [prior_scenes.ROW]},
        returns="PriorReport",
        rows="results",
        saved=Saved(
            PRIOR_RESULTS,
            {"state": PriorState.ENTERED, "period_label": "2025", "family": "ND335-2025"},
            prior_result_id(LAN_ID, PeriodKind.YEAR, "2025", date(2025, 1, 1)),
        ),
        tells=(),
    ),
    Case(
        mutation="decidePriorResult",
        right=BOARD,
        roles=(Role.REVIEW_BOARD,),
        elsewhere=(*ELSEWHERE, elsewhere(subject="admin")),
        given=entered,
        input={"confirmed": True, "reason": "Đúng hồ sơ"},
        returns="PriorResult",
        saved=Saved(PRIOR_RESULTS, {"state": PriorState.CONFIRMED, "decided_at": scenes.NOW}),
        tells=(),
    ),
]
