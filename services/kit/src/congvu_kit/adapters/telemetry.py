"""Logs and traces of a process, and what is told of the request in hand."""

import os
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from opentelemetry import trace

from congvu_kit.adapters import logs

NO_OPERATION: Final = "none"
"""Of what was refused before anybody knew what it asks for."""

SEVERAL: Final = "several"
"""Of what asks for several fields at once."""


@dataclass
class Asked:
    """`operation` is one of the few names that code knows; `outcome` a code, when it is not the
    status of HTTP that tells it."""

    operation: str = NO_OPERATION
    outcome: str | None = None


ASKED: ContextVar[Asked | None] = ContextVar("asked", default=None)


def tell_operation(name: str) -> None:
    if (asked := ASKED.get()) is not None:
        asked.operation = name


def tell_outcome(code: str) -> None:
    """The first one counts: what follows from it is no other."""
    asked = ASKED.get()
    if asked is not None and asked.outcome is None:
        asked.outcome = code


def traces_wanted(environment: Mapping[str, str] = os.environ) -> bool:
    """By the names that OpenTelemetry gives its settings; without them there are no spans."""
    named = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
    exporters = environment.get("OTEL_TRACES_EXPORTER", "").lower().split(",")
    disabled = environment.get("OTEL_SDK_DISABLED", "").lower() == "true"
    wanted = "otlp" in exporters or any(environment.get(name) for name in named)
    return wanted and not disabled and "none" not in exporters


def configure(service: str, level: str) -> None:
    """Once per process."""
    logs.configure(service, level)
    if traces_wanted():
        _export_traces(service)


def _export_traces(service: str) -> None:
    # Imported by whoever pays for it.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import SpanLimits, TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    name = os.environ.get("OTEL_SERVICE_NAME") or f"congvu-{service}"
    provider = TracerProvider(
        resource=Resource.create({"service.name": name}),
        # An exception would come with its text, as an event of its span.
        span_limits=SpanLimits(max_events=0),
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
