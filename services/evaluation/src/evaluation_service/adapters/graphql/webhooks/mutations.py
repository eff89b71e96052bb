"""Webhooks, subscribed and changed."""

import strawberry

from congvu_kit.graph import mutation, webhooks
from evaluation_service.application.webhooks import commands


@strawberry.type
class WebhookMutation:
    subscribe_evaluation_webhook = mutation(
        commands.subscribe_evaluation_webhook,
        webhooks.SubscribeWebhookInput,
        webhooks.Webhook,
        of=webhooks.Webhook.with_secret,
        description=webhooks.SUBSCRIBES,
    )

    change_evaluation_webhook = mutation(
        commands.change_evaluation_webhook,
        webhooks.ChangeWebhookInput,
        webhooks.Webhook,
        description=webhooks.CHANGES,
    )

    rotate_evaluation_webhook_secret = mutation(
        commands.rotate_evaluation_webhook_secret,
        webhooks.RotateWebhookSecretInput,
        webhooks.Webhook,
        of=webhooks.Webhook.with_secret,
        description=webhooks.ROTATES,
    )

    replay_evaluation_webhook = mutation(
        commands.replay_evaluation_webhook,
        webhooks.ReplayWebhookInput,
        webhooks.Webhook,
        description=webhooks.REPLAYS,
    )
