"""Motor beside PyMongo's own asynchronous client: the same documents, the same server, in turn."""

import asyncio
import secrets
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from pymongo import AsyncMongoClient
from pymongo.read_concern import ReadConcern

from congvu_bench.figures import Call, Figure, in_turn
from congvu_kit.adapters.driver import new_client, session_of
from congvu_kit.adapters.mongo import DURABLE

ROUNDS, TIMES = 12, 10
CLIENTS = 16
ROWS, PAGE = 2_000, 200
READS, WRITES = 9, 5
"""Of one transaction: what assigning a piece of work asks for."""

DOCUMENT = {
    "revision": 1,
    "province": "56",
    "text": "x" * 400,
    "lines": [{"n": n} for n in range(20)],
}

Opened = Callable[[Any], Awaitable[Any]]
Begun = Callable[[Any], Awaitable[None]]

AS_OURS = {"read_concern": ReadConcern("snapshot"), "write_concern": DURABLE}


class Work:
    """What is asked of either; they differ in how a session and a transaction begin, and in
    nothing else here."""

    def __init__(self, client: Any, database: str, session: Opened, begin: Begun) -> None:
        self._client = client
        self._rows = client[database]["rows"].with_options(write_concern=DURABLE)
        self._session, self._begin = session, begin

    async def read(self) -> None:
        await self._rows.find_one({"_id": str(secrets.randbelow(ROWS))})

    async def page(self) -> None:
        await self._rows.find({}).limit(PAGE).to_list(None)

    async def write(self) -> None:
        await self._rows.insert_one({**DOCUMENT, "_id": uuid.uuid4().hex})

    async def transaction(self) -> None:
        async with await self._session(self._client) as session:
            await self._begin(session)
            for _ in range(READS):
                await self._rows.find_one({"_id": str(secrets.randbelow(ROWS))}, session=session)
            for _ in range(WRITES):
                await self._rows.insert_one({**DOCUMENT, "_id": uuid.uuid4().hex}, session=session)
            await session.commit_transaction()

    async def transactions(self) -> None:
        await asyncio.gather(*(self.transaction() for _ in range(CLIENTS)))

    @property
    def calls(self) -> Mapping[str, Call]:
        return {
            "one row by its id": self.read,
            f"{PAGE} rows": self.page,
            "one durable insert": self.write,
            f"a transaction, {READS} reads and {WRITES} writes": self.transaction,
            f"{CLIENTS} such transactions at once": self.transactions,
        }


async def _motor_begins(session: Any) -> None:
    session.start_transaction(**AS_OURS)


async def _pymongo_session(client: Any) -> Any:
    return client.start_session()


async def _pymongo_begins(session: Any) -> None:
    await session.start_transaction(**AS_OURS)


async def measure(mongo_url: str) -> list[Figure]:
    name = f"bench_{uuid.uuid4().hex}"
    motor = new_client(mongo_url)
    pymongo: AsyncMongoClient[dict[str, Any]] = AsyncMongoClient(mongo_url)
    figures = []
    try:
        rows = [{**DOCUMENT, "_id": str(number)} for number in range(ROWS)]
        await motor[name]["rows"].insert_many(rows)
        ours = Work(motor, name, session_of, _motor_begins)
        theirs = Work(pymongo, name, _pymongo_session, _pymongo_begins)
        for what in ours.calls:
            both = {"Motor": ours.calls[what], "PyMongo's asynchronous client": theirs.calls[what]}
            rounds = await in_turn(both, rounds=ROUNDS, times=TIMES)
            figures.append(rounds.figure("driver", what, *both))
    finally:
        await motor.drop_database(name)
        await pymongo.close()
        motor.close()
    return figures
