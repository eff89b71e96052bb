"""From a service's definition to a running process."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any

import httpx
import strawberry
import structlog
import uvicorn
from fastapi import Depends, FastAPI, HTTPException, Request, Response
from opentelemetry.instrumentation.asgi import OpenTelemetryMiddleware
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from strawberry.fastapi import GraphQLRouter

from congvu_kit import telemetry
from congvu_kit.auth import GatewaySignature, Tokens
from congvu_kit.errors import DomainError, Transient, Unauthenticated
from congvu_kit.graphql import Context
from congvu_kit.kafka import Consumer, KafkaBroker, Subscription, ensure_topics
from congvu_kit.mongo import Database, MongoUnitOfWork, connect, prepare, translated
from congvu_kit.outbox import Relay
from congvu_kit.ports import Collection
from congvu_kit.settings import BadSettings, ServiceSettings

RESTART_MAX_S = 10.0
SHUTDOWN_S = 10
"""How long running requests may take to finish after SIGTERM."""

READY = Gauge("congvu_ready", "1 when the service takes requests", ["service"])

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
class _State:
    """`waiting_for` is None once everything the service needs is there."""

    waiting_for: str | None = "start"
    failing: dict[str, str] = field(default_factory=dict)
    runtime: Runtime | None = None

    @property
    def obstacle(self) -> str | None:
        if self.waiting_for:
            return f"waiting for {self.waiting_for}"
        return "; ".join(f"{name}: {why}" for name, why in self.failing.items()) or None


def create_app(definition: ServiceDefinition, settings: ServiceSettings) -> FastAPI:
    """An app that answers /livez at once, and /graphql as soon as database and broker are there."""
    state = _State()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            client = await stack.enter_async_context(httpx.AsyncClient())
            app.state.tokens = Tokens(
                settings.jwks_url,
                issuer=settings.issuer,
                audience=settings.audience,
                client=client,
            )
            running = asyncio.create_task(_keep_running(definition, settings, state))
            try:
                yield
            finally:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
                READY.labels(definition.name).set(0)

    app = FastAPI(
        title=f"Công vụ KPI {definition.name}",
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    _add_health(app, definition.name, state)
    _add_graphql(app, definition, settings, state)
    app.add_middleware(OpenTelemetryMiddleware, exclude_spans=["receive", "send"])
    return app


def _add_health(app: FastAPI, name: str, state: _State) -> None:
    @app.get("/livez")
    async def livez() -> dict[str, str]:
        return {"service": name, "status": "alive"}

    @app.get("/readyz")
    async def readyz(response: Response) -> dict[str, str]:
        obstacle = state.obstacle
        READY.labels(name).set(0 if obstacle else 1)
        response.status_code = 503 if obstacle else 200
        return {"service": name, "status": obstacle or "ready"}

    @app.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _add_graphql(
    app: FastAPI, definition: ServiceDefinition, settings: ServiceSettings, state: _State
) -> None:
    signature = GatewaySignature(settings.gateway_secret, settings.url)

    async def context(request: Request) -> Context:
        try:
            signature.verify(request.method, request.headers, await request.body())
            actor = await request.app.state.tokens.actor(request.headers.get("authorization"))
        except DomainError as exception:
            status = 401 if isinstance(exception, Unauthenticated) else 503
            raise HTTPException(status, detail=str(exception)) from exception
        if state.runtime is None:
            raise HTTPException(503, detail=state.obstacle)
        return Context(
            actor=actor,
            language=language_of(request.headers.get("accept-language", "")),
            uow=state.runtime.uow,
        )

    async def get_context(context: Annotated[Context, Depends(context)]) -> Context:
        return context

    router = GraphQLRouter[Context, None](
        definition.schema,
        context_getter=get_context,
        graphql_ide=None,
        allow_queries_via_get=False,
    )
    app.include_router(router, prefix="/graphql")


def language_of(accept_language: str) -> str:
    """`vi` or `en`, the first of them that the caller names; Vietnamese when none."""
    for part in accept_language.lower().split(","):
        code = part.partition(";")[0].strip().partition("-")[0]
        if code in ("vi", "en"):
            return code
    return "vi"


async def _keep_running(
    definition: ServiceDefinition, settings: ServiceSettings, state: _State
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
    state: _State,
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


async def _supervised(name: str, run: Callable[[], Awaitable[None]], state: _State) -> None:
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


async def _recovered(name: str, state: _State) -> None:
    """A restarted worker counts as well again after a second without failing."""
    await asyncio.sleep(1.0)
    state.failing.pop(name, None)


def serve(definition: ServiceDefinition, settings_type: type[ServiceSettings]) -> None:
    """Run until SIGTERM or Ctrl-C; a bad environment is one clear line and exit code 2."""
    try:
        settings = settings_type.from_environment()
    except BadSettings as exception:
        sys.stderr.write(f"{definition.name}: {exception}\n")
        raise SystemExit(2) from exception
    telemetry.configure(definition.name, settings.log_level)
    uvicorn.run(
        create_app(definition, settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_S,
    )
