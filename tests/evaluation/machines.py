"""Which step may be taken in which state, and what comes of it, for every aggregate with states."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from evaluation import initiative_scenes
from evaluation import specimens as a
from evaluation_service.domain.agreements.content import Party
from evaluation_service.domain.agreements.events import (
    AgreementAssessed,
    AgreementEnded,
    AgreementSigned,
)
from evaluation_service.domain.agreements.versions import AgreementState
from evaluation_service.domain.fairness.budgets import BudgetState
from evaluation_service.domain.initiatives.initiatives import (
    InitiativeChecked,
    InitiativeDecided,
    InitiativeState,
)
from evaluation_service.domain.integrity.cases import CaseState, TriggerResolved
from evaluation_service.domain.integrity.vetoes import VetoLifted
from evaluation_service.domain.objectives.objectives import (
    Basis,
    ObjectiveDefined,
    ObjectiveState,
    ObjectiveWithdrawn,
)
from evaluation_service.domain.objectives.readings import ReadingConfirmed, ReadingState
from evaluation_service.domain.periods.period_events import (
    PeriodClosed,
    PeriodFrozen,
    PeriodPublished,
    PeriodResealed,
    PeriodUnfrozen,
)
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.policies.policies import PolicyState
from evaluation_service.domain.results.events import (
    EvaluationCorrected,
    EvaluationPublished,
    EvaluationRanked,
    EvaluationScored,
)
from evaluation_service.domain.results.runs import (
    RankingCompleted,
    RankingPublished,
    RunState,
    ScoringRequested,
)
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.review.appeals import AppealDecided, AppealState
from evaluation_service.domain.review.post_audits import PostAuditState
from evaluation_service.domain.transfers.handovers import HandedOverTo
from evaluation_service.domain.work.assignment_events import (
    AssignmentAccepted,
    AssignmentCancelled,
    AssignmentCarriedOver,
    AssignmentCompleted,
    AssignmentCreated,
    AssignmentOverdue,
    AssignmentRaised,
    AssignmentReduced,
    AssignmentRefused,
    AssignmentReturned,
    AssignmentSubmitted,
    AssignmentTransferred,
)
from evaluation_service.domain.work.causes import CauseState
from evaluation_service.domain.work.reports import AssignmentState
from support.states import Machine, Step, staying, to


def resolving(wanted: CaseState) -> Step:
    return lambda it: it.resolve(wanted, "Đã họp", a.SOMEBODY, a.NOW)


def deciding(verdict: AppealState) -> Step:
    return lambda it: it.decide(verdict, "Đã kiểm tra", a.SOMEBODY, a.NOW)


def confirming(confirmed: bool) -> Step:
    return lambda it: it.decide(confirmed=confirmed)


A, E, P, R = AssignmentState, EvaluationState, PeriodState, RunState
WORKABLE = (A.ASSIGNED, A.IN_PROGRESS, A.RETURNED)
UNDER_REVIEW = (A.SUBMITTED, A.OVERDUE_REVIEW)
VERDICTS = (
    AppealState.UPHELD,
    AppealState.PARTLY,
    AppealState.REJECTED,
    AppealState.INADMISSIBLE,
)

ASSIGNMENT = Machine(
    a.assignment,
    A,
    {
        "report": (
            lambda it: it.report(a.REPORT, a.TODAY),
            dict.fromkeys(WORKABLE, to(A.SUBMITTED, AssignmentSubmitted)),
        ),
        "accept a part": (
            lambda it: it.accept(a.check("1")),
            dict.fromkeys(UNDER_REVIEW, to(A.IN_PROGRESS, AssignmentAccepted)),
        ),
        "accept all": (
            lambda it: it.accept(a.check("4")),
            dict.fromkeys(
                UNDER_REVIEW, to(A.ACCEPTED_AS_DONE, AssignmentAccepted, AssignmentCompleted)
            ),
        ),
        "return": (
            lambda it: it.send_back(a.check("0")),
            dict.fromkeys(UNDER_REVIEW, to(A.RETURNED, AssignmentReturned)),
        ),
        "charge the silence": (
            lambda it: it.review_is_overdue(),
            {A.SUBMITTED: to(A.OVERDUE_REVIEW, AssignmentOverdue)},
        ),
        "count a dossier": (
            lambda it: it.count_dossier(late=False),
            staying((A.IN_PROGRESS, A.RETURNED, *UNDER_REVIEW)) | {A.ASSIGNED: to(A.IN_PROGRESS)},
        ),
        "cancel": (
            lambda it: it.cancel(),
            {A.ASSIGNED: to(A.CANCELLED, AssignmentCancelled)},
        ),
        "approve": (
            lambda it: it.decide_proposal(a.SOMEBODY, "Đúng", approved=True),
            {A.PROPOSED: to(A.ASSIGNED, AssignmentCreated)},
        ),
        "refuse": (
            lambda it: it.decide_proposal(a.SOMEBODY, "Không", approved=False),
            {A.PROPOSED: to(A.REFUSED, AssignmentRefused)},
        ),
        "raise": (
            lambda it: it.increase(a.change("6")),
            staying((*WORKABLE, *UNDER_REVIEW), AssignmentRaised),
        ),
        "carry over": (
            lambda it: it.hand_on(a.change("0"), A.CARRIED_OVER, "asg_2"),
            dict.fromkeys(WORKABLE, to(A.CARRIED_OVER, AssignmentCarriedOver)),
        ),
        "transfer": (
            lambda it: it.hand_on(a.change("0"), A.TRANSFERRED, "asg_2"),
            dict.fromkeys(WORKABLE, to(A.TRANSFERRED, AssignmentTransferred)),
        ),
    },
)
RELIEF = Machine(
    a.begun_work,
    A,
    {
        "reduce": (
            lambda it: it.reduce(a.change("3")),
            staying((*WORKABLE, *UNDER_REVIEW), AssignmentReduced),
        ),
    },
)
EVALUATION = Machine(
    a.evaluation,
    E,
    {
        "assess oneself": (
            lambda it: it.self_assess(a.GIVEN),
            staying((E.SELF_ASSESSED, E.MANAGER_SCORED))
            | dict.fromkeys((E.NOT_STARTED, E.HANDED_OVER), to(E.SELF_ASSESSED)),
        ),
        "rate": (
            lambda it: it.give(a.GIVEN, a.SOMEBODY),
            dict.fromkeys(
                (E.NOT_STARTED, E.SELF_ASSESSED, E.MANAGER_SCORED, E.HANDED_OVER),
                to(E.MANAGER_SCORED),
            ),
        ),
        "score": (
            lambda it: it.scored(replace(a.sheet(2), snapshot_hash="other")),
            staying([each for each in E if each is not E.FINAL], EvaluationScored),
        ),
        "score again, the same": (
            lambda it: it.scored(replace(a.sheet(2), attempt=2)),
            staying([each for each in E if each is not E.FINAL]),
        ),
        "rank": (
            lambda it: it.ranked("HTT", ()),
            staying((E.RANKED, E.PUBLISHED, E.APPEALED, E.CORRECTED), EvaluationRanked)
            | dict.fromkeys(
                (E.NOT_STARTED, E.SELF_ASSESSED, E.MANAGER_SCORED, E.HANDED_OVER),
                to(E.RANKED, EvaluationRanked),
            ),
        ),
        "hand over": (
            lambda it: it.hand_over(HandedOverTo(period_id="period_2")),
            dict.fromkeys(
                (E.NOT_STARTED, E.SELF_ASSESSED, E.MANAGER_SCORED, E.RANKED, E.HANDED_OVER),
                to(E.HANDED_OVER),
            ),
        ),
        "reopen": (lambda it: it.reopen(), {E.RANKED: to(E.NOT_STARTED)}),
        "publish": (
            lambda it: it.published(),
            {E.RANKED: to(E.PUBLISHED, EvaluationPublished)},
        ),
        "correct": (
            lambda it: it.corrected(a.sheet(2), "HTT", (), a.SOMEBODY),
            staying((E.RANKED,), EvaluationCorrected)
            | dict.fromkeys(
                (E.PUBLISHED, E.APPEALED, E.CORRECTED), to(E.CORRECTED, EvaluationCorrected)
            ),
        ),
        "appeal": (
            lambda it: it.appealed(),
            dict.fromkeys((E.PUBLISHED, E.CORRECTED), to(E.APPEALED))
            | {E.RANKED: to(E.APPEALED, EvaluationPublished)},
        ),
        "end the appeal": (lambda it: it.appeal_ended(), {E.APPEALED: to(E.PUBLISHED)}),
    },
)
PERIOD = Machine(
    a.period,
    P,
    {
        "freeze": (
            lambda it: it.freeze(["unit_1"], a.CUTOFF, a.SOMEBODY, a.NOW),
            {P.OPEN: to(P.DATA_FROZEN, PeriodFrozen)},
        ),
        "unfreeze": (
            lambda it: it.unfreeze(a.DECISION, a.SOMEBODY, a.NOW),
            dict.fromkeys((P.DATA_FROZEN, P.SCORING, P.REVIEW), to(P.OPEN, PeriodUnfrozen)),
        ),
        "score again": (
            lambda it: it.scored_again(a.SOMEBODY),
            dict.fromkeys((P.DATA_FROZEN, P.REVIEW), to(P.SCORING)) | staying((P.SCORING,)),
        ),
        "one agency of several is ranked": (
            lambda it: it.scored(waiting=1),
            dict.fromkeys((P.DATA_FROZEN, P.SCORING), to(P.SCORING))
            | staying((P.OPEN, P.REVIEW, P.PUBLISHED, P.APPEAL_WINDOW, P.CLOSED)),
        ),
        "the last agency is ranked": (
            lambda it: it.scored(waiting=0),
            dict.fromkeys((P.DATA_FROZEN, P.SCORING), to(P.REVIEW))
            | staying((P.OPEN, P.REVIEW, P.PUBLISHED, P.APPEAL_WINDOW, P.CLOSED)),
        ),
        "publish": (
            lambda it: it.publish(a.SOMEBODY, a.NOW),
            {P.REVIEW: to(P.APPEAL_WINDOW, PeriodPublished)},
        ),
        "close": (
            lambda it: it.close(a.SEAL, a.SOMEBODY, a.NOW + timedelta(days=30)),
            dict.fromkeys((P.PUBLISHED, P.APPEAL_WINDOW), to(P.CLOSED, PeriodClosed)),
        ),
        "seal again": (lambda it: it.reseal(a.SEAL), {P.CLOSED: to(P.CLOSED, PeriodResealed)}),
    },
)
RUN = Machine(
    a.run,
    R,
    {
        "request": (
            lambda it: it.request(a.NOW, ("unit_1",)),
            {R.WAITING: to(R.REQUESTED, ScoringRequested)}
            | staying((R.REQUESTED, R.RANKED, R.WITHDRAWN)),
        ),
        "again": (
            lambda it: it.again("Sửa bố trí", a.SOMEBODY, a.NOW),
            dict.fromkeys((R.REQUESTED, R.RANKED), to(R.REQUESTED, ScoringRequested)),
        ),
        "withdraw": (lambda it: it.withdraw(), dict.fromkeys(R, to(R.WITHDRAWN))),
        "wait again": (
            lambda it: it.wait_again(("unit_2",), a.NOW, 2),
            {R.WITHDRAWN: to(R.WAITING)},
        ),
        "ask again": (lambda it: it.ask_again(a.NOW), staying((R.REQUESTED,), ScoringRequested)),
        "progress": (lambda it: it.progress(people=3, scored=1), staying((R.REQUESTED,))),
        "fail": (lambda it: it.failed("CONFLICT"), staying(tuple(R))),
        "rank": (
            lambda it: it.ranked((a.RESULT,), (), ()),
            dict.fromkeys((R.REQUESTED, R.RANKED), to(R.RANKED, RankingCompleted)),
        ),
        "publish": (lambda it: it.publish(), staying((R.RANKED,), RankingPublished)),
    },
)
CASE_MOVES = {
    CaseState.RAISED: (CaseState.CONFIRMED, CaseState.DISMISSED),
    CaseState.CONFIRMED: (CaseState.ACTED, CaseState.DISMISSED),
}
CASE = Machine(
    a.case,
    CaseState,
    {
        f"resolve as {wanted}": (
            resolving(wanted),
            {
                state: to(wanted, TriggerResolved)
                for state, reached in CASE_MOVES.items()
                if wanted in reached
            },
        )
        for wanted in CaseState
    },
)
BUDGET = Machine(
    a.budget,
    BudgetState,
    {
        "enter anew": (
            lambda it: it.enter(it.amount + 1, "Quyết định 16/QĐ-UBND", a.SOMEBODY, a.NOW),
            dict.fromkeys(BudgetState, to(BudgetState.ENTERED)),
        ),
        "confirm": (
            lambda it: it.confirm(a.APPROVER, a.NOW),
            {BudgetState.ENTERED: to(BudgetState.CONFIRMED)},
        ),
    },
)
APPEAL = Machine(
    a.appeal,
    AppealState,
    {
        f"decide {verdict}": (
            deciding(verdict),
            {AppealState.FILED: to(verdict, AppealDecided)},
        )
        for verdict in VERDICTS
    }
    | {
        "withdraw": (
            lambda it: it.withdraw(),
            {AppealState.FILED: to(AppealState.WITHDRAWN, AppealDecided)},
        )
    },
)
G = AgreementState
OPEN = (G.SIGNED, G.IN_FORCE, G.AMENDED, G.ASSESSED)
AGREEMENT = Machine(
    a.agreement,
    G,
    {
        "propose": (
            lambda it: it.propose((), a.APPROVER, a.NOW, "Giao lại"),
            {G.DRAFT: to(G.NEGOTIATING), **staying((G.NEGOTIATING, *OPEN))},
        ),
        "countersign": (
            lambda it: it.sign(Party.SUPERIOR, it.hash_of(it.latest), a.APPROVER, a.NOW),
            {G.NEGOTIATING: to(G.IN_FORCE, AgreementSigned)},
        ),
        "assess": (
            lambda it: it.assess(a.assessment()),
            {
                **{state: to(G.ASSESSED, AgreementAssessed) for state in OPEN},
                G.LOCKED: to(G.PUBLISHED, AgreementAssessed),
                **staying((G.PUBLISHED, G.ENDED, G.TERMINATED), AgreementAssessed),
            },
        ),
        "terminate": (
            lambda it: it.terminate(a.DECISION, "Điều động", a.APPROVER, a.NOW),
            {state: to(G.TERMINATED, AgreementEnded) for state in (G.DRAFT, G.NEGOTIATING, *OPEN)},
        ),
        "expire": (
            lambda it: it.move_on(a.NOW + timedelta(days=400)),
            {
                **{state: to(G.ENDED, AgreementEnded) for state in G},
                **staying((G.ENDED, G.TERMINATED)),
            },
        ),
    },
)
OBJECTIVE = Machine(
    a.objective,
    ObjectiveState,
    {
        "revise": (
            lambda it: it.revise(a.harder(it), Basis(reason="QĐ"), a.APPROVER, a.NOW, []),
            staying((ObjectiveState.IN_FORCE,), ObjectiveDefined),
        ),
        "withdraw": (
            lambda it: it.withdraw(Basis(reason="Giao nhầm"), a.APPROVER, a.NOW, in_use=False),
            {ObjectiveState.IN_FORCE: to(ObjectiveState.WITHDRAWN, ObjectiveWithdrawn)},
        ),
    },
)
READING = Machine(
    a.reading,
    ReadingState,
    {
        "confirm": (
            lambda it: it.decide(confirmed=True, reason=None, by=a.APPROVED_BY, now=a.NOW),
            {ReadingState.ENTERED: to(ReadingState.CONFIRMED, ReadingConfirmed)},
        ),
        "refuse": (
            lambda it: it.decide(confirmed=False, reason="Sai", by=a.APPROVED_BY, now=a.NOW),
            {ReadingState.ENTERED: to(ReadingState.REFUSED)},
        ),
    },
)
POST_AUDIT = Machine(
    a.post_audit,
    PostAuditState,
    {
        "correct": (
            lambda it: it.decide("eval_1", "Đã kiểm tra", a.SOMEBODY, a.NOW),
            {PostAuditState.REQUESTED: to(PostAuditState.CORRECTED)},
        ),
        "dismiss": (
            lambda it: it.decide(None, "Đã kiểm tra", a.SOMEBODY, a.NOW),
            {PostAuditState.REQUESTED: to(PostAuditState.DISMISSED)},
        ),
    },
)
POLICY = Machine(
    a.policy,
    PolicyState,
    {
        "redraft": (
            lambda it: it.redraft("{}", "1" * 64, a.SOMEBODY),
            staying((PolicyState.DRAFT,)),
        ),
        "approve": (
            lambda it: it.approve(a.APPROVER),
            {PolicyState.DRAFT: to(PolicyState.APPROVED)},
        ),
        "publish": (
            lambda it: it.publish(a.DECISION, date(2026, 9, 1), a.NOW),
            {PolicyState.APPROVED: to(PolicyState.PUBLISHED)},
        ),
    },
)
CAUSE = Machine(
    a.work_with_cause,
    CauseState,
    {
        name: (
            confirming(confirmed),
            {CauseState.CLAIMED: to(state)},
        )
        for name, confirmed, state in (
            ("confirm", True, CauseState.CONFIRMED),
            ("refuse", False, CauseState.REFUSED),
        )
    },
)
VETO = Machine(
    a.veto,
    a.VetoState,
    {
        "lift": (
            lambda it: it.lift(a.LATER_DECISION),
            {a.VetoState.IN_FORCE: to(a.VetoState.LIFTED, VetoLifted)},
        )
    },
)
INITIATIVE = Machine(
    initiative_scenes.initiative,
    InitiativeState,
    {
        "decide": (
            lambda it: it.decide(Decimal(2), (a.TODAY,), "x", a.APPROVED_BY, a.NOW),
            {InitiativeState.PROPOSED: to(InitiativeState.PROVISIONAL, InitiativeDecided)},
        ),
        "refuse": (
            lambda it: it.decide(None, (), "x", a.APPROVED_BY, a.NOW),
            {InitiativeState.PROPOSED: to(InitiativeState.REFUSED, InitiativeDecided)},
        ),
        "check": (
            lambda it: it.check(initiative_scenes.found(), a.TODAY),
            {InitiativeState.PROVISIONAL: to(InitiativeState.FINAL, InitiativeChecked)},
        ),
    },
)
MACHINES = {
    "assignment": ASSIGNMENT,
    "relief": RELIEF,
    "evaluation": EVALUATION,
    "period": PERIOD,
    "run": RUN,
    "case": CASE,
    "budget": BUDGET,
    "appeal": APPEAL,
    "post-audit": POST_AUDIT,
    "policy": POLICY,
    "cause": CAUSE,
    "veto": VETO,
    "agreement": AGREEMENT,
    "objective": OBJECTIVE,
    "reading": READING,
    "initiative": INITIATIVE,
}
