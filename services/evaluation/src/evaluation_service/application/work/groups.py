"""Work for several officers at once: given by shares, divided anew by a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor, Participant, Role
from congvu_kit.domain.errors import Forbidden
from congvu_kit.domain.ids import new_id
from congvu_kit.domain.times import Deadline
from evaluation_service.application.access import SUPERIORS, Post, require_superior
from evaluation_service.application.collections import ASSIGNMENTS, PERIODS, WORK_GROUPS
from evaluation_service.application.work.commands import (
    Asked,
    Reported,
    WorkRow,
    new_work,
    post_in,
    report,
    require_checker,
    require_covered,
    require_place_for,
    save_counted,
    work_of,
)
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.common.numbers import Done, Percent, Quantity
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.changes import ChangeKind, QuantityChange, check_reason
from evaluation_service.domain.work.groups import (
    Division,
    GroupMember,
    GroupShare,
    WorkGroup,
    check_shares,
    part_of,
)
from evaluation_service.domain.work.reports import WorkSource


@dataclass(frozen=True, kw_only=True)
class MemberRow:
    civil_servant_id: str
    share: Percent


@dataclass(frozen=True, kw_only=True)
class AssignGroupWork(Command):
    """The first member leads."""

    operation: ClassVar[str] = "assign_group_work"

    period_id: str
    version_id: str
    quantity: Quantity
    due_on: Deadline
    source: WorkSource
    members: tuple[MemberRow, ...]


@dataclass(frozen=True, kw_only=True)
class DivideGroupWork(RevisedCommand):
    """The whole division anew; a quantity of 0 takes it all back."""

    operation: ClassVar[str] = "divide_group_work"

    group_id: str
    quantity: Done
    members: tuple[MemberRow, ...]
    reason: str
    decision: Decision | None


@dataclass(frozen=True, kw_only=True)
class ReportGroupWork(Reported, RevisedCommand):
    """What the group did together; `expected_revision` is the group's."""

    operation: ClassVar[str] = "report_group_work"

    group_id: str


async def assign_group_work(command: AssignGroupWork, tx: Transaction) -> WorkGroup:
    command.actor.require(*SUPERIORS)
    period = await tx.store(PERIODS).get(command.period_id)
    period.require_open()
    _check_members(command.members)
    group = WorkGroup(
        id=new_id("grp"),
        period_id=period.id,
        province=period.province,
        version_id=command.version_id,
    )
    works = []
    for member in command.members:
        post = await _post_of(member, period, command.actor, tx)
        row = WorkRow(
            civil_servant_id=member.civil_servant_id,
            appointment_id=None,
            version_id=command.version_id,
            quantity=part_of(command.quantity, member.share),
            due_on=command.due_on,
            source=command.source,
        )
        work = await new_work(row, period, post, Participant.of(command.actor), tx)
        works.append(await _give(work, group, member, tx))
    group.divide(_division(command, works, tx), begun=False)
    await tx.store(WORK_GROUPS).save(group)
    return group


async def divide_group_work(command: DivideGroupWork, tx: Transaction) -> WorkGroup:
    """Who has begun keeps at least what was done; who is left out must have done nothing."""
    command.actor.require(*SUPERIORS)
    group = await tx.store(WORK_GROUPS).get(command.group_id)
    group.expect_revision(command.expected_revision)
    period = await tx.store(PERIODS).get(group.period_id)
    period.require_open()
    check_reason(command.reason)
    if command.decision is not None:
        command.decision.check("input.decision.number")
    _check_members(command.members)
    before = await works_of(group, tx)
    for work in before:
        await require_checker(command.actor, work, tx)
    begun = any(work.begun for work in before)
    works = [
        *(await _divide(before, group, command, tx)),
        *(await _join(before, group, period, command, tx)),
    ]
    group.divide(_division(command, works, tx), begun=begun)
    await tx.store(WORK_GROUPS).save(group)
    return group


