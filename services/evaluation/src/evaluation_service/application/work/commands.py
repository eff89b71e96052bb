"""Assigning, reporting, checking: each step also moves the person's counters."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Actor, Participant, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.ids import new_id
from congvu_kit.domain.sizes import require_room
from congvu_kit.domain.times import Deadline, PastDate
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.application.access import (
    SUPERIORS,
    Post,
    post_of,
    post_with,
    require_superior,
)
from evaluation_service.application.calendar.queries import working_days
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    PERIODS,
    SERVANTS,
    TALLIES,
)
from evaluation_service.application.dossiers.seeking import seek_dossiers
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.work.doubts import doubt_reported
from evaluation_service.application.work.lead_days import lead_term
from evaluation_service.application.work.pinning import pinned
from evaluation_service.domain.common.evidence import Evidence, check_evidence
from evaluation_service.domain.common.numbers import Quantity
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.servants import Appointment, CivilServant
from evaluation_service.domain.results.entries import check_work
from evaluation_service.domain.work.assignment_events import OPENED_OR_ENDED
from evaluation_service.domain.work.assignments import ASSIGNMENTS_MAX, Assignment
from evaluation_service.domain.work.reports import (
    PinnedVersion,
    QuantityFrom,
    WorkReport,
    WorkSource,
    quantity_asked,
)
from evaluation_service.domain.work.tallies import new_tally, tally_id
from evaluation_service.domain.work.timed_work import LeadTerm


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How much of a version, until when (by its lead days, when that is left out), and why."""

    quantity: Quantity | None
    due_on: Deadline | None
    source: WorkSource
    quantity_from: QuantityFrom = QuantityFrom.GIVEN


@dataclass(frozen=True, kw_only=True)
class WorkRow(Asked):
    """One piece of work for one person."""

    civil_servant_id: str
    appointment_id: str | None
    version_id: str


@dataclass(frozen=True, kw_only=True)
class AssignWork(WorkRow, Command):
    operation: ClassVar[str] = "assign_work"

    period_id: str


