"""The addresses of the pages, and how they are answered."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial

import httpx
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from congvu_kit.adapters import metrics
from congvu_kit.adapters.telemetry import NO_OPERATION
from congvu_kit.service.observing import Observed
from congvu_kit.service.serving import Ending
from pages_service import log, open_data, public
from pages_service.answers import language_of, passed_on, problem, sent
from pages_service.graph import TIMEOUT_S, Asker, Graph, Unanswered
from pages_service.private_web import PrivatePages
from pages_service.rendering import STYLE, STYLE_PATH
from pages_service.settings import PagesSettings

Endpoint = Callable[[Request], Awaitable[Response]]

FOR_EVER = "public, max-age=31536000, immutable"

CONNECTIONS = 64
"""To the gateway at a time; more wait for one of them."""

PROBLEMS = {
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "INVALID": 404,
    "NOT_FOUND": 404,
    "RATE_LIMITED": 503,
    "UNAVAILABLE": 503,
}
"""What the graph says, as a status; anything else is 502."""


async def _nothing_there(request: Request, _: Exception) -> Response:
    return problem(request, 404)


async def _unanswered(request: Request, exception: Exception) -> Response:
    code = exception.code if isinstance(exception, Unanswered) else ""
    return problem(request, PROBLEMS.get(code, 502))


async def _refused(request: Request, exception: Exception) -> Response:
    status = exception.status_code if isinstance(exception, HTTPException) else 500
    response = problem(request, status)
    if isinstance(exception, HTTPException):
        response.headers.update(exception.headers or {})
    return response


def kept(site: public.Site, view: public.View, *names: str, keep_s: float) -> Endpoint:
    """A public page: its path's and query's `names` are all that it depends on."""

    async def endpoint(request: Request) -> Response:
        given = {**request.query_params, **request.path_params}
        asker = Asker(language=language_of(request), headers=passed_on(request))
        page = await site.page(view, asker, *(given.get(name) or None for name in names))
        return sent(request, page, cache=f"public, max-age={keep_s:.0f}")

    return endpoint


async def style(request: Request) -> Response:
    return sent(request, STYLE, cache=FOR_EVER)


async def livez(_: Request) -> Response:
    return JSONResponse({"service": "pages", "status": "alive"})


async def figures(request: Request) -> Response:
    metrics.READY.set(not request.app.state.ending.begun)
    return Response(metrics.exposed("pages"), media_type=CONTENT_TYPE_LATEST)


async def readyz(request: Request) -> Response:
    """Ready from when it listens until it is to end: without the graph it says so on each page, and
    the gateway, which waits for the services, is never waited for by what it shows."""
    if request.app.state.ending.begun:
        return JSONResponse({"service": "pages", "status": "ending"}, 503)
    return JSONResponse({"service": "pages", "status": "ready"})


def routes(site: public.Site, keep_s: float) -> list[Route]:
    def page(path: str, view: public.View, *names: str) -> Route:
        return Route(f"/cong-khai{path}", kept(site, view, *names, keep_s=keep_s))

    place = "/tinh/{code}"
    return [
        Route("/livez", livez),
        Route("/readyz", readyz),
        Route("/metrics", figures),
        Route(STYLE_PATH, style),
        page("", public.home),
        page("/giai-thich", public.about),
        page(place, public.province, "code", "ky", "sau"),
        page(f"{place}/don-vi/{{unit_id}}", public.unit, "code", "unit_id", "ky"),
        page(f"{place}/don-vi/{{unit_id}}/tin.rss", public.rss, "code", "unit_id"),
        page(f"{place}/don-vi/{{unit_id}}/tin.json", public.json_feed, "code", "unit_id"),
        page(f"{place}/du-lieu", open_data.about, "code"),
        page(f"{place}/chi-so.csv", open_data.as_csv(open_data.indexes), "code", "ky"),
        page(f"{place}/chi-so.parquet", open_data.as_parquet(open_data.indexes), "code", "ky"),
        page(f"{place}/cam-ket.csv", open_data.as_csv(open_data.commitments), "code"),
        page(f"{place}/cam-ket.parquet", open_data.as_parquet(open_data.commitments), "code"),
        page("/nhat-ky", log.entry, "muc", "sau"),
        page(f"{place}/cam-ket", public.commitments, "code", "sau"),
        page("/cam-ket/{id}", public.commitment, "id"),
        page("/ky/{id}", public.period, "id"),
    ]


def page_of(addresses: Sequence[Route], scope: Scope) -> str:
    """The pattern of its address: few, and without anybody's number."""
    found = (each.path for each in addresses if each.matches(scope)[0] is Match.FULL)
    return next(found, NO_OPERATION)


def create_app(
    settings: PagesSettings, transport: httpx.AsyncBaseTransport | None = None
) -> Starlette:
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    client = httpx.AsyncClient(timeout=TIMEOUT_S, limits=limits, transport=transport)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with client:
            yield

    graph = Graph(client, settings.gateway_url)
    site = public.Site(graph, settings)

    addresses = [*routes(site, settings.keep_s), *PrivatePages(graph, settings).routes()]
    app = Starlette(
        routes=addresses,
        middleware=[Middleware(Observed, operation_of=partial(page_of, addresses))],
        lifespan=lifespan,
        exception_handlers={
            public.NothingThere: _nothing_there,
            Unanswered: _unanswered,
            HTTPException: _refused,
        },
    )
    app.state.ending = Ending()
    return app
