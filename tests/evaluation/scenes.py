"""Short ways to a commune at work, a frozen period, and so on, through the real use cases."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.subscriptions import AnySubscription
from congvu_kit.application.documents import adapter
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import Eq, UnitOfWork
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.aggregate import Event
from congvu_kit.domain.ids import new_id
from congvu_scoring.documents.policy_files import shipped_policies
from evaluation.agreed import agree, agree_all
from evaluation.people import (
    ADMIN,
    BOARD,
    CHAIR,
    COMMUNE,
    HRM,
    LAN,
    LAN_ID,
    NEIGHBOUR_HEAD,
    ref,
)
from evaluation_service.adapters.files.shipped_calendars import shipped_calendars
from evaluation_service.adapters.subscriptions import SUBSCRIPTIONS
from evaluation_service.application import reactions
from evaluation_service.application.calendar import commands as calendar
from evaluation_service.application.calendar.terms import move_deadlines
from evaluation_service.application.collections import ASSIGNMENTS, CALENDARS, EVALUATIONS, PERIODS
from evaluation_service.application.imports import commands as personnel
from evaluation_service.application.imports import rows as personnel_rows
from evaluation_service.application.integrity import commands as integrity
from evaluation_service.application.periods import commands as periods
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.application.results import commands as ratings
from evaluation_service.application.results import indexes
from evaluation_service.application.work import commands as assignments
from evaluation_service.application.work import reviews
from evaluation_service.application.work.causes import ClaimObjectiveCause, claim_objective_cause
from evaluation_service.domain.calendar.calendars import (
    DayOffKind,
    WorkedDay,
    WorkingCalendar,
    calendar_id,
)
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.common.evidence import Evidence
from evaluation_service.domain.integrity.vetoes import VetoEvent
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.personnel.units import LocalityType, UnitLevel
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs, Rating
from evaluation_service.domain.results.runs import RankingRun
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.causes import CauseKind
from evaluation_service.domain.work.reports import QuantityFrom, WorkSource

NOW = datetime(2026, 8, 10, 3, 0, tzinfo=UTC)
TODAY = date(2026, 8, 10)
STORM = date(2026, 8, 12)
JULY, OCTOBER = date(2026, 7, 1), date(2026, 10, 1)
SINCE = date(2025, 7, 1)
RELEASE = "rel_1"
BIRTH = "C.56.22363.1.001193@1"
PLAN = "B.56.KH-001@1"

_keys = itertools.count()


def key() -> str:
    return f"key-{next(_keys)}"


def unit_row(
    id: str, parent: str | None, level: UnitLevel, *, name: str = "", province: str = "56"
) -> personnel_rows.UnitRow:
    return personnel_rows.UnitRow(
        external_ref=ref(id),
        code=id,
        name=name or f"Đơn vị {id}",
        level=level,
        province=province,
        parent_ref=ref(parent) if parent else None,
        locality_type=LocalityType.RURAL,
        valid_from=SINCE,
        valid_to=None,
        successor_refs=(),
    )


def position_row(code: str, duty_group: str, *, province: str = "56") -> personnel_rows.PositionRow:
    return personnel_rows.PositionRow(
        province=province,
        code=code,
        title=code,
        family=None,
        duty_group=duty_group,
        leadership=False,
    )


def appointment_row(
    unit: str,
    position: str,
    role: AppointmentRole = AppointmentRole.STAFF,
    *,
    valid_from: date = SINCE,
    valid_to: date | None = None,
) -> personnel_rows.AppointmentRow:
    return personnel_rows.AppointmentRow(
        unit_ref=ref(unit),
        position_code=position,
        duty_group=None,
        role=role,
        acting_for=None,
        field_unit_refs=(),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def person_row(
    id: str, name: str, *appointments: personnel_rows.AppointmentRow, province: str = "56"
) -> personnel_rows.PersonRow:
    return personnel_rows.PersonRow(
        external_ref=ref(id),
        full_name=name,
        province=province,
        appointments=appointments,
        leaves=(),
    )


def posts_of(row: personnel_rows.PersonRow) -> tuple[personnel_rows.AppointmentRow, ...]:
    assert isinstance(row.appointments, tuple)
    return row.appointments


UNITS = (
    unit_row("H32", None, UnitLevel.PROVINCE, name="UBND tỉnh Khánh Hòa"),
    unit_row("H32.31.07", "H32", UnitLevel.COMMUNE, name="UBND xã Diên Khánh"),
    unit_row("H32.31.07.1", "H32.31.07", UnitLevel.DEPARTMENT, name="Văn phòng"),
    unit_row("H32.31.08", "H32", UnitLevel.COMMUNE, name="UBND xã Diên Lạc"),
)
POSITIONS = (
    position_row("LANH-DAO", "lanh-dao"),
    position_row("HO-TICH", "ho-tich"),
    position_row("TRUONG-PHONG", "truong-phong"),
)
LANS_POST = appointment_row("H32.31.07.1", "HO-TICH")
PEOPLE = (
    person_row(
        "cb-001",
        "Trần Văn Chủ",
        appointment_row("H32.31.07", "LANH-DAO", AppointmentRole.HEAD),
    ),
    person_row(
        "cb-002",
        "Lê Thị Phó",
        appointment_row("H32.31.07", "LANH-DAO", AppointmentRole.DEPUTY),
    ),
    person_row(
        "cb-003",
        "Phạm Văn Trưởng",
        appointment_row("H32.31.07.1", "TRUONG-PHONG", AppointmentRole.HEAD),
    ),
    person_row("cb-011", "Nguyễn Thị Lan", LANS_POST),
    person_row("cb-012", "Đỗ Quang Minh", appointment_row("H32.31.07.1", "HO-TICH")),
    person_row("cb-013", "Ân Thị Hoa", appointment_row("H32.31.07.1", "HO-TICH")),
    person_row("cb-021", "Võ Văn Láng", appointment_row("H32.31.08", "HO-TICH")),
)


async def sync(
    uow: UnitOfWork,
    *,
    units: Sequence[personnel_rows.UnitRow] = (),
    positions: Sequence[personnel_rows.PositionRow] = (),
    people: Sequence[personnel_rows.PersonRow] = (),
    actor: Actor = HRM,
    **changes: Any,
) -> personnel_rows.SyncReport:
    """`changes` are the other fields of the command."""
    command = personnel_rows.SyncPersonnel(
        actor=actor,
        idempotency_key=key(),
        units=tuple(units),
        positions=tuple(positions),
        people=tuple(people),
        **changes,
    )
    return await perform(personnel.sync_personnel, command, uow)


def version_fact(
    version_id: str = BIRTH,
    *,
    coefficient: str = "2.5",
    procedure_code: str | None = "1.001193",
    release_id: str = RELEASE,
    unit_id: str | None = None,
) -> reactions.VersionPublished:
    code, _, number = version_id.partition("@")
    return reactions.VersionPublished(
        version_id=version_id,
        code=code,
        number=int(number),
        group=code[0],
        name_vi="Đăng ký khai sinh",
        coefficient=coefficient,
        release_id=release_id,
        effective_from=JULY,
        province="56",
        unit_id=unit_id,
        orientation="PUBLIC_SERVICE",
        kpi_kind="HARD",
        procedure_code=procedure_code,
    )


def release_fact(count: int = 2, release_id: str = RELEASE) -> reactions.ReleasePublished:
    return reactions.ReleasePublished(
        release_id=release_id,
        decision_number="12/QĐ-UBND",
        effective_from=JULY,
        version_count=count,
        content_hash="0" * 64,
        province="56",
        groups=("C", "B"),
    )


async def commune(uow: UnitOfWork) -> None:
    """Policies, personnel and a release are here."""
    for policy in shipped_policies().values():
        if policy.id.startswith(("ND335", "UEB", "PETITION", "KHANHHOA-2025")):
            async with uow.begin() as tx:
                await keep_shipped(policy, tx)
    report = await sync(uow, units=UNITS, positions=POSITIONS, people=PEOPLE)
    assert report.refused == 0, report
    async with uow.begin() as tx:
        await reactions.keep_version(version_fact(), tx)
        await reactions.keep_version(version_fact(PLAN, coefficient="1", procedure_code=None), tx)
        await reactions.keep_release(release_fact(), tx)


async def calendars(uow: UnitOfWork) -> None:
    """The shipped years are here, and nothing waits to be moved to them."""
    for year, edition in shipped_calendars().items():
        async with uow.begin() as tx:
            await calendar.keep_shipped(year, edition, tx)
    await moved_deadlines(uow)


async def moved_deadlines(uow: UnitOfWork) -> int:
    """As the worker does it; how many steps there were."""
    for steps in itertools.count():
        async with uow.begin() as tx:
            if not await move_deadlines(tx):
                return steps
    raise AssertionError


def publishing_calendar(**changes: Any) -> calendar.PublishWorkingCalendar:
    values: dict[str, Any] = {
        "actor": ADMIN,
        "idempotency_key": key(),
        "expected_revision": 0,
        "year": 2026,
        "days_off": (),
        "worked_days": (),
        "announced": True,
        "decision": Decision(number="30/QĐ-UBND", decided_on=TODAY),
    }
    return calendar.PublishWorkingCalendar(**(values | changes))


async def publish_calendar(
    uow: UnitOfWork,
    *,
    off: Sequence[date] = (),
    worked: Mapping[date, date] | None = None,
    year: int = 2026,
    actor: Actor = ADMIN,
) -> WorkingCalendar:
    """Anew, over what the caller's province has; `worked` days by the days that are off."""
    swapped = worked or {}
    known = await uow.reading().store(CALENDARS).find(calendar_id(year, actor.province or ""))
    days_off = [
        calendar.PlannedDayOff(
            day=day,
            kind=DayOffKind.SWAPPED if day in swapped else DayOffKind.LOCAL,
            name="Tránh bão",
        )
        for day in (*off, *swapped)
    ]
    command = publishing_calendar(
        actor=actor,
        expected_revision=known.revision if known else 0,
        year=year,
        days_off=tuple(days_off),
        worked_days=tuple(WorkedDay(day=day, in_place_of=of) for of, day in swapped.items()),
    )
    return await perform(calendar.publish_working_calendar, command, uow)


