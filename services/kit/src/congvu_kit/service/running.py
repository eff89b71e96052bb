"""Brings a service up step by step, waiting for its servers, and keeps its workers up."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial

import structlog
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, wait_fixed

from congvu_kit.adapters.consumer import RECORD_MAX_S, ROUND_S, Consumer
from congvu_kit.adapters.database_clock import DatabaseClock, ReadClock
from congvu_kit.adapters.dead_letters import TOPIC_SETTINGS
from congvu_kit.adapters.driver import Database, close
from congvu_kit.adapters.kafka import KafkaBroker, ensure_topics
from congvu_kit.adapters.lag import Lag
from congvu_kit.adapters.leases import MongoLeases
from congvu_kit.adapters.mongo import MongoUnitOfWork, connect
from congvu_kit.adapters.mongo_failures import translated
from congvu_kit.adapters.mongo_prepared import prepare
from congvu_kit.adapters.mongo_routes import is_router
from congvu_kit.adapters.reasons import reason_of
from congvu_kit.adapters.relay import Relay
from congvu_kit.adapters.sessions import Sessions
from congvu_kit.adapters.waiting import patiently
from congvu_kit.domain.clock import Clock
from congvu_kit.domain.errors import Transient
from congvu_kit.service.connections import Connections
from congvu_kit.service.definition import ServiceDefinition, dead_letters_of, topic_of
from congvu_kit.service.health import State, watch
from congvu_kit.service.keeping import keepers
from congvu_kit.service.measures import Measures
from congvu_kit.service.runtime import Runtime
from congvu_kit.service.settings import ServiceSettings
from congvu_kit.service.workers import STEP_MAX_S, Worker, keep_up

RESTART_S = 2.0

RELAY_MAX_S = 60.0
SESSIONS_MAX_S = 30.0
"""A relay that the broker does not keep from it, and the lease of this process, stand still after
so long without success; what each does takes a second."""

log = structlog.get_logger(__name__)


async def keep_running(
    definition: ServiceDefinition,
    settings: ServiceSettings,
    connections: Connections,
    state: State,
) -> None:
    """Bring the service up, and up again if that failed in a way nobody foresaw."""

    async def run() -> None:
        async with AsyncExitStack() as stack:
            await _run(definition, settings, connections, state, stack)

    def tell(failed: RetryCallState) -> None:
        exception = failed.outcome.exception() if failed.outcome else None
        state.runtime = None
        state.pulse.forget()
        state.waiting_for = f"another try, since the start failed: {reason_of(exception)}"
        log.error("start_failed", exc_info=exception)

    await AsyncRetrying(wait=wait_fixed(RESTART_S), before_sleep=tell)(run)


async def _run(
    definition: ServiceDefinition,
    settings: ServiceSettings,
    connections: Connections,
    state: State,
    stack: AsyncExitStack,
) -> None:
    """Everything in order, each step waiting for what it needs; then keep the workers up."""
    state.waiting_for = "database"
    database = await _database(definition, settings, connections, stack)
    state.waiting_for = f"kafka at {settings.kafka_brokers}"
    broker = await _broker(definition, settings, connections, stack)
    clock = DatabaseClock(database)
    leases = MongoLeases(database, clock=clock)
    relay = Relay(database, broker, definition.topic, leases=leases, clock=clock)
    stack.push_async_callback(relay.release)
    sessions = _sessions(definition, settings, database, clock)
    await _keep(sessions, stack, state)
    uow = await _unit_of_work(database, connections, clock, relay, sessions)
    runtime = Runtime(uow=uow, needs=definition.needs, leases=leases)
    for step in definition.before_ready:
        await step(runtime)
    work = {"relay": _relaying(relay, state)}
    if definition.consumes:
        consumer = _consumer(definition, settings, connections, uow, broker)
        work["consumer"] = state.paced("consumer", ROUND_S + RECORD_MAX_S, consumer.run)
    kept = keepers(definition.collections, database, uow, leases=leases, clock=clock, stack=stack)
    for each in (*definition.workers, *kept):
        work[each.name] = _pacing(each, runtime, state)
    _measure(database, _lag(definition, settings, connections, broker), stack)
    state.runtime, state.waiting_for = runtime, None
    log.info("ready", url=settings.url)
    async with asyncio.TaskGroup() as group:
        group.create_task(watch(database, state.pulse))
        for name, run in work.items():
            group.create_task(keep_up(name, run, state.failing))


async def _database(
    definition: ServiceDefinition,
    settings: ServiceSettings,
    connections: Connections,
    stack: AsyncExitStack,
) -> Database:
    client = connect(settings.mongo_url, connections.mongo)
    stack.push_async_callback(close, client)
    database: Database = client[settings.mongo_database_prefix + definition.name]

    async def make_ready() -> None:
        with translated():
            await prepare(
                database, definition.collections, outbox_keep_days=settings.outbox_keep_days
            )

    await patiently("database", retry_if_exception_type(Transient))(make_ready)
    return database


async def _unit_of_work(
    database: Database, connections: Connections, clock: Clock, relay: Relay, sessions: Sessions
) -> MongoUnitOfWork:
    return MongoUnitOfWork(
        database,
        signer=connections.signer,
        clock=clock,
        on_events=relay.wake,
        sessions=sessions,
        sharded=await is_router(database),
    )


def _sessions(
    definition: ServiceDefinition, settings: ServiceSettings, database: Database, clock: ReadClock
) -> Sessions:
    lease_s = definition.dead_after_s
    return Sessions(database, clock=clock, lease_s=lease_s, replica=place_of(settings))


def place_of(settings: ServiceSettings) -> str:
    """What one process has at a time, and the next one in its place too."""
    return f"{socket.gethostname()} {settings.host}:{settings.port}"


async def _keep(sessions: Sessions, stack: AsyncExitStack, state: State) -> None:
    """From here on: the first steps already meet what a dead process left."""
    await patiently("database", retry_if_exception_type(Transient))(sessions.succeed)
    await patiently("database", retry_if_exception_type(Transient))(sessions.step)
    stack.push_async_callback(sessions.release)
    renewing = state.paced("sessions", SESSIONS_MAX_S, sessions.run)
    keeping = asyncio.create_task(keep_up("sessions", renewing, state.failing))
    stack.push_async_callback(_ended, keeping)


def _lag(
    definition: ServiceDefinition,
    settings: ServiceSettings,
    connections: Connections,
    broker: KafkaBroker,
) -> Lag:
    topics = [topic_of(each) for each in definition.consumes]
    return Lag(settings.kafka_brokers, definition.group, topics, broker, security=connections.kafka)


def _measure(database: Database, lag: Lag, stack: AsyncExitStack) -> None:
    """Beside the work, and no condition of it."""
    stack.push_async_callback(lag.close)
    measuring = asyncio.create_task(keep_up("measures", Measures(database, lag).run, {}))
    stack.push_async_callback(_ended, measuring)


def _pacing(worker: Worker, runtime: Runtime, state: State) -> Callable[[], Awaitable[None]]:
    within_s = worker.every_s + STEP_MAX_S
    return state.paced(worker.name, within_s, partial(worker.run, runtime))


def _relaying(relay: Relay, state: State) -> Callable[[], Awaitable[None]]:
    run = partial(relay.run, excused=partial(state.pulse.excuse, "relay"))
    return state.paced("relay", RELAY_MAX_S, run)


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _broker(
    definition: ServiceDefinition,
    settings: ServiceSettings,
    connections: Connections,
    stack: AsyncExitStack,
) -> KafkaBroker:
    consumed = [topic_of(each) for each in definition.consumes]
    await ensure_topics(
        settings.kafka_brokers,
        [definition.topic, dead_letters_of(definition.name), *consumed],
        partitions=settings.kafka_partitions,
        settings={dead_letters_of(definition.name): TOPIC_SETTINGS},
        security=connections.kafka,
    )
    broker = KafkaBroker(
        settings.kafka_brokers,
        idempotence=settings.kafka_idempotence,
        partitions=settings.kafka_partitions,
        security=connections.kafka,
    )
    await broker.start()
    stack.push_async_callback(broker.stop)
    return broker


def _consumer(
    definition: ServiceDefinition,
    settings: ServiceSettings,
    connections: Connections,
    uow: MongoUnitOfWork,
    broker: KafkaBroker,
) -> Consumer:
    return Consumer(
        brokers=settings.kafka_brokers,
        group=definition.group,
        owners={topic_of(each): owner for each, owner in connections.owners.items()},
        subscriptions=definition.subscriptions,
        uow=uow,
        broker=broker,
        dead_letters=dead_letters_of(definition.name),
        # An outbox that is kept for ever is there to fill a broker that lost its log.
        loses_log=settings.outbox_keep_days == 0,
        give_up_s=settings.event_give_up_s,
        session_timeout_s=settings.kafka_session_timeout_s,
        security=connections.kafka,
    )
