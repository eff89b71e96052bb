"""The worker that calls receivers of webhooks, one process of a service at a time."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Protocol

import structlog

from congvu_kit.adapters import metrics
from congvu_kit.adapters.reasons import reason_of
from congvu_kit.adapters.webhook_addresses import Reach, read_networks
from congvu_kit.adapters.webhook_calls import CALL_S, WebhookCaller, body_of, signed
from congvu_kit.adapters.webhook_sealing import SharedSealing
from congvu_kit.application.reads import record_reads
from congvu_kit.application.webhook_deliveries import (
    AHEAD,
    Chain,
    DeliveryPlan,
    active_webhooks,
    choose,
    renew_secrets,
    stop_webhook,
)
from congvu_kit.application.webhooks import Receivers, Sealing, Webhooks
from congvu_kit.domain.feeds import FeedChange
from congvu_kit.domain.webhooks import Outcome, StopReason, Webhook, WebhookDelivery
from congvu_kit.service.connections import gateway_secrets
from congvu_kit.service.runtime import Runtime
from congvu_kit.service.settings import ServiceSettings
from congvu_kit.service.workers import Worker

LOOK_EVERY_S = 0.5
"""How soon a change is sent when nothing waits; a look reads the feed's head."""

LEASE = timedelta(seconds=30)
"""Another process takes over so long after the last look of one that was killed."""

CHAIN_S = 2.0
"""So long a round goes on with further changes of one thing: others wait for its end."""

AT_A_TIME = 50
"""Webhooks served at the same time; one whose receiver is slow holds up none of the others."""

CONFIRM_BY = "congvu-confirm-by"
"""The header that says until when the webhook is sent anything, unless its owner confirms it."""

log = structlog.get_logger(__name__)


def sealing_of(settings: ServiceSettings) -> SharedSealing:
    return SharedSealing(gateway_secrets(settings))


def receivers_of(settings: ServiceSettings) -> WebhookCaller:
    """In the open profile this machine, too: for who develops a receiver."""
    networks = read_networks(settings.webhook_networks)
    return WebhookCaller(Reach(networks=networks, own_machine=settings.profile == "open"))


class WebhookNeeds(Protocol):
    @property
    def sealing(self) -> Sealing: ...

    @property
    def receivers(self) -> Receivers: ...


