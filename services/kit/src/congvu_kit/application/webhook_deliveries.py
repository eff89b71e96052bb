"""What is sent to a webhook next, and what becomes of it: each step is a transaction of its own, so
a process that dies leaves nothing but a call that may be made twice."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from congvu_kit.application.feeds import cursor_before
from congvu_kit.application.ports import Eq, Page, Transaction
from congvu_kit.application.webhooks import DELIVERIES, WEBHOOKS, Sealing, Webhooks
from congvu_kit.domain.errors import DomainError, Forbidden, Invalid, Unavailable
from congvu_kit.domain.feeds import FeedChange
from congvu_kit.domain.webhooks import (
    DeliveryFailure,
    DeliveryState,
    Outcome,
    SealedSecret,
    StopReason,
    Try,
    Webhook,
    WebhookDelivery,
    WebhookState,
    key_of,
    wait_after,
)

AHEAD = 100
"""Deliveries of a webhook that are prepared at a time: what a receiver that is away leaves."""

AT_ONCE = 8
"""Calls to one receiver at the same time, each about something else."""

CHAIN_MAX = 25
"""Changes of one thing in a round, one after the other: what is called again, at most, where a
process dies before it noted them."""

Chain = Sequence[WebhookDelivery]

WEBHOOKS_AT_MOST = 1_000
"""Active ones of a service: some two hundred systems of provinces and ministries."""


async def active_webhooks(tx: Transaction) -> Sequence[Webhook]:
    return await tx.store(WEBHOOKS).select(
        Eq("state", WebhookState.ACTIVE.value), limit=WEBHOOKS_AT_MOST
    )


async def stop_webhook(webhook_id: str, reason: StopReason, tx: Transaction) -> None:
    webhook = await tx.store(WEBHOOKS).get(webhook_id)
    webhook.stop(reason)
    await tx.store(WEBHOOKS).save(webhook)


async def renew_secrets(webhook_id: str, sealing: Sealing, tx: Transaction) -> None:
    """Under the newest key, those that are not."""
    webhook = await tx.store(WEBHOOKS).get(webhook_id)
    renewed = tuple(
        SealedSecret(sealed=sealing.renewed(each.sealed) or each.sealed, until=each.until)
        for each in webhook.secrets
    )
    if renewed != webhook.secrets:
        webhook.secrets = renewed
        await tx.store(WEBHOOKS).save(webhook)


class DeliveryPlan:
    """What waits for the webhooks of one feed."""

    def __init__(self, webhooks: Webhooks) -> None:
        self._webhooks = webhooks

    async def waiting(self, webhook: Webhook, tx: Transaction) -> Sequence[WebhookDelivery]:
        """Oldest first."""
        return await tx.store(DELIVERIES).select(
            Eq("webhook_id", webhook.id),
            Eq("state", DeliveryState.WAITING.value),
            order=("position",),
            limit=AHEAD,
        )

    async def has_news(self, webhook: Webhook, tx: Transaction) -> bool:
        """Whether `prepare` has something to do; asked outside of a transaction."""
        page = await self._ahead(webhook, 1, tx)
        return page is None or page.end not in (None, webhook.position)

    async def _ahead(self, webhook: Webhook, room: int, tx: Transaction) -> Page[FeedChange] | None:
        """The next page of the feed as the webhook's owner may read it; None where it may not."""
        try:
            return await self._webhooks.read(
                webhook.granted, tx, webhook.province, first=room, after=webhook.position
            )
        except Unavailable:
            raise
        except DomainError:
            return None

    async def prepare(self, webhook_id: str, room: int, tx: Transaction) -> bool:
        """Deliveries of what is new, and the position after it; whether there may be more. What was
        delivered before is here again because somebody replays it."""
        webhook = await tx.store(WEBHOOKS).get(webhook_id)
        if webhook.state is not WebhookState.ACTIVE:
            return False
        page = await self._ahead(webhook, room, tx)
        if page is None:
            webhook.stop(StopReason.NOT_ALLOWED)
            await tx.store(WEBHOOKS).save(webhook)
            return False
        position = page.end or webhook.position
        if position == webhook.position:
            return False
        told = [
            (cursor, change)
            for cursor, change in zip(page.cursors, page.items, strict=True)
            if webhook.wants(change.event_type)
        ]
        ids = [delivery_id(webhook, cursor) for cursor, _ in told]
        there = await tx.store(DELIVERIES).find_many(ids)
        new = [
            _prepared(webhook, cursor, change, before, tx.now)
            for (cursor, change), before in zip(told, there, strict=True)
        ]
        await tx.store(DELIVERIES).save_many(new)
        webhook.position = position
        await tx.store(WEBHOOKS).save(webhook)
        return page.has_next

    async def changes_of(
        self, webhook: Webhook, chosen: Sequence[WebhookDelivery], tx: Transaction
    ) -> Mapping[str, FeedChange]:
        """What is sent, by position: what the owner may still read. What stands together is read
        together."""
        found: dict[str, FeedChange] = {}
        looked_to = ""
        wanted = sorted(each.position for each in chosen)
        for number, position in enumerate(wanted):
            if position <= looked_to:
                continue
            after = cursor_before(position)
            try:
                page = await self._webhooks.read(
                    webhook.granted, tx, webhook.province, first=len(wanted) - number, after=after
                )
            except (Forbidden, Invalid):
                return {}
            found |= zip(page.cursors, page.items, strict=True)
            looked_to = max(position, page.end or "")
        return {each: found[each] for each in wanted if each in found}

    async def is_called_like(self, webhook: Webhook, tx: Transaction) -> bool:
        """Whether nobody paused, stopped or changed it meanwhile: a change confirms it, too."""
        now = await tx.store(WEBHOOKS).get(webhook.id)
        return (now.state, now.confirmed_at) == (webhook.state, webhook.confirmed_at)

    async def note(
        self,
        webhook_id: str,
        outcomes: Mapping[str, Outcome | None],
        chance: float,
        tx: Transaction,
    ) -> None:
        """How the calls of one round ended, by delivery; None is what the owner may read no
        more. One that was taken says that the receiver is there."""
        webhook = await tx.store(WEBHOOKS).get(webhook_id)
        rows = await tx.store(DELIVERIES).find_many(list(outcomes))
        changed = [each for each in rows if each and each.state is DeliveryState.WAITING]
        for row in changed:
            _note(row, outcomes[row.id], webhook, chance, tx.now)
        await tx.store(DELIVERIES).save_many(changed)
        made = [each for each in outcomes.values() if each is not None]
        if any(each.failure is None for each in made):
            webhook.succeeded()
        elif made:
            asked = max((each.retry_after or timedelta() for each in made), default=timedelta())
            webhook.failed(tx.now, wait_after(webhook.failures + 1, chance, asked))
        if any(each.failure is DeliveryFailure.GONE for each in made):
            webhook.stop(StopReason.GONE)
        await tx.store(WEBHOOKS).save(webhook)


