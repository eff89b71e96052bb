"""Webhooks, subscribed and changed."""

import strawberry

from congvu_kit.graph import mutation, webhooks
from feedback_service.application.webhooks import commands


@strawberry.type
class WebhookMutation:
    subscribe_feedback_webhook = mutation(
        commands.subscribe_feedback_webhook,
        webhooks.SubscribeWebhookInput,
        webhooks.Webhook,
        of=webhooks.Webhook.with_secret,
        description=webhooks.SUBSCRIBES,
    )

    change_feedback_webhook = mutation(
        commands.change_feedback_webhook,
        webhooks.ChangeWebhookInput,
        webhooks.Webhook,
        description=webhooks.CHANGES,
    )

    rotate_feedback_webhook_secret = mutation(
        commands.rotate_feedback_webhook_secret,
        webhooks.RotateWebhookSecretInput,
        webhooks.Webhook,
        of=webhooks.Webhook.with_secret,
        description=webhooks.ROTATES,
    )

    replay_feedback_webhook = mutation(
        commands.replay_feedback_webhook,
        webhooks.ReplayWebhookInput,
        webhooks.Webhook,
        description=webhooks.REPLAYS,
    )
