"""A frozen period as the database keeps it: agencies full of people with a quarter of work."""

import copy
import hashlib
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from congvu_kit.application.documents import Codec
from congvu_kit.application.ports import A, Collection
from congvu_kit.domain.actor import Participant
from congvu_scoring import compile_policy
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation_service.application.collections import (
    EVALUATIONS,
    INDEXES,
    PERIODS,
    RUNS,
    SERVANTS,
    TALLIES,
    UNITS,
)
from evaluation_service.application.results.members import Member, new_evaluation
from evaluation_service.domain.common.evidence import Evidence
from evaluation_service.domain.copies.unit_indexes import UnitIndex, unit_index_id
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.pins import PolicyPin, PolicyPins
from evaluation_service.domain.periods.states import PeriodKind, PeriodState
from evaluation_service.domain.personnel.lives import ExternalRef
from evaluation_service.domain.personnel.servants import (
    Appointment,
    AppointmentRole,
    CivilServant,
)
from evaluation_service.domain.personnel.units import (
    LocalityType,
    OrgUnit,
    UnitFacts,
    UnitLevel,
)
from evaluation_service.domain.results.inputs import GivenInputs, Organising, Rating, Unity
from evaluation_service.domain.results.runs import RankingRun, run_id
from evaluation_service.domain.work.tallies import TallyLine, WorkTally, tally_id

PROVINCE, ROOT = "56", "unit_province"
ITEMS = 50
"""Pieces of work of one person in the quarter."""
AGENCY_PEOPLE = 1_000
UNIT_PEOPLE = 50
STARTS_ON, ENDS_ON = date(2026, 7, 1), date(2026, 10, 1)
FROZEN_AT = datetime(2026, 10, 5, 3, tzinfo=UTC)
BOSS = Participant(subject="boss", officer="cs_boss")
POINTS = {
    "I.1": "5", "I.2": "5",
    "II.1": "2.5", "II.2": "2.5", "II.3": "2.5", "II.4": "2.5",
    "III.1": "2.5", "III.2": "2.5", "III.3": "2.5", "III.4": "2.5",
}  # fmt: skip
"""What the decree gives for each general criterion."""

Document = dict[str, Any]
Rows = dict[str, list[Document]]
"""Documents by collection."""


def _pin(role: str) -> PolicyPin:
    name = f"ND335-2025-{role}"
    compiled = compile_policy(shipped_policy(name))
    return PolicyPin(policy_id=name, version=compiled.policy.version, hash=compiled.policy.hash)


def period(name: str) -> EvaluationPeriod:
    return EvaluationPeriod(
        id=f"period_{name}",
        name=name,
        kind=PeriodKind.QUARTER,
        province=PROVINCE,
        scope_unit_id=ROOT,
        unit_ids=(),
        starts_on=STARTS_ON,
        ends_on=ENDS_ON,
        policies=PolicyPins(staff=_pin("STAFF"), deputy=_pin("DEPUTY"), leader=_pin("LEADER")),
        release_ids=(),
        minimum_answers=30,
        review_sla_days=5,
        appeal_days=0,
        holidays=(),
        state=PeriodState.DATA_FROZEN,
        frozen_at=FROZEN_AT,
        revision=1,
    )


