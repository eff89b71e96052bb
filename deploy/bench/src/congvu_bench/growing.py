"""The public log as it grows: what an entry costs to append, and proofs to make."""

import secrets
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congvu_bench.figures import Figure, median_ms
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork, connect
from congvu_kit.adapters.mongo_prepared import prepare
from congvu_kit.adapters.signatures import EventSigner
from congvu_kit.application.documents import Codec
from congvu_kit.domain.clock import SystemClock
from feedback_service.application.collections import ALL, LOG_ENTRIES, LOG_HEAD, LOG_NODES
from feedback_service.application.log.entries import append
from feedback_service.application.log.queries import prove
from feedback_service.domain.log.entry import ActorClass, EntryType, PublicFact
from feedback_service.domain.log.head import HEAD_ID, LogHead

SIZES = (1_000, 100_000)
"""`make bench ENTRIES="1000 100000 1000000"` takes some minutes longer."""

LOAD_ROWS, APPENDED, ASKED = 5_000, 200, 40


async def measure(
    mongo_url: str, sizes: Sequence[int], say: Callable[[str], None]
) -> Iterator[Figure]:
    """Each against the first."""
    client, figures = connect(mongo_url), list[Figure]()
    first: tuple[float, float] | None = None
    for size in sizes:
        say(f"a log of {size:,} entries")
        database: Database = client[f"bench_{uuid.uuid4().hex}"]
        try:
            await prepare(database, ALL, outbox_keep_days=0)
            await _fill(database, size)
            taken = await _taken(database, size)
        finally:
            await client.drop_database(database.name)
        first = first or taken
        names = f"an entry appended to {size:,}", f"proofs out of {size:,}"
        for name, value, peer_value in zip(names, taken, first, strict=True):
            figures.append(
                Figure(
                    area="log",
                    name=name,
                    value=value,
                    unit="ms",
                    peer=f"the same at {sizes[0]:,}",
                    peer_value=peer_value,
                )
            )
    return iter(figures)


async def _taken(database: Database, size: int) -> tuple[float, float]:
    """Milliseconds of an entry, many in a transaction; of inclusion and consistency proofs."""
    uow = MongoUnitOfWork(database, signer=EventSigner("feedback", Ed25519PrivateKey.generate()))

    async def append_many() -> None:
        async with uow.begin() as tx:
            await append(tx, *(_fact(number) for number in range(APPENDED)))

    async def ask() -> None:
        number = secrets.randbelow(size) + 1
        await prove(uow.reading(), sequence=number, size=size, old_size=number)

    appended = await median_ms(append_many, times=9, warm_up=1) / APPENDED
    return appended, await median_ms(ask, times=ASKED, warm_up=3)


def _fact(number: int) -> PublicFact:
    return PublicFact(
        type=EntryType.SUBMISSION_RECEIVED,
        by=ActorClass.SUBMITTER,
        subject=f"sub_{number}",
        fields={"province": "56", "unit": "unit_56"},
    )


async def _fill(database: Database, size: int) -> None:
    """As appending does, with bare inserts."""
    head = LogHead(id=HEAD_ID)
    now = SystemClock().now() - timedelta(days=1)
    entries, nodes = Codec(LOG_ENTRIES), Codec(LOG_NODES)
    for start in range(0, size, LOAD_ROWS):
        made = [head.append(_fact(n), now) for n in range(start, min(start + LOAD_ROWS, size))]
        rows = [entries.dump(entry) | {"revision": 1} for entry, _ in made]
        roots = [nodes.dump(node) | {"revision": 1} for _, below in made for node in below]
        await database["log_entries"].insert_many(rows)
        if roots:
            await database["log_nodes"].insert_many(roots)
    await database["log_head"].insert_one(Codec(LOG_HEAD).dump(head) | {"revision": 1})
