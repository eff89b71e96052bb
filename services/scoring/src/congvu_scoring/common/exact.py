"""Exact numbers in and out: quantities and points are fractions, never floats."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.limits import short

_SPELLING = "a number is an integer, a decimal string such as '2.5', or a ratio such as '4/7'"
MAX_DECIMALS = 24
"""Decimal places read and written; a longer exact value is spelt as a ratio."""
INT_MAX_BITS = 1_330
"""Of an integer that comes as one: 400 digits, as many as above a line."""
_DECIMAL = re.compile(rf"(-?)([0-9]{{1,40}})(?:\.([0-9]{{1,{MAX_DECIMALS}}}))?")
_RATIO = re.compile(r"(-?[0-9]{1,400})/([0-9]{1,400})")


def ratio_of(value: object) -> tuple[int, int] | None:
    """Numerator and denominator, not reduced; None for anything but an exact number."""
    if isinstance(value, str):
        return _ratio_of_text(value)
    if isinstance(value, int):
        too_long = value.bit_length() > INT_MAX_BITS
        return None if isinstance(value, bool) or too_long else (value, 1)
    if isinstance(value, Fraction):
        return value.numerator, value.denominator
    return _ratio_of_text(str(value)) if isinstance(value, Decimal) else None


@lru_cache(maxsize=4096)  # the same few quantities and coefficients come again and again
def _ratio_of_text(text: str) -> tuple[int, int] | None:
    decimal = _DECIMAL.fullmatch(text)
    if decimal is not None:
        sign, whole, places = decimal.groups("")
        number = int(whole + places)
        return (-number if sign else number), 10 ** len(places)
    ratio = _RATIO.fullmatch(text)
    if ratio is None or int(ratio[2]) == 0:
        return None
    return int(ratio[1]), int(ratio[2])


def is_exact(value: object) -> bool:
    """Whether `exact` would take it."""
    return ratio_of(value) is not None


def exact(value: object, field: str) -> Fraction:
    """The value itself, without rounding; `Invalid` naming `field` for anything but a number."""
    ratio = ratio_of(value)
    if ratio is None:
        raise inexact(value, field)
    return Fraction(*ratio)


def inexact(value: object, field: str) -> Invalid:
    return Invalid(
        en=f"{field}: {short(value)} is not exact: {_SPELLING}",
        vi=f"{field}: {short(value)} không phải số chính xác (số nguyên, thập phân hoặc phân số)",
        field=field,
    )


def exact_text(value: Fraction) -> str:
    """The shortest exact spelling: `8`, `2.5`, or `265/3` when no decimal is exact."""
    numerator, denominator = value.numerator, value.denominator
    if denominator == 1:
        return str(numerator)
    places = _places(denominator)
    if places is None:
        return f"{numerator}/{denominator}"
    digits = str(abs(numerator) * 10**places // denominator).rjust(places + 1, "0")
    sign = "-" if numerator < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def exact_vi(value: Fraction) -> str:
    """The same inside a Vietnamese sentence: `2,5`."""
    return comma(exact_text(value))


def comma(text: str) -> str:
    """An exact number as a Vietnamese sentence has it; other text as it is."""
    return text.replace(".", ",") if is_exact(text) else text


@lru_cache(maxsize=4096)  # the parts of one person's score have a few denominators between them
def _places(denominator: int) -> int | None:
    """Decimals of an exact decimal; None when there is none short enough."""
    rest, twos, fives = denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    return places if rest == 1 and places <= MAX_DECIMALS else None


def round_half_up(value: Fraction, places: int) -> Fraction:
    """Half goes away from zero, as people round by hand."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(-whole if value < 0 else whole, 10**places)


def display(value: Fraction) -> str:
    """Two decimals, half up: for people only; no rule reads it back."""
    numerator, denominator = value.numerator, value.denominator
    cents = (200 * abs(numerator) + denominator) // (2 * denominator)
    sign = "-" if numerator < 0 and cents else ""
    whole, part = divmod(cents, 100)
    return f"{sign}{whole}.{part:02d}"