def agency(number: int, people: int, of: EvaluationPeriod, items: int = ITEMS) -> Rows:
    """Everything of one agency: units of fifty with a head each, below the agency's own."""
    name = f"{of.name}_{number:04d}"
    seat = _unit(f"unit_{name}", UnitLevel.COMMUNE, None)
    departments = [
        _unit(f"unit_{name}_{n}", UnitLevel.DEPARTMENT, seat)
        for n in range(max(1, people // UNIT_PEOPLE))
    ]
    rows: Rows = defaultdict(list)
    rows[UNITS.name] += [_dump(UNITS, each) for each in (seat, *departments)]
    rows[INDEXES.name] += [_dump(INDEXES, _index(each, of)) for each in (seat, *departments)]
    for n in range(people):
        unit = departments[n % len(departments)]
        role = AppointmentRole.HEAD if n < len(departments) else AppointmentRole.STAFF
        for collection, document in _person(f"{name}_{n:05d}", unit, role, of, items):
            rows[collection].append(document)
    run = RankingRun(
        id=run_id(of.id, seat.id),
        period_id=of.id,
        agency_id=seat.id,
        province=PROVINCE,
        unit_ids=tuple(sorted(each.id for each in (seat, *departments))),
        frozen_at=FROZEN_AT,
        revision=1,
    )
    rows[RUNS.name].append(_dump(RUNS, run))
    return rows


def period_document(of: EvaluationPeriod) -> Document:
    return _dump(PERIODS, of)


def _unit(id: str, level: UnitLevel, above: OrgUnit | None) -> OrgUnit:
    return OrgUnit(
        id=id,
        external_ref=ExternalRef(system="hrm", id=id),
        facts=UnitFacts(
            code=id,
            name=f"Đơn vị {id}",
            level=level,
            province=PROVINCE,
            parent_id=above.id if above else ROOT,
            locality_type=LocalityType.RURAL,
            valid_from=date(2025, 7, 1),
            valid_to=None,
            successor_ids=(),
        ),
        path=(*(above.path if above else (ROOT,)), id),
        agency_id=above.agency_id if above else id,
        revision=1,
    )


def _index(unit: OrgUnit, of: EvaluationPeriod) -> UnitIndex:
    return UnitIndex(
        id=unit_index_id(of.id, unit.id),
        province=PROVINCE,
        unit_id=unit.id,
        period_id=of.id,
        satisfied=120,
        answers=130,
        index="12/13",
        minimum_answers=30,
        state="MEASURED",
        revision=1,
    )


def _person(
    name: str, unit: OrgUnit, role: AppointmentRole, of: EvaluationPeriod, items: int
) -> Iterator[tuple[str, Document]]:
    appointment = Appointment(
        appointment_id=f"apt_{name}",
        unit_id=unit.id,
        position_code="HO-TICH",
        duty_group="ho-tich",
        role=role,
        acting_for=None,
        field_unit_ids=(),
        valid_from=date(2025, 7, 1),
        valid_to=None,
    )
    servant = CivilServant(
        id=f"cs_{name}",
        external_refs=(ExternalRef(system="hrm", id=name),),
        full_name=f"Người {name}",
        province=PROVINCE,
        appointments=(appointment,),
        revision=1,
    )
    evaluation = new_evaluation(Member(servant=servant, appointment=appointment, unit=unit), of)
    evaluation.give(_ratings(role), BOSS)
    evaluation.revision = 1
    tally: Document = {
        **_WORK[hash_of(name) % len(_WORK)],
        "_id": tally_id(of.id, appointment.appointment_id),
        "period_id": of.id,
        "civil_servant_id": servant.id,
        "appointment_id": appointment.appointment_id,
    }
    tally["lines"] = dict(list(tally["lines"].items())[:items])
    yield SERVANTS.name, _dump(SERVANTS, servant)
    yield EVALUATIONS.name, _dump(EVALUATIONS, evaluation)
    yield TALLIES.name, tally


def _ratings(role: AppointmentRole) -> GivenInputs:
    leads = role is AppointmentRole.HEAD
    return GivenInputs(
        general=tuple(Rating(key=key, points=Decimal(p)) for key, p in POINTS.items()),
        organising=Organising.FULL if leads else None,
        unity=Unity.FULL if leads else None,
    )


def hash_of(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16)


def _dump(collection: Collection[A], aggregate: A) -> Document:
    return Codec(collection).dump(aggregate)


def _work(seed: int) -> WorkTally:
    chance = random.Random(seed)  # sample work, not a secret
    return WorkTally(
        id="x",
        period_id="x",
        civil_servant_id="x",
        appointment_id="x",
        lines={f"asg_{seed:03d}{n:029d}": _line(chance, n) for n in range(250)},
        involved=[BOSS],
        revision=ITEMS,
    )


def _line(chance: random.Random, number: int) -> TallyLine:
    assigned = chance.randint(1, 9)
    done = chance.choice((assigned, assigned, assigned, chance.randint(0, assigned)))
    failures, late = (int(not chance.randrange(10)) for _ in range(2))
    return TallyLine(
        item=f"C.56.22363.1.{number:06d}@1",
        group="C",
        orientation=None,
        kind=None,
        coefficient=f"{chance.randint(2, 40)}/5",
        assigned=str(assigned),
        completed=str(done),
        quality_failures=failures,
        quality_exempt=0,
        late=late,
        late_exempt=0,
        evidence=(
            Evidence(
                uri=f"https://kho.khanhhoa.gov.vn/hoso/{number:06d}.pdf",
                hash=hashlib.sha256(bytes([number])).hexdigest(),
                source="iGate",
                captured_at=FROZEN_AT,
            ),
        ),
        confirmed_by="boss",
    )


_WORK = [copy.deepcopy(Codec(TALLIES).dump(_work(seed))) for seed in range(200)]
"""Different people's work; the rest repeat it."""


def agencies(
    people: int, of: EvaluationPeriod, *, each: int = AGENCY_PEOPLE, items: int = ITEMS
) -> Iterator[Rows]:
    """At least two, so that two workers have something to do."""
    for number in range(max(1, people // each)):
        yield agency(number, min(each, people), of, items)
