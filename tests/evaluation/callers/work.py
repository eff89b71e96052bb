"""Who may give, report, check and rate work."""

from collections.abc import Mapping
from decimal import Decimal

from congvu_kit.domain.actor import Participant, Role
from evaluation import scenes, work_scenes
from evaluation.people import (
    CHAIR,
    LAN,
    LAN_ID,
    MINH_ID,
    NEIGHBOUR_ID,
    OFFICE_HEAD,
    OTHER_COMMUNE,
)
from evaluation_service.application.collections import ASSIGNMENTS, EVALUATIONS, WORK_GROUPS
from evaluation_service.domain.dossiers.matching import MatchingRequested
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.work.assignment_events import (
    AssignmentAccepted,
    AssignmentCancelled,
    AssignmentCarriedOver,
    AssignmentCompleted,
    AssignmentCreated,
    AssignmentProposed,
    AssignmentRaised,
    AssignmentReduced,
    AssignmentReturned,
    AssignmentSubmitted,
    AssignmentTransferred,
)
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.reports import AssignmentState, WorkSource
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

DECISION = {"number": "283/QĐ-UBND", "decidedOn": "2026-08-10"}
HALVES = [
    {"civilServantId": LAN_ID, "share": "50"},
    {"civilServantId": MINH_ID, "share": "50"},
]
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


async def two_quarters(stage: Stage) -> Mapping[str, object]:
    work = await given(stage)
    return {**of(work), "periodId": (await work_scenes.next_quarter(stage.uow)).id}


async def proposed(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    return of(await work_scenes.propose(stage.uow, await scenes.open_period(stage.uow)))


async def grouped(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    period = await scenes.open_period(stage.uow)
    halves = work_scenes.members(lan="50", minh="50")
    group = await work_scenes.form_group(stage.uow, period, halves, actor=OFFICE_HEAD)
    return {"groupId": group.id, "expectedRevision": group.revision}


async def to_be_claimed(stage: Stage) -> Mapping[str, object]:
    return of(await returned(stage))


async def claimed(stage: Stage) -> Mapping[str, object]:
    work = await scenes.claim(stage.uow, await returned(stage))
    return {**of(work), "causeId": work.causes[0].id}


async def doubted(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    period = await scenes.open_period(stage.uow)
    return of(await work_scenes.accepted_and_doubted(stage.uow, period))


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
        tells=(AssignmentCreated, MatchingRequested),
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
        tells=(AssignmentCancelled, MatchingRequested),
    ),
    Case(
        mutation="raiseAssignment",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=NOT_ABOVE,
        given=assigned,
        input={"quantity": "6", "reason": "Phát sinh thêm", "decision": DECISION},
        returns="Assignment",
        saved=Saved(ASSIGNMENTS, {"quantity": Decimal(6), "state": AssignmentState.ASSIGNED}),
        tells=(AssignmentRaised,),
    ),
    Case(
        mutation="reduceAssignment",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=NOT_ABOVE,
        given=assigned,
        input={"quantity": "1.5", "kind": "LEAVE", "reason": "Nghỉ ốm", "decision": DECISION},
        returns="Assignment",
        saved=Saved(ASSIGNMENTS, {"quantity": Decimal("1.5"), "state": AssignmentState.ASSIGNED}),
        tells=(AssignmentReduced,),
    ),
    Case(
        mutation="carryOverAssignment",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=NOT_ABOVE,
        given=two_quarters,
        input={"dueOn": "2026-11-02", "reason": "Chờ văn bản", "decision": DECISION},
        returns="Assignment",
        saved=Saved(ASSIGNMENTS, {"quantity": Decimal(0), "state": AssignmentState.CARRIED_OVER}),
        tells=(AssignmentCarriedOver, AssignmentCreated, *[MatchingRequested] * 2),
    ),
    Case(
        mutation="transferAssignment",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=(*NOT_ABOVE, elsewhere(officer=MINH_ID)),
        given=assigned,
        input={"civilServantId": MINH_ID, "reason": "Điều động", "decision": DECISION},
        returns="Assignment",
        saved=Saved(ASSIGNMENTS, {"quantity": Decimal(0), "state": AssignmentState.TRANSFERRED}),
        tells=(AssignmentTransferred, AssignmentCreated, *[MatchingRequested] * 2),
    ),
    Case(
        mutation="assignGroupWork",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=NOT_ABOVE,
        given=open_period,
        input={
            "versionId": scenes.BIRTH,
            "quantity": "10",
            "dueOn": "2026-09-01",
            "members": HALVES,
        },
        returns="WorkGroup",
        saved=Saved(
            WORK_GROUPS,
            {
                "version_id": scenes.BIRTH,
                "division.quantity": Decimal(10),
                "lead.civil_servant_id": LAN_ID,
                "division.divided_by": CHAIR_INVOLVED,
            },
        ),
        tells=(*[AssignmentCreated] * 2, *[MatchingRequested] * 2),
    ),
    Case(
        mutation="divideGroupWork",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=NOT_ABOVE,
        given=grouped,
        input={
            "quantity": "12",
            "members": HALVES,
            "reason": "Giao thêm",
            "decision": DECISION,
        },
        returns="WorkGroup",
        saved=Saved(
            WORK_GROUPS,
            {"division.quantity": Decimal(12), "division.reason": "Giao thêm", "revision": 2},
        ),
        tells=(AssignmentRaised, AssignmentRaised),
    ),
    Case(
        mutation="reportGroupWork",
        right=LAN,
        roles=(Role.OFFICER,),
        elsewhere=NOT_HERS,
        given=grouped,
        input={"quantity": "4", "completedOn": "2026-08-09"},
        returns="WorkGroup",
        saved=Saved(WORK_GROUPS, {"division.quantity": Decimal(10)}),
        tells=(AssignmentSubmitted, AssignmentSubmitted),
    ),
    Case(
        mutation="proposeWork",
        right=LAN,
        roles=(Role.OFFICER,),
        elsewhere=(elsewhere(officer=None), elsewhere("INVALID", officer=NEIGHBOUR_ID)),
        given=open_period,
        input={
            "versionId": scenes.BIRTH,
            "quantity": "2",
            "dueOn": "2026-09-01",
            "reason": "Chủ tịch giao miệng",
        },
        returns="Assignment",
        saved=Saved(
            ASSIGNMENTS,
            {
                "state": AssignmentState.PROPOSED,
                "civil_servant_id": LAN_ID,
                "source": WorkSource.AD_HOC,
                "quantity": Decimal(2),
                "proposal.reason": "Chủ tịch giao miệng",
            },
        ),
        tells=(AssignmentProposed,),
    ),
    Case(
        mutation="decideWorkProposal",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=NOT_ABOVE,
        given=proposed,
        input={"approved": True, "reason": "Đúng việc được giao"},
        returns="Assignment",
        saved=Saved(
            ASSIGNMENTS,
            {
                "state": AssignmentState.ASSIGNED,
                "assigned_by": CHAIR_INVOLVED,
                "proposal.decided_by": CHAIR_INVOLVED,
            },
        ),
        tells=(AssignmentCreated,),
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
        mutation="decideWorkDoubts",
        right=CHAIR,
        roles=SUPERIOR,
        elsewhere=NOT_ABOVE,
        given=doubted,
        input={"withdrawn": "1", "reason": "Đã tính ở nơi khác"},
        returns="Assignment",
        saved=Saved(
            ASSIGNMENTS,
            {"completed": Decimal(3), "state": AssignmentState.RETURNED, "doubted": False},
        ),
        tells=(AssignmentReturned,),
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
