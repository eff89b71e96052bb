"""What citizens send: acknowledged and put into the public log, against raw inserts of the same."""

import asyncio
import secrets
import statistics
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from time import perf_counter

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congvu_bench.figures import Figure
from congvu_kit.adapters.mongo import DURABLE, Database, MongoUnitOfWork, connect
from congvu_kit.adapters.mongo_prepared import prepare
from congvu_kit.adapters.signatures import EventSigner
from congvu_kit.application.documents import Codec
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Actor, Role, account_id
from feedback_service.adapters.crypto.vault import AesVault
from feedback_service.adapters.workers import SEQUENCE_EVERY_S
from feedback_service.application.collections import (
    ALL,
    DOSSIERS,
    UNITS,
)
from feedback_service.application.log.entries import ensure_head
from feedback_service.application.log.sequencing import sequence
from feedback_service.application.submissions import bulk, commands
from feedback_service.domain.copies.dossier import Dossier, applicant_hash
from feedback_service.domain.copies.unit import Unit
from feedback_service.domain.submissions.rating_limits import RatingLimits
from feedback_service.domain.submissions.submission import Answer, Channel, SubmitterType

CLIENTS, SINGLE, CALLS = 16, 600, 6
PORTAL = Actor(subject="portal-56", roles=frozenset({Role.SERVICE_PORTAL}), province="56")
UNIT, RATING_CODE = "unit_56", "0123456789abcdef" * 2
WRITTEN = ("submissions", "person_days", "idempotency", "dossiers")
"""Where an acknowledgement leaves what it wrote."""
LIMITS = RatingLimits(portal_minute=1_000_000)
LOAD_ROWS = 5_000


class Intake:
    """One process that takes what is sent and one sequencer, on a database of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database
        signer = EventSigner("feedback", Ed25519PrivateKey.generate())
        self.uow = MongoUnitOfWork(database, signer=signer)
        self.vault, self.limits = AesVault.of(b"v" * 32), LIMITS
        self.sent = 0

    async def prepare(self, dossiers: int) -> None:
        await prepare(self.database, ALL, outbox_keep_days=0)
        async with self.uow.begin() as tx:
            await ensure_head(tx)
            unit = Unit(id=UNIT, name=UNIT, province="56", parent_id=None, told_revision=1)
            await tx.store(UNITS).save(unit)
        codec = Codec(DOSSIERS)
        rows = [codec.dump(_dossier(number)) for number in range(dossiers)]
        for start in range(0, dossiers, LOAD_ROWS):
            await self.database["dossiers"].insert_many(rows[start:][:LOAD_ROWS])

    def next(self) -> int:
        self.sent += 1
        return self.sent - 1

    async def rate(self) -> None:
        number = self.next()
        command = commands.SubmitSatisfaction(
            actor=PORTAL,
            idempotency_key=f"k{number}",
            dossier_code=code_of(number),
            rating_code=RATING_CODE,
            submitter_token=f"dan-{number}",
            submitter_type=SubmitterType.CITIZEN,
            channel=Channel.KIOSK,
            answer=list(Answer)[number % len(Answer)],
            drivers=(),
            comment=None,
            answered_on=None,
        )
        await perform(commands.submit_satisfaction, command, self.uow, needs=self)

    async def rate_many(self) -> None:
        numbers = [self.next() for _ in range(bulk.ROWS_MAX)]
        command = bulk.SubmitFeedbackBulk(
            actor=PORTAL,
            idempotency_key=f"b{numbers[0]}",
            rows=tuple(_row(number) for number in numbers),
            dry_run=False,
        )
        report = await perform(bulk.submit_feedback_bulk, command, self.uow, needs=self)
        if any(each.refusal for each in report.results):
            raise RuntimeError("a row was refused")

    @property
    def terms(self) -> None:
        """No complaints are among the rows."""

    @asynccontextmanager
    async def sequencer(self) -> AsyncIterator[None]:
        """As the service's worker does it, until all is in the log."""
        ending = asyncio.Event()

        async def run() -> None:
            while True:
                if not await sequence(self.uow, self.limits):
                    if ending.is_set():
                        return
                    await asyncio.sleep(SEQUENCE_EVERY_S)

        running = asyncio.create_task(run())
        try:
            yield
        finally:
            ending.set()
            await running

    async def written(self) -> Sequence[Sequence[dict[str, object]]]:
        rated = {"dossiers": {"rating_id": {"$ne": None}}}
        return [
            [row async for row in self.database[name].find(rated.get(name, {}))] for name in WRITTEN
        ]


def code_of(number: int) -> str:
    return f"H32.01-260901-{number:06d}"


