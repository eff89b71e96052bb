"""From a service's definition to a running process."""

import argparse
import asyncio
import gc
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any, TypeVar
from urllib.parse import unquote

import httpx
import structlog
from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.routing import APIWebSocketRoute
from prometheus_client import CONTENT_TYPE_LATEST
from strawberry.fastapi import GraphQLRouter

from congvu_kit.adapters import metrics, telemetry
from congvu_kit.adapters.auth import ClocksApart, GatewaySignature
from congvu_kit.adapters.tokens import Tokens
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import DomainError, Unauthenticated
from congvu_kit.graph import Context
from congvu_kit.service.bad_settings import BadSettings
from congvu_kit.service.connections import connections_of, gateway_secrets
from congvu_kit.service.deadlines import Deadline
from congvu_kit.service.definition import ServiceDefinition
from congvu_kit.service.health import DATABASE, State
from congvu_kit.service.observing import Observed
from congvu_kit.service.running import keep_running
from congvu_kit.service.runtime import Runtime
from congvu_kit.service.serving import STOP_S, listen
from congvu_kit.service.settings import ServiceSettings
from congvu_kit.service.workers import Worker

__all__ = ["Runtime", "ServiceDefinition", "Worker", "create_app", "serve"]

log = structlog.get_logger(__name__)

COLLECT_AFTER = 20_000, 10, 10
"""New containers between two searches for cycles, and how many of those between two longer ones. At
the interpreter's own 700 a third of the time of scoring an agency went into it."""

PURPOSE_HEADER = "x-purpose"
PURPOSE_MAX_CHARS = 200


