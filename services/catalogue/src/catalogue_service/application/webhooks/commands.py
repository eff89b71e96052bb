"""Webhooks of the catalogue's feed: what the kit's are called here."""

from dataclasses import dataclass
from typing import ClassVar

from catalogue_service.application.collections import FEED
from catalogue_service.application.feed.queries import TOLD, list_changes
from congvu_kit.application import webhooks as kit
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.webhooks import Webhook

WEBHOOKS = kit.Webhooks(FEED, TOLD, list_changes)


@dataclass(frozen=True, kw_only=True)
class SubscribeCatalogueWebhook(kit.SubscribeWebhook):
    operation: ClassVar[str] = "subscribe_catalogue_webhook"


async def subscribe_catalogue_webhook(
    command: SubscribeCatalogueWebhook,
    tx: Transaction,
    *,
    sealing: kit.Sealing,
    receivers: kit.Receivers,
) -> Webhook:
    return await WEBHOOKS.subscribe(command, tx, sealing, receivers)


@dataclass(frozen=True, kw_only=True)
class ChangeCatalogueWebhook(kit.ChangeWebhook):
    operation: ClassVar[str] = "change_catalogue_webhook"


async def change_catalogue_webhook(
    command: ChangeCatalogueWebhook, tx: Transaction, *, receivers: kit.Receivers
) -> Webhook:
    return await WEBHOOKS.change(command, tx, receivers)


@dataclass(frozen=True, kw_only=True)
class RotateCatalogueWebhookSecret(kit.RotateWebhookSecret):
    operation: ClassVar[str] = "rotate_catalogue_webhook_secret"


async def rotate_catalogue_webhook_secret(
    command: RotateCatalogueWebhookSecret, tx: Transaction, *, sealing: kit.Sealing
) -> Webhook:
    return await WEBHOOKS.rotate(command, tx, sealing)


@dataclass(frozen=True, kw_only=True)
class ReplayCatalogueWebhook(kit.ReplayWebhook):
    operation: ClassVar[str] = "replay_catalogue_webhook"


async def replay_catalogue_webhook(command: ReplayCatalogueWebhook, tx: Transaction) -> Webhook:
    return await WEBHOOKS.replay(command, tx)
