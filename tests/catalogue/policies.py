"""Policies as a province enacts them."""

from catalogue import scenes
from catalogue_service.domain.common.steps import Act
from catalogue_service.domain.policy.policy import CataloguePolicy


def policy(**changes: object) -> CataloguePolicy:
    """A policy enacted with some changes to the defaults."""
    made = CataloguePolicy(id="56")
    values: dict[str, object] = {
        "reference_points": made.reference_points,
        "bounds": made.bounds,
        "reaches": made.reaches,
        "unit_fields": made.unit_fields,
        **changes,
    }
    act = Act(by="committee", at=scenes.NOW, decision_number="1/QĐ")
    made.enact(**values, act=act)  # type: ignore[arg-type] # a test's own words
    return made
