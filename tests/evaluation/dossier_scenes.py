"""Short ways to dossiers of the portal."""

from datetime import UTC, datetime

from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from evaluation import scenes
from evaluation.people import LAN_ID, OFFICE, PORTAL
from evaluation_service.application.dossiers import commands as dossiers
from evaluation_service.domain.dossiers.facts import DossierEnd, Handler

RECEIVED = datetime(2026, 8, 5, 1, 30, tzinfo=UTC)
DUE = datetime(2026, 8, 6, 10, 0, tzinfo=UTC)
IN_TIME = datetime(2026, 8, 5, 9, 0, tzinfo=UTC)
TOO_LATE = datetime(2026, 8, 7, 9, 0, tzinfo=UTC)


def event(
    number: int = 1,
    *,
    completed_at: datetime | None = IN_TIME,
    civil_servant_id: str | None = LAN_ID,
    unit_id: str = OFFICE,
    procedure_code: str = "1.001193",
    code: str | None = None,
    applicant_hash: str | None = None,
    due_at: datetime = DUE,
    handlers: tuple[Handler, ...] = (),
    ended_as: DossierEnd = DossierEnd.DONE,
) -> dossiers.DossierRow:
    return dossiers.DossierRow(
        dossier_code=code or f"H32.31.07-260805-{number:04d}",
        procedure_code=procedure_code,
        unit_id=unit_id,
        civil_servant_id=civil_servant_id,
        received_at=RECEIVED,
        due_at=due_at,
        completed_at=completed_at,
        applicant_hash=applicant_hash,
        handlers=handlers,
        ended_as=ended_as,
    )


async def record(
    uow: UnitOfWork, *events: dossiers.DossierRow, actor: Actor = PORTAL
) -> dossiers.DossierReport:
    command = dossiers.RecordDossierEvents(actor=actor, idempotency_key=scenes.key(), events=events)
    return await perform(dossiers.record_dossier_events, command, uow)
