"""Dossier events of the one-stop portal fill the quantity and lateness of the officers' work."""

from dataclasses import dataclass
from typing import ClassVar, Self

from congvu_kit.application.commands import Command
from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.application.rows import Refusal, Rows, each_row
from congvu_kit.domain.actor import Actor, Role, account_id
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.times import DeadlineTime, PastTime
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    DOSSIERS,
    PERIODS,
    SERVANTS,
    UNITS,
)
from evaluation_service.application.work.commands import save_counted
from evaluation_service.domain.periods.periods import PeriodState
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.dossiers import Dossier, DossierFacts, dossier_id
from evaluation_service.domain.work.reports import COUNTING

EVENTS_MAX = 200
"""Dossiers of one call: under a second of work for a small database."""


@dataclass(frozen=True, kw_only=True)
class DossierRow:
    dossier_code: str
    procedure_code: str
    unit_id: str
    civil_servant_id: str
    received_at: PastTime
    due_at: DeadlineTime
    completed_at: PastTime | None
    applicant_hash: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordDossierEvents(Command):
    operation: ClassVar[str] = "record_dossier_events"

    events: Rows[DossierRow]


@dataclass(frozen=True, kw_only=True)
class DossierResult:
    """`counted_for` is the assignment a completed dossier was added to."""

    row: str
    dossier_id: str | None
    changed: bool
    counted_for: str | None = None
    refusal: Refusal | None = None

    @classmethod
    def of(cls, row: str, result: tuple[Dossier, bool] | Refusal) -> Self:
        if isinstance(result, Refusal):
            return cls(row=row, dossier_id=None, changed=False, refusal=result)
        dossier, changed = result
        return cls(
            row=row,
            dossier_id=dossier.id,
            changed=changed,
            counted_for=dossier.assignment_id,
        )


@dataclass(frozen=True, kw_only=True)
class DossierReport:
    results: tuple[DossierResult, ...]


async def record_dossier_events(command: RecordDossierEvents, tx: Transaction) -> DossierReport:
    command.actor.require(Role.SERVICE_PORTAL)
    if not 0 < len(command.events) <= EVENTS_MAX:
        raise Invalid(
            en=f"1 to {EVENTS_MAX} events in one call, not {len(command.events)}",
            vi=f"mỗi lần gửi 1 đến {EVENTS_MAX} sự kiện, không phải {len(command.events)}",
            field="input.events",
        )
    results = await each_row(
        command.events, lambda row: _record(row, command.actor, tx), now=tx.now
    )
    return DossierReport(
        results=tuple(
            DossierResult.of(f"events[{number}]", each) for number, each in enumerate(results)
        )
    )


async def _record(row: DossierRow, actor: Actor, tx: Transaction) -> tuple[Dossier, bool]:
    unit = await tx.store(UNITS).get(row.unit_id)
    actor.require_province(unit.province)
    servant = await tx.store(SERVANTS).get(row.civil_servant_id)
    if row.unit_id not in {each.unit_id for each in servant.appointments}:
        raise Invalid(
            en="the officer has no appointment in this unit",
            vi="công chức không có bố trí tại đơn vị này",
            field="civilServantId",
        )
    id = dossier_id(row.dossier_code)
    dossier = await tx.store(DOSSIERS).find(id) or Dossier(
        id=id, code=row.dossier_code, province=unit.province
    )
    actor.require_province(dossier.province)
    portal_id = account_id(actor.require_login())
    dossier.require_own(portal_id, unit.province)
    counted = dossier.completed
    changed = dossier.take(
        DossierFacts(
            procedure_code=row.procedure_code,
            unit_id=row.unit_id,
            civil_servant_id=row.civil_servant_id,
            received_at=row.received_at,
            due_at=row.due_at,
            completed_at=row.completed_at,
            applicant_hash=row.applicant_hash,
        ),
        portal_id,
    )
    if changed:
        if not counted:
            await _count(dossier, tx)
        await tx.store(DOSSIERS).save(dossier)
    return dossier, changed


async def _count(dossier: Dossier, tx: Transaction) -> None:
    """Add a completed dossier to the open work it belongs to, when there is such work."""
    facts = dossier.facts
    if facts is None or facts.completed_at is None:
        return
    assignment = await _open_work(facts, tx)
    if assignment is None:
        return
    assignment.count_dossier(late=facts.late)
    await save_counted(assignment, tx)
    dossier.assignment_id = assignment.id


async def _open_work(facts: DossierFacts, tx: Transaction) -> Assignment | None:
    """The officer's open assignment of this procedure in the period of the completion."""
    candidates = await tx.store(ASSIGNMENTS).select(
        Eq("civil_servant_id", facts.civil_servant_id),
        Eq("version.procedure_code", facts.procedure_code),
        In("state", list(COUNTING)),
        order=["due_on"],
    )
    if not candidates or facts.completed_at is None:
        return None
    done_on = business_date(facts.completed_at)
    periods = await tx.store(PERIODS).find_many([each.period_id for each in candidates])
    for assignment, period in zip(candidates, periods, strict=True):
        if period and period.state is PeriodState.OPEN and period.covers(done_on):
            return assignment
    return None
