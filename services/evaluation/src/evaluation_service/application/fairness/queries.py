"""Reports on a period from its review on, for those who look after it: they only propose."""

import asyncio
from dataclasses import dataclass, replace

from congvu_kit.application.ports import Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor, Role
from evaluation_service.application.access import BOARD
from evaluation_service.application.collections import UNITS
from evaluation_service.application.fairness.rows import frozen_rows
from evaluation_service.application.periods.commands import own_period
from evaluation_service.domain.fairness.findings import (
    DECLARED,
    FINDINGS_MAX,
    Declared,
    Finding,
    ReportKind,
)
from evaluation_service.domain.fairness.reports import REPORTS
from evaluation_service.domain.fairness.rows import FrozenRows
from evaluation_service.domain.oversight.figures import SMALLEST
from evaluation_service.domain.periods.states import PeriodState

READERS = (Role.PERIOD_ADMIN, *BOARD)


@dataclass(frozen=True, kw_only=True)
class ShownFinding:
    """`withheld`: its figures would tell of few people, and it names none of them."""

    finding: Finding
    province: str

    @property
    def civil_servant_id(self) -> str | None:
        return self.finding.civil_servant_id

    @property
    def withheld(self) -> bool:
        return self.civil_servant_id is None and self.finding.people < SMALLEST


@dataclass(frozen=True, kw_only=True)
class FairnessReport:
    """`found` in all; of more than `FINDINGS_MAX` those least likely by chance are told."""

    kind: ReportKind
    declared: Declared
    people: int
    found: int
    findings: tuple[ShownFinding, ...]


async def fairness_reports(
    reader: Actor, tx: Transaction, period_id: str, unit_id: str | None
) -> list[FairnessReport]:
    """Compared over the whole period; told of the unit with all below it. From the review on, when
    a finding can still be acted on: until the publication nobody is told of themselves. Raise
    `Conflict` before it."""
    reader.require(*READERS)
    await require_there(tx.store(UNITS), unit_id, "unitId")
    period = await own_period(reader, period_id, tx)
    if period.state is not PeriodState.REVIEW:
        period.require_public("periodId")
    rows = await frozen_rows(period, tx)
    inside = {each.unit_id for each in rows.people if unit_id in (None, *each.unit_path)}
    found = await asyncio.to_thread(_every, rows)
    hidden = None if period.is_public else reader.officer
    told = {
        kind: [
            _without(each, rows, hidden)
            for each in found[kind]
            if each.unit_id in inside and (hidden is None or each.civil_servant_id != hidden)
        ]
        for kind in found
    }
    return [_report(kind, told[kind], rows, period.province) for kind in ReportKind]


def _without(found: Finding, rows: FrozenRows, officer: str | None) -> Finding:
    """Without the result of that person among those it rests on."""
    own = {each.evaluation_id for each in rows.people if each.civil_servant_id == officer}
    if own.isdisjoint(found.evaluation_ids):
        return found
    return replace(found, evaluation_ids=tuple(e for e in found.evaluation_ids if e not in own))


def _every(rows: FrozenRows) -> dict[ReportKind, list[Finding]]:
    return {kind: report(rows) for kind, report in REPORTS.items()}


def _report(
    kind: ReportKind, found: list[Finding], rows: FrozenRows, province: str
) -> FairnessReport:
    found.sort(key=lambda each: (each.chance or 0, each.unit_id, each.evaluation_ids))
    shown = [ShownFinding(finding=each, province=province) for each in found[:FINDINGS_MAX]]
    return FairnessReport(
        kind=kind,
        declared=DECLARED[kind],
        people=len(rows.people),
        found=len(found),
        findings=tuple(shown),
    )
