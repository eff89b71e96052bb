"""Exact values as the graph shows them."""

from decimal import Decimal
from fractions import Fraction

from congvu_scoring.common.exact import round_half_up

PLACES = 12
"""Decimals shown of a value that has no end (265/3); its exact text stands beside it."""


def as_decimal(value: Fraction | None) -> Decimal | None:
    """Exact when the value ends within `PLACES` decimals, else rounded half up there."""
    if value is None:
        return None
    shown = round_half_up(value, PLACES)
    sign = "-" if shown < 0 else ""
    digits = str(abs(shown.numerator) * (10**PLACES // shown.denominator)).rjust(PLACES + 1, "0")
    text = f"{sign}{digits[:-PLACES]}.{digits[-PLACES:]}".rstrip("0").rstrip(".")
    return Decimal(text)
