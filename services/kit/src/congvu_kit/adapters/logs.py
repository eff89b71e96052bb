"""The log of a process: every line is one JSON object, whoever wrote it, and says nothing of what
anybody sent. A line that cannot be written is counted, and harms nothing."""

import logging
import sys
import threading
import warnings
from collections.abc import MutableMapping
from io import TextIOBase
from types import TracebackType
from typing import Any, Final, TextIO, cast

import structlog
from opentelemetry import trace
from structlog.stdlib import ProcessorFormatter

from congvu_kit.adapters import metrics
from congvu_kit.adapters.reasons import tell_reason

Event = MutableMapping[str, Any]

TRUSTED_LIBRARIES: Final = ("aiokafka", "uvicorn")
"""Whose texts name addresses, topics and numbers, and nothing of a record."""


def current_trace_id() -> str | None:
    """32 hexadecimal digits, the same in every part that worked on the request."""
    context = trace.get_current_span().get_span_context()
    return f"{context.trace_id:032x}" if context.is_valid else None


def with_trace(_logger: object, _name: str, event: Event) -> Event:
    trace_id = current_trace_id()
    if trace_id:
        event["trace_id"] = trace_id
    return event


class Lines(TextIOBase):
    """Writes lines to `file`, or counts them where it takes none: a full disk, a closed pipe."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._one_at_a_time = threading.Lock()

    def write(self, text: str) -> int:
        try:
            with self._one_at_a_time:
                self._file.write(text)
                self._file.flush()
        except (OSError, ValueError):
            metrics.LINES_LOST.inc()
        return len(text)


class _Handler(logging.StreamHandler[Lines]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - its name there
        """A line that could not be made."""
        metrics.LINES_LOST.inc()


def _of_library(_logger: object, _name: str, event: Event) -> Event:
    """A library's own words without what it was given, unless it is known what that is: values are
    put into texts by people who never thought of ours."""
    record: logging.LogRecord = event["_record"]
    library = record.name.partition(".")[0]
    text = event["event"] if library in TRUSTED_LIBRARIES else str(record.msg)
    event["event"] = "library"
    event["library"] = record.name
    event["text"] = text.strip().partition("\n")[0]
    return event


def configure(service: str, level: str = "INFO") -> None:
    """May be done again, with another level. Takes over what would be written as plain text:
    libraries' logs, warnings, and errors that nobody caught."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    lines = Lines(sys.stdout)
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        with_trace,
        _of_service(service),
        tell_reason,
    ]
    shown = structlog.processors.JSONRenderer(ensure_ascii=False, default=_kind)
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, *shared, shown],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(cast(TextIO, lines)),
    )
    handler = _Handler(lines)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=[_of_library, *shared],
            processors=[ProcessorFormatter.remove_processors_meta, shown],
        )
    )
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[handler], force=True)
    _take_over()


def _of_service(service: str) -> Any:
    def of_service(_logger: object, _name: str, event: Event) -> Event:
        event["service"] = service
        return event

    return of_service


def _kind(value: object) -> str:
    """What JSON does not know is told by its type."""
    return type(value).__name__


def _take_over() -> None:
    log = structlog.get_logger(__name__)

    def uncaught(
        kind: type[BaseException], error: BaseException | None, _: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        log.critical("uncaught", exc_info=error)

    def warned(
        _message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: object
    ) -> None:
        log.warning("python_warning", category=category.__name__, at=f"{filename}:{lineno}")

    sys.excepthook = uncaught
    threading.excepthook = lambda given: uncaught(given.exc_type, given.exc_value, None)
    sys.unraisablehook = lambda given: uncaught(given.exc_type, given.exc_value, None)
    warnings.showwarning = warned  # type: ignore[assignment] # takes what the original takes
