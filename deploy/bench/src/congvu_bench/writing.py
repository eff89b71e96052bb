"""One small write, from a head's click to the commit: against the bare transaction that reads and
writes the same."""

import asyncio
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congvu_bench import bulk, officials
from congvu_bench.figures import Call, Figure, in_turn
from congvu_bench.wire import Caller
from congvu_kit.adapters.driver import (
    Database,
    ReadConcern,
    Session,
    begin,
    close,
    monitoring,
    new_client,
    session_of,
)
from congvu_kit.adapters.mongo import DURABLE, MongoUnitOfWork
from congvu_kit.adapters.mongo_prepared import prepare
from congvu_kit.adapters.signatures import EventSigner
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Actor, Role
from congvu_local.platform import Platform
from evaluation_service.application.collections import ALL
from evaluation_service.application.work.commands import AssignWork, assign_work
from evaluation_service.domain.work.reports import WorkSource

ROUNDS, TIMES = 10, 6
CLIENTS = 16
"""Who write at once, where that is asked for."""

KEPT_S = 1.0
"""A connection that rested longer is not used again: its server may be closing it just then."""

DUE_ON = date(2026, 9, 1)

ASSIGN = """
mutation($input: AssignWorkInput!) { assignWork(input: $input) {
  ... on Assignment { id revision }
  ... on Problem { message }
} }"""

SENT_ALONG = frozenset(
    {"lsid", "txnNumber", "startTransaction", "autocommit", "readConcern", "writeConcern"}
    | {"$db", "$clusterTime", "$readPreference"}
)
"""What the driver puts on a command by itself."""

Command = Mapping[str, Any]


class Recorder(monitoring.CommandListener):
    """What was asked of the database, in order."""

    def __init__(self) -> None:
        self.commands: list[Command] = []

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        kept = {key: value for key, value in event.command.items() if key not in SENT_ALONG}
        self.commands.append(kept)

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """It was noted when it began."""

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """It was noted when it began."""


class Unit:
    """A unit with its head, its people and a catalogue, in a database."""

    def __init__(self, unit: str, people: Sequence[str]) -> None:
        self.id = unit
        self.head = f"cs_{unit.removeprefix('unit_')}"
        self._period = officials.period("bulk").id
        self._pairs = self._all(people)

    def _all(self, people: Sequence[str]) -> Iterator[tuple[str, str]]:
        while True:
            for piece in range(bulk.PIECES):
                for each in people:
                    yield each, f"A.56.{piece:03d}@1"

    @classmethod
    async def of(cls, database: Database) -> "Unit":
        await prepare(database, ALL, outbox_keep_days=0)
        unit = (await bulk.load(database))[0]
        rows = database["servants"].find({"appointments.unit_id": unit}, {"_id": 1})
        _head, *people = sorted([row["_id"] async for row in rows])
        return cls(unit, people)

    def command(self) -> AssignWork:
        person, version = next(self._pairs)
        actor = Actor(
            subject=self.head,
            roles=frozenset({Role.UNIT_HEAD}),
            province=officials.PROVINCE,
            unit=self.id,
            officer=self.head,
        )
        return AssignWork(
            actor=actor,
            idempotency_key=secrets.token_hex(16),
            civil_servant_id=person,
            appointment_id=None,
            version_id=version,
            period_id=self._period,
            quantity=Decimal(4),
            due_on=DUE_ON,
            source=WorkSource.PLAN,
        )

    def variables(self) -> Mapping[str, object]:
        person, version = next(self._pairs)
        given = {
            "idempotencyKey": secrets.token_hex(16),
            "periodId": self._period,
            "civilServantId": person,
            "versionId": version,
            "quantity": "4",
            "dueOn": DUE_ON.isoformat(),
        }
        return {"input": given}


async def recorded(mongo_url: str, database: str, unit: Unit) -> Sequence[Command]:
    """What the first assignment of a person asks of the database, once the process is warm."""
    recorder = Recorder()
    client = new_client(mongo_url, event_listeners=[recorder], tz_aware=True)
    signer = EventSigner("evaluation", Ed25519PrivateKey.generate())
    uow = MongoUnitOfWork(client[database], signer=signer)
    try:
        for _ in range(3):
            await perform(assign_work, unit.command(), uow)
        recorder.commands.clear()
        await perform(assign_work, unit.command(), uow)
        return list(recorder.commands)
    finally:
        await close(client)


