"""Who may move a period on."""

from collections.abc import Mapping

from congvu_kit.domain.actor import Role
from evaluation import scenes
from evaluation.callers.personnel import commune
from evaluation.people import ADMIN, COMMUNE
from evaluation_service.application.collections import PERIODS
from evaluation_service.domain.dossiers.matching import MatchingRequested
from evaluation_service.domain.periods.period_events import (
    PeriodClosed,
    PeriodFrozen,
    PeriodOpened,
    PeriodPublished,
    PeriodUnfrozen,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.runs import RankingPublished, ScoringRequested
from support.callers import Case, Saved, Stage, elsewhere

ROLES = (Role.PERIOD_ADMIN,)
ELSEWHERE = (elsewhere(province="01"), elsewhere(province=None))


def step(period: EvaluationPeriod) -> Mapping[str, object]:
    return {"periodId": period.id, "expectedRevision": period.revision}


async def opened(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    return step(await scenes.open_period(stage.uow))


async def waiting(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    period = await scenes.open_period(stage.uow)
    return step(await scenes.move(stage.uow, period, "freeze"))


async def in_review(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    return step(await scenes.reviewed(stage.uow, await scenes.open_period(stage.uow)))


async def published(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    period = await scenes.reviewed(stage.uow, await scenes.open_period(stage.uow))
    return step(await scenes.move(stage.uow, period, "publish"))


CASES = [
    Case(
        mutation="openPeriod",
        right=ADMIN,
        roles=ROLES,
        elsewhere=ELSEWHERE,
        given=commune,
        input={
            "name": "Quý IV",
            "kind": "QUARTER",
            "scopeUnitId": COMMUNE,
            "startsOn": "2026-10-01",
            "endsOn": "2027-01-01",
            "releaseIds": [scenes.RELEASE],
            "appealDays": 7,
        },
        returns="EvaluationPeriod",
        saved=Saved(
            PERIODS,
            {
                "name": "Quý IV",
                "state": PeriodState.OPEN,
                "scope_unit_id": COMMUNE,
                "appeal_days": 7,
                "release_ids": (scenes.RELEASE,),
            },
        ),
        tells=(PeriodOpened,),
    ),
    Case(
        mutation="freezePeriod",
        right=ADMIN,
        roles=ROLES,
        elsewhere=ELSEWHERE,
        given=opened,
        input={"early": "Sắp xếp lại bộ máy", "acceptGaps": {"reason": "Đã báo cáo"}},
        returns="EvaluationPeriod",
        saved=Saved(
            PERIODS,
            {"state": PeriodState.DATA_FROZEN, "frozen_at": scenes.NOW, "freezes": 1},
        ),
        tells=(PeriodFrozen,),
    ),
    Case(
        mutation="unfreezePeriod",
        right=ADMIN,
        roles=ROLES,
        elsewhere=ELSEWHERE,
        given=in_review,
        input={"decision": {"number": "301/QĐ-UBND", "decidedOn": "2026-08-10"}},
        returns="EvaluationPeriod",
        saved=Saved(PERIODS, {"state": PeriodState.OPEN, "frozen_at": None}),
        tells=(PeriodUnfrozen, MatchingRequested),
    ),
    Case(
        mutation="scoreWithoutIndexes",
        right=ADMIN,
        roles=ROLES,
        elsewhere=ELSEWHERE,
        given=waiting,
        input={"reason": "Chưa có người trả lời"},
        returns="EvaluationPeriod",
        saved=Saved(PERIODS, {"state": PeriodState.DATA_FROZEN}),
        tells=(ScoringRequested,),
    ),
    Case(
        mutation="rescore",
        right=ADMIN,
        roles=ROLES,
        elsewhere=ELSEWHERE,
        given=in_review,
        input={"reason": "Sửa bố trí"},
        returns="EvaluationPeriod",
        saved=Saved(PERIODS, {"state": PeriodState.SCORING}),
        tells=(ScoringRequested,),
    ),
    Case(
        mutation="publishPeriod",
        right=ADMIN,
        roles=ROLES,
        elsewhere=ELSEWHERE,
        given=in_review,
        returns="EvaluationPeriod",
        saved=Saved(PERIODS, {"state": PeriodState.PUBLISHED, "published_at": scenes.NOW}),
        tells=(PeriodPublished, RankingPublished),
    ),
    Case(
        mutation="closePeriod",
        right=ADMIN,
        roles=ROLES,
        elsewhere=ELSEWHERE,
        given=published,
        returns="EvaluationPeriod",
        saved=Saved(PERIODS, {"state": PeriodState.CLOSED, "seal.signer": "admin"}),
        tells=(PeriodClosed,),
    ),
]
