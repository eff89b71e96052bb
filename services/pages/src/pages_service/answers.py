"""How a page is sent: its headers, packed or not, or not again."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from pages_service.rendering import LANGUAGES, Page, rendered

PASSED_ON = ("host", "x-forwarded-for", "x-request-id", "traceparent")
"""Headers of a reader's request that its questions to the graph carry too."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src data:",
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
