"""What every service does for what it has stored: today's shape, and no longer than it is kept."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any

from congvu_kit.adapters.database_clock import ReadClock
from congvu_kit.adapters.driver import Database
from congvu_kit.adapters.forgetting import forget
from congvu_kit.adapters.migrating import Migrator
from congvu_kit.adapters.mongo import MongoUnitOfWork
from congvu_kit.application.ports import Collection, Leases
from congvu_kit.service.runtime import Runtime
from congvu_kit.service.workers import Worker

MIGRATE_EVERY_S = 60.0
"""While replicas of the version before write, there is something again and again."""

FORGET_EVERY_S = 3600.0
"""Terms are in days."""


def keepers(
    collections: Sequence[Collection[Any]],
    database: Database,
    uow: MongoUnitOfWork,
    *,
    leases: Leases,
    clock: ReadClock,
    stack: AsyncExitStack,
) -> Sequence[Worker]:
    """Those that there is something to do for."""
    workers = []
    migrator = Migrator(database, uow, collections, leases)
    if migrator.collections:
        stack.push_async_callback(migrator.leave)

        async def migrate(_: Runtime) -> None:
            await migrator.step()

        workers.append(Worker("migrations", migrate, MIGRATE_EVERY_S))
    if any(each.kept for each in collections):

        async def forget_some(_: Runtime) -> int:
            return await forget(database, collections, await clock.read())

        workers.append(Worker("retention", forget_some, FORGET_EVERY_S))
    return workers