async def report_group_work(command: ReportGroupWork, tx: Transaction) -> WorkGroup:
    """By the lead: each member's part is reported, and checked like any other."""
    command.actor.require(Role.OFFICER)
    group = await tx.store(WORK_GROUPS).get(command.group_id)
    if command.actor.officer != group.lead.civil_servant_id:
        raise Forbidden(en="the lead reports for the group", vi="Trưởng nhóm báo cáo cho cả nhóm.")
    group.expect_revision(command.expected_revision)
    period = await tx.store(PERIODS).get(group.period_id)
    period.require_open()
    shares = {each.assignment_id: each.share for each in group.division.members}
    for work in await works_of(group, tx):
        part = part_of(command.quantity, shares[work.id])
        await report(work, period, command, tx, quantity=part)
    return group


async def works_of(group: WorkGroup, tx: Transaction) -> list[Assignment]:
    ids = [member.assignment_id for member in group.division.members]
    return [work for work in await tx.store(ASSIGNMENTS).find_many(ids) if work is not None]


async def _divide(
    before: Sequence[Assignment], group: WorkGroup, command: DivideGroupWork, tx: Transaction
) -> list[Assignment]:
    """The parts there were, as they are asked for from now on; those that stay."""
    wanted = {each.civil_servant_id: each for each in command.members}
    stay = []
    for work in before:
        member = wanted.get(work.civil_servant_id)
        part = part_of(command.quantity, member.share) if member else Decimal(0)
        moved = QuantityChange(
            kind=ChangeKind.SHARES,
            before=work.quantity,
            after=part,
            reason=command.reason,
            decision=command.decision,
            changed_by=Participant.of(command.actor),
            changed_at=tx.now,
        )
        if part != work.quantity:
            (work.increase if part > work.quantity else work.reduce)(moved)
        if member is not None:
            work.group = GroupShare(group_id=group.id, share=member.share)
            stay.append(work)
        await save_counted(work, tx)
    return stay


async def _join(
    before: Sequence[Assignment],
    group: WorkGroup,
    period: EvaluationPeriod,
    command: DivideGroupWork,
    tx: Transaction,
) -> list[Assignment]:
    """Parts of new members, of the version that the group was given with (E-I1)."""
    known = {work.civil_servant_id for work in before}
    model, by = before[0], Participant.of(command.actor)
    joined = []
    for member in command.members:
        if member.civil_servant_id not in known:
            post = await _post_of(member, period, command.actor, tx)
            part = part_of(command.quantity, member.share)
            asked = Asked(quantity=part, due_on=model.due_on, source=model.source)
            work = work_of(post, period, model.version, asked, by)
            await require_place_for(work, period, post, tx, field="input.members")
            joined.append(await _give(work, group, member, tx))
    return joined


async def _give(
    work: Assignment, group: WorkGroup, member: MemberRow, tx: Transaction
) -> Assignment:
    work.group = GroupShare(group_id=group.id, share=member.share)
    work.assign()
    return await save_counted(work, tx)


async def _post_of(
    member: MemberRow, period: EvaluationPeriod, actor: Actor, tx: Transaction
) -> Post:
    post = await post_in(period, member.civil_servant_id, None, tx)
    require_superior(actor, post)
    require_covered(post, period)
    return post


def _check_members(members: Sequence[MemberRow]) -> None:
    check_shares([each.civil_servant_id for each in members], [each.share for each in members])


def _division(
    command: AssignGroupWork | DivideGroupWork, works: Sequence[Assignment], tx: Transaction
) -> Division:
    ids = {work.civil_servant_id: work.id for work in works}
    later = command if isinstance(command, DivideGroupWork) else None
    return Division(
        quantity=command.quantity,
        members=tuple(
            GroupMember(
                civil_servant_id=each.civil_servant_id,
                assignment_id=ids[each.civil_servant_id],
                share=each.share,
            )
            for each in command.members
        ),
        reason=later.reason if later else None,
        decision=later.decision if later else None,
        divided_by=Participant.of(command.actor),
        divided_at=tx.now,
    )
