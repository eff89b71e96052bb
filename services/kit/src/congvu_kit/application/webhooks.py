"""Webhooks of a service: each sends its own feed, with the rights that the feed gives its owner."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from congvu_kit.application.commands import Command
from congvu_kit.application.feeds import Feed
from congvu_kit.application.ports import Collection, Condition, Eq, Kept, Not, Page, Transaction
from congvu_kit.application.shards import ByKey, Unsharded
from congvu_kit.domain.actor import Actor, Role, one_spelling
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid, NotFound
from congvu_kit.domain.feeds import FeedChange
from congvu_kit.domain.ids import new_id
from congvu_kit.domain.vietnamese import vi_text
from congvu_kit.domain.webhooks import (
    DeliveryState,
    Outcome,
    StopReason,
    Webhook,
    WebhookAction,
    WebhookDelivery,
    WebhookState,
    is_owner,
    new_secret,
)

SYSTEMS = (Role.PERSONNEL_SYNC, Role.SERVICE_PORTAL)
"""Webhooks belong to systems: a person is told in other ways."""

WEBHOOKS_MAX = 10
"""Of one account in one service, besides those that ended."""

KEPT_DAYS = 30
"""After their end, webhooks and deliveries alike."""

OVERLAP_MAX_HOURS = 168
WAITING_MAX = 1_000
"""Of a webhook: a hundred are prepared at a time, and some may be replayed beside them."""

WEBHOOKS = Collection(
    "webhooks",
    Webhook,
    indexes=[("owner", "_id"), ("province", "_id"), ("state", "_id"), ("ended_on",)],
    kept=Kept(path="ended_on", days=KEPT_DAYS),
    by_operators=frozenset({StopReason.BY_OPERATOR.value}),
    shard=Unsharded("some ten of each system in the country, found by owner, province and state"),
)
DELIVERIES = Collection(
    "webhook_deliveries",
    WebhookDelivery,
    indexes=[
        ("webhook_id", "-position", "_id"),
        ("webhook_id", "state", "position"),
        ("webhook_id", "state", "-position", "_id"),
        ("ended_on",),
    ],
    kept=Kept(path="ended_on", days=KEPT_DAYS),
    shard=ByKey("webhook_id"),
)
WEBHOOK_COLLECTIONS: Sequence[Collection[Any]] = (WEBHOOKS, DELIVERIES)


class Sealing(Protocol):
    """Keeps the secrets of webhooks where they lie in the database."""

    def seal(self, plain: str) -> str: ...

    def open(self, sealed: str) -> str:
        """Raise `LookupError` for what was sealed under a key that is there no more."""

    def renewed(self, sealed: str) -> str | None:
        """The same under the newest key; None when it is under that one."""


class Receivers(Protocol):
    """Calls those who are told."""

    def require_allowed(self, url: str, field: str) -> None:
        """Raise `Invalid` for an address that is none, or never will be called."""

    async def call(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """How it went; raises nothing that a receiver can cause."""


@dataclass(frozen=True, kw_only=True)
class SubscribeWebhook(Command):
    url: str
    event_types: tuple[str, ...]
    province: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class ChangeWebhook(Command):
    webhook_id: str
    url: str | None
    event_types: tuple[str, ...] | None
    action: WebhookAction | None


@dataclass(frozen=True, kw_only=True)
class RotateWebhookSecret(Command):
    webhook_id: str
    overlap_hours: int


@dataclass(frozen=True, kw_only=True)
class ReplayWebhook(Command):
    webhook_id: str
    delivery_id: str | None
    after: str | None


ReadFeed = Callable[..., Awaitable[Page[FeedChange]]]
"""`(reader, tx, province, *, first, after)`, as the graph asks it: it judges the reader."""


class Webhooks:
    """Those of one feed. `told` are the types of its events, `read` is the only way to them."""

    def __init__(self, feed: Feed, told: Sequence[str], read: ReadFeed) -> None:
        self._feed, self._told, self.read = feed, told, read

    async def subscribe(
        self, command: SubscribeWebhook, tx: Transaction, sealing: Sealing, receivers: Receivers
    ) -> Webhook:
        """Whoever may not read the feed subscribes to nothing of it."""
        actor = command.actor
        owner = one_spelling(actor.require(*SYSTEMS))
        receivers.require_allowed(command.url, "input.url")
        self._require_told(command.event_types)
        own = actor.province if self._feed.by_province else None
        province = command.province or own
        await self.read(actor, tx, province, first=1, after=command.after)
        there = await tx.store(WEBHOOKS).select(
            Eq("owner", owner), Not(Eq("state", WebhookState.ENDED.value)), limit=WEBHOOKS_MAX
        )
        for each in there:
            each.require_not_held(None)
        if len(there) >= WEBHOOKS_MAX:
            raise Conflict(
                en=f"an account has {WEBHOOKS_MAX} webhooks at most: end one",
                vi=f"Mỗi tài khoản có tối đa {vi_text(WEBHOOKS_MAX)} đăng ký nhận thông báo. "
                "Vui lòng chấm dứt bớt một đăng ký.",
            )
        webhook = Webhook(
            id=new_id("webhook"),
            owner=owner,
            granted=actor,
            confirmed_at=tx.now,
            province=province,
            url=command.url,
            event_types=command.event_types,
            secrets=(),
            position=await self._feed.position(tx, province, command.after),
            created_at=tx.now,
            active_since=tx.now,
        )
        webhook.rotate(sealing.seal(new_secret()), tx.now, timedelta())
        await tx.store(WEBHOOKS).save(webhook)
        return webhook

    async def change(
        self, command: ChangeWebhook, tx: Transaction, receivers: Receivers
    ) -> Webhook:
        """Every change, also one of nothing, confirms the rights of the account anew."""
        webhook = await self._owned(command, command.webhook_id, tx)
        if command.url is not None:
            receivers.require_allowed(command.url, "input.url")
            webhook.url = command.url
        if command.event_types is not None:
            self._require_told(command.event_types)
            webhook.event_types = command.event_types
        if command.action is not None:
            webhook.act(command.action, tx.now)
        if command.action is WebhookAction.END:
            await _let_go(webhook, tx)
        await tx.store(WEBHOOKS).save(webhook)
        return webhook

    async def rotate(
        self, command: RotateWebhookSecret, tx: Transaction, sealing: Sealing
    ) -> Webhook:
        webhook = await self._owned(command, command.webhook_id, tx)
        if not 0 <= command.overlap_hours <= OVERLAP_MAX_HOURS:
            raise Invalid(
                en=f"overlapHours must be 0 to {OVERLAP_MAX_HOURS}",
                vi="Thời gian dùng cùng lúc hai khóa phải từ 0 đến "
                f"{vi_text(OVERLAP_MAX_HOURS)} giờ.",
                field="input.overlapHours",
            )
        overlap = timedelta(hours=command.overlap_hours)
        webhook.rotate(sealing.seal(new_secret()), tx.now, overlap)
        await tx.store(WEBHOOKS).save(webhook)
        return webhook

    async def replay(self, command: ReplayWebhook, tx: Transaction) -> Webhook:
        """One delivery, or everything after a position, is sent once more under the same ids."""
        webhook = await self._owned(command, command.webhook_id, tx)
        if (command.delivery_id is None) == (command.after is None):
            raise Invalid(
                en="name one delivery, or the position to replay from",
                vi="Vui lòng chọn một lần gửi, hoặc vị trí bắt đầu gửi lại.",
                field="input.deliveryId",
            )
        if command.delivery_id is not None:
            await self._replay_one(webhook, command.delivery_id, tx)
        if command.after is not None:
            asked = await self._feed.position(tx, webhook.province, command.after)
            webhook.position = min(asked, webhook.position)
        await tx.store(WEBHOOKS).save(webhook)
        return webhook

    async def _replay_one(self, webhook: Webhook, delivery_id: str, tx: Transaction) -> None:
        delivery = await tx.store(DELIVERIES).find(delivery_id)
        if delivery is None or delivery.webhook_id != webhook.id:
            raise NotFound(
                en="this webhook has no such delivery",
                vi="Không tìm thấy lần gửi này.",
                field="input.deliveryId",
            )
        delivery.again(tx.now)
        await tx.store(DELIVERIES).save(delivery)

    async def _owned(self, command: Command, webhook_id: str, tx: Transaction) -> Webhook:
        command.actor.require(*SYSTEMS)
        webhook = await tx.store(WEBHOOKS).find(webhook_id)
        if webhook is None or not is_owner(webhook, command.actor):
            raise NotFound(
                en="your account has no such webhook",
                vi="Tài khoản không có đăng ký nhận thông báo này.",
                field="input.webhookId",
            )
        webhook.require_open()
        webhook.confirm(command.actor, tx.now)
        return webhook

    def _require_told(self, event_types: Sequence[str]) -> None:
        for number, each in enumerate(event_types):
            if each not in self._told:
                raise Invalid(
                    en=f"this feed tells no such events; it tells {', '.join(self._told)}",
                    vi="Luồng thay đổi này không có loại sự kiện đã chọn. Vui lòng chọn trong danh "
                    "mục sự kiện.",
                    field=f"input.eventTypes.{number}",
                )


async def _let_go(webhook: Webhook, tx: Transaction) -> None:
    """What waits for one that ended waits for nothing: it goes when its time is over."""
    waiting = await tx.store(DELIVERIES).select(
        Eq("webhook_id", webhook.id),
        Eq("state", DeliveryState.WAITING.value),
        order=("position",),
        limit=WAITING_MAX,
    )
    for each in waiting:
        each.end(DeliveryState.WITHHELD, tx.now)
    await tx.store(DELIVERIES).save_many(waiting)


async def list_webhooks(
    reader: Actor, tx: Transaction, *, first: int, after: str | None
) -> Page[Webhook]:
    """A system's own; for auditors those of their province."""
    subject = reader.require(*SYSTEMS, Role.AUDITOR)
    mine: Condition = Eq("owner", one_spelling(subject))
    if reader.has(Role.AUDITOR):
        mine = Eq("province", reader.province)
    return await tx.store(WEBHOOKS).page(mine, first=first, after=after)


async def list_deliveries(
    reader: Actor,
    tx: Transaction,
    webhook_id: str,
    state: DeliveryState | None = None,
    *,
    first: int,
    after: str | None,
) -> Page[WebhookDelivery]:
    """Latest first; raise `Forbidden` for a webhook that is not the reader's to see."""
    reader.require(*SYSTEMS, Role.AUDITOR)
    webhook = await tx.store(WEBHOOKS).find(webhook_id)
    audited = reader.has(Role.AUDITOR) and webhook and webhook.province == reader.province
    if webhook is None or not (is_owner(webhook, reader) or audited):
        raise Forbidden(
            en="no webhook of yours",
            vi="Tài khoản không có đăng ký nhận thông báo này.",
        )
    wanted: list[Condition] = [Eq("webhook_id", webhook_id)]
    if state is not None:
        wanted.append(Eq("state", state.value))
    return await tx.store(DELIVERIES).page(*wanted, order=("-position",), first=first, after=after)
