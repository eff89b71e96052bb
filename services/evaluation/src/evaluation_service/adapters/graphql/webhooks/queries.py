"""Webhooks and what was sent to them, asked for."""

import strawberry

from congvu_kit.application.webhooks import list_deliveries, list_webhooks
from congvu_kit.graph import listing, webhooks


@strawberry.type
class WebhookQuery:
    evaluation_webhooks = listing(list_webhooks, webhooks.Webhook, description=webhooks.LISTS)

    evaluation_webhook_deliveries = listing(
        list_deliveries,
        webhooks.WebhookDelivery,
        arguments=webhooks.ARGUMENTS,
        description=webhooks.LISTS_DELIVERIES,
    )