def opening(**changes: object) -> periods.OpenPeriod:
    values: dict[str, object] = {
        "actor": ADMIN,
        "idempotency_key": key(),
        "name": "Quý III năm 2026",
        "kind": PeriodKind.QUARTER,
        "scope_unit_id": COMMUNE,
        "starts_on": JULY,
        "ends_on": OCTOBER,
        "staff_policy": "ND335-2025-STAFF",
        "deputy_policy": "ND335-2025-DEPUTY",
        "leader_policy": "ND335-2025-LEADER",
        "switches": (),
        "release_ids": (RELEASE,),
        "minimum_answers": 30,
        "review_sla_days": 5,
        "appeal_days": 0,
    }
    return adapter(periods.OpenPeriod).validate_python(values | changes)


async def open_period(uow: UnitOfWork, **changes: object) -> EvaluationPeriod:
    return await perform(periods.open_period, opening(**changes), uow)


async def assign(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    civil_servant_id: str = LAN_ID,
    *,
    quantity: str = "4",
    version_id: str = BIRTH,
    actor: Actor = CHAIR,
    due_on: date | None = date(2026, 9, 1),
) -> Assignment:
    command = assignments.AssignWork(
        actor=actor,
        idempotency_key=key(),
        period_id=period.id,
        civil_servant_id=civil_servant_id,
        appointment_id=None,
        version_id=version_id,
        quantity=Decimal(quantity),
        due_on=due_on,
        source=WorkSource.PLAN,
    )
    return await perform(assignments.assign_work, command, uow)


