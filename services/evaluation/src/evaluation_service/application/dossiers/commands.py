"""Dossier events of the one-stop portal fill the quantity and lateness of the officers' work."""

from dataclasses import dataclass
from typing import ClassVar, Self

from congvu_kit.application.commands import Command
from congvu_kit.application.ports import Transaction
from congvu_kit.application.rows import Refusal, Rows, each_row
from congvu_kit.domain.actor import Actor, Role, account_id
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.times import DeadlineTime, PastTime
from evaluation_service.application.collections import DOSSIERS
from evaluation_service.application.dossiers.asked import Asked
from evaluation_service.application.dossiers.matching import match, release
from evaluation_service.domain.dossiers.dossiers import (
    Dossier,
    DossierStanding,
    UnmatchedReason,
    dossier_id,
)
from evaluation_service.domain.dossiers.facts import DossierEnd, DossierFacts, Handler
from evaluation_service.domain.personnel.servants import CivilServant
from evaluation_service.domain.personnel.units import OrgUnit

EVENTS_MAX = 200
"""Dossiers of one call: under a second of work for a small database."""


@dataclass(frozen=True, kw_only=True)
class DossierRow:
    """`civil_servant_id` for one officer, `handlers` for several."""

    dossier_code: str
    procedure_code: str
    unit_id: str
    civil_servant_id: str | None
    received_at: PastTime
    due_at: DeadlineTime
    completed_at: PastTime | None
    applicant_hash: str | None = None
    handlers: tuple[Handler, ...] = ()
    ended_as: DossierEnd = DossierEnd.DONE

    def facts(self) -> DossierFacts:
        """Raise `Invalid` unless one officer is named, or several are."""
        if (self.civil_servant_id is None) is not bool(self.handlers):
            raise Invalid(
                en="name one officer, or several as handlers",
                vi="Vui lòng nêu một công chức, hoặc danh sách những người cùng xử lý.",
                field="civilServantId",
            )
        return DossierFacts(
            procedure_code=self.procedure_code,
            unit_id=self.unit_id,
            civil_servant_id=self.civil_servant_id or self.handlers[0].civil_servant_id,
            received_at=self.received_at,
            due_at=self.due_at,
            completed_at=self.completed_at,
            applicant_hash=self.applicant_hash,
            handlers=self.handlers,
            withdrawn=self.ended_as is DossierEnd.WITHDRAWN,
        )


@dataclass(frozen=True, kw_only=True)
class RecordDossierEvents(Command):
    operation: ClassVar[str] = "record_dossier_events"

    events: Rows[DossierRow]


@dataclass(frozen=True, kw_only=True)
class DossierResult:
    """`counted_for` are the assignments that a completed dossier was added to."""

    row: str
    dossier_id: str | None
    changed: bool
    counted_for: tuple[str, ...] = ()
    standing: DossierStanding | None = None
    reason: UnmatchedReason | None = None
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
            counted_for=dossier.assignment_ids,
            standing=dossier.standing,
            reason=dossier.reason,
        )


@dataclass(frozen=True, kw_only=True)
class DossierReport:
    results: tuple[DossierResult, ...]


async def record_dossier_events(command: RecordDossierEvents, tx: Transaction) -> DossierReport:
    command.actor.require(Role.SERVICE_PORTAL)
    if not 0 < len(command.events) <= EVENTS_MAX:
        raise Invalid(
            en=f"1 to {EVENTS_MAX} events in one call, not {len(command.events)}",
            vi=f"Mỗi lần gửi từ 1 đến {EVENTS_MAX} sự kiện; đang gửi {len(command.events)}.",
            field="input.events",
        )
    told = await each_row(command.events, _told, now=tx.now)
    asked = Asked(tx)
    await asked.ahead([(each.code, each.facts) for each in told if isinstance(each, Told)])
    results = await each_row(
        told, lambda each: _record(each, command.actor, tx, asked), now=tx.now, checked=True
    )
    return DossierReport(
        results=tuple(
            DossierResult.of(f"events[{number}]", each) for number, each in enumerate(results)
        )
    )


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a row says, in its one form."""

    id: str
    code: str
    facts: DossierFacts


async def _told(row: DossierRow) -> Told:
    facts = row.facts()
    facts.check()
    return Told(id=dossier_id(row.dossier_code), code=row.dossier_code, facts=facts)


async def _record(told: Told, actor: Actor, tx: Transaction, asked: Asked) -> tuple[Dossier, bool]:
    facts = told.facts
    unit = await asked.unit(facts.unit_id)
    actor.require_province(unit.province)
    for officer in facts.parts:
        _require_within(await asked.officer(officer), unit)
    dossier = await tx.store(DOSSIERS).find(told.id) or Dossier(
        id=told.id, code=told.code, province=unit.province
    )
    actor.require_province(dossier.province)
    portal_id = account_id(actor.require_login())
    dossier.require_own(portal_id, unit.province)
    completed, parts = dossier.completed, dossier.parts
    changed = dossier.take(facts, portal_id)
    if changed and not completed:
        await release(dossier, parts, tx)
    if changed or not dossier.settled:
        await match(dossier, tx, asked)
    return dossier, changed


def _require_within(servant: CivilServant, unit: OrgUnit) -> None:
    """Of the unit's province, or appointed in the unit; that may be told later (E-I17)."""
    appointed = any(each.unit_id == unit.id for each in servant.appointments)
    if not appointed and unit.province not in servant.provinces:
        raise Invalid(
            en="the officer has no appointment in this unit",
            vi="Công chức không công tác tại đơn vị này.",
            field="civilServantId",
        )
