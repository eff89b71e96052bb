"""What each event says, whole: partners read every field of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from congvu_kit.domain.actor import Actor
from congvu_kit.domain.aggregate import Event
from congvu_kit.domain.working_days import WorkingDays
from evaluation import scenes
from evaluation import specimens as a
from evaluation.people import ADMIN, LAN_ID, ref
from evaluation_service.domain.agreements.content import AgreementKind, Party
from evaluation_service.domain.agreements.events import (
    AgreementAmended,
    AgreementAssessed,
    AgreementEnded,
    AgreementLocked,
    AgreementSigned,
)
from evaluation_service.domain.agreements.versions import AgreementState
from evaluation_service.domain.dossiers.dossiers import Dossier, DossierRecorded
from evaluation_service.domain.dossiers.facts import DossierFacts
from evaluation_service.domain.integrity.cases import CaseState, TriggerRaised, TriggerResolved
from evaluation_service.domain.integrity.faults import (
    ProcessFault,
    ProcessFaultLifted,
    ProcessFaultRecorded,
    ProcessStep,
)
from evaluation_service.domain.integrity.vetoes import VetoApplied, VetoLifted
from evaluation_service.domain.objectives.objectives import (
    Basis,
    ObjectiveDefined,
    ObjectiveLevel,
    ObjectiveWithdrawn,
)
from evaluation_service.domain.objectives.readings import ReadingConfirmed, ReadingSource
from evaluation_service.domain.periods.period_events import (
    PeriodClosed,
    PeriodEvent,
    PeriodFrozen,
    PeriodOpened,
    PeriodPublished,
    PeriodResealed,
)
from evaluation_service.domain.periods.seals import PeriodSeal
from evaluation_service.domain.periods.states import PeriodKind, PeriodState
from evaluation_service.domain.personnel.servants import (
    Appointment,
    AppointmentRole,
    CivilServantSynced,
    new_servant,
)
from evaluation_service.domain.personnel.units import (
    LocalityType,
    OrgUnitSynced,
    UnitFacts,
    UnitLevel,
    new_unit,
)
from evaluation_service.domain.results.events import (
    EvaluationCorrected,
    EvaluationEvent,
    EvaluationPublished,
    EvaluationRanked,
    EvaluationScored,
)
from evaluation_service.domain.results.inputs import GivenInputs
from evaluation_service.domain.results.runs import (
    RankingCompleted,
    RankingPublished,
    RunState,
    ScoringRequested,
)
from evaluation_service.domain.results.sheets import EvaluationOutcome
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.review.appeals import (
    AppealDecided,
    AppealEvent,
    AppealFiled,
    AppealState,
)
from evaluation_service.domain.transfers.handovers import ResultHandedOver
from evaluation_service.domain.work.assignment_events import (
    AssignmentAccepted,
    AssignmentCancelled,
    AssignmentCompleted,
    AssignmentCreated,
    AssignmentEvent,
    AssignmentReturned,
    AssignmentSubmitted,
)
from evaluation_service.domain.work.reports import AssignmentState

RECEIVED = datetime(2026, 8, 5, 1, 30, tzinfo=UTC)
DUE = datetime(2026, 8, 6, 10, 0, tzinfo=UTC)
LATE = datetime(2026, 8, 7, 9, 0, tzinfo=UTC)


def of_work(kind: type[AssignmentEvent], *, completed: str = "0", open: bool = True) -> Event:
    return kind(
        assignment_id="asg_1",
        civil_servant_id=LAN_ID,
        unit_id="unit_1",
        province="56",
        period_id="period_1",
        version_id="B.56.KH-001@1",
        quantity=Decimal(4),
        completed=Decimal(completed),
        open=open,
    )


def test_events_of_work() -> None:
    work = a.assignment()

    work.assign()
    work.report(a.REPORT, a.TODAY)
    work.send_back(a.check("0"))
    work.report(a.REPORT, a.TODAY)
    work.accept(a.check("1"))
    work.report(a.REPORT, a.TODAY)
    work.accept(a.check("3"))
    cancelled = a.assignment()
    cancelled.cancel()

    assert list(work.pull_events()) == [
        of_work(AssignmentCreated),
        of_work(AssignmentSubmitted),
        of_work(AssignmentReturned),
        of_work(AssignmentSubmitted),
        of_work(AssignmentAccepted, completed="1"),
        of_work(AssignmentSubmitted, completed="1"),
        of_work(AssignmentAccepted, completed="4", open=False),
        of_work(AssignmentCompleted, completed="4", open=False),
    ]
    assert list(cancelled.pull_events()) == [of_work(AssignmentCancelled, open=False)]


def of_period(kind: type[PeriodEvent], seal: PeriodSeal | None = None, freeze: int = 1) -> Event:
    return kind(
        period_id="period_1",
        name="Quý III năm 2026",
        kind=PeriodKind.QUARTER,
        province="56",
        scope_unit_id="unit_1",
        unit_ids=("unit_1", "unit_2"),
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 10, 1),
        policies=("ND335-2025-STAFF@1",),
        release_ids=("rel_1",),
        minimum_answers=30,
        seal_hash=seal.hash if seal else None,
        seal_root=seal.root if seal else None,
        freeze=freeze,
        sealed_at=seal.sealed_at if seal else None,
        period_code="2026-Q3",
    )


def test_events_of_a_period() -> None:
    period = a.period()
    period.unit_ids = ("unit_1", "unit_2")

    period.open(a.SOMEBODY)
    period.freeze({"unit_2", "unit_1"}, a.CUTOFF, a.SOMEBODY, a.NOW)
    period.state = PeriodState.REVIEW
    period.publish(a.SOMEBODY, a.NOW)
    period.close(a.SEAL, a.SOMEBODY, datetime(2026, 8, 16, 3, tzinfo=UTC))
    closed = period.seal
    period.reseal(replace(a.SEAL, number=2))

    assert list(period.pull_events()) == [
        of_period(PeriodOpened, freeze=0),
        of_period(PeriodFrozen),
        of_period(PeriodPublished),
        of_period(PeriodClosed, closed),
        of_period(PeriodResealed, period.seal),
    ]
    assert (period.frozen_at, period.published_at) == (a.NOW, a.NOW)
    assert closed is not None
    assert replace(closed, imprint=a.SEAL.imprint) == a.SEAL
    assert period.seal is not None
    assert period.seal.hash not in (closed.hash, "")


def of_evaluation(kind: type[EvaluationEvent], **changes: Any) -> Event:
    said = kind(
        evaluation_id="eval_1",
        civil_servant_id=LAN_ID,
        unit_id="unit_1",
        province="56",
        period_id="period_1",
        policy="ND335-2025-STAFF@1",
        outcome=EvaluationOutcome.SCORED,
        total="100",
        raw_band="HTXS",
        band="HTXS",
        result_hash=a.HASH,
        sheet=1,
        basis=None,
        total_decimal="100.00",
        period_code="2026-Q3",
    )
    return replace(said, **changes)


def test_events_of_an_evaluation() -> None:
    evaluation = a.evaluation(EvaluationState.MANAGER_SCORED)
    evaluation.sheets = []

    evaluation.scored(a.sheet())
    evaluation.ranked("HTT", ("QUOTA",))
    evaluation.published()
    unscored = replace(
        a.sheet(2, basis="appeal_1"), total=None, outcome=EvaluationOutcome.NOT_RATED
    )
    evaluation.corrected(unscored, None, (), a.SOMEBODY)

    assert list(evaluation.pull_events()) == [
        of_evaluation(EvaluationScored),
        of_evaluation(EvaluationRanked, band="HTT"),
        of_evaluation(EvaluationPublished, band="HTT"),
        of_evaluation(
            EvaluationCorrected,
            band=None,
            sheet=2,
            basis="appeal_1",
            total=None,
            total_decimal=None,
            outcome=EvaluationOutcome.NOT_RATED,
        ),
    ]
    assert (evaluation.band, evaluation.rank_reasons) == (None, ())


RUN: dict[str, Any] = {
    "run_id": "run_1",
    "period_id": "period_1",
    "agency_id": "unit_1",
    "province": "56",
}


def test_events_of_a_ranking_run() -> None:
    run = a.run()
    nobody = replace(a.RESULT, evaluation_id="eval_0", band=None)

    run.request(a.NOW, ("unit_9",))
    run.ranked((a.RESULT, nobody, replace(a.RESULT, evaluation_id="eval_2")), ("eval_2",), ())
    run.publish()

    assert list(run.pull_events()) == [
        ScoringRequested(**RUN),
        RankingCompleted(**RUN, bands={"HTT": 2, "NONE": 1}, ties=("eval_2",), run_hash=run.hash),
        RankingPublished(**RUN),
    ]
    assert (run.state, run.missing_unit_ids) == (RunState.RANKED, ("unit_9",))
    assert [each.evaluation_id for each in run.results] == ["eval_0", "eval_1", "eval_2"]
    assert (run.sealed().agency_id, run.sealed().results) == ("unit_1", 3)


def test_the_event_of_a_part_that_is_handed_over_again_only_if_it_changed() -> None:
    part = a.part()

    said, thought = {"general": {"I.1": "5"}}, GivenInputs()
    told = [part.hand_over(said, days, thought, [a.SOMEBODY]) for days in (33, 33, 34)]

    assert told == [True, False, True]
    assert part.involved == [a.SOMEBODY]
    first, second = part.pull_events()
    assert second == ResultHandedOver(
        handover_id="handover_1",
        civil_servant_id=LAN_ID,
        unit_id="unit_1",
        province="56",
        period_id="period_1",
        receiving_period_id="period_2",
        days=34,
        part_hash=part.hash,
    )
    assert isinstance(first, ResultHandedOver)
    assert first.part_hash != part.hash


def test_events_of_a_veto() -> None:
    veto = a.veto().event
    said = {
        "veto_id": "veto_1",
        "civil_servant_id": LAN_ID,
        "province": "56",
        "event": "DISCIPLINED",
    }

    veto.apply()
    veto.lift(a.LATER_DECISION)

    assert list(veto.pull_events()) == [
        VetoApplied(**said, decision_number="283/QĐ-UBND"),
        VetoLifted(**said, decision_number="301/QĐ-UBND"),
    ]
    assert veto.lifted == a.LATER_DECISION


def test_events_of_a_case() -> None:
    case = a.case()
    said = {
        "case_id": "case_1",
        "rule": "TWO_YEARS_UNDER_70",
        "civil_servant_id": LAN_ID,
        "province": "56",
        "period_id": "period_1",
    }

    case.open_case(date(2026, 8, 10))
    case.resolve(CaseState.CONFIRMED, "Đã họp", a.SOMEBODY, a.NOW)

    assert list(case.pull_events()) == [
        TriggerRaised(**said, state=CaseState.RAISED),
        TriggerResolved(**said, state=CaseState.CONFIRMED),
    ]
    assert (case.reason, case.decided_by, case.decided_at) == ("Đã họp", a.SOMEBODY, a.NOW)


OBJECTIVE: dict[str, Any] = {
    "objective_id": "objective_1",
    "period_id": "period_1",
    "province": "56",
    "unit_id": "unit_1",
    "civil_servant_id": LAN_ID,
}


def test_events_of_an_objective() -> None:
    objective = replace(a.objective(), versions=())
    said = replace(a.objective().content, parent_id="objective_0")

    objective.define(said, a.SOMEBODY, a.NOW)
    first = objective.version_hash
    objective.revise(a.harder(objective), Basis(reason="Theo quyết định"), a.APPROVER, a.NOW, [])
    second = objective.version_hash
    objective.withdraw(Basis(reason="Giao nhầm"), ADMIN, a.NOW, in_use=False)

    of = {**OBJECTIVE, "level": ObjectiveLevel.PERSON, "parent_id": "objective_0"}
    assert list(objective.pull_events()) == [
        ObjectiveDefined(**of, version=1, version_hash=first),
        ObjectiveDefined(**of, version=2, version_hash=second),
        ObjectiveWithdrawn(**of, version=2, version_hash=second),
    ]
    assert first != second


def test_events_of_an_agreement() -> None:
    agreement = a.agreement(AgreementState.NEGOTIATING)
    agreement.locks_on = a.TODAY
    other = replace(agreement.latest.items[0], title="Kết quả khác")

    first = agreement.hash_of(agreement.latest)
    agreement.sign(Party.SUPERIOR, first, a.APPROVER, a.NOW)
    agreement.propose([other], a.APPROVER, a.NOW, "Giao lại")
    second = agreement.hash_of(agreement.latest)
    leader = Actor(subject="leader", roles=frozenset())
    agreement.sign(Party.LEADER, second, leader, a.NOW)
    agreement.sign(Party.SUPERIOR, second, a.APPROVER, a.NOW)
    agreement.move_on(a.NOW + timedelta(days=1))
    agreement.assess(a.assessment())
    agreement.move_on(a.NOW + timedelta(days=365))

    said: dict[str, Any] = {
        "agreement_id": "agreement_1",
        "kind": AgreementKind.PERFORMANCE_AGREEMENT,
        "province": "56",
        "unit_id": "unit_1",
        "civil_servant_id": LAN_ID,
        "policy": "US-SES@3",
        "starts_on": a.TODAY,
        "ends_on": a.TODAY + timedelta(days=365),
        "period_id": None,
    }
    later = {**said, "version": 2, "version_hash": second}
    assert first != second
    assert list(agreement.pull_events()) == [
        AgreementSigned(**said, version=1, version_hash=first),
        AgreementAmended(**later),
        AgreementLocked(**later),
        AgreementAssessed(**{**later, "period_id": "period_1"}),
        AgreementEnded(**later),
    ]


def test_the_event_of_a_reading() -> None:
    reading = a.reading()

    reading.decide(confirmed=True, reason=None, by=a.APPROVED_BY, now=a.NOW)

    assert list(reading.pull_events()) == [
        ReadingConfirmed(
            **OBJECTIVE,
            reading_id="reading_1",
            measured_on=a.TODAY,
            value=Decimal(92),
            source=ReadingSource.PERSON,
            corrects_id=None,
            reading_hash=reading.hash,
        )
    ]


def of_appeal(kind: type[AppealEvent], state: AppealState) -> Event:
    return kind(
        appeal_id="appeal_1",
        evaluation_id="eval_1",
        civil_servant_id=LAN_ID,
        province="56",
        period_id="period_1",
        state=state,
    )


def test_events_of_an_appeal() -> None:
    appeal = a.appeal()

    appeal.file()
    appeal.decide(AppealState.REJECTED, "Đã kiểm tra", a.SOMEBODY, a.NOW)
    withdrawn = a.appeal()
    withdrawn.withdraw()

    assert list(appeal.pull_events()) == [
        of_appeal(AppealFiled, AppealState.FILED),
        of_appeal(AppealDecided, AppealState.REJECTED),
    ]
    assert list(withdrawn.pull_events()) == [of_appeal(AppealDecided, AppealState.WITHDRAWN)]
    assert (appeal.reason, appeal.decided_by, appeal.decided_at) == (
        "Đã kiểm tra",
        a.SOMEBODY,
        a.NOW,
    )


def test_the_event_of_a_fault() -> None:
    fault = ProcessFault(
        id="fault_1",
        civil_servant_id=LAN_ID,
        province="56",
        period_id="period_1",
        step=ProcessStep.APPROVE_WORK,
        assignment_id="asg_1",
        due_on=a.TODAY,
        waiting_since=a.TODAY,
    )

    fault.charge()
    fault.lift_if_in_time(5, WorkingDays(), a.TODAY + timedelta(days=1))

    assert list(fault.pull_events()) == [
        kind(
            fault_id="fault_1",
            civil_servant_id=LAN_ID,
            province="56",
            period_id="period_1",
            step=ProcessStep.APPROVE_WORK,
            assignment_id="asg_1",
            due_on=a.TODAY,
        )
        for kind in (ProcessFaultRecorded, ProcessFaultLifted)
    ]


@pytest.mark.parametrize(("completed_at", "late"), [(None, False), (DUE, False), (LATE, True)])
def test_the_event_of_a_dossier(completed_at: datetime | None, late: bool) -> None:
    dossier = Dossier(id="dos_1", code="H32.31.07-260805-0001", province="56")
    facts = DossierFacts(
        procedure_code="1.001193",
        unit_id="unit_1",
        civil_servant_id=LAN_ID,
        received_at=RECEIVED,
        due_at=DUE,
        completed_at=completed_at,
        applicant_hash="0f" * 32,
    )

    assert dossier.take(facts, "account_1")

    assert list(dossier.pull_events()) == [
        DossierRecorded(
            dossier_id="dos_1",
            dossier_code="H32.31.07-260805-0001",
            procedure_code="1.001193",
            unit_id="unit_1",
            civil_servant_id=LAN_ID,
            province="56",
            received_at=RECEIVED,
            due_at=DUE,
            completed_at=completed_at,
            late=late,
            applicant_hash="0f" * 32,
            portal_id="account_1",
            revision=1,
        )
    ]


def test_the_event_of_a_unit() -> None:
    facts = UnitFacts(
        code="H32.31.07",
        name="UBND xã Diên Khánh",
        level=UnitLevel.COMMUNE,
        province="56",
        parent_id="unit_0",
        locality_type=LocalityType.RURAL,
        valid_from=scenes.SINCE,
        valid_to=scenes.OCTOBER,
        successor_ids=("unit_2",),
    )

    unit = new_unit(ref("H32.31.07"), facts, None)

    assert list(unit.pull_events()) == [
        OrgUnitSynced(
            unit_id=unit.id,
            code="H32.31.07",
            name="UBND xã Diên Khánh",
            level=UnitLevel.COMMUNE,
            parent_id="unit_0",
            province="56",
            locality_type=LocalityType.RURAL,
            valid_from=scenes.SINCE,
            valid_to=scenes.OCTOBER,
            successor_ids=("unit_2",),
            revision=1,
            external_ref=unit.external_ref,
        )
    ]


def test_the_event_of_a_person_has_the_posts_in_order() -> None:
    early = Appointment(
        appointment_id="apt_2",
        unit_id="unit_1",
        position_code="HO-TICH",
        duty_group="ho-tich",
        role=AppointmentRole.STAFF,
        acting_for=None,
        field_unit_ids=(),
        valid_from=scenes.SINCE,
        valid_to=scenes.JULY,
    )
    later = replace(early, appointment_id="apt_1", valid_from=scenes.JULY, valid_to=None)
    servant = new_servant(ref("cb-011"), "Nguyễn Thị Lan", "56")

    assert servant.sync("Nguyễn Thị Lan", [later, early], ())

    assert list(servant.pull_events()) == [
        CivilServantSynced(
            civil_servant_id=servant.id,
            province="56",
            appointments=(early, later),
            revision=1,
            external_refs=servant.external_refs,
        )
    ]


def test_only_what_is_open_for_work_is_told_open() -> None:
    told = {}
    for state in AssignmentState:
        work = a.assignment(state)
        work.assign()
        (event,) = work.pull_events()
        assert isinstance(event, AssignmentCreated)
        told[state] = event.open

    assert [state for state, open in told.items() if open] == [
        AssignmentState.ASSIGNED,
        AssignmentState.IN_PROGRESS,
        AssignmentState.SUBMITTED,
        AssignmentState.OVERDUE_REVIEW,
        AssignmentState.RETURNED,
    ]