async def assign_by_dossiers(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    civil_servant_id: str = LAN_ID,
    *,
    due_on: date = date(2026, 9, 1),
) -> Assignment:
    """As much as citizens hand in."""
    command = assignments.AssignWork(
        actor=CHAIR,
        idempotency_key=key(),
        period_id=period.id,
        civil_servant_id=civil_servant_id,
        appointment_id=None,
        version_id=BIRTH,
        quantity=None,
        quantity_from=QuantityFrom.DOSSIERS,
        due_on=due_on,
        source=WorkSource.PORTAL,
    )
    return await perform(assignments.assign_work, command, uow)


async def report(
    uow: UnitOfWork,
    assignment: Assignment,
    quantity: str,
    *,
    actor: Actor = LAN,
    completed_on: date = TODAY,
    evidence: tuple[Evidence, ...] = (),
) -> Assignment:
    command = assignments.ReportWork(
        actor=actor,
        idempotency_key=key(),
        assignment_id=assignment.id,
        expected_revision=assignment.revision,
        quantity=Decimal(quantity),
        completed_on=completed_on,
        note=None,
        evidence=evidence,
    )
    return await perform(assignments.report_work, command, uow)


async def accept(
    uow: UnitOfWork,
    assignment: Assignment,
    *,
    actor: Actor = CHAIR,
    quality_failures: int = 0,
) -> Assignment:
    command = reviews.AcceptWork(
        actor=actor,
        idempotency_key=key(),
        assignment_id=assignment.id,
        expected_revision=assignment.revision,
        quantity=None,
        quality_failures=quality_failures,
        reason=None,
    )
    return await perform(reviews.accept_work, command, uow)


