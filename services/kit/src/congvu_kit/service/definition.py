"""What makes one service different from another, and what is its own called on the broker."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import strawberry

from congvu_kit.adapters.sessions import LEASE_S
from congvu_kit.adapters.subscriptions import AnySubscription
from congvu_kit.application.ports import Collection
from congvu_kit.service.runtime import Runtime
from congvu_kit.service.workers import Worker


@dataclass(frozen=True, kw_only=True)
class ServiceDefinition:
    """Everything that makes one service different from another.

    `before_ready` is done once at the start; `workers` run for ever beside the requests: one that
    fails is started again, and the service is not ready meanwhile. From `needs` use cases take
    their keyword-only parameters. What a process that died held is free after `dead_after_s` and
    half of it.
    """

    name: str
    schema: strawberry.federation.Schema
    collections: Sequence[Collection[Any]]
    subscriptions: Sequence[AnySubscription] = ()
    workers: Sequence[Worker] = ()
    before_ready: Sequence[Callable[[Runtime], Awaitable[None]]] = ()
    needs: object = None
    dead_after_s: float = LEASE_S

    @property
    def topic(self) -> str:
        return topic_of(self.name)

    @property
    def consumes(self) -> Sequence[str]:
        """The services whose events it reads."""
        return sources_of(self.subscriptions)

    @property
    def group(self) -> str:
        """The consumer group: the broker keeps its offsets under this name."""
        return group_of(self.name)


def group_of(service: str) -> str:
    return f"congvu.{service}"


def service_of(event_type: str) -> str:
    """Whose events are called so."""
    return event_type.split(".")[1]


def sources_of(subscriptions: Sequence[AnySubscription]) -> Sequence[str]:
    """The services whose events are read, by name."""
    return sorted({service_of(each.event_type) for each in subscriptions})


def topic_of(service: str) -> str:
    return f"congvu.{service}.v1"


def dead_letters_of(service: str) -> str:
    return f"congvu.{service}.dlq"
