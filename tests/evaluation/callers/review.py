"""Who may decide about results: the board, and the person concerned about their own appeal."""

from collections.abc import Mapping

from congvu_kit.domain.actor import Participant, Role
from evaluation import review_scenes, scenes
from evaluation.people import BOARD, COMMUNE, COUNCIL, LAN_ID, MINH, MINH_ID, ref
from evaluation_service.application.collections import (
    APPEALS,
    POST_AUDITS,
    RUNS,
    VETOES,
)
from evaluation_service.application.collections import (
    CASES as TRIGGER_CASES,
)
from evaluation_service.domain.integrity.cases import CaseState, TriggerResolved
from evaluation_service.domain.integrity.vetoes import VetoApplied, VetoLifted
from evaluation_service.domain.results.events import EvaluationCorrected, EvaluationRanked
from evaluation_service.domain.results.runs import RankingCompleted
from evaluation_service.domain.review.appeals import Appeal, AppealDecided, AppealFiled, AppealState
from evaluation_service.domain.review.post_audits import (
    CouncilAuditRequested,
    PostAuditOrigin,
    PostAuditState,
)
from support.callers import Case, Saved, Stage, elsewhere

ROLES = (Role.REVIEW_BOARD,)
BOARD_INVOLVED = Participant.of(BOARD)
DECISION = {"number": "300/QĐ-UBND", "decidedOn": "2026-08-10"}
ELSEWHERE = (elsewhere(province="01"), elsewhere(province=None), elsewhere(officer=LAN_ID))
"""Another province's board, and Lan herself as a member of it."""

INVOLVED = (
    elsewhere(province="01"),
    elsewhere(officer=MINH_ID),
    elsewhere(subject="chair"),
    elsewhere(subject="admin"),
)
"""Minh himself, who gave and rated his work, and who moved the period."""


