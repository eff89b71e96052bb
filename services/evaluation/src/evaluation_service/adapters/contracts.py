"""What evaluation promises: its schema, and one example of every event."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from congvu_kit.domain.aggregate import Event
from congvu_kit.tools.contracts import Contracts, Published
from evaluation_service.adapters.examples.calendars import CALENDAR
from evaluation_service.adapters.examples.stages import OF_STAGES
from evaluation_service.adapters.graphql.schema import schema
from evaluation_service.adapters.subscriptions import SUBSCRIPTIONS
from evaluation_service.application import collections
from evaluation_service.application.feed.queries import TOLD
from evaluation_service.domain.agreements.content import AgreementKind
from evaluation_service.domain.agreements.events import AgreementEvent
from evaluation_service.domain.dossiers import dossiers
from evaluation_service.domain.dossiers.facts import Handler
from evaluation_service.domain.dossiers.matching import MatchingRequested, matching_of
from evaluation_service.domain.initiatives import initiatives
from evaluation_service.domain.integrity.cases import CaseState, TriggerRaised, TriggerResolved
from evaluation_service.domain.integrity.vetoes import VetoApplied, VetoLifted
from evaluation_service.domain.objectives import objectives, readings
from evaluation_service.domain.organisations import org_evaluations
from evaluation_service.domain.periods import period_events as pe
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.personnel import lives, servants, units
from evaluation_service.domain.results import events as ev
from evaluation_service.domain.results import runs
from evaluation_service.domain.results.sheets import EvaluationOutcome
from evaluation_service.domain.review import post_audits
from evaluation_service.domain.review.appeals import AppealDecided, AppealFiled, AppealState
from evaluation_service.domain.transfers.handovers import ResultHandedOver
from evaluation_service.domain.work.assignment_events import AssignmentEvent

_UNIT = "unit_5b3e0c9a7c1d5e2f8a4b6c7d8e9f0a1b"
_SERVANT = "cs_0d9c8b7a6f5e5d4c8b3a2f1e0d9c8b7a"
_PERIOD = "period_0198f0c2a4d17e5b8c3d2e1f0a9b"
_EVALUATION = "eval_3f2e1d0c9b8a57968a7b6c5d4e3f2a1b"
_ASSIGNMENT = "asg_0198f0c2a4d17e5b8c3d2e1f0a9c"
_HASH = "9f2c1f6e0b7a4c58d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0"
_COLLEAGUE = "cs_1c9c8b7a6f5e5d4c8b3a2f1e0d9c8b7b"
_WHERE = {"province": "56", "unit_id": _UNIT, "period_id": _PERIOD}
_OF_PERSON = {"civil_servant_id": _SERVANT, "province": "56", "period_id": _PERIOD}
_OF_AUDIT: dict[str, str] = {"post_audit_id": "audit_5d6e7f8a9b0c5d1e8f2a3b4c5d6e7f8a", **_WHERE}
_OF_RESULT: dict[str, Any] = {
    **_WHERE,
    "policy": "ND335-2025-STAFF@1",
    "outcome": EvaluationOutcome.SCORED,
    "total": "265/3",
    "raw_band": "HTT",
    "band": "HTT",
    "result_hash": _HASH,
    "sheet": 1,
    "total_decimal": "88.33",
    "period_code": "2026-Q3",
}
_OF_DOSSIER: dict[str, Any] = {
    "dossier_id": "dos_2b3c4d5e6f7a58899a0b1c2d3e4f5a6b",
    "dossier_code": "H32.31.07-260805-0012",
    "unit_id": _UNIT,
    "province": "56",
    "portal_id": "account_4a5b6c7d8e9f5a0b8c1d2e3f4a5b6c7d",
}

E = TypeVar("E", bound=Event)


def _each(kinds: tuple[type[E], ...], **values: Any) -> list[E]:
    """One example of each kind; they carry the same facts."""
    return [kind(**values) for kind in kinds]


_OF_PERIOD: dict[str, Any] = {
    "period_id": _PERIOD,
    "period_code": "2026-Q3",
    "name": "Quý III năm 2026",
    "kind": PeriodKind.QUARTER,
    "province": "56",
    "scope_unit_id": _UNIT,
    "unit_ids": (_UNIT,),
    "starts_on": date(2026, 7, 1),
    "ends_on": date(2026, 10, 1),
    "policies": ("ND335-2025-STAFF@1", "ND335-2025-DEPUTY@1", "ND335-2025-LEADER@1"),
    "release_ids": ("rel_0198f0c2a4d17e5b8c3d2e1f0a9b8c7e",),
    "minimum_answers": 30,
    "freeze": 1,
}

_OF_OBJECTIVE: dict[str, Any] = {
    **_WHERE,
    "objective_id": "objective_0198f0c2a4d17e5b8c3d2e1f0aa0",
    "civil_servant_id": _SERVANT,
}

_SINCE: dict[str, Any] = {"valid_from": date(2025, 7, 1), "valid_to": None}
_RUN = "run_4c5d6e7f8a9b50a1b2c3d4e5f6a7b8c9"
_OF_RUN = {"run_id": _RUN, "period_id": _PERIOD, "agency_id": _UNIT, "province": "56"}

EVENTS: tuple[Event, ...] = (
    units.OrgUnitDissolved(
        unit_id=_UNIT,
        province="56",
        ended_on=date(2025, 7, 1),
        successor_ids=("unit_0f1e2d3c4b5a69788796a5b4c3d2e1f0",),
        civil_servant_ids=(_SERVANT,),
    ),
    units.OrgUnitSynced(
        unit_id=_UNIT,
        code="H32.31.07",
        name="UBND xã Diên Khánh",
        level=units.UnitLevel.COMMUNE,
        parent_id="unit_1f0e9d8c7b6a59788a9b0c1d2e3f4a5b",
        province="56",
        locality_type=units.LocalityType.RURAL,
        **_SINCE,
        successor_ids=(),
        revision=1,
        external_ref=lives.ExternalRef(system="hrm.khanhhoa", id="H32.31.07"),
    ),
    servants.CivilServantSynced(
        civil_servant_id=_SERVANT,
        province="56",
        appointments=(
            servants.Appointment(
                appointment_id="apt_7a6b5c4d3e2f5a1b8c9d0e1f2a3b4c5d",
                unit_id=_UNIT,
                position_code="HO-TICH",
                duty_group="Hộ tịch",
                role=servants.AppointmentRole.STAFF,
                acting_for=None,
                field_unit_ids=(),
                **_SINCE,
            ),
        ),
        revision=1,
        external_refs=(lives.ExternalRef(system="hrm.khanhhoa", id="CB-0107"),),
    ),
    *_each((pe.PeriodOpened, pe.PeriodFrozen, pe.PeriodUnfrozen, pe.PeriodPublished), **_OF_PERIOD),
    *_each(
        (pe.PeriodClosed, pe.PeriodResealed),
        **_OF_PERIOD,
        seal_hash=_HASH,
        seal_root=_HASH,
        sealed_at=datetime(2026, 10, 20, 3, 0, tzinfo=UTC),
    ),
    *_each(
        tuple(AssignmentEvent.__subclasses__()),
        assignment_id=_ASSIGNMENT,
        civil_servant_id=_SERVANT,
        **_WHERE,
        version_id="C.56.22363.1.001193@1",
        quantity=Decimal(40),
        completed=Decimal(12),
        open=True,
    ),
    dossiers.DossierRecorded(
        **_OF_DOSSIER,
        procedure_code="1.001193",
        civil_servant_id=_SERVANT,
        received_at=datetime(2026, 8, 5, 1, 30, tzinfo=UTC),
        due_at=datetime(2026, 8, 6, 10, 0, tzinfo=UTC),
        completed_at=datetime(2026, 8, 5, 9, 0, tzinfo=UTC),
        late=False,
        applicant_hash=_HASH,
        handlers=(
            Handler(civil_servant_id=_SERVANT, part=Decimal("0.75")),
            Handler(civil_servant_id=_COLLEAGUE, part=Decimal("0.25")),
        ),
        revision=1,
    ),
    dossiers.DossierUnmatched(**_OF_DOSSIER, reason=dossiers.UnmatchedReason.NO_ASSIGNMENT),
    dossiers.DossierMatched(**_OF_DOSSIER, assignment_ids=(_ASSIGNMENT,)),
    MatchingRequested(
        matching_id=matching_of("56", _SERVANT, "1.001193").id,
        province="56",
        civil_servant_id=_SERVANT,
        procedure="1.001193",
        unit_id=None,
        after=None,
    ),
    *_each(
        (ev.EvaluationScored, ev.EvaluationRanked, ev.EvaluationPublished, ev.EvaluationCorrected),
        **_OF_RESULT | {"evaluation_id": _EVALUATION, "civil_servant_id": _SERVANT},
    ),
    *_each(
        (org_evaluations.OrgEvaluationPublished, org_evaluations.OrgEvaluationCorrected),
        org_evaluation_id="orgeval_3f2e1d0c9b8a57968a7b6c5d4e3f2a1b",
        **_OF_RESULT,
    ),
    ResultHandedOver(
        handover_id="handover_5d6e7f8a9b0c51a2b3c4d5e6f7a8b9c0",
        **_OF_PERSON,
        unit_id=_UNIT,
        receiving_period_id="period_0298f0c2a4d17e5b8c3d2e1f0a9b",
        days=33,
        part_hash=_HASH,
    ),
    *_each((runs.ScoringRequested, runs.RankingPublished), **_OF_RUN),
    runs.RankingCompleted(
        **_OF_RUN, bands={"HTXS": 6, "HTT": 31, "HT": 3}, ties=(), run_hash=_HASH
    ),
    *_each(
        (VetoApplied, VetoLifted),
        veto_id="veto_0198f0c2a4d17e5b8c3d2e1f0a9d",
        civil_servant_id=_SERVANT,
        province="56",
        event="DISCIPLINED",
        decision_number="283/QĐ-UBND",
    ),
    *OF_STAGES,
    *_each(
        (TriggerRaised, TriggerResolved),
        case_id="case_9e0f1a2b3c4d5e5f8a9b0c1d2e3f4a5b",
        rule="TWO_YEARS_UNDER_70",
        **_OF_PERSON,
        state=CaseState.CONFIRMED,
    ),
    *_each(
        (AppealFiled, AppealDecided),
        appeal_id="appeal_0198f0c2a4d17e5b8c3d2e1f0a9e",
        evaluation_id=_EVALUATION,
        **_OF_PERSON,
        state=AppealState.FILED,
    ),
    ev.YearOutdated(
        **_OF_PERSON,
        evaluation_id=_EVALUATION,
        unit_id=_UNIT,
        source_id=_EVALUATION,
        basis="appeal_0198f0c2a4d17e5b8c3d2e1f0a9e",
    ),
    *_each(
        tuple(initiatives.InitiativeEvent.__subclasses__()),
        **_OF_PERSON,
        initiative_id="initiative_0198f0c2a4d17e5b8c3d2e1f0aa3",
        unit_id=_UNIT,
        kind=initiatives.InitiativeKind.SHORTER_TIME,
        state=initiatives.InitiativeState.PROVISIONAL,
        points="3/2",
    ),
    post_audits.CouncilAuditRequested(**_OF_AUDIT, reason="Nhiều xuất sắc, ít hài lòng"),
    post_audits.CouncilAuditDecided(**_OF_AUDIT, state=post_audits.PostAuditState.DISMISSED),
    *_each(
        (objectives.ObjectiveDefined, objectives.ObjectiveWithdrawn),
        **_OF_OBJECTIVE,
        level=objectives.ObjectiveLevel.PERSON,
        parent_id="objective_0198f0c2a4d17e5b8c3d2e1f0aa1",
        version=2,
        version_hash=_HASH,
    ),
    readings.ReadingConfirmed(
        **_OF_OBJECTIVE,
        reading_id="reading_0198f0c2a4d17e5b8c3d2e1f0aa2",
        measured_on=date(2026, 9, 30),
        value=Decimal("92.5"),
        source=readings.ReadingSource.PERSON,
        corrects_id=None,
        reading_hash=_HASH,
    ),
    *_each(
        tuple(AgreementEvent.__subclasses__()),
        agreement_id="agreement_5d6e7f8a9b0c51a2b3c4d5e6f7a8b9c1",
        kind=AgreementKind.RESPONSIBILITY_CONTRACT,
        **_OF_PERSON,
        unit_id=_UNIT,
        policy="LEADER-CONTRACT-BSC@2",
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 1, 1),
        version=2,
        version_hash=_HASH,
    ),
    CALENDAR,
)

CONTRACTS = Contracts(
    service="evaluation",
    schema=schema,
    subscriptions=SUBSCRIPTIONS,
    collections=collections.ALL,
    feed=collections.FEED,
    told=TOLD,
    events=[Published(type(example), example) for example in EVENTS],
)
