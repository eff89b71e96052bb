"""Brings a service up step by step, waiting for its servers, and keeps its workers up."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import strawberry
import structlog

from congvu_kit.adapters.consumer import Consumer, Subscription
from congvu_kit.adapters.kafka import KafkaBroker, ensure_topics
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork, connect, prepare
from congvu_kit.adapters.mongo_store import translated
from congvu_kit.adapters.outbox import Relay
from congvu_kit.application.ports import Collection
from congvu_kit.domain.errors import Transient
from congvu_kit.service.settings import ServiceSettings

RESTART_MAX_S = 10.0

log = structlog.get_logger(__name__)


@dataclass
class Runtime:
    """What a service has while it runs: given to its workers."""

    uow: MongoUnitOfWork
    database: Database
    settings: ServiceSettings


Worker = Callable[[Runtime], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class ServiceDefinition:
    """Everything that makes one service different from another.

    `consumes` are the services whose topics it reads. `workers` run for ever beside the requests;
    one that fails is started again, and the service is not ready meanwhile.
    """

    name: str
    schema: strawberry.federation.Schema
    collections: Sequence[Collection[Any]]
    consumes: Sequence[str] = ()
    subscriptions: Sequence[Subscription[Any]] = ()
    workers: Sequence[Worker] = ()
    before_ready: Sequence[Worker] = ()

    @property
    def topic(self) -> str:
        return topic_of(self.name)


def topic_of(service: str) -> str:
    return f"congvu.{service}.v1"


def dead_letters_of(service: str) -> str:
    return f"congvu.{service}.dlq"


@dataclass
class State:
    """`waiting_for` is None once everything the service needs is there."""

    waiting_for: str | None = "start"
    failing: dict[str, str] = field(default_factory=dict)
    runtime: Runtime | None = None

    @property
    def obstacle(self) -> str | None:
        if self.waiting_for:
            return f"waiting for {self.waiting_for}"
        return "; ".join(f"{name}: {why}" for name, why in self.failing.items()) or None


async def keep_running(
    definition: ServiceDefinition, settings: ServiceSettings, state: State
) -> None:
    """Bring the service up, and up again if that failed in a way nobody foresaw."""
    while True:
        try:
            async with AsyncExitStack() as stack:
                await _run(definition, settings, state, stack)
        except Exception as exception:
            log.exception("start_failed")
            state.runtime = None
            state.waiting_for = f"another try, since the start failed: {exception!r}"
            await asyncio.sleep(RESTART_MAX_S / 5)


async def _run(
    definition: ServiceDefinition,
    settings: ServiceSettings,
    state: State,
    stack: AsyncExitStack,
) -> None:
    """Everything in order, each step waiting for what it needs; then keep the workers up."""
    client = connect(settings.mongo_url)
    stack.callback(client.close)
    database: Database = client[settings.mongo_database_prefix + definition.name]
    state.waiting_for = "database"
    await _until_database(
        lambda: prepare(
            database, definition.collections, outbox_keep_days=settings.outbox_keep_days
        )
    )
    state.waiting_for = f"kafka at {settings.kafka_brokers}"
    topics = [topic_of(each) for each in definition.consumes]
    await ensure_topics(
        settings.kafka_brokers,
        [definition.topic, dead_letters_of(definition.name), *topics],
        partitions=settings.kafka_partitions,
    )
    broker = KafkaBroker(
        settings.kafka_brokers,
        idempotence=settings.kafka_idempotence,
        partitions=settings.kafka_partitions,
    )
    await broker.start()
    stack.push_async_callback(broker.stop)
    relay = Relay(database, broker, definition.topic)
    stack.push_async_callback(relay.release)
    uow = MongoUnitOfWork(database, source=f"//congvu/{definition.name}", on_events=relay.wake)
    runtime = Runtime(uow=uow, database=database, settings=settings)
    for step in definition.before_ready:
        await step(runtime)
    consumer = Consumer(
        brokers=settings.kafka_brokers,
        group=f"congvu.{definition.name}",
        topics=topics,
        subscriptions=definition.subscriptions,
        uow=uow,
        broker=broker,
        dead_letters=dead_letters_of(definition.name),
        # An outbox that is kept for ever is there to fill a broker that lost its log.
        rereads=settings.outbox_keep_days == 0,
    )
    work: dict[str, Callable[[], Awaitable[None]]] = {"relay": relay.run}
    if topics:
        work["consumer"] = consumer.run
    for worker in definition.workers:
        work[worker.__name__] = lambda worker=worker: worker(runtime)  # type: ignore[misc]
    state.runtime = runtime
    state.waiting_for = None
    log.info("ready", url=settings.url)
    async with asyncio.TaskGroup() as group:
        for name, run in work.items():
            group.create_task(_supervised(name, run, state))


async def _until_database(step: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            with translated():
                await step()
        except Transient as exception:
            log.warning("waiting", for_="database", error=str(exception))
            await asyncio.sleep(0.5)
        else:
            return


async def _supervised(name: str, run: Callable[[], Awaitable[None]], state: State) -> None:
    """A worker never ends by itself: whatever ends it, it is started again."""
    delay_s = 0.2
    while True:
        started = asyncio.get_running_loop().time()
        task = asyncio.ensure_future(run())
        recovering = asyncio.create_task(_recovered(name, state))
        try:
            await task
            why = "it ended"
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            raise
        except Exception as exception:
            why = repr(exception)
        finally:
            recovering.cancel()
        log.error("worker_failed", worker=name, error=why)
        state.failing[name] = why
        if asyncio.get_running_loop().time() - started > 60:  # noqa: PLR2004 - a minute of health
            delay_s = 0.2
        await asyncio.sleep(delay_s)
        delay_s = min(delay_s * 2, RESTART_MAX_S)


async def _recovered(name: str, state: State) -> None:
    """A restarted worker counts as well again after a second without failing."""
    await asyncio.sleep(1.0)
    state.failing.pop(name, None)
