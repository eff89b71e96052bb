"""Work for a whole unit at once: row by row, for everybody in a post, or as in an earlier
period."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby
from typing import Any, ClassVar

from congvu_kit.application.commands import Command
from congvu_kit.application.ports import Transaction
from congvu_kit.application.rows import Refusal, Rows, each_row
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Invalid
from evaluation_service.application.access import SUPERIORS, is_superior, post_at
from evaluation_service.application.collections import PERIODS
from evaluation_service.application.desk.prepared import ROWS_MAX, Prepared, Wanted, prepare
from evaluation_service.application.desk.repeating import AsIn, repeated
from evaluation_service.application.periods.foundations import units_below
from evaluation_service.application.results.members import presence
from evaluation_service.application.work.commands import Asked, WorkRow
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.assignments import Assignment

LINES_MAX = 50
"""Lines of a template."""

NOT_FORMED = Refusal.of(
    Conflict(
        en="the group is not formed, as another member cannot be in it: form it by assignGroupWork",
        vi="Chưa lập nhóm vì có người không thể tham gia. Vui lòng giao việc nhóm lại.",
        rule_id="E-I6",
    )
)
"""The shares of who is left are no 100."""


@dataclass(frozen=True, kw_only=True)
class TemplateLine(Asked):
    """One piece of work that everybody gets."""

    version_id: str


@dataclass(frozen=True, kw_only=True)
class Everybody:
    """Whom the caller leads in the unit and below it, in one position or in any."""

    unit_id: str
    position_code: str | None
    work: tuple[TemplateLine, ...]


@dataclass(frozen=True, kw_only=True)
class AssignWorkBulk(Command):
    """All three may be given at once. A dry run says what would become of each; nothing is kept."""

    operation: ClassVar[str] = "assign_work_bulk"

    period_id: str
    rows: Rows[WorkRow]
    everybody: Everybody | None
    as_in: AsIn | None
    dry_run: bool


@dataclass(frozen=True, kw_only=True)
class AssignedRow:
    """`row` names where it comes from; `assignment_id` is None when refused, or in a dry run."""

    row: str
    civil_servant_id: str | None
    version_id: str | None
    assignment_id: str | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, kw_only=True)
class AssignedReport:
    results: tuple[AssignedRow, ...]
    dry_run: bool


async def assign_work_bulk(command: AssignWorkBulk, tx: Transaction) -> AssignedReport:
    """One transaction; each row succeeds or is refused on its own."""
    command.actor.require(*SUPERIORS)
    period = await tx.store(PERIODS).get(command.period_id)
    period.require_open()
    wanted = [Wanted(source=f"rows[{n}]", row=row) for n, row in enumerate(command.rows)]
    if command.everybody is not None:
        wanted += await _for_everybody(command.everybody, period, command.actor, tx)
    if command.as_in is not None:
        wanted += await repeated(command.as_in, period, tx)
    if not 0 < len(wanted) <= ROWS_MAX:
        raise Invalid(
            en=f"1 to {ROWS_MAX} pieces of work in one call, not {len(wanted)}",
            vi=f"Mỗi lần giao từ 1 đến {ROWS_MAX} việc; đang gửi {len(wanted)} việc.",
            field="input",
        )
    prepared = await prepare([each.row for each in wanted], period, tx)
    results = [
        result
        for _, together in groupby(wanted, key=lambda each: each.group or object())
        for result in await _give(list(together), prepared, command.actor, tx)
    ]
    if not command.dry_run:
        await prepared.save(tx)
    return AssignedReport(
        results=tuple(
            _told(each, result, dry_run=command.dry_run)
            for each, result in zip(wanted, results, strict=True)
        ),
        dry_run=command.dry_run,
    )


async def _give(
    wanted: Sequence[Wanted], prepared: Prepared, by: Actor, tx: Transaction
) -> Sequence[Assignment | Refusal]:
    """One piece of work, or the shares of a group: all of them or none (E-I6)."""
    by_row = {id(each.row): each for each in wanted}

    async def make(row: WorkRow) -> Assignment:
        return await prepared.new(row, by_row[id(row)], by, tx)

    rows = [each.row for each in wanted]
    made = await each_row(rows, make, now=tx.now, checked=all(each.once for each in wanted))
    works = [each for each in made if isinstance(each, Assignment)]
    if len(works) < len(made):
        return [NOT_FORMED if isinstance(each, Assignment) else each for each in made]
    if wanted[0].group is not None:
        prepared.form(wanted[0].group, works, by, tx)
    for work in works:
        prepared.give(work)
    return works


def _told(wanted: Wanted, result: Assignment | Refusal, *, dry_run: bool) -> AssignedRow:
    told = AssignedRow(row=wanted.source, civil_servant_id=None, version_id=None)
    if not isinstance(wanted.row, Refusal):
        who, what = wanted.row.civil_servant_id, wanted.row.version_id
        told = replace(told, civil_servant_id=who, version_id=what)
    if isinstance(result, Refusal):
        return replace(told, refusal=result)
    return told if dry_run else replace(told, assignment_id=result.id)


async def _for_everybody(
    everybody: Everybody, period: EvaluationPeriod, by: Actor, tx: Transaction
) -> list[Wanted]:
    if not 0 < len(everybody.work) <= LINES_MAX:
        raise Invalid(
            en=f"1 to {LINES_MAX} pieces of work for everybody",
            vi=f"Vui lòng nêu từ 1 đến {LINES_MAX} việc cho mọi người.",
            field="input.everybody.work",
        )
    today = business_date(tx.now)
    here = await presence(await units_below(everybody.unit_id, tx), period, tx)
    people = [
        member
        for member in sorted(here.members, key=lambda each: each.servant.id)
        if everybody.position_code in (None, member.appointment.position_code)
        and is_superior(by, post_at(member.servant, member.appointment, member.unit, today))
        and member.servant.id != by.officer
    ]
    if not people:
        raise Invalid(
            en="you lead nobody there in that position",
            vi="Tài khoản không phụ trách công chức nào ở đơn vị, vị trí này.",
            field="input.everybody",
        )
    return [
        Wanted(
            source=f"everybody.work[{number}]",
            row=WorkRow(
                civil_servant_id=member.servant.id,
                appointment_id=member.appointment.appointment_id,
                version_id=line.version_id,
                **_asked(line),
            ),
            once=True,
        )
        for member in people
        for number, line in enumerate(everybody.work)
    ]


def _asked(line: TemplateLine) -> Any:
    return {each.name: getattr(line, each.name) for each in fields(Asked)}
