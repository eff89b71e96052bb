"""Keeps the tallies in step with what is published and retired, in the same transaction."""

from collections import Counter

from catalogue_service.application.collections import TALLIES
from catalogue_service.domain.products.tallies import Facet, Tally, facet_of
from catalogue_service.domain.products.work_products import WorkProduct
from congvu_kit.application.ports import Transaction


class Shifts:
    """What one transaction changes in the tallies; `save` writes each tally once."""

    def __init__(self) -> None:
        self._changes: Counter[Facet] = Counter()

    def before(self, product: WorkProduct) -> None:
        self._add(facet_of(product), -1)

    def after(self, product: WorkProduct) -> None:
        self._add(facet_of(product), 1)

    def _add(self, facet: Facet | None, products: int) -> None:
        if facet is not None:
            self._changes[facet] += products

    async def save(self, tx: Transaction) -> None:
        changes = {facet: by for facet, by in self._changes.items() if by}
        store = tx.store(TALLIES)
        known = await store.find_many([facet.id for facet in changes])
        for (facet, by), earlier in zip(changes.items(), known, strict=True):
            tally = earlier or Tally(id=facet.id, facet=facet)
            tally.products += by
            await store.save(tally)