class Bare:
    """The recorded commands in a transaction of the driver, with nothing around them. What was
    inserted is inserted under another id each time."""

    def __init__(self, database: Database, commands: Sequence[Command]) -> None:
        self.database = database
        self._commands = [each for each in commands if "commitTransaction" not in each]

    @property
    def size(self) -> int:
        return len(self._commands)

    async def __call__(self) -> None:
        async with await session_of(self.database.client) as session:
            await begin(session, read_concern=ReadConcern("snapshot"), write_concern=DURABLE)
            for each in self._commands:
                await self._ask(each, session)
            await session.commit_transaction()

    async def _ask(self, command: Command, session: Session) -> None:
        if "insert" in command:
            command = {**command, "documents": [_anew(each) for each in command["documents"]]}
        await self.database.command(dict(command), session=session)


def _anew(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Nobody's: the person it was recorded of can be given only so much."""
    id = f"{document['_id']}{secrets.token_hex(8)}"
    of = {key: id for key in ("subject", "civil_servant_id") if key in document}
    return {**document, "_id": id, **of}


class Layers:
    """The same write at each door of a running platform, and bare."""

    def __init__(self, platform: Platform, http: httpx.AsyncClient, unit: Unit, bare: Bare) -> None:
        self._platform, self._http, self._unit, self._bare = platform, http, unit, bare
        self._token = platform.token_for(
            Role.UNIT_HEAD, province=officials.PROVINCE, unit=unit.id, officer=unit.head
        )
        signer = EventSigner("evaluation", Ed25519PrivateKey.generate())
        self._uow = MongoUnitOfWork(bare.database, signer=signer)

    @property
    def calls(self) -> Mapping[str, Call]:
        return {
            "gateway": self._gateway,
            "service": self._service,
            "use case": self._use_case,
            "bare": self._bare,
        }

    async def _gateway(self) -> None:
        await self._through(self._platform.graphql_url, None)

    async def _service(self) -> None:
        url = f"{self._platform.service_url('evaluation')}/graphql"
        await self._through(url, self._platform.folder.gateway_secret())

    async def _through(self, url: str, secret: str | None) -> None:
        given = self._unit.variables()
        call = Caller(self._http, url, ASSIGN, variables=given, secret=secret, token=self._token)
        if "id" not in (answer := (await call())["assignWork"]):
            raise RuntimeError(f"not assigned: {answer}")

    async def _use_case(self) -> None:
        await perform(assign_work, self._unit.command(), self._uow)


def together(call: Call) -> Call:
    async def many() -> None:
        await asyncio.gather(*(call() for _ in range(CLIENTS)))

    return many


async def measure(platform: Platform) -> list[Figure]:
    """The figures of a service's own answer and of its use case stand between, so that what each
    layer adds is seen."""
    client = new_client(platform.mongo_url)
    database: Database = client["congvu_evaluation"]
    unit = await Unit.of(database)
    bare = Bare(database, await recorded(platform.mongo_url, database.name, unit))
    limits = httpx.Limits(keepalive_expiry=KEPT_S)
    async with httpx.AsyncClient(timeout=60, limits=limits) as http:
        calls = Layers(platform, http, unit, bare).calls
        alone = await in_turn(calls, rounds=ROUNDS, times=TIMES)
        crowd = {name: together(call) for name, call in calls.items()}
        at_once = await in_turn(crowd, rounds=ROUNDS, times=2, warm_up=1)
    await close(client)
    peer = f"bare transaction, its {bare.size} commands"
    return [
        rounds.figure(
            "write",
            f"assignWork, {name}, {what}",
            name,
            "bare",
            peer=peer,
            goal="at most 3" if name == "gateway" else "",
        )
        for rounds, what in ((alone, "one at a time"), (at_once, f"{CLIENTS} at once"))
        for name in ("gateway", "service", "use case")
    ]
