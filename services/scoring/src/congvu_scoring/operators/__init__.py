"""Every operator of the policy language; importing this package makes them all known."""

from congvu_scoring.operators import (
    arithmetic,
    bounds,
    choices,
    comparisons,
    credit,
    criteria,
    extremes,
    fields,
    ledger,
    logic,
    quantifiers,
    targets,
    timeline,
    totals,
    values,
    weighted_sum,
)

__all__ = [
    "arithmetic",
    "bounds",
    "choices",
    "comparisons",
    "credit",
    "criteria",
    "extremes",
    "fields",
    "ledger",
    "logic",
    "quantifiers",
    "targets",
    "timeline",
    "totals",
    "values",
    "weighted_sum",
]
