"""How many products each list has by field: kept as they change, so that facets cost no scan."""

from dataclasses import dataclass

from catalogue_service.domain.common.kinds import Catalogue
from catalogue_service.domain.products.work_products import ProductState, WorkProduct
from congvu_kit.domain.aggregate import Aggregate


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One list and field (lĩnh vực); products without a field count under None."""

    catalogue: Catalogue
    field: str | None

    @property
    def id(self) -> str:
        listed = self.catalogue
        return "|".join((listed.province, listed.group, listed.unit_id or "", self.field or ""))


@dataclass(kw_only=True)
class Tally(Aggregate):
    """Products of a facet that are published and not retired."""

    facet: Facet
    products: int = 0


def facet_of(product: WorkProduct) -> Facet | None:
    """Where `product` counts, None while it does not."""
    if product.state is not ProductState.ACTIVE:
        return None
    return Facet(catalogue=product.catalogue, field=product.field)
