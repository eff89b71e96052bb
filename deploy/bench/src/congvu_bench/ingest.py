"""What portals and personnel systems send, many rows a call, against raw inserts of the same."""

import secrets
import uuid
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta
from time import perf_counter

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congvu_bench import bulk, officials
from congvu_bench.figures import Figure, spread
from congvu_bench.remains import Remains, inserted
from congvu_kit.adapters.driver import Database
from congvu_kit.adapters.mongo import MongoUnitOfWork, connect
from congvu_kit.adapters.mongo_prepared import prepare
from congvu_kit.adapters.signatures import EventSigner
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import VIETNAM
from evaluation_service.application.collections import ALL
from evaluation_service.application.dossiers.commands import (
    EVENTS_MAX,
    DossierRow,
    RecordDossierEvents,
    record_dossier_events,
)
from evaluation_service.application.imports import rows as personnel
from evaluation_service.application.imports.commands import ROWS_MAX, sync_personnel
from evaluation_service.domain.personnel.lives import ExternalRef
from evaluation_service.domain.personnel.servants import AppointmentRole

DOSSIERS_A_CALL, PEOPLE_A_CALL = EVENTS_MAX, ROWS_MAX
CALLS = 6
"""After one that is not measured."""

PORTAL = Actor(subject="portal-56", roles=frozenset({Role.SERVICE_PORTAL}), province="56")
HRM = Actor(subject="hrm-56", roles=frozenset({Role.PERSONNEL_SYNC}), province="56")
POSITION = personnel.PositionRow(
    province=officials.PROVINCE,
    code="HO-TICH",
    title="Công chức tư pháp - hộ tịch",
    family="tu-phap",
    duty_group="ho-tich",
    leadership=False,
    valid_from=date(2025, 7, 1),
)
RECEIVED = datetime(2026, 9, 1, 8, tzinfo=VIETNAM)

Call = Callable[[int], Awaitable[None]]


class Sender:
    """Rows about the people of one agency."""

    def __init__(self, uow: MongoUnitOfWork, unit: str, people: Sequence[str]) -> None:
        self._uow, self._unit, self._people = uow, unit, people

    @classmethod
    async def on(cls, database: Database) -> "Sender":
        """On an empty one, which it fills with an agency."""
        await prepare(database, ALL, outbox_keep_days=0)
        unit = (await bulk.load(database))[0]
        signer = EventSigner("evaluation", Ed25519PrivateKey.generate())
        rows = database["servants"].find({"appointments.unit_id": unit}, {"_id": 1})
        people = [row["_id"] async for row in rows]
        return cls(MongoUnitOfWork(database, signer=signer), unit, people)

    async def dossiers(self, call: int) -> None:
        first = call * DOSSIERS_A_CALL
        command = RecordDossierEvents(
            actor=PORTAL,
            idempotency_key=secrets.token_hex(16),
            events=tuple(self._dossier(first + number) for number in range(DOSSIERS_A_CALL)),
        )
        report = await perform(record_dossier_events, command, self._uow)
        _require_taken([each.refusal for each in report.results])

    def _dossier(self, number: int) -> DossierRow:
        return DossierRow(
            dossier_code=f"H32.01-260901-{number:06d}",
            procedure_code=f"1.{number % bulk.PIECES:06d}",
            unit_id=self._unit,
            civil_servant_id=self._people[number % len(self._people)],
            received_at=RECEIVED,
            due_at=RECEIVED + timedelta(days=3),
            completed_at=RECEIVED + timedelta(days=1),
        )

    async def people(self, call: int) -> None:
        first = call * PEOPLE_A_CALL
        command = personnel.SyncPersonnel(
            actor=HRM,
            idempotency_key=secrets.token_hex(16),
            positions=(POSITION,) if call == 0 else (),
            people=tuple(self._person(first + number) for number in range(PEOPLE_A_CALL))
            if call
            else (),
        )
        report = await perform(sync_personnel, command, self._uow)
        _require_taken([each.refusal for each in report.results])

    def _person(self, number: int) -> personnel.PersonRow:
        appointment = personnel.AppointmentRow(
            unit_ref=ExternalRef(system="hrm", id=self._unit),
            position_code=POSITION.code,
            role=AppointmentRole.STAFF,
            valid_from=date(2025, 7, 1),
        )
        return personnel.PersonRow(
            external_ref=ExternalRef(system="hrm", id=f"new_{number}"),
            full_name=f"Người mới {number}",
            province=officials.PROVINCE,
            appointments=(appointment,),
        )


def _require_taken(refusals: Sequence[object]) -> None:
    if any(refusals):
        raise RuntimeError(f"a row was refused: {next(filter(None, refusals))}")


async def measure(mongo_url: str) -> list[Figure]:
    client = connect(mongo_url)
    database: Database = client[f"bench_{uuid.uuid4().hex}"]
    try:
        sender = await Sender.on(database)
        return [
            await _figure(
                database,
                "dossiers, 200 a call",
                DOSSIERS_A_CALL,
                sender.dossiers,
                ("dossiers", "dossier_matchings", "outbox"),
            ),
            await _figure(
                database, "people, 500 a call", PEOPLE_A_CALL, sender.people, ("servants", "outbox")
            ),
        ]
    finally:
        await client.drop_database(database.name)


async def _figure(
    database: Database, name: str, rows: int, call: Call, names: Sequence[str]
) -> Figure:
    """Each call is followed by the raw inserts of what it left."""
    await call(0)
    mine, theirs = [], []
    for number in range(1, CALLS + 1):
        remains = await Remains(database, names).begin()
        started = perf_counter()
        await call(number)
        mine.append(perf_counter() - started)
        theirs.append(await inserted(database, await remains.left(), 1))
    return Figure(
        area="ingest",
        name=name,
        value=rows * CALLS / sum(mine),
        unit="rows/s",
        peer="raw inserts of every document it makes",
        peer_value=rows * CALLS / sum(theirs),
        noise=spread([slow / quick for slow, quick in zip(mine, theirs, strict=True)]),
        goal="at least 0.4",
    )
