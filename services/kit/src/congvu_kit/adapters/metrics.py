"""What a part tells in figures. Names, units and labels are those of the one catalogue of all parts
(`deploy/observability/metrics.toml`); labels have few values, and none that a caller makes up."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Metric,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.registry import Collector

disable_created_metrics()  # type: ignore[no-untyped-call] # a series beside each, and nobody asks for it

PART: Final = "part"
"""The label that every sample of a process has: which part of the platform it is."""

SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 10.0, 60.0)
"""From a read of one row to the patience of an import; 3 s is what a query may take."""

SERVICES: Final = CollectorRegistry()
"""Of parts that have a graph, a database, events and workers; the pages have none of these."""

READY = Gauge("congvu_ready", "1 while the part takes requests")

OPERATIONS = Counter(
    "congvu_operations",
    "Requests by the one field they ask for, or the page, and by the code they were answered with",
    ["operation", "outcome"],
)
OPERATION_SECONDS = Histogram(
    "congvu_operation_duration_seconds",
    "How long requests took, from their first byte here to their last",
    ["operation"],
    buckets=SECONDS,
)
AUTH_REFUSALS = Counter(
    "congvu_auth_refusals",
    "Calls that were refused for who sent them",
    ["reason"],
    registry=SERVICES,
)
IDEMPOTENCY_HITS = Counter(
    "congvu_idempotency_hits",
    "Changes that were answered by what their key had done before",
    registry=SERVICES,
)
DEADLINES = Counter(
    "congvu_deadlines_exceeded",
    "Calls that ran out of time, by who was waited for",
    ["on"],
    registry=SERVICES,
)
LINES_LOST = Counter("congvu_log_lines_lost", "Lines of the process's log that were not written")
ISSUER_KEYS_FAILED = Counter(
    "congvu_issuer_keys_failures", "Fetches of the issuer's keys that failed", registry=SERVICES
)
CLOCK_SKEW = Gauge(
    "congvu_clock_skew_seconds",
    "How far this machine's clock is ahead of the database's",
    registry=SERVICES,
)
GATEWAY_CALLS_OTHER_SECRET = Counter(
    "congvu_gateway_calls_other_secret_total",
    "Calls that a gateway signed with a secret that counts and is not the first: one is replaced",
    registry=SERVICES,
)
GATEWAY_SKEW = Gauge(
    "congvu_gateway_clock_skew_seconds",
    "How far the gateway's clock is ahead of this service's, by the last call that was signed",
    registry=SERVICES,
)

DATABASE_UP = Gauge(
    "congvu_database_up", "1 while the last ping of the database came back", registry=SERVICES
)
DATABASE_CONNECTIONS = Gauge(
    "congvu_database_connections",
    "Connections to the database, open and in use",
    ["state"],
    registry=SERVICES,
)
DATABASE_WAITING = Gauge(
    "congvu_database_connections_waiting",
    "Operations that wait for a connection",
    registry=SERVICES,
)
DATABASE_CHECKOUT_FAILURES = Counter(
    "congvu_database_checkout_failures", "Operations that got no connection", registry=SERVICES
)
DATABASE_FAILURES = Counter(
    "congvu_database_failures",
    "Commands that the database did not do, by kind",
    ["kind"],
    registry=SERVICES,
)
for _kind in ("away", "passing"):
    DATABASE_FAILURES.labels(_kind)
DATABASE_DISK = Gauge(
    "congvu_database_disk_bytes",
    "The file system under the database, as it tells it",
    ["kind"],
    registry=SERVICES,
)
OUTBOX_DEPTH = Gauge(
    "congvu_outbox_depth", "Events that are stored and not sent yet", registry=SERVICES
)
OUTBOX_AGE = Gauge(
    "congvu_outbox_age_seconds", "How long the oldest unsent event has waited", registry=SERVICES
)
PUBLISHED = Counter(
    "congvu_events_published", "Events the broker acknowledged", ["topic"], registry=SERVICES
)
CONSUMER_LAG = Gauge(
    "congvu_consumer_lag_records",
    "Records behind the end of a partition, by what the group has committed",
    ["topic", "partition"],
    registry=SERVICES,
)
CONSUMER_DELAY = Gauge(
    "congvu_consumer_delay_seconds",
    "Age of the record in hand of a partition, 0 when none is",
    ["topic", "partition"],
    registry=SERVICES,
)
CONSUMED = Counter(
    "congvu_events_consumed", "Events that took effect or were known", ["type"], registry=SERVICES
)
EVENT_SECONDS = Histogram(
    "congvu_event_duration_seconds",
    "How long one try of an event took",
    ["type"],
    buckets=SECONDS,
    registry=SERVICES,
)
EVENTS_DELAYED = Counter(
    "congvu_events_delayed",
    "Tries of an event that failed and are made again",
    ["topic"],
    registry=SERVICES,
)
UNTRUSTED = Counter(
    "congvu_events_untrusted",
    "Events that their owner did not tell, buried",
    ["topic"],
    registry=SERVICES,
)
DEAD_LETTERS = Counter(
    "congvu_dead_letters", "Events that can never succeed", ["topic"], registry=SERVICES
)
WORKER_FAILURES = Counter(
    "congvu_worker_failures", "Ends of workers by a failure", ["worker"], registry=SERVICES
)
WORKER_SUCCESS = Gauge(
    "congvu_worker_last_success_timestamp_seconds",
    "When a worker last came through a step, in Unix time",
    ["worker"],
    registry=SERVICES,
)
WEBHOOK_CALLS = Counter(
    "congvu_webhook_calls",
    "Calls of webhooks' receivers, by how they ended",
    ["outcome"],
    registry=SERVICES,
)
WEBHOOK_BEHIND = Gauge(
    "congvu_webhook_behind_seconds",
    "How long the oldest delivery of an active webhook has waited",
    registry=SERVICES,
)
WEBHOOKS_ACTIVE = Gauge(
    "congvu_webhooks_active", "Webhooks that this process serves", registry=SERVICES
)


class _OfPart(Collector):
    def __init__(self, part: str, registries: Iterable[Collector]) -> None:
        self._part = part
        self._registries = registries

    def collect(self) -> Iterator[Metric]:
        for family in chain.from_iterable(each.collect() for each in self._registries):
            family.samples = [
                each._replace(labels={PART: self._part, **each.labels}) for each in family.samples
            ]
            yield family


def exposed(part: str, *more: Collector) -> bytes:
    """Every figure of this process, in the text format of Prometheus."""
    return generate_latest(_OfPart(part, [REGISTRY, *more]))
