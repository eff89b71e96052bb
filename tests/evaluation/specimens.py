"""One aggregate of each kind, in any state: for the rules that need no store."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Event
from evaluation.people import BOARD, CHAIR_ID, DEPUTY_ID, LAN_ID
from evaluation_service.application.results.members import Member
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.agreements.content import AgreementItem, AgreementKind, Party
from evaluation_service.domain.agreements.versions import (
    UNSIGNED,
    AgreementState,
    AgreementVersion,
    Assessment,
    Signature,
)
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.fairness.budgets import BudgetState, UnitBudget
from evaluation_service.domain.integrity.cases import CaseState, TriggerCase
from evaluation_service.domain.integrity.vetoes import VetoEvent
from evaluation_service.domain.leadership.crises import Crisis, CrisisOutcome, CrisisState
from evaluation_service.domain.objectives.content import (
    Frequency,
    ObjectiveContent,
    ObjectiveIndicator,
)
from evaluation_service.domain.objectives.objectives import (
    Objective,
    ObjectiveLevel,
    ObjectiveState,
    ObjectiveVersion,
)
from evaluation_service.domain.objectives.readings import (
    IndicatorReading,
    ReadingSource,
    ReadingState,
)
from evaluation_service.domain.objectives.scorecards import (
    Scorecard,
    ScorecardLine,
    scorecard_id,
)
from evaluation_service.domain.periods.acts import Cutoff
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.pins import PolicyPin, PolicyPins
from evaluation_service.domain.periods.seals import SEAL_FORMAT, PeriodSeal, SealedResult
from evaluation_service.domain.periods.states import PeriodKind, PeriodState
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.policies.policies import PolicyState, StoredPolicy
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs, Rating
from evaluation_service.domain.results.runs import RankingRun, RunState
from evaluation_service.domain.results.sheets import EvaluationOutcome, Sheet
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.review.appeals import Appeal, AppealState
from evaluation_service.domain.review.post_audits import PostAudit, PostAuditState
from evaluation_service.domain.stages.delegations import StageDelegation
from evaluation_service.domain.transfers.handovers import HandedOverPart
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.causes import CauseKind, CauseState, ObjectiveCause
from evaluation_service.domain.work.changes import ChangeKind, QuantityChange
from evaluation_service.domain.work.reports import (
    AssignmentState,
    PinnedVersion,
    QualityCheck,
    WorkReport,
    WorkSource,
)

NOW = datetime(2026, 8, 10, 3, 0, tzinfo=UTC)
TODAY = date(2026, 8, 10)
HASH = "0" * 64
SOMEBODY = Participant(subject="somebody", officer="cs_somebody")
APPROVER = BOARD
APPROVED_BY = Participant.of(BOARD)
CUTOFF = Cutoff(gaps={}, early="Sắp xếp lại bộ máy")
DECISION = Decision(number="283/QĐ-UBND", decided_on=TODAY)
LATER_DECISION = Decision(number="301/QĐ-UBND", decided_on=TODAY)
GIVEN = GivenInputs(general=(Rating(key="I.1", points=Decimal(5)),))
PIN = PolicyPin(policy_id="ND335-2025-STAFF", version=1, hash=HASH)
RESULT = SealedResult(evaluation_id="eval_1", hash=HASH, band="HTT")
SEAL = PeriodSeal(
    format=SEAL_FORMAT,
    root=HASH,
    runs=(),
    unrated=(),
    counts={},
    policies={},
    releases=(),
    signer="admin",
    sealed_at=NOW,
    number=1,
)
REPORT = WorkReport(
    quantity=Decimal(4), completed_on=TODAY, note=None, evidence=(), reported_at=NOW
)


def check(accepted: str, *, failures: int = 0) -> QualityCheck:
    return QualityCheck(
        accepted=Decimal(accepted),
        failures=failures,
        reason=None,
        checked_by=SOMEBODY,
        checked_at=NOW,
    )


def change(after: str, kind: ChangeKind = ChangeKind.OTHER) -> QuantityChange:
    return QuantityChange(
        kind=kind,
        before=Decimal(4),
        after=Decimal(after),
        reason="Theo quyết định",
        decision=DECISION,
        changed_by=SOMEBODY,
        changed_at=NOW,
    )


def assignment(state: AssignmentState = AssignmentState.ASSIGNED) -> Assignment:
    """Four of a product, all four reported."""
    return Assignment(
        id="asg_1",
        period_id="period_1",
        civil_servant_id=LAN_ID,
        appointment_id="apt_1",
        unit_id="unit_1",
        unit_path=("unit_1",),
        province="56",
        version=PinnedVersion(
            version_id="B.56.KH-001@1",
            code="B.56.KH-001",
            number=1,
            release_id="rel_1",
            coefficient=Fraction(5, 2),
            group="B",
            orientation=None,
            kpi_kind=None,
            procedure_code=None,
        ),
        quantity=Decimal(4),
        due_on=date(2026, 9, 1),
        source=WorkSource.PLAN,
        assigned_by=SOMEBODY,
        state=state,
        reports=[REPORT],
    )


def begun_work(state: AssignmentState) -> Assignment:
    """One of four is done and one reported."""
    reported = replace(REPORT, quantity=Decimal(1))
    return replace(assignment(state), completed=Decimal(1), reports=[reported])


def sheet(number: int = 1, *, basis: str | None = None) -> Sheet:
    return Sheet(
        number=number,
        policy=PIN,
        snapshot="{}",
        snapshot_hash=HASH,
        outcome=EvaluationOutcome.SCORED,
        total=Fraction(100),
        counted_total=Fraction(100),
        raw_band="HTXS",
        band="HTXS",
        components={},
        reasons=(),
        triggers=(),
        result_hash=HASH,
        made_at=NOW,
        basis=basis,
    )


def evaluation(state: EvaluationState = EvaluationState.RANKED) -> Evaluation:
    return Evaluation(
        id="eval_1",
        period_id="period_1",
        period_label="2026-Q3",
        period_kind=PeriodKind.QUARTER,
        period_starts_on=date(2026, 7, 1),
        civil_servant_id=LAN_ID,
        appointment_id="apt_1",
        unit_id="unit_1",
        agency_id="unit_1",
        province="56",
        role=AppointmentRole.STAFF,
        duty_group="ho-tich",
        position_code="HO-TICH",
        unit_path=("unit_1",),
        state=state,
        sheets=[sheet()],
    )


def period(state: PeriodState = PeriodState.OPEN) -> EvaluationPeriod:
    """Appeals may be filed for five days after it was published."""
    return EvaluationPeriod(
        id="period_1",
        name="Quý III năm 2026",
        kind=PeriodKind.QUARTER,
        province="56",
        scope_unit_id="unit_1",
        unit_ids=("unit_1",),
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 10, 1),
        policies=PolicyPins(staff=PIN, deputy=PIN, leader=PIN),
        release_ids=("rel_1",),
        minimum_answers=30,
        review_sla_days=5,
        appeal_days=5,
        holidays=(),
        state=state,
        published_at=NOW,
    )


def run(state: RunState = RunState.WAITING) -> RankingRun:
    return RankingRun(
        id="run_1",
        period_id="period_1",
        agency_id="unit_1",
        province="56",
        unit_ids=("unit_1",),
        frozen_at=NOW,
        state=state,
    )


def part() -> HandedOverPart:
    return HandedOverPart(
        id="handover_1",
        civil_servant_id=LAN_ID,
        period_id="period_1",
        period_label="2026-Q3",
        province="56",
        agency_id="unit_1",
        unit_id="unit_1",
        unit_path=("unit_1",),
        appointment_id="apt_1",
        policy=PIN,
        valid_from=date(2026, 7, 1),
        valid_to=date(2026, 8, 15),
        receiving_period_id="period_2",
        receiving_province="56",
    )


def objective(state: ObjectiveState = ObjectiveState.IN_FORCE) -> Objective:
    """Set by somebody; nothing is known of it yet."""
    said = ObjectiveContent(
        title="Hồ sơ đúng hạn",
        description="Tỷ lệ hồ sơ trả đúng hạn",
        perspective="CUSTOMER",
        weight=Decimal(100),
        indicator=ObjectiveIndicator(
            baseline=Decimal(0),
            target=Decimal(100),
            unit_of_measure="%",
            data_source="Một cửa",
            frequency=Frequency.MONTHLY,
        ),
    )
    return Objective(
        id="objective_1",
        period_id="period_1",
        province="56",
        level=ObjectiveLevel.PERSON,
        unit_id="unit_1",
        unit_path=("unit_1",),
        code="MT-01",
        civil_servant_id=LAN_ID,
        appointment_id="apt_1",
        versions=(ObjectiveVersion(number=1, content=said, set_by=SOMEBODY, set_at=NOW),),
        state=state,
    )


def agreement(state: AgreementState = AgreementState.IN_FORCE) -> Agreement:
    """On one element. One in negotiation waits for the superior's signature; a signed one begins
    tomorrow, a locked one is a plan."""
    unsigned = state in UNSIGNED
    leads = Signature(party=Party.LEADER, by=SOMEBODY, at=NOW)
    both = (leads, Signature(party=Party.SUPERIOR, by=APPROVED_BY, at=NOW))
    version = AgreementVersion(
        number=1,
        items=(AgreementItem(code="RESULTS", title="Kết quả", weight=Decimal(100)),),
        proposed_by=SOMEBODY,
        proposed_at=NOW,
        signatures=both if not unsigned else () if state is AgreementState.DRAFT else (leads,),
        signed_at=None if unsigned else NOW,
    )
    begins = TODAY + timedelta(days=1) if state is AgreementState.SIGNED else TODAY
    return Agreement(
        id="agreement_1",
        province="56",
        civil_servant_id=LAN_ID,
        appointment_id="apt_1",
        unit_id="unit_1",
        unit_path=("unit_1",),
        policy="US-SES@3",
        kind=AgreementKind.PERFORMANCE_AGREEMENT,
        signing=(Party.LEADER, Party.SUPERIOR),
        period_id="period_1",
        starts_on=begins,
        ends_on=begins + timedelta(days=365),
        versions=(version,),
        state=state,
    )


def assessment() -> Assessment:
    return Assessment(
        period_id="period_1",
        period_label="2026-Q3",
        evaluation_id="eval_1",
        version_hash=HASH,
        total="360",
        band="3",
        result_hash=HASH,
    )


def harder(it: Objective) -> ObjectiveContent:
    return replace(it.content, indicator=replace(it.content.indicator, target=Decimal(120)))


def reading(state: ReadingState = ReadingState.ENTERED) -> IndicatorReading:
    return IndicatorReading(
        id="reading_1",
        objective_id="objective_1",
        period_id="period_1",
        province="56",
        unit_id="unit_1",
        unit_path=("unit_1",),
        civil_servant_id=LAN_ID,
        measured_on=TODAY,
        value=Decimal(92),
        source=ReadingSource.PERSON,
        evidence=(),
        entered_by=SOMEBODY,
        entered_at=NOW,
        state=state,
    )


def crisis(state: CrisisState = CrisisState.RECORDED) -> Crisis:
    return Crisis(
        id="crisis_1",
        period_id="period_1",
        province="56",
        unit_id="unit_1",
        unit_path=("unit_1",),
        civil_servant_id=LAN_ID,
        title="Lũ quét",
        began_at=NOW,
        ended_at=NOW,
        hours_allowed=Decimal(8),
        outcome=CrisisOutcome.RESOLVED,
        evidence=(),
        entered_by=SOMEBODY,
        entered_at=NOW,
        state=state,
    )


def scorecard(period_id: str, member: Member) -> Scorecard:
    """One objective of this person, with what was reached."""
    appointment = member.appointment
    confirmed = replace(reading(ReadingState.CONFIRMED), confirmed_by=APPROVED_BY)
    return Scorecard(
        id=scorecard_id(period_id, member.unit.id, appointment.appointment_id),
        period_id=period_id,
        province=member.unit.province,
        level=ObjectiveLevel.PERSON,
        unit_id=member.unit.id,
        civil_servant_id=member.servant.id,
        appointment_id=appointment.appointment_id,
        role=appointment.role,
        lines=(ScorecardLine.of(objective(), [confirmed]),),
    )


def budget(state: BudgetState = BudgetState.ENTERED) -> UnitBudget:
    return UnitBudget(
        id="budget_1",
        province="56",
        unit_id="unit_1",
        year=2026,
        amount=Decimal(12_000_000_000),
        source="Quyết định 15/QĐ-UBND",
        entered_by=SOMEBODY,
        entered_at=NOW,
        state=state,
    )


def case(state: CaseState = CaseState.RAISED) -> TriggerCase:
    return TriggerCase(
        id="case_1",
        rule="TWO_YEARS_UNDER_70",
        civil_servant_id=LAN_ID,
        province="56",
        period_id="period_1",
        evaluation_id="eval_1",
        state=state,
    )


def delegation() -> StageDelegation:
    """The chair's stage, in the deputy's hands."""
    return StageDelegation(
        id="delegation_1",
        province="56",
        period_id="period_1",
        stage="REVIEWING",
        from_civil_servant_id=CHAIR_ID,
        unit_id=None,
        to_civil_servant_id=DEPUTY_ID,
        valid_from=TODAY,
        until=TODAY,
        decision=Decision(number="31/QĐ-UBND", decided_on=TODAY),
        delegated_by=SOMEBODY,
    )


def appeal(state: AppealState = AppealState.FILED) -> Appeal:
    return Appeal(
        id="appeal_1",
        evaluation_id="eval_1",
        civil_servant_id=LAN_ID,
        province="56",
        period_id="period_1",
        grounds="Tính thiếu",
        evidence=(),
        filed_by=SOMEBODY,
        filed_at=NOW,
        state=state,
    )


def post_audit(state: PostAuditState = PostAuditState.REQUESTED) -> PostAudit:
    return PostAudit(
        id="pa_1",
        complaint_id="cmp_1",
        province="56",
        unit_id="unit_1",
        civil_servant_id=LAN_ID,
        dossier_code=None,
        verdict="UPHELD",
        reason="Trả hồ sơ không đúng",
        decided_on=TODAY,
        state=state,
    )


def policy(state: PolicyState = PolicyState.DRAFT) -> StoredPolicy:
    return StoredPolicy(
        id="KH-STAFF@1",
        policy_id="KH-STAFF",
        version=1,
        province="56",
        document="{}",
        hash=HASH,
        state=state,
        drafted_by=SOMEBODY,
    )


class VetoState(StrEnum):
    IN_FORCE = "IN_FORCE"
    LIFTED = "LIFTED"


@dataclass
class Veto:
    """A veto has no state of its own: it is lifted, or it is not."""

    event: VetoEvent

    @property
    def state(self) -> VetoState:
        return VetoState.IN_FORCE if self.event.lifted is None else VetoState.LIFTED

    def lift(self, decision: Decision) -> None:
        self.event.lift(decision)

    def pull_events(self) -> Sequence[Event]:
        return self.event.pull_events()


def veto(state: VetoState = VetoState.IN_FORCE) -> Veto:
    return Veto(
        VetoEvent(
            id="veto_1",
            civil_servant_id=LAN_ID,
            province="56",
            event="DISCIPLINED",
            decision=DECISION,
            valid_from=date(2026, 7, 1),
            valid_to=None,
            recorded_by=SOMEBODY,
            lifted=None if state is VetoState.IN_FORCE else LATER_DECISION,
        )
    )


@dataclass
class CauseOfWork:
    """An objective cause has the state, the assignment holds it."""

    work: Assignment

    @property
    def state(self) -> CauseState:
        return self.work.causes[0].state

    def decide(self, *, confirmed: bool) -> None:
        decision = self.work.causes[0].decided(confirmed=confirmed, by=SOMEBODY, reason=None)
        self.work.decide_cause(decision.id, decision)

    def pull_events(self) -> Sequence[Event]:
        return self.work.pull_events()


def work_with_cause(state: CauseState = CauseState.CLAIMED) -> CauseOfWork:
    work = assignment(AssignmentState.ACCEPTED_AS_DONE)
    work.quality_failures = 1
    work.causes.append(
        ObjectiveCause(
            id="cause_1",
            kind=CauseKind.QUALITY,
            count=1,
            reason="Hệ thống gián đoạn",
            evidence=(),
            claimed_by=SOMEBODY,
            state=state,
        )
    )
    return CauseOfWork(work)