def delivery_id(webhook: Webhook, position: str) -> str:
    """The same for every try and replay: the receiver knows by it what it has. The signature joins
    it to the rest by a full stop, so there is none in it."""
    return f"msg_{webhook.id.partition('_')[2]}_{position}"


def choose(webhook: Webhook, waiting: Sequence[WebhookDelivery], now: datetime) -> Sequence[Chain]:
    """Those to be sent now: of each key a chain from its oldest on, and none before its time. While
    the receiver fails it is asked seldom and with one, the least tried: what it alone refuses
    holds up no other."""
    if webhook.quiet_until is not None and now < webhook.quiet_until:
        return ()
    keys: dict[str, list[WebhookDelivery]] = {}
    for each in waiting:
        keys.setdefault(each.key, []).append(each)
    chains = [[*takewhile(lambda each: each.next_at <= now, of_key)] for of_key in keys.values()]
    due = [each[:CHAIN_MAX] for each in chains if each]
    if webhook.failing_since is not None:
        first = min(due, key=lambda each: (each[0].attempts, each[0].position), default=[])
        return [first[:1]] if first else []
    return due[:AT_ONCE]


def _prepared(
    webhook: Webhook, cursor: str, change: FeedChange, before: WebhookDelivery | None, now: datetime
) -> WebhookDelivery:
    if before is not None:
        before.again(now)
        return before
    return WebhookDelivery(
        id=delivery_id(webhook, cursor),
        webhook_id=webhook.id,
        position=cursor,
        key=key_of(change.event_type, change.payload),
        event_type=change.event_type,
        state=DeliveryState.WAITING,
        since=now,
        next_at=now,
    )


def _note(
    row: WebhookDelivery, outcome: Outcome | None, webhook: Webhook, chance: float, now: datetime
) -> None:
    if outcome is None:
        row.end(DeliveryState.WITHHELD, now)
        return
    made = Try(at=now, failure=outcome.failure, status=outcome.status, took_ms=outcome.took_ms)
    wait = wait_after(row.attempts + 1, chance, outcome.retry_after)
    row.tried(made, wait, since=webhook.active_since)