async def send_back(
    uow: UnitOfWork, assignment: Assignment, *, actor: Actor = CHAIR, reason: str = "Thiếu chữ ký"
) -> Assignment:
    command = reviews.ReturnWork(
        actor=actor,
        idempotency_key=key(),
        assignment_id=assignment.id,
        expected_revision=assignment.revision,
        reason=reason,
    )
    return await perform(reviews.return_work, command, uow)


async def claim(uow: UnitOfWork, assignment: Assignment, *, actor: Actor = LAN) -> Assignment:
    """One quality failure had an objective cause."""
    command = ClaimObjectiveCause(
        actor=actor,
        idempotency_key=key(),
        assignment_id=assignment.id,
        expected_revision=assignment.revision,
        kind=CauseKind.QUALITY,
        count=1,
        reason="Mất mạng",
        evidence=(),
    )
    return await perform(claim_objective_cause, command, uow)


async def do_all(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    servant: Actor,
    *,
    done: str = "4",
    assigned: str = "4",
    manager: Actor = CHAIR,
) -> Assignment:
    """Work given, reported and accepted."""
    given = await assign(uow, period, servant.officer or "", quantity=assigned, actor=manager)
    reported = await report(uow, given, done, actor=servant)
    return await accept(uow, reported, actor=manager)


FULL_MARKS = tuple(
    Rating(key=key, points=Decimal(points))
    for key, points in {
        "I.1": "5", "I.2": "5",
        "II.1": "2.5", "II.2": "2.5", "II.3": "2.5", "II.4": "2.5",
        "III.1": "2.5", "III.2": "2.5", "III.3": "2.5", "III.4": "2.5",
    }.items()
)  # fmt: skip


async def rate(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    civil_servant_id: str,
    *,
    actor: Actor = CHAIR,
    inputs: GivenInputs | None = None,
    revision: int = 0,
) -> Evaluation:
    if inputs is not None and inputs.elements:
        await agree(uow, period, civil_servant_id, [each.key for each in inputs.elements])
    command = ratings.ScoreGeneralCriteria(
        actor=actor,
        idempotency_key=key(),
        period_id=period.id,
        civil_servant_id=civil_servant_id,
        expected_revision=revision,
        ratings=inputs or GivenInputs(general=FULL_MARKS),
    )
    return await perform(ratings.score_general_criteria, command, uow)


async def now_is(uow: UnitOfWork, period: EvaluationPeriod) -> EvaluationPeriod:
    return await uow.reading().store(PERIODS).get(period.id)


async def move(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    step: str,
    *,
    actor: Actor = ADMIN,
    signed: bool = True,
) -> EvaluationPeriod:
    """`step` is freeze, publish or close; what the freeze needs of agreements is `signed`. These
    quarters are frozen in their middle, and most of their people are not rated; what a freeze asks
    for otherwise is tested where it belongs."""
    steps: dict[str, tuple[Any, type[periods.PeriodStep]]] = {
        "freeze": (periods.freeze_period, periods.FreezePeriod),
        "publish": (periods.publish_period, periods.PublishPeriod),
        "close": (periods.close_period, periods.ClosePeriod),
    }
    use_case, kind = steps[step]
    if step == "freeze" and signed:
        await agree_all(uow, period)
    command = kind(
        actor=actor,
        idempotency_key=key(),
        period_id=period.id,
        expected_revision=(await now_is(uow, period)).revision,
        **(REASONS if step == "freeze" else {}),
    )
    return await perform(use_case, command, uow)


REASONS: dict[str, Any] = {
    "early": "Sắp xếp lại bộ máy",
    "accept_gaps": periods.AcceptGaps(reason="Đã báo cáo Chủ tịch"),
}


def index_fact(
    period: EvaluationPeriod,
    unit_id: str,
    *,
    index: str | None = "0.92",
    answers: int = 130,
    freeze: int = 1,
) -> indexes.IndexComputed:
    return indexes.IndexComputed(
        province="56",
        unit_id=unit_id,
        period_id=period.id,
        satisfied=0,
        answers=answers,
        minimum_answers=30,
        state="MEASURED" if index else "INSUFFICIENT",
        index=index,
        freeze=freeze,
    )


async def indexes_come(uow: UnitOfWork, period: EvaluationPeriod) -> None:
    for unit_id in (await now_is(uow, period)).unit_ids:
        async with uow.begin() as tx:
            fact = index_fact(period, unit_id, freeze=(await now_is(uow, period)).freezes)
            await indexes.keep_index(fact, tx)


