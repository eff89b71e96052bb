"""Assigning, reporting, checking: each step also moves the person's counters."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.domain.actor import Actor, Participant, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.ids import new_id
from congvu_kit.domain.sizes import require_room
from evaluation_service.application.access import post_of, require_superior
from evaluation_service.application.calendar.queries import working_days
from evaluation_service.application.collections import (
    ADJUSTMENTS,
    ASSIGNMENTS,
    FAULTS,
    PERIODS,
    SERVANTS,
    TALLIES,
    VERSIONS,
)
from evaluation_service.domain.common.evidence import Evidence, check_evidence
from evaluation_service.domain.common.numbers import Done, Quantity
from evaluation_service.domain.copies.adjustments import LocalAdjustment
from evaluation_service.domain.integrity.faults import fault_id
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.assignments import ASSIGNMENTS_MAX, Assignment
from evaluation_service.domain.work.reports import (
    PinnedVersion,
    QualityCheck,
    WorkReport,
    WorkSource,
)
from evaluation_service.domain.work.tallies import WorkTally, tally_id


@dataclass(frozen=True, kw_only=True)
class AssignWork(Command):
    operation: ClassVar[str] = "assign_work"

    period_id: str
    civil_servant_id: str
    appointment_id: str | None
    version_id: str
    quantity: Quantity
    due_on: date
    source: WorkSource


@dataclass(frozen=True, kw_only=True)
class AssignmentStep(RevisedCommand):
    assignment_id: str


@dataclass(frozen=True, kw_only=True)
class ReportWork(AssignmentStep):
    operation: ClassVar[str] = "report_work"

    quantity: Quantity
    completed_on: date
    note: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True)
class AcceptWork(AssignmentStep):
    """Without a quantity, everything reported is accepted."""

    operation: ClassVar[str] = "accept_work"

    quantity: Done | None
    quality_failures: int
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class ReturnWork(AssignmentStep):
    operation: ClassVar[str] = "return_work"

    reason: str


@dataclass(frozen=True, kw_only=True)
class CancelAssignment(AssignmentStep):
    operation: ClassVar[str] = "cancel_assignment"


async def assign_work(command: AssignWork, tx: Transaction) -> Assignment:
    """Pins the version as it is now: later changes of the catalogue move nothing (E-I1)."""
    command.actor.require(Role.MANAGER, Role.UNIT_HEAD)
    period = await tx.store(PERIODS).get(command.period_id)
    period.require_open()
    post = await post_of(tx, command.civil_servant_id, await _appointment(command, period, tx))
    require_superior(command.actor, post)
    if post.unit.id not in period.unit_ids:
        raise Invalid(
            en=f"period {period.name!r} does not cover unit {post.unit.name!r}",
            vi=f"kỳ {period.name!r} không gồm đơn vị {post.unit.name!r}",
            field="input.periodId",
        )
    if not period.covers(command.due_on):
        raise Invalid(
            en=f"dueOn must lie in the period, {period.starts_on} to before {period.ends_on}",
            vi=f"hạn hoàn thành phải trong kỳ, từ {period.starts_on} đến trước {period.ends_on}",
            field="input.dueOn",
        )
    assignment = Assignment(
        id=new_id("asg"),
        period_id=period.id,
        civil_servant_id=post.servant.id,
        appointment_id=post.appointment.appointment_id,
        unit_id=post.unit.id,
        unit_path=post.unit.path,
        province=post.unit.province,
        version=await _pinned(command.version_id, period, post.unit.path, tx),
        quantity=command.quantity,
        due_on=command.due_on,
        source=command.source,
        assigned_by=Participant.of(command.actor),
    )
    await _require_room(assignment, tx)
    assignment.assign()
    return await save_counted(assignment, tx)


async def _require_room(assignment: Assignment, tx: Transaction) -> None:
    known = await tx.store(ASSIGNMENTS).count(
        Eq("period_id", assignment.period_id), Eq("civil_servant_id", assignment.civil_servant_id)
    )
    require_room(
        known,
        ASSIGNMENTS_MAX,
        en="pieces of work for one person in one period",
        vi="việc cho một người trong một kỳ",
    )


async def _appointment(command: AssignWork, period: EvaluationPeriod, tx: Transaction) -> str:
    """The named appointment, or the one the person is rated in."""
    if command.appointment_id is not None:
        return command.appointment_id
    servant = await tx.store(SERVANTS).get(command.civil_servant_id)
    days = (period.starts_on, period.ends_on)
    appointment = servant.main_in(*days, period.unit_ids) or servant.main_in(*days)
    if appointment is None:
        raise Invalid(
            en="this person has no appointment in the period",
            vi="người này không có bố trí nào trong kỳ",
            field="input.civilServantId",
        )
    return appointment.appointment_id


async def _pinned(
    version_id: str, period: EvaluationPeriod, path: tuple[str, ...], tx: Transaction
) -> PinnedVersion:
    version = await tx.store(VERSIONS).find(version_id)
    if version is None:
        raise Invalid(
            en=f"unknown catalogue version {version_id!r}",
            vi=f"không có phiên bản danh mục {version_id!r}",
            field="input.versionId",
            rule_id="C-I8",
        )
    if version.release_id not in period.release_ids:
        raise Invalid(
            en=f"{version_id!r} is not in the releases this period opened on",
            vi=f"{version_id!r} không thuộc các bản phát hành của kỳ này",
            field="input.versionId",
            rule_id="E-I1",
        )
    if version.unit_id is not None and version.unit_id not in path:
        raise Invalid(
            en=f"{version_id!r} belongs to another unit's list",
            vi=f"{version_id!r} thuộc danh mục của đơn vị khác",
            field="input.versionId",
            rule_id="C-I6",
        )
    return version.pinned(await _adjustment(version_id, path, business_date(tx.now), tx))


async def _adjustment(
    version_id: str, path: tuple[str, ...], today: date, tx: Transaction
) -> LocalAdjustment | None:
    """The one in force for the nearest unit upwards."""
    found = await tx.store(ADJUSTMENTS).select(
        Eq("version_id", version_id), In("unit_id", list(path))
    )
    in_force = [each for each in found if each.in_force(today)]
    return max(in_force, key=lambda each: path.index(each.unit_id), default=None)


async def save_counted(assignment: Assignment, tx: Transaction) -> Assignment:
    """Save the assignment and, in the same transaction, the counters it feeds."""
    await tx.store(ASSIGNMENTS).save(assignment)
    id = tally_id(assignment.period_id, assignment.appointment_id)
    tally = await tx.store(TALLIES).find(id) or WorkTally(
        id=id,
        period_id=assignment.period_id,
        civil_servant_id=assignment.civil_servant_id,
        appointment_id=assignment.appointment_id,
    )
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


async def report_work(command: ReportWork, tx: Transaction) -> Assignment:
    command.actor.require(Role.OFFICER)
    assignment, period = await assignment_to_move(command, tx)
    assignment.require_owner(command.actor.officer)
    check_evidence(command.evidence)
    today = business_date(tx.now)
    if command.completed_on > today:
        raise Invalid(
            en=f"completedOn {command.completed_on} is after today, {today}",
            vi=f"ngày hoàn thành {command.completed_on} sau hôm nay, {today}",
            field="input.completedOn",
        )
    days = await working_days(assignment.province, tx)
    due_on = days.after(today, period.review_sla_days)
    assignment.report(
        WorkReport(
            quantity=command.quantity,
            completed_on=command.completed_on,
            note=command.note,
            evidence=command.evidence,
            reported_at=tx.now,
        ),
        due_on,
        provisional=not days.is_settled(today, due_on),
    )
    return await save_counted(assignment, tx)


async def require_checker(actor: Actor, assignment: Assignment, tx: Transaction) -> None:
    post = await post_of(tx, assignment.civil_servant_id, assignment.appointment_id)
    require_superior(actor, post)


async def accept_work(command: AcceptWork, tx: Transaction) -> Assignment:
    command.actor.require(Role.MANAGER, Role.UNIT_HEAD)
    assignment, _ = await assignment_to_move(command, tx)
    await require_checker(command.actor, assignment, tx)
    reported = assignment.waiting_report().quantity
    check = QualityCheck(
        accepted=reported if command.quantity is None else command.quantity,
        failures=command.quality_failures,
        reason=command.reason,
        checked_by=Participant.of(command.actor),
        checked_at=tx.now,
    )
    return await _checked(assignment, lambda: assignment.accept(check), tx)


async def return_work(command: ReturnWork, tx: Transaction) -> Assignment:
    command.actor.require(Role.MANAGER, Role.UNIT_HEAD)
    assignment, _ = await assignment_to_move(command, tx)
    await require_checker(command.actor, assignment, tx)
    if not command.reason.strip():
        raise Invalid(en="a reason is needed", vi="cần nêu lý do", field="input.reason")
    check = QualityCheck(
        accepted=Decimal(0),
        failures=1,
        reason=command.reason,
        checked_by=Participant.of(command.actor),
        checked_at=tx.now,
    )
    return await _checked(assignment, lambda: assignment.send_back(check), tx)


async def _checked(assignment: Assignment, step: Callable[[], None], tx: Transaction) -> Assignment:
    """The check ends a manager's silence that was being charged."""
    step()
    fault = await tx.store(FAULTS).find(fault_id(assignment.id, len(assignment.reports)))
    if fault is not None and fault.ended_on is None:
        fault.ended_on = business_date(tx.now)
        await tx.store(FAULTS).save(fault)
    return await save_counted(assignment, tx)


async def cancel_assignment(command: CancelAssignment, tx: Transaction) -> Assignment:
    command.actor.require(Role.MANAGER, Role.UNIT_HEAD)
    assignment, _ = await assignment_to_move(command, tx)
    await require_checker(command.actor, assignment, tx)
    assignment.cancel()
    return await save_counted(assignment, tx)
