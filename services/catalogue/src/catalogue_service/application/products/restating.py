"""Products of before codes had one form are found by it as well."""

from catalogue_service.application.collections import ONE_FORM, PRODUCTS, VERSIONS
from congvu_kit.application.ports import Eq, Not, Transaction

STEP_PRODUCTS = 100
"""Products looked at in one transaction."""

VERSIONS_MAX = 1_000
"""Of one product, drafts included."""


async def restate_products(tx: Transaction) -> bool:
    """What each version was published with stays (C-I1); true while there may be more."""
    before = await tx.store(PRODUCTS).select(Not(Eq("extra.codes", ONE_FORM)), limit=STEP_PRODUCTS)
    for product in before:
        numbers = {span.number for span in product.timeline}
        for version in await tx.store(VERSIONS).select(Eq("code", product.id), limit=VERSIONS_MAX):
            if version.number in numbers:
                product.found_by = product.found_by.also(product.id, version.content)
        await tx.store(PRODUCTS).save(product)
    return len(before) == STEP_PRODUCTS