@dataclass
class Pump:
    """Hands evaluation's own events to its own reactions, as the broker does; those are lost that
    `loses` names."""

    uow: MemoryUnitOfWork
    done: int = 0
    loses: Callable[[Event], bool] = lambda _: False

    async def run(self) -> None:
        by_type: dict[str, AnySubscription] = {each.event_type: each for each in SUBSCRIPTIONS}
        while self.done < len(self.uow.outbox):
            event = self.uow.outbox[self.done]
            self.done += 1
            subscription = by_type.get(event.TYPE)
            if subscription is not None and not self.loses(event):
                fact = adapter(subscription.fact).validate_python(as_json(event))
                await subscription.react(fact, ("//congvu/evaluation", new_id("evt")), self.uow)


def as_json(event: Event) -> object:
    return adapter(type(event)).dump_python(event, mode="json")


async def reviewed(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> EvaluationPeriod:
    """Frozen, scored and ranked."""
    await move(uow, period, "freeze")
    await indexes_come(uow, period)
    await Pump(uow).run()
    return await now_is(uow, period)


async def index_comes(uow: UnitOfWork, period: EvaluationPeriod, unit_id: str) -> None:
    async with uow.begin() as tx:
        await indexes.keep_index(index_fact(period, unit_id), tx)


async def index_of_freeze(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    unit_id: str,
    *,
    freeze: int,
    index: str | None = "0.92",
) -> None:
    async with uow.begin() as tx:
        await indexes.keep_index(index_fact(period, unit_id, freeze=freeze, index=index), tx)


async def now_is_id(uow: UnitOfWork, period_id: str) -> EvaluationPeriod:
    return await uow.reading().store(PERIODS).get(period_id)


async def evaluation_of(
    uow: UnitOfWork, period: EvaluationPeriod, civil_servant_id: str
) -> Evaluation:
    found = (
        await uow.reading()
        .store(EVALUATIONS)
        .select(Eq("period_id", period.id), Eq("civil_servant_id", civil_servant_id))
    )
    evaluation = ratings.chosen(found)
    assert evaluation is not None
    return evaluation


async def veto(
    uow: UnitOfWork,
    civil_servant_id: str,
    event: str,
    *,
    actor: Actor = BOARD,
    valid_to: date | None = None,
) -> VetoEvent:
    command = integrity.RecordVetoEvent(
        actor=actor,
        idempotency_key=key(),
        civil_servant_id=civil_servant_id,
        event=event,
        decision=Decision(number="283/QĐ-UBND", decided_on=TODAY),
        valid_from=SINCE,
        valid_to=valid_to,
    )
    return await perform(integrity.record_veto_event, command, uow)


async def decide_ties(
    uow: UnitOfWork, run: RankingRun, kept: Sequence[str], *, actor: Actor = BOARD
) -> RankingRun:
    command = integrity.DecideTies(
        actor=actor,
        idempotency_key=key(),
        run_id=run.id,
        expected_revision=run.revision,
        kept_evaluation_ids=tuple(kept),
        reason="Hội đồng biểu quyết",
    )
    return await perform(integrity.decide_ties, command, uow)


async def finish(uow: UnitOfWork, period: EvaluationPeriod, civil_servant_id: str) -> None:
    """The rest of the person's open work is done, so that it is all done."""
    for work in (
        await uow.reading().store(ASSIGNMENTS).select(Eq("civil_servant_id", civil_servant_id))
    ):
        officer = Actor(
            subject=civil_servant_id,
            roles=frozenset({Role.OFFICER}),
            province="56",
            officer=civil_servant_id,
        )
        rest = work.quantity - work.completed
        await accept(uow, await report(uow, work, str(rest), actor=officer))


def unit_id(id: str) -> str:
    return ref(id).ours("unit")


async def assign_and_finish_half(
    uow: UnitOfWork, period: EvaluationPeriod, servant: Actor
) -> Assignment:
    """Two products given by the neighbouring head, one of them done."""
    given = await assign(
        uow,
        period,
        servant.officer or "",
        quantity="2",
        actor=NEIGHBOUR_HEAD,
        due_on=date(2026, 12, 1),
    )
    reported = await report(uow, given, "1", actor=servant, completed_on=date(2026, 11, 2))
    return await accept(uow, reported, actor=NEIGHBOUR_HEAD)


def servant_id(id: str) -> str:
    return ref(id).ours("cs")


def officer_of(civil_servant_id: str) -> Actor:
    """The person's own account, whatever else they are."""
    return Actor(
        subject=civil_servant_id,
        roles=frozenset({Role.OFFICER}),
        province="56",
        officer=civil_servant_id,
    )
