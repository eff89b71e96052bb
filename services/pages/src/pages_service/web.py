"""The addresses of the pages, and how they are answered."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus

import httpx
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages_service import public
from pages_service.graph import TIMEOUT_S, Asker, Graph, Unanswered
from pages_service.rendering import LANGUAGES, STYLE, STYLE_PATH, Page, rendered
from pages_service.settings import PagesSettings

Endpoint = Callable[[Request], Awaitable[Response]]

PASSED_ON = ("host", "x-forwarded-for", "x-request-id", "traceparent")
"""Headers of a reader's request that its questions to the graph carry too."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SAFE = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "vary": "accept-encoding",
}
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


def language_of(request: Request) -> str:
    asked = request.query_params.get("lang")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def passed_on(request: Request) -> dict[str, str]:
    return {name: request.headers[name] for name in PASSED_ON if name in request.headers}


def sent(request: Request, page: Page, *, cache: str, status: int = HTTPStatus.OK) -> Response:
    headers = SAFE | {"etag": page.etag, "cache-control": cache}
    if page.name:
        headers["content-disposition"] = f'attachment; filename="{page.name}"'
    if status == HTTPStatus.OK and page.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(page.zipped, status, headers=headers, media_type=page.type)
    return Response(page.body, status, headers=headers, media_type=page.type)


def problem(request: Request, status: int) -> Response:
    """A page that says what is wrong; never kept."""
    here = request.url.path
    text = rendered("problem.html", lang=language_of(request), here=here, status=status)
    response = sent(request, Page.of(text), cache="no-store", status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["retry-after"] = "10"
    return response


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


async def readyz(_: Request) -> Response:
    """Ready as soon as it listens: without the graph it says so on each page, and the gateway,
    which waits for the services, is never waited for by what it shows."""
    return JSONResponse({"service": "pages", "status": "ready"})


def create_app(
    settings: PagesSettings, transport: httpx.AsyncBaseTransport | None = None
) -> Starlette:
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    client = httpx.AsyncClient(timeout=TIMEOUT_S, limits=limits, transport=transport)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with client:
            yield

    site = public.Site(Graph(client, settings.gateway_url), settings.keep_s)

    def page(path: str, view: public.View, *names: str) -> Route:
        return Route(f"/cong-khai{path}", kept(site, view, *names, keep_s=settings.keep_s))

    place = "/tinh/{code}"
    routes = [
        Route("/livez", livez),
        Route("/readyz", readyz),
        Route(STYLE_PATH, style),
        page("", public.home),
        page("/giai-thich", public.about),
        page(place, public.province, "code", "ky", "sau"),
        page(f"{place}/don-vi/{{unit_id}}", public.unit, "code", "unit_id", "ky"),
        page(f"{place}/cam-ket", public.commitments, "code", "sau"),
        page("/cam-ket/{id}", public.commitment, "id"),
        page("/ky/{id}", public.period, "id"),
    ]
    return Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={
            public.NothingThere: _nothing_there,
            Unanswered: _unanswered,
            HTTPException: _refused,
        },
    )
