"""Exact numbers in and out: quantities and points are fractions, never floats."""

import re
from decimal import Decimal
from fractions import Fraction

from congvu_kit.errors import Invalid

_SPELLING = "a number is an integer, a decimal string such as '2.5', or a ratio such as '4/7'"

_DECIMAL = re.compile(r"-?[0-9]{1,24}(?:\.[0-9]{1,24})?")
_RATIO = re.compile(r"-?[0-9]{1,48}/[0-9]{1,48}")


def is_exact(value: object) -> bool:
    """Whether `exact` would take it."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int | Fraction):
        return True
    text = str(value) if isinstance(value, Decimal) else value
    if not isinstance(text, str):
        return False
    if _DECIMAL.fullmatch(text):
        return True
    return bool(_RATIO.fullmatch(text)) and int(text.split("/")[1]) != 0


def exact(value: object, field: str) -> Fraction:
    """The value itself, without rounding; `Invalid` naming `field` for anything but a number."""
    if not is_exact(value):
        raise Invalid(
            en=f"{field}: {value!r} is not exact: {_SPELLING}",
            vi=f"{field}: {value!r} không phải số chính xác (số nguyên, thập phân hoặc phân số)",
            field=field,
        )
    return Fraction(value) if isinstance(value, int | Fraction) else Fraction(str(value))


def exact_text(value: Fraction) -> str:
    """The shortest exact spelling: `8`, `2.5`, or `265/3` when no decimal is exact."""
    numerator, denominator = value.numerator, value.denominator
    if denominator == 1:
        return str(numerator)
    rest, twos, fives = denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{numerator}/{denominator}"
    places = max(twos, fives)
    digits = str(abs(numerator) * 10**places // denominator).rjust(places + 1, "0")
    sign = "-" if numerator < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def round_half_up(value: Fraction, places: int) -> Fraction:
    """Half goes away from zero, as people round by hand."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(-whole if value < 0 else whole, 10**places)


def display(value: Fraction) -> str:
    """Two decimals, half up: for people only; no rule reads it back."""
    cents = round_half_up(value, 2) * 100
    sign = "-" if cents < 0 else ""
    whole, part = divmod(abs(int(cents)), 100)
    return f"{sign}{whole}.{part:02d}"
