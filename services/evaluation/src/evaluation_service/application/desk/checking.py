"""A day's reports of a unit checked in one call: all accepted but those that are named."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from congvu_kit.application.commands import Command
from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.application.rows import Refusal, each_row
from congvu_kit.domain.actor import Participant
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.times import PastTime
from evaluation_service.application.access import SUPERIORS
from evaluation_service.application.collections import ASSIGNMENTS, PERIODS
from evaluation_service.application.work.reviews import accept_whole, last_check, send_back
from evaluation_service.application.work.revisions import require_revisable, revise_checked
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.reports import UNDER_REVIEW

REPORTS_MAX = 200
"""Reports checked in one call: five a day of forty people."""


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Not accepted with the others; with a reason it is sent back, without it waits."""

    assignment_id: str
    return_reason: str | None


@dataclass(frozen=True, kw_only=True)
class AcceptAllBut(Command):
    """`reported_until` is when the caller looked: what came later is not accepted unseen."""

    operation: ClassVar[str] = "accept_all_but"

    period_id: str
    unit_id: str
    reported_until: PastTime
    left_out: tuple[LeftOut, ...]


class Checked(StrEnum):
    ACCEPTED = "ACCEPTED"
    RETURNED = "RETURNED"
    LEFT = "LEFT"
    CAME_LATER = "CAME_LATER"
    DOUBTFUL = "DOUBTFUL"


MOVING = (Checked.ACCEPTED, Checked.RETURNED)
"""What moves a result, where there is one."""


@dataclass(frozen=True, kw_only=True)
class CheckedRow:
    assignment_id: str
    outcome: Checked | None
    refusal: Refusal | None = None


@dataclass(frozen=True, kw_only=True)
class CheckedReport:
    """`more` reports than one call takes are waiting: call again with another key."""

    results: tuple[CheckedRow, ...]
    more: bool


async def accept_all_but(command: AcceptAllBut, tx: Transaction) -> CheckedReport:
    """Whatever waits in the unit and below it, as reported; a doubt that the same work counts
    elsewhere is for people to look at."""
    command.actor.require(*SUPERIORS)
    period = await tx.store(PERIODS).get(command.period_id)
    period.require_unpublished()
    waiting = await _waiting(command, tx)
    left_out = {each.assignment_id: each.return_reason for each in command.left_out}
    _require_waiting(left_out, waiting)

    async def check(assignment: Assignment) -> Checked:
        reason = left_out.get(assignment.id)
        if reason is not None:
            await require_revisable(assignment.civil_servant_id, period, tx)
            await send_back(assignment, period, command.actor, reason, tx)
            return Checked.RETURNED
        if assignment.id in left_out:
            return Checked.LEFT
        if assignment.waiting_report().reported_at > command.reported_until:
            return Checked.CAME_LATER
        if assignment.doubted:
            return Checked.DOUBTFUL
        await require_revisable(assignment.civil_servant_id, period, tx)
        await accept_whole(assignment, period, command.actor, tx)
        return Checked.ACCEPTED

    taken = waiting[:REPORTS_MAX]
    results = await each_row(taken, check, now=tx.now)
    rows = [_told(each, result) for each, result in zip(taken, results, strict=True)]
    moved = [each for each, row in zip(taken, rows, strict=True) if row.outcome in MOVING]
    await _revise(moved, period, Participant.of(command.actor), tx)
    return CheckedReport(results=tuple(rows), more=len(waiting) > REPORTS_MAX)


def _told(assignment: Assignment, result: Checked | Refusal) -> CheckedRow:
    if isinstance(result, Refusal):
        return CheckedRow(assignment_id=assignment.id, outcome=None, refusal=result)
    return CheckedRow(assignment_id=assignment.id, outcome=result)


async def _revise(
    moved: Sequence[Assignment], period: EvaluationPeriod, by: Participant, tx: Transaction
) -> None:
    """One further sheet a person, however much was checked."""
    checked: dict[str, list[Assignment]] = {}
    for each in moved:
        checked.setdefault(each.civil_servant_id, []).append(each)
    for works in checked.values():
        await revise_checked(works, period, last_check(works[-1]), by, tx)


async def _waiting(command: AcceptAllBut, tx: Transaction) -> list[Assignment]:
    return await tx.store(ASSIGNMENTS).select(
        Eq("period_id", command.period_id),
        Eq("unit_path", command.unit_id),
        In("state", list(UNDER_REVIEW)),
        order=["review_due_on"],
        limit=REPORTS_MAX + 1,
    )


def _require_waiting(left_out: Collection[str], waiting: Sequence[Assignment]) -> None:
    strangers = set(left_out) - {each.id for each in waiting}
    if strangers:
        raise Invalid(
            en=f"{len(strangers)} of those left out wait for no check here",
            vi=f"Có {len(strangers)} việc được loại ra nhưng không chờ nghiệm thu ở đây.",
            field="input.leftOut",
        )
