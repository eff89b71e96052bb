"""What is told of every request: a span, a line of the log, and figures; none says who asked, or
what was sent."""

import sys
from collections.abc import Callable
from http import HTTPStatus
from time import perf_counter
from typing import Final

import structlog
from opentelemetry import trace
from opentelemetry.propagate import extract
from opentelemetry.trace import SpanKind, StatusCode
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from congvu_kit.adapters import metrics
from congvu_kit.adapters.telemetry import ASKED, NO_OPERATION, Asked

QUIET: Final = frozenset({"/livez", "/readyz", "/metrics"})
"""Asked by machines every few seconds."""

OK, GONE, INTERNAL = "OK", "GONE", "INTERNAL"
"""`GONE`: the caller hung up."""

BY_STATUS: Final = {
    401: "UNAUTHENTICATED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "CONFLICT",
    429: "RATE_LIMITED",
    503: "UNAVAILABLE",
}

log = structlog.get_logger(__name__)
tracer = trace.get_tracer(__name__)


def outcome_of(status: int | None) -> str:
    """One of the codes of the graph, for what is no answer of it."""
    if status is None:
        return INTERNAL if sys.exc_info()[0] else GONE
    if status < HTTPStatus.BAD_REQUEST:
        return OK
    server = HTTPStatus.INTERNAL_SERVER_ERROR
    return BY_STATUS.get(status) or (INTERNAL if status >= server else "INVALID")


class Observed:
    """`operation_of` names what a request asks for where no graph does."""

    def __init__(
        self, app: ASGIApp, operation_of: Callable[[Scope], str] = lambda _: NO_OPERATION
    ) -> None:
        self._app = app
        self._operation_of = operation_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in QUIET:
            await self._app(scope, receive, send)
            return
        asked, begun, status = Asked(), perf_counter(), None
        ASKED.set(asked)

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        context = extract({"traceparent": Headers(scope=scope).get("traceparent", "")})
        with tracer.start_as_current_span(
            "request",
            context,
            SpanKind.SERVER,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                await self._app(scope, receive, sent)
            finally:
                if asked.operation == NO_OPERATION:
                    asked.operation = self._operation_of(scope)
                outcome = asked.outcome or outcome_of(status)
                span.update_name(asked.operation)
                span.set_attribute("congvu.outcome", outcome)
                if outcome == INTERNAL:
                    span.set_status(StatusCode.ERROR)
                _tell(asked.operation, outcome, perf_counter() - begun)


def _tell(operation: str, outcome: str, took_s: float) -> None:
    metrics.OPERATIONS.labels(operation, outcome).inc()
    metrics.OPERATION_SECONDS.labels(operation).observe(took_s)
    log.info("request", operation=operation, outcome=outcome, duration_ms=round(1000 * took_s, 1))
