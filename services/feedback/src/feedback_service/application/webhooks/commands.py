"""Webhooks of feedback's feed: what the kit's are called here."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application import webhooks as kit
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.webhooks import Webhook
from feedback_service.application.collections import FEED
from feedback_service.application.feed.queries import TOLD, list_changes

WEBHOOKS = kit.Webhooks(FEED, TOLD, list_changes)


@dataclass(frozen=True, kw_only=True)
class SubscribeFeedbackWebhook(kit.SubscribeWebhook):
    operation: ClassVar[str] = "subscribe_feedback_webhook"


async def subscribe_feedback_webhook(
    command: SubscribeFeedbackWebhook,
    tx: Transaction,
    *,
    sealing: kit.Sealing,
    receivers: kit.Receivers,
) -> Webhook:
    return await WEBHOOKS.subscribe(command, tx, sealing, receivers)


@dataclass(frozen=True, kw_only=True)
class ChangeFeedbackWebhook(kit.ChangeWebhook):
    operation: ClassVar[str] = "change_feedback_webhook"


async def change_feedback_webhook(
    command: ChangeFeedbackWebhook, tx: Transaction, *, receivers: kit.Receivers
) -> Webhook:
    return await WEBHOOKS.change(command, tx, receivers)


@dataclass(frozen=True, kw_only=True)
class RotateFeedbackWebhookSecret(kit.RotateWebhookSecret):
    operation: ClassVar[str] = "rotate_feedback_webhook_secret"


async def rotate_feedback_webhook_secret(
    command: RotateFeedbackWebhookSecret, tx: Transaction, *, sealing: kit.Sealing
) -> Webhook:
    return await WEBHOOKS.rotate(command, tx, sealing)


@dataclass(frozen=True, kw_only=True)
class ReplayFeedbackWebhook(kit.ReplayWebhook):
    operation: ClassVar[str] = "replay_feedback_webhook"


async def replay_feedback_webhook(command: ReplayFeedbackWebhook, tx: Transaction) -> Webhook:
    return await WEBHOOKS.replay(command, tx)
