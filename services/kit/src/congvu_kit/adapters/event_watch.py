"""What is told of the events that a consumer takes: how old the one in hand is, a span for each,
and how long it took."""

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

from aiokafka import TopicPartition
from opentelemetry import trace
from opentelemetry.propagate import extract
from opentelemetry.trace import Link, SpanKind, StatusCode

from congvu_kit.adapters import metrics
from congvu_kit.adapters.cloudevents import CloudEvent

REPLAY_AFTER: Final = timedelta(hours=1)
"""An event that comes later belongs to no request that anybody still looks at."""

tracer = trace.get_tracer(__name__)


class InHand:
    """The record that each partition stands at: while it is tried again, its age grows."""

    def __init__(self) -> None:
        self._since: dict[TopicPartition, float] = {}

    def take(self, partition: TopicPartition, record: Any) -> None:
        self._since[partition] = record.timestamp / 1000
        delay = metrics.CONSUMER_DELAY.labels(partition.topic, str(partition.partition))
        delay.set_function(partial(self._age_s, partition))

    def done(self, partition: TopicPartition) -> None:
        self._since.pop(partition, None)

    def turn(self, assigned: Collection[TopicPartition]) -> None:
        """The consumer has asked for more; what is not assigned is somebody else's by now."""
        metrics.WORKER_SUCCESS.labels("consumer").set_to_current_time()
        for partition in self._since.keys() - set(assigned):
            self.done(partition)

    def _age_s(self, partition: TopicPartition) -> float:
        since = self._since.get(partition)
        return 0 if since is None else max(time.time() - since, 0)


@contextmanager
def watched(event: CloudEvent) -> Iterator[None]:
    """A child of what told the event; on a replay a trace of its own that points there."""
    told = extract({"traceparent": event.traceparent or ""})
    replayed = datetime.now(UTC) - event.time > REPLAY_AFTER
    links = [Link(trace.get_current_span(told).get_span_context())] if replayed else []
    with (
        metrics.EVENT_SECONDS.labels(event.type).time(),
        tracer.start_as_current_span(
            f"consume {event.type}",
            trace.set_span_in_context(trace.INVALID_SPAN) if replayed else told,
            SpanKind.CONSUMER,
            attributes={"messaging.system": "kafka", "congvu.replayed": replayed},
            links=links,
            record_exception=False,
            set_status_on_exception=False,
        ) as span,
    ):
        try:
            yield
        except BaseException:
            span.set_status(StatusCode.ERROR)
            raise
