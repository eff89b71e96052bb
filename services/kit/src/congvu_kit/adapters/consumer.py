"""Events in: read in a group, each with one effect, in the order of its partition."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any, Protocol

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError
from aiokafka.structs import ConsumerRecord
from opentelemetry import trace
from opentelemetry.propagate import extract
from prometheus_client import Counter
from pydantic import ValidationError
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_delay,
    wait_exponential,
)

from congvu_kit.adapters.cloudevents import CloudEvent, Headers, Unreadable, read
from congvu_kit.adapters.kafka import (
    METADATA_MAX_AGE_MS,
    PLAIN,
    REQUEST_TIMEOUT_MS,
    Security,
    until_up,
)
from congvu_kit.adapters.reasons import reason_of
from congvu_kit.adapters.signatures import EventOwner, Untrusted
from congvu_kit.adapters.subscriptions import AnySubscription
from congvu_kit.application.documents import adapter
from congvu_kit.application.ports import EventKey, UnitOfWork
from congvu_kit.domain.errors import DomainError, Transient

BACKOFF_MAX_S = 10.0
IN_PLACE_S = 60.0
"""How long one record is tried before it is fetched again."""
ROUND_S = 60.0
"""How long the records of one fetch are worked on; what is left then is fetched again."""
RECORD_MAX_S = 900.0
"""Longest work on one record (the largest agency on the slowest server is scored in 200 s): the
group gives up on who fetches nothing for a round and one record more."""
SESSION_TIMEOUT_S = 10.0
"""A dead consumer's partitions move on after so long: Apache Kafka gives it up then, the embedded
broker after it has also waited as long for it to join again."""
HEARTBEATS = 5
"""In a session's time."""

KEY_MAX_BYTES = 200
"""Longer than any source and any id of ours."""

REASON, ORIGIN = "congvu_reason", "congvu_origin"
"""Headers that a dead letter has besides its own: why, and topic/partition/offset."""

CONSUMED = Counter("congvu_events_consumed", "Events that took effect or were known", ["type"])
UNTRUSTED = Counter(
    "congvu_events_untrusted", "Events that their owner did not tell, buried", ["topic"]
)
DEAD_LETTERS = Counter("congvu_dead_letters", "Events that can never succeed", ["topic"])

log = structlog.get_logger(__name__)
tracer = trace.get_tracer(__name__)


class DeadLetters(Protocol):
    """Where goes what can never succeed."""

    async def publish_raw(
        self, topic: str, key: bytes | None, value: bytes | None, headers: Headers
    ) -> None: ...


class FromTheBeginning(ConsumerRebalanceListener):  # type: ignore[misc] # aiokafka has no types
    """Whenever partitions are assigned they are read from their first record.

    A broker that forgot its members makes them join again, so that everything its log was filled
    with anew is read. Committed offsets would skip what came to lie below them, and what is read
    twice was claimed before.
    """

    def __init__(self, consumer: AIOKafkaConsumer) -> None:
        self._consumer = consumer

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """There is nothing to keep."""

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        for partition in assigned:
            self._consumer.seek(partition, 0)


def _event_key(headers: Headers) -> EventKey | None:
    """None where a stranger wrote something that no event of ours has."""
    named = dict(headers)
    source, id = named.get("ce_source"), named.get("ce_id")
    if not (isinstance(source, bytes) and isinstance(id, bytes)):
        return None
    if max(len(source), len(id)) > KEY_MAX_BYTES:
        return None
    return source.decode(errors="replace"), id.decode(errors="replace")


def _is_before(end: float) -> bool:
    return monotonic() < end


def _tell_delay(failed: RetryCallState) -> None:
    error = failed.outcome.exception() if failed.outcome else None
    log.warning("event_delayed", offset=failed.args[0].offset, error=reason_of(error))


