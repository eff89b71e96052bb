"""What the catalogue does by itself."""

from catalogue_service.application.adjustments.commands import expire_adjustments
from catalogue_service.application.collections import FEED
from catalogue_service.application.products.restating import restate_products
from catalogue_service.application.webhooks.commands import WEBHOOKS
from congvu_kit.service.app import Runtime, Worker
from congvu_kit.service.webhooks import webhook_worker

EXPIRY_CHECK_S = 600.0
"""How often local adjustments are looked through; their validity is in days."""


async def open_the_feed(runtime: Runtime) -> None:
    await runtime.transact(FEED.open)


async def expire_due_adjustments(runtime: Runtime) -> int:
    return await runtime.transact(expire_adjustments)


async def restate_old_products(runtime: Runtime) -> bool:
    return await runtime.transact(restate_products)


WORKERS = (
    Worker("expire_adjustments", expire_due_adjustments, EXPIRY_CHECK_S),
    Worker("restate_products", restate_old_products, 3600),
    webhook_worker(WEBHOOKS),
)
