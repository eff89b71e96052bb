"""The worker that calls receivers of webhooks, one process of a service at a time."""

import asyncio
import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

import structlog

from congvu_kit.adapters import metrics
from congvu_kit.adapters.reasons import reason_of
from congvu_kit.adapters.webhook_addresses import Reach, read_networks
from congvu_kit.adapters.webhook_calls import WebhookCaller, body_of, signed
from congvu_kit.adapters.webhook_sealing import SharedSealing
from congvu_kit.application.reads import record_reads
from congvu_kit.application.webhook_deliveries import (
    AHEAD,
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

    def __init__(self, webhooks: Webhooks, chance: Callable[[], float] = random.random) -> None:
        self._plan = DeliveryPlan(webhooks)
        self._chance = chance
        self._serving: dict[str, asyncio.Task[bool]] = {}
        self._idle_until_s: dict[str, float] = {}
        self._oldest: dict[str, datetime] = {}

    @property
    def is_serving(self) -> bool:
        """Whether a round is on its way that the last look did not wait for."""
        return bool(self._serving)

    async def step(self, runtime: Runtime) -> bool:
        """Whether there was something to do for somebody."""
        if await runtime.leases.take("webhooks", within=LEASE) is None:
            metrics.WEBHOOKS_ACTIVE.set(0)
            metrics.WEBHOOK_BEHIND.set(0)
            return False
        reading = runtime.uow.reading()
        active = await active_webhooks(reading)
        now_s = asyncio.get_running_loop().time()
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
                self._idle_until_s[id] = asyncio.get_running_loop().time() + LOOK_EVERY_S
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
        chosen: Sequence[WebhookDelivery],
        secrets: Sequence[str],
        runtime: Runtime,
    ) -> dict[str, Outcome | None]:
        """How each ended; None where the owner may not read it any more. What tells of persons is
        on record before it leaves."""
        reading = runtime.uow.reading()
        changes = {each.id: await self._plan.change_of(webhook, each, reading) for each in chosen}
        await _put_on_record(webhook, [each for each in changes.values() if each], runtime)
        calls = [
            self._call(webhook, each, change, secrets, runtime)
            for each in chosen
            if (change := changes[each.id]) is not None
        ]
        made = dict(await asyncio.gather(*calls))
        return {each.id: made.get(each.id) for each in chosen}

    async def _call(
        self,
        webhook: Webhook,
        delivery: WebhookDelivery,
        change: FeedChange,
        secrets: Sequence[str],
        runtime: Runtime,
    ) -> tuple[str, Outcome]:
        body = body_of(change, delivery.position)
        headers = signed(delivery.id, runtime.uow.reading().now, body, secrets)
        headers[CONFIRM_BY] = webhook.confirm_by.isoformat()
        needs: WebhookNeeds = runtime.needs
        outcome = await needs.receivers.call(webhook.url, headers, body)
        metrics.WEBHOOK_CALLS.labels(outcome.failure.value if outcome.failure else "OK").inc()
        return delivery.id, outcome


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