class Consumer:
    """Reads topics in a group; each event takes effect once, in the order of its partition.

    `owners` says whose each topic is; what its owner did not sign is never believed.

    Transient failures are tried again in place, for as long as it takes. What can never succeed
    goes to `dead_letters` with its bytes, headers and the reason, and the next event follows.
    `rereads` is for a broker that may lose its log. Of a group whose members die, however many, the
    rest or whoever comes goes on after twice `session_timeout_s` and a heartbeat at most.
    """

    def __init__(
        self,
        *,
        brokers: str,
        group: str,
        owners: Mapping[str, EventOwner],
        subscriptions: Sequence[AnySubscription],
        uow: UnitOfWork,
        broker: DeadLetters,
        dead_letters: str,
        rereads: bool = False,
        in_place_s: float = IN_PLACE_S,
        session_timeout_s: float = SESSION_TIMEOUT_S,
        security: Security = PLAIN,
    ) -> None:
        self._brokers = brokers
        self._security = security
        self._rereads = rereads
        self._session_timeout_ms = int(1000 * session_timeout_s)
        self._group = group
        self._owners = owners
        self._subscriptions = {each.event_type: each for each in subscriptions}
        self._uow = uow
        self._broker = broker
        self._dead_letters = dead_letters
        self._patiently = AsyncRetrying(
            retry=retry_if_exception_type((Transient, KafkaError)),
            stop=stop_after_delay(in_place_s),
            wait=wait_exponential(multiplier=0.1, max=BACKOFF_MAX_S),
            before_sleep=_tell_delay,
            reraise=True,
        )

    async def run(self) -> None:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._brokers,
            group_id=self._group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            session_timeout_ms=self._session_timeout_ms,
            rebalance_timeout_ms=self._session_timeout_ms,
            heartbeat_interval_ms=self._session_timeout_ms // HEARTBEATS,
            max_poll_interval_ms=int(1000 * (ROUND_S + RECORD_MAX_S)),
            metadata_max_age_ms=METADATA_MAX_AGE_MS,
            request_timeout_ms=REQUEST_TIMEOUT_MS + self._session_timeout_ms,
            **self._security,
        )
        consumer.subscribe(
            list(self._owners), listener=FromTheBeginning(consumer) if self._rereads else None
        )
        try:
            await until_up(f"kafka at {self._brokers}", consumer.start)
            while True:
                batches = await consumer.getmany(timeout_ms=500, max_records=200)
                goes_on = partial(_is_before, monotonic() + ROUND_S)
                for partition, records in batches.items():
                    await self.take(consumer, partition, records, goes_on)
        finally:
            await consumer.stop()

    async def take(
        self,
        consumer: AIOKafkaConsumer,
        partition: TopicPartition,
        records: Sequence[Any],
        goes_on: Callable[[], bool] = lambda: True,
    ) -> None:
        """A batch of one partition, in its order; its offset is committed after it.

        What is left when the round does not go on, or a record must wait, is fetched again; when
        the partition is another's by now, it is read there.
        """
        known = await self._known(records)
        for record in records:
            if partition not in consumer.assignment():
                return
            if not goes_on():
                await self._put_back(consumer, partition, record.offset)
                return
            try:
                await self._patiently(self.handle, record, known)
            except (Transient, KafkaError):
                await self._put_back(consumer, partition, record.offset)
                return
        await self._commit(consumer, partition, records[-1].offset + 1)

    async def _put_back(
        self, consumer: AIOKafkaConsumer, partition: TopicPartition, offset: int
    ) -> None:
        with suppress(IllegalStateError):  # It was taken away just now.
            consumer.seek(partition, offset)
        await self._commit(consumer, partition, offset)

    async def _commit(
        self, consumer: AIOKafkaConsumer, partition: TopicPartition, offset: int
    ) -> None:
        try:
            await consumer.commit({partition: offset})
        except KafkaError as exception:  # The next owner reads again, and claims keep it single.
            log.warning(
                "offset_not_committed", partition=str(partition), error=reason_of(exception)
            )

    async def _known(self, records: Sequence[Any]) -> frozenset[EventKey]:
        """Which of a batch took effect before, in one question: a log that is read again costs no
        transaction for each of them. What nobody here listens to is not asked for."""
        types = {each.encode() for each in self._subscriptions}
        ours = [each for each in records if dict(each.headers).get("ce_type") in types]
        keys = [key for record in ours if (key := _event_key(record.headers))]
        if not keys:
            return frozenset()
        with suppress(Transient):  # Each is asked again in its own transaction.
            return await self._uow.reading().claimed(keys)
        return frozenset()

    async def handle(
        self, record: "ConsumerRecord[bytes, bytes]", known: Collection[EventKey] = ()
    ) -> None:
        """Raise `Transient` when the same record must be handed in again. `known` took effect."""
        try:
            event = read(record.headers, record.value)
            subscription = self._subscriptions.get(event.type)
            if subscription is None:
                return
            self._owners[record.topic].require_told(record.headers, record.value)
            if (event.source, event.id) in known:
                CONSUMED.labels(event.type).inc()
                return
            context = extract({"traceparent": event.traceparent or ""})
            with tracer.start_as_current_span(
                f"consume {event.type}",
                context=context,
                record_exception=False,
                set_status_on_exception=False,
            ):
                await self._react(subscription, event)
        except (Transient, KafkaError):
            raise
        except Untrusted as exception:
            UNTRUSTED.labels(record.topic).inc()
            await self._bury(record, reason_of(exception))
        except (Unreadable, ValidationError, DomainError) as exception:
            await self._bury(record, reason_of(exception))
        except Exception as exception:
            log.exception("reaction_failed", offset=record.offset, topic=record.topic)
            await self._bury(record, reason_of(exception))

    async def _react(self, subscription: AnySubscription, event: CloudEvent) -> None:
        fact = adapter(subscription.fact).validate_python(event.data)
        try:
            await subscription.react(fact, (event.source, event.id), self._uow)
        except (Transient, KafkaError):
            raise
        except Exception as exception:
            await subscription.given_up(fact, reason_of(exception), self._uow)
            raise
        CONSUMED.labels(event.type).inc()

    async def _bury(self, record: "ConsumerRecord[bytes, bytes]", reason: str) -> None:
        log.error("dead_letter", topic=record.topic, offset=record.offset, reason=reason)
        origin = f"{record.topic}/{record.partition}/{record.offset}"
        headers = [
            *record.headers,
            (REASON, reason.encode()),
            (ORIGIN, origin.encode()),
        ]
        await self._broker.publish_raw(self._dead_letters, record.key, record.value, headers)
        DEAD_LETTERS.labels(record.topic).inc()
