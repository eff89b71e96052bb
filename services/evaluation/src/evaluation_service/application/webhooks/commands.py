"""Webhooks of evaluation's feed: what the kit's are called here."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application import webhooks as kit
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.webhooks import Webhook
from evaluation_service.application.collections import FEED
from evaluation_service.application.feed.queries import TOLD, list_changes

WEBHOOKS = kit.Webhooks(FEED, TOLD, list_changes)


@dataclass(frozen=True, kw_only=True)
class SubscribeEvaluationWebhook(kit.SubscribeWebhook):
    operation: ClassVar[str] = "subscribe_evaluation_webhook"


async def subscribe_evaluation_webhook(
    command: SubscribeEvaluationWebhook,
    tx: Transaction,
    *,
    sealing: kit.Sealing,
    receivers: kit.Receivers,
) -> Webhook:
    return await WEBHOOKS.subscribe(command, tx, sealing, receivers)


@dataclass(frozen=True, kw_only=True)
class ChangeEvaluationWebhook(kit.ChangeWebhook):
    operation: ClassVar[str] = "change_evaluation_webhook"


async def change_evaluation_webhook(
    command: ChangeEvaluationWebhook, tx: Transaction, *, receivers: kit.Receivers
) -> Webhook:
    return await WEBHOOKS.change(command, tx, receivers)


@dataclass(frozen=True, kw_only=True)
class RotateEvaluationWebhookSecret(kit.RotateWebhookSecret):
    operation: ClassVar[str] = "rotate_evaluation_webhook_secret"


async def rotate_evaluation_webhook_secret(
    command: RotateEvaluationWebhookSecret, tx: Transaction, *, sealing: kit.Sealing
) -> Webhook:
    return await WEBHOOKS.rotate(command, tx, sealing)


@dataclass(frozen=True, kw_only=True)
class ReplayEvaluationWebhook(kit.ReplayWebhook):
    operation: ClassVar[str] = "replay_evaluation_webhook"


async def replay_evaluation_webhook(command: ReplayEvaluationWebhook, tx: Transaction) -> Webhook:
    return await WEBHOOKS.replay(command, tx)
