"""What a record is to who reads it: told by its owner, nothing that matters here, or no good."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import structlog
from aiokafka.structs import ConsumerRecord
from pydantic import ValidationError

from congvu_kit.adapters import metrics
from congvu_kit.adapters.cloudevents import CloudEvent, Unreadable, read
from congvu_kit.adapters.reasons import reason_of
from congvu_kit.adapters.signatures import EventOwner, Untrusted
from congvu_kit.adapters.subscriptions import AnySubscription
from congvu_kit.application.documents import adapter
from congvu_kit.application.ports import EventKey

Record: TypeAlias = "ConsumerRecord[bytes, bytes]"

VERSION = re.compile(r"\.v\d[^.]*\Z")

log = structlog.get_logger(__name__)


class UnknownVersion(Unreadable):
    """The owner tells in a version that nobody here reads yet."""


@dataclass(frozen=True)
class Told:
    """An event that its owner told and that is listened to here, read as it is meant here."""

    record: Record
    event: CloudEvent
    subscription: AnySubscription
    fact: object

    @property
    def key(self) -> EventKey:
        return self.event.source, self.event.id


@dataclass(frozen=True)
class Refused:
    """A record that nothing can come of, however often it is read."""

    record: Record
    reason: str


Judged: TypeAlias = Told | Refused | None
"""None is what nobody here listens to."""


class Judge:
    """`owners` says whose each topic is; what its owner did not sign is never believed."""

    def __init__(
        self, owners: Mapping[str, EventOwner], subscriptions: Sequence[AnySubscription]
    ) -> None:
        self._owners = owners
        for topic in owners:  # A series that begins with its first event shows no increase by it.
            metrics.UNTRUSTED.labels(topic)
            metrics.DEAD_LETTERS.labels(topic)
        self._subscriptions = {each.event_type: each for each in subscriptions}
        self._families = {_family(each) for each in self._subscriptions}

    def judge(self, record: Record) -> Judged:
        try:
            return self._told(record)
        except Untrusted as exception:
            metrics.UNTRUSTED.labels(record.topic).inc()
            return Refused(record, reason_of(exception))
        except (Unreadable, ValidationError) as exception:
            return Refused(record, reason_of(exception))
        except Exception as exception:  # Else its partition would never get past it.
            log.exception("not_judged", topic=record.topic, offset=record.offset)
            return Refused(record, reason_of(exception))

    def _told(self, record: Record) -> Told | None:
        event = read(record.headers, record.value)
        subscription = self._subscriptions.get(event.type)
        if subscription is None and _family(event.type) not in self._families:
            return None
        self._owners[record.topic].require_told(record.headers, record.value)
        if record.key != event.subject.encode():
            raise Unreadable("the key of the record is not its ce_subject")
        if subscription is None:
            raise UnknownVersion("nobody here reads this version of the event yet")
        fact = adapter(subscription.fact).validate_python(event.data)
        return Told(record, event, subscription, fact)


def _family(event_type: str) -> str:
    """An event's name without its version, which is the last part of its type."""
    return VERSION.sub("", event_type)
