"""Who a newcomer can be, and what to ask first."""

from typing import Any

Shown = dict[str, Any]
"""Any: as `congvu_local.showcase` reads it."""


def callers() -> list[Shown]:
    """One for each role."""
    return []


def examples() -> list[Shown]:
    return []