@dataclass(frozen=True, kw_only=True)
class AssignmentStep(RevisedCommand):
    assignment_id: str


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What was done, when, and what proves it."""

    quantity: Quantity
    completed_on: PastDate
    note: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True)
class ReportWork(Reported, AssignmentStep):
    operation: ClassVar[str] = "report_work"


async def assign_work(command: AssignWork, tx: Transaction) -> Assignment:
    command.actor.require(*SUPERIORS)
    period = await tx.store(PERIODS).get(command.period_id)
    return await assign(command, period, command.actor, tx)


async def assign(row: WorkRow, period: EvaluationPeriod, by: Actor, tx: Transaction) -> Assignment:
    """Pins the version as it is now: later changes of the catalogue move nothing (E-I1)."""
    period.require_open()
    post = await post_in(period, row.civil_servant_id, row.appointment_id, tx)
    require_superior(by, post)
    require_covered(post, period)
    assignment = await new_work(row, period, post, Participant.of(by), tx)
    assignment.assign()
    return await save_counted(assignment, tx)


async def new_work(
    row: WorkRow, period: EvaluationPeriod, post: Post, by: Participant, tx: Transaction
) -> Assignment:
    version = await pinned(row.version_id, period, post.unit.path, tx)
    lead = None if row.due_on else await lead_term(row.version_id, period, post, tx)
    assignment = work_of(post, period, version, row, by, lead=lead)
    await require_place_for(assignment, period, post, tx, field="input.versionId")
    return assignment


def work_of(
    post: Post,
    period: EvaluationPeriod,
    version: PinnedVersion,
    asked: Asked,
    by: Participant,
    *,
    lead: LeadTerm | None = None,
) -> Assignment:
    """A new piece of work, not saved yet; its version is pinned already. It is due on a day that
    somebody named, or by the lead days of its product."""
    due_on = lead.ends_on if lead else asked.due_on
    if due_on is None or not period.covers(due_on):
        raise Invalid(
            en=f"dueOn must lie in the period, {period.starts_on} to before {period.ends_on}",
            vi=f"Hạn hoàn thành phải trong kỳ, từ ngày {vi_text(period.starts_on)} đến trước "
            f"ngày {vi_text(period.ends_on)}.",
            field="input.dueOn",
        )
    work = Assignment(
        id=new_id("asg"),
        period_id=period.id,
        civil_servant_id=post.servant.id,
        appointment_id=post.appointment.appointment_id,
        unit_id=post.unit.id,
        unit_path=post.unit.path,
        province=post.unit.province,
        version=version,
        quantity=quantity_asked(asked.quantity, asked.quantity_from, version),
        quantity_from=asked.quantity_from,
        due_on=due_on,
        source=asked.source,
        assigned_by=by,
    )
    if lead is not None:
        work.owe_by(lead)
    return work


async def require_place_for(
    assignment: Assignment, period: EvaluationPeriod, post: Post, tx: Transaction, *, field: str
) -> None:
    """Raise `Invalid` where the policy that rates the person counts no such work, or it is more
    than one person can have. `field` chose who or where."""
    policy = await compiled_pin(tx, period.policies.of(post.appointment.role))
    check_work(assignment.version.kpi_kind, assignment.version.orientation, policy, field)
    known = await tx.store(ASSIGNMENTS).count(
        Eq("period_id", assignment.period_id), Eq("civil_servant_id", assignment.civil_servant_id)
    )
    require_room(
        known,
        ASSIGNMENTS_MAX,
        en="pieces of work for one person in one period",
        vi="việc cho một người trong một kỳ",
    )


async def post_in(
    period: EvaluationPeriod, civil_servant_id: str, appointment_id: str | None, tx: Transaction
) -> Post:
    """The named appointment, or the one the person is rated in."""
    if appointment_id is not None:
        return await post_of(tx, civil_servant_id, appointment_id)
    servant = await tx.store(SERVANTS).get(civil_servant_id)
    return await post_with(tx, servant, rated_in(servant, period))


def rated_in(servant: CivilServant, period: EvaluationPeriod) -> Appointment:
    """Raise `Invalid` for a person who is nowhere in the period."""
    days = (period.starts_on, period.ends_on)
    appointment = servant.main_in(*days, period.unit_ids) or servant.main_in(*days)
    if appointment is None:
        raise Invalid(
            en="this person has no appointment in the period",
            vi="Công chức này không có việc bố trí công tác nào trong kỳ.",
            field="input.civilServantId",
        )
    return appointment


def require_covered(post: Post, period: EvaluationPeriod) -> None:
    """Raise `Invalid` where the period does not rate this unit, or takes no work of its own."""
    if post.unit.id not in period.unit_ids:
        raise Invalid(
            en=f"period {period.name!r} does not cover unit {post.unit.name!r}",
            vi=f"Kỳ {vi_text(period.name)} không gồm đơn vị {vi_text(post.unit.name)}.",
            field="input.periodId",
        )
    period.require_own_facts(post.appointment.role)


async def save_counted(assignment: Assignment, tx: Transaction) -> Assignment:
    """Save the assignment and, in the same transaction, the counters it feeds; dossiers that may
    wait for it, or counted for it, are asked for (E-I17)."""
    if any(isinstance(each, OPENED_OR_ENDED) for each in assignment.recorded):
        await seek_dossiers(tx, [assignment])
    await tx.store(ASSIGNMENTS).save(assignment)
    id = tally_id(assignment.period_id, assignment.appointment_id)
    tally = await tx.store(TALLIES).find(id) or new_tally(assignment)
    tally.take(assignment)
    await tx.store(TALLIES).save(tally)
    return assignment


async def assignment_to_move(
    command: AssignmentStep, tx: Transaction
) -> tuple[Assignment, EvaluationPeriod]:
    """Raise `Conflict` when somebody was faster or the period is frozen."""
    assignment = await tx.store(ASSIGNMENTS).get(command.assignment_id)
    assignment.expect_revision(command.expected_revision)
    period = await tx.store(PERIODS).get(assignment.period_id)
    period.require_open()
    return assignment, period


async def unpublished_work(
    command: AssignmentStep, tx: Transaction
) -> tuple[Assignment, EvaluationPeriod]:
    """The same for what stays possible until the results are published (E-I16)."""
    assignment = await tx.store(ASSIGNMENTS).get(command.assignment_id)
    assignment.expect_revision(command.expected_revision)
    period = await tx.store(PERIODS).get(assignment.period_id)
    period.require_unpublished()
    return assignment, period


async def report_work(command: ReportWork, tx: Transaction) -> Assignment:
    command.actor.require(Role.OFFICER)
    assignment, period = await assignment_to_move(command, tx)
    assignment.require_owner(command.actor.officer)
    return await report(assignment, period, command, tx, quantity=command.quantity)


async def report(
    assignment: Assignment,
    period: EvaluationPeriod,
    said: Reported,
    tx: Transaction,
    *,
    quantity: Decimal,
) -> Assignment:
    check_evidence(said.evidence)
    if not period.covers(said.completed_on):
        raise Invalid(
            en=f"completedOn must lie in the period, {period.starts_on} to before {period.ends_on}",
            vi=f"Ngày hoàn thành phải trong kỳ, từ ngày {vi_text(period.starts_on)} đến trước "
            f"ngày {vi_text(period.ends_on)}.",
            field="input.completedOn",
        )
    today = business_date(tx.now)
    days = await working_days(assignment.province, tx)
    due_on = days.after(today, period.review_sla_days)
    await doubt_reported(assignment, said.evidence, tx)
    assignment.report(
        WorkReport(
            quantity=quantity,
            completed_on=said.completed_on,
            note=said.note,
            evidence=said.evidence,
            reported_at=tx.now,
        ),
        due_on,
        provisional=not days.is_settled(today, due_on),
    )
    return await save_counted(assignment, tx)


async def require_checker(actor: Actor, assignment: Assignment, tx: Transaction) -> None:
    post = await post_of(tx, assignment.civil_servant_id, assignment.appointment_id)
    require_superior(actor, post)
