"""The trace of the request that made a row: what a worker tells of it later belongs there."""

from typing import Any

from opentelemetry.propagate import inject

from congvu_kit.domain.aggregate import Aggregate

FIELD = "traceparent"
"""Of a stored row, beside the aggregate's own."""

_KEPT = "_traceparent"


def traceparent_of(aggregate: Aggregate) -> str | None:
    """Of the request in hand, else of the one that made it."""
    here: dict[str, str] = {}
    inject(here)
    kept: str | None = vars(aggregate).get(_KEPT)
    return here.get("traceparent") or kept


def keep(aggregate: Aggregate, row: dict[str, Any]) -> None:
    """With the row, from its first time on."""
    if _KEPT not in vars(aggregate):
        vars(aggregate)[_KEPT] = traceparent_of(aggregate)
    row[FIELD] = vars(aggregate)[_KEPT]


def restore(aggregate: Aggregate, row: dict[str, Any]) -> None:
    vars(aggregate)[_KEPT] = row.get(FIELD)