async def commune(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    return {}


async def vetoed(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    veto = await scenes.veto(stage.uow, LAN_ID, "DISCIPLINED")
    return {"vetoId": veto.id, "expectedRevision": veto.revision}


async def raised(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    evaluation = await scenes.rate(stage.uow, await scenes.open_period(stage.uow), LAN_ID)
    case = await review_scenes.raised(stage.uow, evaluation)
    return {"caseId": case.id, "expectedRevision": case.revision}


async def tied(stage: Stage) -> Mapping[str, object]:
    run = await review_scenes.tied(stage.uow)
    return {"runId": run.id, "expectedRevision": run.revision, "keptEvaluationIds": run.ties[:2]}


async def published(stage: Stage) -> Mapping[str, object]:
    period = await review_scenes.published(stage.uow)
    return {"evaluationId": (await scenes.evaluation_of(stage.uow, period, MINH_ID)).id}


async def about_a_unit(stage: Stage) -> Mapping[str, object]:
    period = await review_scenes.published(stage.uow)
    return {"periodId": period.id, "unitId": COMMUNE}


async def appeal(stage: Stage) -> Appeal:
    period = await review_scenes.published(stage.uow)
    minh = await scenes.evaluation_of(stage.uow, period, MINH_ID)
    return await review_scenes.file(stage.uow, minh)


async def filed(stage: Stage) -> Mapping[str, object]:
    it = await appeal(stage)
    return {"appealId": it.id, "expectedRevision": it.revision}


async def audited(stage: Stage) -> Mapping[str, object]:
    about = await published(stage)
    audit = await review_scenes.post_audit(stage.uow, MINH_ID)
    return {**about, "postAuditId": audit.id, "expectedRevision": audit.revision}


CASES = [
    Case(
        mutation="recordVetoEvent",
        right=BOARD,
        roles=ROLES,
        elsewhere=ELSEWHERE,
        given=commune,
        input={
            "civilServantId": LAN_ID,
            "event": "DISCIPLINED",
            "decision": DECISION,
            "validFrom": "2026-08-01",
        },
        returns="VetoEvent",
        saved=Saved(
            VETOES,
            {
                "civil_servant_id": LAN_ID,
                "event": "DISCIPLINED",
                "decision.number": "300/QĐ-UBND",
                "recorded_by": BOARD_INVOLVED,
                "lifted": None,
            },
        ),
        tells=(VetoApplied,),
    ),
    Case(
        mutation="liftVetoEvent",
        right=BOARD,
        roles=ROLES,
        elsewhere=ELSEWHERE,
        given=vetoed,
        input={"decision": DECISION},
        returns="VetoEvent",
        saved=Saved(VETOES, {"lifted.number": "300/QĐ-UBND", "decision.number": "283/QĐ-UBND"}),
        tells=(VetoLifted,),
    ),
    Case(
        mutation="resolveTriggerCase",
        right=BOARD,
        roles=ROLES,
        elsewhere=ELSEWHERE,
        given=raised,
        input={"state": "CONFIRMED", "reason": "Đủ điều kiện"},
        returns="TriggerCase",
        saved=Saved(
            TRIGGER_CASES,
            {
                "state": CaseState.CONFIRMED,
                "reason": "Đủ điều kiện",
                "decided_by": BOARD_INVOLVED,
                "decided_at": scenes.NOW,
            },
        ),
        tells=(TriggerResolved,),
    ),
    Case(
        mutation="decideTies",
        right=BOARD,
        roles=ROLES,
        elsewhere=(
            elsewhere(province="01"),
            elsewhere(officer=ref("cb-200").ours("cs")),
            elsewhere(subject="chair"),
        ),
        given=tied,
        input={"reason": "Hội đồng biểu quyết"},
        returns="RankingRun",
        saved=Saved(RUNS, {"ties": (), "involved": [BOARD_INVOLVED]}),
        tells=(RankingCompleted, EvaluationRanked, EvaluationRanked),
    ),
    Case(
        mutation="fileAppeal",
        right=MINH,
        roles=(Role.OFFICER,),
        elsewhere=(elsewhere(officer=LAN_ID), elsewhere(officer=None)),
        given=published,
        input={"grounds": "Tính thiếu"},
        returns="Appeal",
        saved=Saved(
            APPEALS,
            {"state": AppealState.FILED, "civil_servant_id": MINH_ID, "grounds": "Tính thiếu"},
        ),
        tells=(AppealFiled,),
    ),
    Case(
        mutation="withdrawAppeal",
        right=MINH,
        roles=(Role.OFFICER,),
        elsewhere=(elsewhere(officer=LAN_ID), elsewhere(officer=None)),
        given=filed,
        returns="Appeal",
        saved=Saved(APPEALS, {"state": AppealState.WITHDRAWN, "decided_by": None}),
        tells=(AppealDecided,),
    ),
    Case(
        mutation="decideAppeal",
        right=BOARD,
        roles=ROLES,
        elsewhere=INVOLVED,
        given=filed,
        input={"verdict": "REJECTED", "reason": "Đã kiểm tra"},
        returns="Appeal",
        saved=Saved(
            APPEALS,
            {"state": AppealState.REJECTED, "reason": "Đã kiểm tra", "decided_by": BOARD_INVOLVED},
        ),
        tells=(AppealDecided,),
    ),
    Case(
        mutation="requestPostAudit",
        right=COUNCIL,
        roles=(Role.COUNCIL,),
        elsewhere=(elsewhere(province="01"), elsewhere(province=None)),
        given=about_a_unit,
        input={"reason": "Nhiều kết quả xuất sắc"},
        returns="PostAudit",
        saved=Saved(
            POST_AUDITS,
            {
                "origin": PostAuditOrigin.COUNCIL,
                "state": PostAuditState.REQUESTED,
                "unit_id": COMMUNE,
                "reason": "Nhiều kết quả xuất sắc",
                "requested_by": Participant.of(COUNCIL),
            },
        ),
        tells=(CouncilAuditRequested,),
    ),
    Case(
        mutation="decidePostAudit",
        right=BOARD,
        roles=ROLES,
        elsewhere=INVOLVED,
        given=audited,
        input={
            "reason": "Theo kết luận",
            "correction": {"general": [{"key": "I.1", "points": "1"}]},
        },
        returns="PostAudit",
        saved=Saved(
            POST_AUDITS,
            {
                "state": PostAuditState.CORRECTED,
                "decision_reason": "Theo kết luận",
                "decided_by": BOARD_INVOLVED,
                "decided_at": scenes.NOW,
            },
        ),
        tells=(EvaluationCorrected, RankingCompleted),
    ),
]
