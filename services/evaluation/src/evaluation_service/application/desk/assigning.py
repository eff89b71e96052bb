"""Work for a whole unit at once: row by row, for everybody in a post, or as in an earlier
period."""

from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any, ClassVar

from congvu_kit.application.commands import Command
from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.application.rows import Refusal, Rows, each_row
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Invalid
from evaluation_service.application.access import SUPERIORS, is_superior, post_at
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    PERIODS,
    VERSIONS,
)
from evaluation_service.application.desk.prepared import prepare
from evaluation_service.application.periods.foundations import units_below
from evaluation_service.application.results.members import presence
from evaluation_service.application.work.commands import (
    Asked,
    WorkRow,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.reports import QuantityFrom, WorkSource

REPEATED = (WorkSource.PLAN, WorkSource.PORTAL)
"""What comes again every quarter; ad-hoc work does not."""

ROWS_MAX = 500
"""Pieces of work of one call: a unit of forty people with a dozen each."""

LINES_MAX = 50
"""Lines of a template."""

GROUP_WORK = Refusal.of(
    Conflict(
        en="a share of group work: give it to the group anew (assignGroupWork)",
        vi="đây là phần của việc nhóm: hãy giao lại cho cả nhóm",
        rule_id="E-I6",
    )
)
"""Alone it would be no share of anything."""


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
class AsIn:
    """What was planned in an earlier period for those who are still there."""

    period_id: str
    unit_id: str


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


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """`once` is work that nobody gets a second time by the same call made again."""

    source: str
    row: WorkRow | Refusal
    once: bool = False


async def assign_work_bulk(command: AssignWorkBulk, tx: Transaction) -> AssignedReport:
    """One transaction; each row succeeds or is refused on its own."""
    command.actor.require(*SUPERIORS)
    period = await tx.store(PERIODS).get(command.period_id)
    period.require_open()
    wanted = [Wanted(source=f"rows[{n}]", row=row) for n, row in enumerate(command.rows)]
    if command.everybody is not None:
        wanted += await _for_everybody(command.everybody, period, command.actor, tx)
    if command.as_in is not None:
        wanted += await _as_in(command.as_in, period, tx)
    if not 0 < len(wanted) <= ROWS_MAX:
        raise Invalid(
            en=f"1 to {ROWS_MAX} pieces of work in one call, not {len(wanted)}",
            vi=f"mỗi lần giao 1 đến {ROWS_MAX} việc, không phải {len(wanted)}",
            field="input",
        )
    prepared = await prepare([each.row for each in wanted], period, tx)
    once = {id(each.row) for each in wanted if each.once}

    async def take(row: WorkRow) -> Assignment:
        return await prepared.assign(row, command.actor, tx, once=id(row) in once)

    results = await each_row([each.row for each in wanted], take, now=tx.now)
    if not command.dry_run:
        await prepared.save(tx)
    return AssignedReport(
        results=tuple(
            _told(each, result, dry_run=command.dry_run)
            for each, result in zip(wanted, results, strict=True)
        ),
        dry_run=command.dry_run,
    )


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
            vi=f"cần 1 đến {LINES_MAX} việc cho mọi người",
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
            vi="bạn không phụ trách ai ở đơn vị, vị trí này",
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


async def _as_in(as_in: AsIn, period: EvaluationPeriod, tx: Transaction) -> list[Wanted]:
    """The same products in the newest version this period opened on, the same quantities, the same
    day counted from the first."""
    earlier = await tx.store(PERIODS).find(as_in.period_id)
    if earlier is None or earlier.province != period.province:
        raise Invalid(
            en="no such earlier period", vi="không có kỳ trước này", field="input.asIn.periodId"
        )
    known = await tx.store(ASSIGNMENTS).select(
        Eq("period_id", earlier.id),
        Eq("unit_path", as_in.unit_id),
        In("source", list(REPEATED)),
        order=["civil_servant_id", "due_on"],
        limit=ROWS_MAX + 1,
    )
    planned = [each for each in known if each.counts]
    codes = sorted({each.version.code for each in planned})
    versions = await tx.store(VERSIONS).select(
        In("code", codes), In("release_id", list(period.release_ids)), limit=len(codes) * 100 + 1
    )
    newest = {each.code: each.id for each in sorted(versions, key=lambda each: each.number)}
    last_day = period.ends_on - timedelta(days=1)
    return [
        Wanted(
            source="asIn",
            row=GROUP_WORK
            if each.group
            else WorkRow(
                civil_servant_id=each.civil_servant_id,
                appointment_id=None,
                version_id=newest.get(each.version.code, each.version.version_id),
                quantity=each.quantity if each.quantity_from is QuantityFrom.GIVEN else None,
                quantity_from=each.quantity_from,
                due_on=min(period.starts_on + (each.due_on - earlier.starts_on), last_day),
                source=each.source,
            ),
            once=True,
        )
        for each in planned
    ]


def _asked(line: TemplateLine) -> Any:
    return {each.name: getattr(line, each.name) for each in fields(Asked)}
