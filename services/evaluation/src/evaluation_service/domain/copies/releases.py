"""Catalogue releases, as the catalogue published them."""

from dataclasses import dataclass, field
from datetime import date

from congvu_kit.domain.aggregate import Aggregate


@dataclass(kw_only=True)
class CatalogueRelease(Aggregate):
    """Held once as many of its versions are here as it has."""

    province: str | None
    unit_id: str | None
    decision_number: str
    effective_from: date
    version_count: int
    content_hash: str
    groups: tuple[str, ...] = field(default=())
