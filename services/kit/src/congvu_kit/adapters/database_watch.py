"""What the driver of the database tells of itself: its connections, and, where traces are asked
for, its commands. A span names command and collection, and nothing else."""

from typing import Any, Final

from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind, StatusCode

from congvu_kit.adapters import metrics
from congvu_kit.adapters.driver import monitoring
from congvu_kit.adapters.telemetry import traces_wanted

WITHOUT_SPAN: Final = frozenset({"hello", "ismaster", "ping", "endSessions"})

tracer = trace.get_tracer(__name__)


def listeners() -> list[Any]:
    """For one client; commands are watched only when somebody asked for traces, since the driver
    prepares each for whoever listens."""
    return [Pool(), *([Commands()] if traces_wanted() else [])]


class Pool(monitoring.ConnectionPoolListener):
    """Connections open and in use, and who waits for one."""

    def __init__(self) -> None:
        self._open = metrics.DATABASE_CONNECTIONS.labels("open")
        self._in_use = metrics.DATABASE_CONNECTIONS.labels("in_use")

    def connection_created(self, event: monitoring.ConnectionCreatedEvent) -> None:
        self._open.inc()

    def connection_closed(self, event: monitoring.ConnectionClosedEvent) -> None:
        self._open.dec()

    def connection_check_out_started(
        self, event: monitoring.ConnectionCheckOutStartedEvent
    ) -> None:
        metrics.DATABASE_WAITING.inc()

    def connection_check_out_failed(self, event: monitoring.ConnectionCheckOutFailedEvent) -> None:
        metrics.DATABASE_WAITING.dec()
        metrics.DATABASE_CHECKOUT_FAILURES.inc()

    def connection_checked_out(self, event: monitoring.ConnectionCheckedOutEvent) -> None:
        metrics.DATABASE_WAITING.dec()
        self._in_use.inc()

    def connection_checked_in(self, event: monitoring.ConnectionCheckedInEvent) -> None:
        self._in_use.dec()

    def pool_created(self, event: monitoring.PoolCreatedEvent) -> None:
        """Empty."""

    def pool_ready(self, event: monitoring.PoolReadyEvent) -> None:
        """Its connections tell of themselves."""

    def pool_cleared(self, event: monitoring.PoolClearedEvent) -> None:
        """Its connections are closed one by one."""

    def pool_closed(self, event: monitoring.PoolClosedEvent) -> None:
        """Its connections are closed one by one."""

    def connection_ready(self, event: monitoring.ConnectionReadyEvent) -> None:
        """It was counted when it was created."""


class Commands(monitoring.CommandListener):
    """A span for each command of a request or an event; what workers look for has none."""

    def __init__(self) -> None:
        self._spans: dict[int, Span] = {}

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        if event.command_name in WITHOUT_SPAN or not trace.get_current_span().is_recording():
            return
        collection = event.command.get(event.command_name)
        self._spans[event.request_id] = tracer.start_span(
            f"{event.command_name} {collection if isinstance(collection, str) else ''}".strip(),
            kind=SpanKind.CLIENT,
            attributes={
                "db.system.name": "mongodb",
                "db.namespace": event.database_name,
                "db.operation.name": event.command_name,
            },
        )

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        if (span := self._spans.pop(event.request_id, None)) is not None:
            span.end()

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """By its number: the server's text quotes keys."""
        if (span := self._spans.pop(event.request_id, None)) is not None:
            code = event.failure.get("code") if isinstance(event.failure, dict) else None
            span.set_attribute("db.response.status_code", str(code or "none"))
            span.set_status(StatusCode.ERROR)
            span.end()