class WebhookWorker:
    """Serves every active webhook in a task of its own, as long as this process holds the lease."""

    def __init__(
        self,
        webhooks: Webhooks,
        chance: Callable[[], float] = random.random,
        now_s: Callable[[], float] = monotonic,
    ) -> None:
        self._plan = DeliveryPlan(webhooks)
        self._chance, self._now_s = chance, now_s
        self._serving: dict[str, asyncio.Task[bool]] = {}
        self._idle_until_s: dict[str, float] = {}
        self._oldest: dict[str, datetime] = {}
        self._held_until_s = 0.0

    @property
    def is_serving(self) -> bool:
        """Whether a round is on its way that the last look did not wait for."""
        return bool(self._serving)

    async def step(self, runtime: Runtime) -> bool:
        """Whether there was something to do for somebody."""
        now_s = self._now_s()
        if await runtime.leases.take("webhooks", within=LEASE) is None:
            metrics.WEBHOOKS_ACTIVE.set(0)
            metrics.WEBHOOK_BEHIND.set(0)
            return False
        self._held_until_s = now_s + LEASE.total_seconds()
        reading = runtime.uow.reading()
        active = await active_webhooks(reading)
        for each in active:
            is_due = self._idle_until_s.get(each.id, now_s) <= now_s
            if is_due and each.id not in self._serving and len(self._serving) < AT_A_TIME:
                self._serving[each.id] = asyncio.create_task(self._serve(each, runtime))
        try:
            await self._some_done()
        except asyncio.CancelledError:
            for task in self._serving.values():
                task.cancel()
            raise
        self._measure([each.id for each in active], reading.now)
        return self._had_work()

    async def _some_done(self) -> None:
        if self._serving:
            await asyncio.wait(
                self._serving.values(),
                timeout=LOOK_EVERY_S,
                return_when=asyncio.FIRST_COMPLETED,
            )

    def _had_work(self) -> bool:
        """Forgets the tasks that ended; whether one of them has more to do."""
        ended = {id: task for id, task in self._serving.items() if task.done()}
        for id, task in ended.items():
            del self._serving[id]
            error = task.exception()
            if error is not None:
                log.warning("webhook_failed", webhook=id, error=reason_of(error))
            if error is not None or not task.result():
                self._idle_until_s[id] = self._now_s() + LOOK_EVERY_S
        return any(task.exception() is None and task.result() for task in ended.values())

    def _measure(self, active: Sequence[str], now: datetime) -> None:
        self._oldest = {id: since for id, since in self._oldest.items() if id in active}
        ages = [(now - since).total_seconds() for since in self._oldest.values()]
        metrics.WEBHOOK_BEHIND.set(max(ages, default=0))
        metrics.WEBHOOKS_ACTIVE.set(len(active))

    async def _serve(self, webhook: Webhook, runtime: Runtime) -> bool:
        """One round for one webhook; whether another one is due at once."""
        reading = runtime.uow.reading()
        secrets = await self._secrets(webhook, runtime)
        if secrets is None:
            return False
        waiting = await self._plan.waiting(webhook, reading)
        room = AHEAD - len(waiting)
        if room > 0 and await self._plan.has_news(webhook, reading):
            await runtime.transact(partial(self._plan.prepare, webhook.id, room))
            waiting = await self._plan.waiting(webhook, runtime.uow.reading())
        if waiting:
            self._oldest[webhook.id] = waiting[0].since
        else:
            self._oldest.pop(webhook.id, None)
        chosen = choose(webhook, waiting, reading.now)
        if not chosen:
            return False
        outcomes = await self._deliver(webhook, chosen, secrets, runtime)
        await runtime.transact(partial(self._plan.note, webhook.id, outcomes, self._chance()))
        return True

    async def _secrets(self, webhook: Webhook, runtime: Runtime) -> Sequence[str] | None:
        """Those to sign with; None where the webhook was stopped instead."""
        now = runtime.uow.reading().now
        if now >= webhook.confirm_by:
            await runtime.transact(partial(stop_webhook, webhook.id, StopReason.NOT_CONFIRMED))
            return None
        needs: WebhookNeeds = runtime.needs
        try:
            secrets = [needs.sealing.open(each) for each in webhook.signing(now)]
        except LookupError:
            await runtime.transact(partial(stop_webhook, webhook.id, StopReason.SECRET_LOST))
            return None
        if any(needs.sealing.renewed(each.sealed) for each in webhook.secrets):
            await runtime.transact(partial(renew_secrets, webhook.id, needs.sealing))
        return secrets

    async def _deliver(
        self,
        webhook: Webhook,
        chains: Sequence[Chain],
        secrets: Sequence[str],
        runtime: Runtime,
    ) -> dict[str, Outcome | None]:
        """How each that was tried ended; None where the owner may not read it any more. What tells
        of persons is on record before it leaves."""
        chosen = [each for chain in chains for each in chain]
        changes = await self._plan.changes_of(webhook, chosen, runtime.uow.reading())
        await _put_on_record(webhook, list(changes.values()), runtime)
        outcomes: dict[str, Outcome | None] = {}
        together = _Round(webhook, secrets, changes, outcomes, runtime)
        async with asyncio.TaskGroup() as calls:
            for chain in chains:
                calls.create_task(self._follow(chain, together))
        return outcomes

    async def _follow(self, chain: Chain, together: "_Round") -> None:
        """One after the other until one is not taken, its owner or an operator has changed the
        webhook, or the round is over."""
        until_s = self._now_s() + CHAIN_S
        for number, each in enumerate(chain):
            change = together.changes.get(each.position)
            if change is None:
                together.outcomes[each.id] = None
                continue
            if number > 0 and not await self._goes_on(together, until_s):
                return
            # No call begins that may last longer than this process has the lease.
            if self._now_s() + CALL_S > self._held_until_s:
                return
            together.outcomes[each.id] = made = await _call(each, change, together)
            if made.failure is not None:
                return

    async def _goes_on(self, together: "_Round", until_s: float) -> bool:
        reading = together.runtime.uow.reading()
        in_time = self._now_s() < until_s
        return in_time and await self._plan.is_called_like(together.webhook, reading)


@dataclass(frozen=True)
class _Round:
    """What the calls of one round share; `outcomes` is what came of them."""

    webhook: Webhook
    secrets: Sequence[str]
    changes: Mapping[str, FeedChange]
    outcomes: dict[str, Outcome | None]
    runtime: Runtime


async def _call(delivery: WebhookDelivery, change: FeedChange, together: _Round) -> Outcome:
    webhook, runtime = together.webhook, together.runtime
    body = body_of(change, delivery.position)
    headers = signed(delivery.id, runtime.uow.reading().now, body, together.secrets)
    headers[CONFIRM_BY] = webhook.confirm_by.isoformat()
    needs: WebhookNeeds = runtime.needs
    outcome = await needs.receivers.call(webhook.url, headers, body)
    metrics.WEBHOOK_CALLS.labels(outcome.failure.value if outcome.failure else "OK").inc()
    return outcome


async def _put_on_record(webhook: Webhook, changes: Sequence[FeedChange], runtime: Runtime) -> None:
    """As if the owner had asked for them (decision 0025)."""
    shown: dict[str, dict[str, set[str]]] = {}
    for each in changes:
        about = each.civil_servant_id
        if about is not None and about != webhook.granted.officer:
            shown.setdefault(each.province, {})[about] = {"Change.payload"}
    if shown:
        await record_reads(runtime.uow, webhook.granted, shown, operation="webhook", purpose=None)


def webhook_worker(webhooks: Webhooks) -> Worker:
    return Worker("webhooks", WebhookWorker(webhooks).step, LOOK_EVERY_S)