def _dossier(number: int) -> Dossier:
    code = code_of(number)
    return Dossier(
        id=f"dossier_{number}",
        province="56",
        code=code,
        procedure_code="1.001193",
        unit_path=(UNIT,),
        civil_servant_id="cs_1",
        received_on=date(2026, 9, 1),
        completed_on=date(2026, 9, 2),
        salt=secrets.token_hex(16),
        applicant_hash=applicant_hash(code, RATING_CODE, f"dan-{number}"),
        portal_id=account_id(PORTAL.subject or ""),
        told_revision=1,
        revision=1,
    )


def _row(number: int) -> bulk.FeedbackRow:
    return bulk.FeedbackRow(
        kind=bulk.FeedbackKind.SATISFACTION,
        channel=Channel.PAPER,
        submitter_token=f"dan-{number}",
        submitter_type=SubmitterType.CITIZEN,
        dossier_code=code_of(number),
        rating_code=RATING_CODE,
        answer=list(Answer)[number % len(Answer)],
        drivers=(),
        answered_on=None,
        unit_id=None,
        civil_servant_id=None,
        text=None,
        name=None,
        contact=None,
    )


async def at_once(clients: int, times: int, do: Callable[[], Awaitable[None]]) -> list[float]:
    """The seconds that each took."""
    left, taken = iter(range(times)), []

    async def client() -> None:
        for _ in left:
            started = perf_counter()
            await do()
            taken.append(perf_counter() - started)

    await asyncio.gather(*(client() for _ in range(clients)))
    return taken


async def measure(mongo_url: str, say: Callable[[str], None]) -> Iterator[Figure]:
    client = connect(mongo_url)
    names = [f"bench_{uuid.uuid4().hex}" for _ in range(2)]
    try:
        intake = Intake(client[names[0]])
        await intake.prepare(SINGLE + CALLS * bulk.ROWS_MAX)
        await prepare(client[names[1]], ALL, outbox_keep_days=0)
        say(f"ratings by {CLIENTS} clients")
        figures = [*await _acknowledged(intake, client[names[1]])]
        figures += await _in_bulk(intake, client[names[1]])
    finally:
        for name in names:
            await client.drop_database(name)
    return iter(figures)


async def _acknowledged(intake: Intake, raw: Database) -> list[Figure]:
    started = perf_counter()
    async with intake.sequencer():
        taken = await at_once(CLIENTS, SINGLE, intake.rate)
        took_s = perf_counter() - started
    merged_s = perf_counter() - started
    rows = await intake.written()
    left = iter(range(SINGLE))

    async def insert() -> None:
        number = next(left)
        for name, documents in zip(WRITTEN, rows, strict=True):
            collection = raw.get_collection(name, write_concern=DURABLE)
            await collection.insert_one(documents[number])

    started = perf_counter()
    await at_once(CLIENTS, SINGLE, insert)
    raw_s = perf_counter() - started
    peer = "single durable inserts of the same documents"
    return [
        _figure("acknowledged", SINGLE / took_s, "ratings/s", peer, SINGLE / raw_s),
        _figure(
            "acknowledged and in the log", SINGLE / merged_s, "ratings/s", peer, SINGLE / raw_s
        ),
        _figure(
            "p99 of an acknowledgement",
            statistics.quantiles(taken, n=100)[-1] * 1000,
            "ms",
            "its median",
            statistics.median(taken) * 1000,
        ),
    ]


async def _in_bulk(intake: Intake, raw: Database) -> list[Figure]:
    before = [{row["_id"] for row in rows} for rows in await intake.written()]
    started = perf_counter()
    for _ in range(CALLS):
        await intake.rate_many()
    took_s = perf_counter() - started
    new = [
        [row for row in rows if row["_id"] not in old]
        for rows, old in zip(await intake.written(), before, strict=True)
    ]
    started = perf_counter()
    while await sequence(intake.uow, intake.limits):
        pass
    merged_s = perf_counter() - started
    count = CALLS * bulk.ROWS_MAX
    bare = [f"bare_{name}" for name in WRITTEN]
    peers = {
        "bulk inserts of the same, same indexes": await _inserted(raw, WRITTEN, new),
        "bulk inserts of the same, no index": await _inserted(raw, bare, new),
        "the sequencer putting them into the log": merged_s,
    }
    return [
        _figure("200 rows a call", count / took_s, "rows/s", peer, count / seconds)
        for peer, seconds in peers.items()
    ]


async def _inserted(
    raw: Database, names: Sequence[str], rows: Sequence[Sequence[dict[str, object]]]
) -> float:
    """Seconds, in as many transactions as there were calls."""
    started = perf_counter()
    for call in range(CALLS):
        async with (
            await raw.client.start_session() as session,
            session.start_transaction(write_concern=DURABLE),
        ):
            for name, documents in zip(names, rows, strict=True):
                if part := documents[call::CALLS]:
                    await raw[name].insert_many(part, session=session)
    return perf_counter() - started


def _figure(name: str, value: float, unit: str, peer: str, peer_value: float) -> Figure:
    return Figure(
        area="intake", name=name, value=value, unit=unit, peer=peer, peer_value=peer_value
    )
