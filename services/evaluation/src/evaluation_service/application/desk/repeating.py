"""A quarter's work as in an earlier one: of people, and of groups in their shares."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.domain.errors import Invalid
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    PERIODS,
    UNITS,
    VERSIONS,
    WORK_GROUPS,
)
from evaluation_service.application.desk.prepared import ROWS_MAX, Formed, Wanted
from evaluation_service.application.work.commands import WorkRow
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.groups import WorkGroup, part_of
from evaluation_service.domain.work.reports import QuantityFrom, WorkSource

REPEATED = (WorkSource.PLAN, WorkSource.PORTAL)
"""What comes again every quarter; ad-hoc work does not."""


@dataclass(frozen=True, kw_only=True)
class AsIn:
    """What was planned in an earlier period for those who are still there."""

    period_id: str
    unit_id: str


async def repeated(as_in: AsIn, period: EvaluationPeriod, tx: Transaction) -> list[Wanted]:
    """The same products in the newest version this period opened on, the same quantities and
    shares, the same day counted from the first."""
    earlier = await tx.store(PERIODS).find(as_in.period_id)
    if earlier is None or earlier.province != period.province:
        raise Invalid(
            en="no such earlier period",
            vi="Không tìm thấy kỳ trước đã nêu.",
            field="input.asIn.periodId",
        )
    known = await tx.store(ASSIGNMENTS).select(
        Eq("period_id", earlier.id),
        Eq("unit_path", as_in.unit_id),
        In("source", list(REPEATED)),
        order=["civil_servant_id", "due_on"],
        limit=ROWS_MAX + 1,
    )
    planned = [each for each in known if each.counts]
    unit = await tx.store(UNITS).find(as_in.unit_id)
    again = _Again(
        earlier=earlier,
        period=period,
        newest=await _newest(planned, period, tx),
        within=frozenset({as_in.unit_id, *(unit.heir_ids if unit else ())}),
    )
    shares = {each.group.group_id: each for each in planned if each.group}
    groups = await tx.store(WORK_GROUPS).find_many(list(shares))
    return [
        *(again.alone(each) for each in planned if each.group is None),
        *(each for group in groups if group for each in again.shares(group, shares[group.id])),
    ]


@dataclass(frozen=True, kw_only=True)
class _Again:
    """`newest` are versions by the product's code, `within` the unit and what succeeded it."""

    earlier: EvaluationPeriod
    period: EvaluationPeriod
    newest: Mapping[str, str]
    within: frozenset[str]

    def alone(self, work: Assignment) -> Wanted:
        given = work.quantity_from is QuantityFrom.GIVEN
        row = WorkRow(
            civil_servant_id=work.civil_servant_id,
            quantity=work.quantity if given else None,
            quantity_from=work.quantity_from,
            **self._asked(work),
        )
        return Wanted(source="asIn", row=row, once=True, within=self.within)

    def shares(self, group: WorkGroup, work: Assignment) -> Iterator[Wanted]:
        """`work` is one of them: of the group's version, due when the group's is."""
        division = group.division
        formed = Formed(
            quantity=division.quantity, shares=[each.share for each in division.members]
        )
        for member in division.members:
            row = WorkRow(
                civil_servant_id=member.civil_servant_id,
                quantity=part_of(division.quantity, member.share),
                **self._asked(work),
            )
            yield Wanted(source="asIn", row=row, once=True, within=self.within, group=formed)

    def _asked(self, work: Assignment) -> dict[str, Any]:
        return {
            "appointment_id": None,
            "version_id": self.newest.get(work.version.code, work.version.version_id),
            "due_on": self._due_on(work),
            "source": work.source,
        }

    def _due_on(self, work: Assignment) -> date:
        last_day = self.period.ends_on - timedelta(days=1)
        return min(self.period.starts_on + (work.due_on - self.earlier.starts_on), last_day)


async def _newest(
    planned: Sequence[Assignment], period: EvaluationPeriod, tx: Transaction
) -> Mapping[str, str]:
    codes = sorted({each.version.code for each in planned})
    versions = await tx.store(VERSIONS).select(
        In("code", codes), In("release_id", list(period.release_ids)), limit=len(codes) * 100 + 1
    )
    return {each.code: each.id for each in sorted(versions, key=lambda each: each.number)}