def create_app(definition: ServiceDefinition, settings: ServiceSettings) -> FastAPI:
    """An app that answers /livez at once, and /graphql as soon as database and broker are there.
    Raises `BadSettings` for keys and certificates that are none."""
    state = State()
    connections = connections_of(definition.name, definition.consumes, settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with httpx.AsyncClient() as client:
            app.state.tokens = Tokens(
                settings.jwks_url,
                issuer=settings.issuer,
                audience=settings.audience,
                types=settings.token_types.lower().split(","),
                client=client,
            )
            running = asyncio.create_task(keep_running(definition, settings, connections, state))
            running.add_done_callback(lambda ended: state.end(failed=not ended.cancelled()))
            try:
                yield
            finally:
                running.cancel()
                await asyncio.wait({running}, timeout=STOP_S)
                metrics.READY.set(0)

    app = FastAPI(
        title=f"Công vụ KPI {definition.name}",
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.ending = state.ending
    _add_health(app, definition.name, state)
    _add_graphql(app, definition, settings, state)
    app.add_middleware(Deadline, within_s=settings.request_timeout_s)
    app.add_middleware(Observed)
    return app


def _add_health(app: FastAPI, name: str, state: State) -> None:
    @app.get("/livez")
    async def livez(response: Response) -> dict[str, str]:
        """Not alive is what only a new process can mend."""
        response.status_code = 503 if state.ended else 200
        return {"service": name, "status": "ended" if state.ended else "alive"}

    @app.get("/readyz")
    async def readyz(response: Response) -> dict[str, str]:
        obstacle = state.obstacle
        metrics.READY.set(0 if obstacle else 1)
        response.status_code = 503 if obstacle else 200
        return {"service": name, "status": obstacle or "ready"}

    @app.get("/metrics")
    async def figures() -> Response:
        metrics.READY.set(0 if state.obstacle else 1)
        return Response(metrics.exposed(name, metrics.SERVICES), media_type=CONTENT_TYPE_LATEST)


class _Endpoint(GraphQLRouter[Context[Any], None]):
    """What is no JSON object is the caller's fault, in whatever way it is none."""

    def decode_json(self, data: str | bytes) -> object:
        try:
            decoded = json.loads(data)
        except (ValueError, RecursionError):
            decoded = None
        if not isinstance(decoded, dict | list):
            raise json.JSONDecodeError("not a JSON object", "", 0)
        return decoded


def _add_graphql(
    app: FastAPI, definition: ServiceDefinition, settings: ServiceSettings, state: State
) -> None:
    for reason in ("signature", "token"):
        metrics.AUTH_REFUSALS.labels(reason)
    signature = GatewaySignature(gateway_secrets(settings), settings.url)

    async def context(request: Request) -> Context[Any]:
        actor = await _admitted(request, signature)
        if state.runtime is None or DATABASE in state.pulse.still:
            raise HTTPException(503, detail="not ready")
        return Context(
            actor=actor,
            language=language_of(request.headers.get("accept-language", "")),
            uow=state.runtime.uow,
            needs=state.runtime.needs,
            turns=state.runtime.turns,
            purpose=purpose_of(request.headers.get(PURPOSE_HEADER)),
            explorable=settings.profile == "open",
        )

    async def get_context(context: Annotated[Context[Any], Depends(context)]) -> Context[Any]:
        return context

    router = _Endpoint(
        definition.schema,
        context_getter=get_context,
        graphql_ide=None,
        allow_queries_via_get=False,
    )
    # No subscriptions: a WebSocket would be a door of its own, without the two locks.
    router.routes[:] = [each for each in router.routes if not isinstance(each, APIWebSocketRoute)]
    app.include_router(router, prefix="/graphql")


async def _admitted(request: Request, signature: GatewaySignature) -> Actor:
    """Who calls; a refused token is told apart from a call that is not the gateway's (RFC 6750)."""
    headers: dict[str, str] = {}
    reason = "signature"
    try:
        signature.verify(request.method, request.headers, await request.body())
        reason = "token"
        headers = {"www-authenticate": 'Bearer error="invalid_token"'}
        tokens: Tokens = request.app.state.tokens
        return await tokens.actor(request.headers.get("authorization"))
    except Unauthenticated as exception:
        metrics.AUTH_REFUSALS.labels(reason).inc()
        if isinstance(exception, ClocksApart):
            raise HTTPException(503, detail=str(exception)) from exception
        raise HTTPException(401, detail=str(exception), headers=headers) from exception
    except DomainError as exception:
        raise HTTPException(503, detail=str(exception)) from exception


def language_of(accept_language: str) -> str:
    """`vi` or `en`, the first of them that the caller names; Vietnamese when none."""
    for part in accept_language.lower().split(","):
        code = part.partition(";")[0].strip().partition("-")[0]
        if code in ("vi", "en"):
            return code
    return "vi"


def purpose_of(stated: str | None) -> str | None:
    """Why personal data is read, as the caller states it: percent-encoded UTF-8."""
    return unquote(stated)[:PURPOSE_MAX_CHARS].strip() or None if stated else None


def collect_seldom() -> None:
    """Nearly everything goes when nobody refers to it any more; what is loaded by now stays for the
    life of the process, and is not searched for cycles again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    gc.enable()


S = TypeVar("S", bound=ServiceSettings)


def serve(settings_type: type[S], define: Callable[[S], ServiceDefinition]) -> None:
    """Run until SIGTERM or Ctrl-C; a bad environment is one clear line and exit code 2."""
    module = define.__module__.partition(".")[0]
    argparse.ArgumentParser(
        prog=f"python -m {module}",
        description="Serves one subgraph of Công vụ KPI. Settings come from CONGVU_* and "
        f"{settings_type.model_config['env_prefix']}* variables.",
    ).parse_args()
    try:
        settings = settings_type.from_environment()
        definition = define(settings)
        app = create_app(definition, settings)
    except BadSettings as exception:
        log.critical("cannot_start", error=str(exception))
        raise SystemExit(2) from exception
    telemetry.configure(definition.name, settings.log_level)
    collect_seldom()
    listen(
        app,
        host=settings.host,
        port=settings.port,
        ending=app.state.ending,
        drain_s=settings.drain_ms / 1000,
    )
