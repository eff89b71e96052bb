"""How the scalars of the graph are written; reading them is pydantic's."""

from datetime import datetime
from decimal import Decimal


def decimal_text(value: Decimal) -> str:
    """Digits and a full stop, never an exponent."""
    return f"{value:f}"


def instant_text(value: datetime) -> str:
    """With its offset: the platform guesses no time zone."""
    if value.tzinfo is None:
        raise ValueError("a DateTime that is sent must have a time zone")
    return value.isoformat()
