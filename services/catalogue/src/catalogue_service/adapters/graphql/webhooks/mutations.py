"""Webhooks, subscribed and changed."""

import strawberry

from catalogue_service.application.webhooks import commands
from congvu_kit.graph import mutation, webhooks


@strawberry.type
class WebhookMutation:
    subscribe_catalogue_webhook = mutation(
        commands.subscribe_catalogue_webhook,
        webhooks.SubscribeWebhookInput,
        webhooks.Webhook,
        of=webhooks.Webhook.with_secret,
        description=webhooks.SUBSCRIBES,
    )

    change_catalogue_webhook = mutation(
        commands.change_catalogue_webhook,
        webhooks.ChangeWebhookInput,
        webhooks.Webhook,
        description=webhooks.CHANGES,
    )

    rotate_catalogue_webhook_secret = mutation(
        commands.rotate_catalogue_webhook_secret,
        webhooks.RotateWebhookSecretInput,
        webhooks.Webhook,
        of=webhooks.Webhook.with_secret,
        description=webhooks.ROTATES,
    )

    replay_catalogue_webhook = mutation(
        commands.replay_catalogue_webhook,
        webhooks.ReplayWebhookInput,
        webhooks.Webhook,
        description=webhooks.REPLAYS,
    )
