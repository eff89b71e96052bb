"""Numbers that decide: exact decimals of a bounded size, written in one form.

A field of a command says what it takes, `quantity: Annotated[Decimal, QUANTITY]`, and is checked
at the door (`congvu_kit.application.numbers`). Text from a file or an event comes in by
`QUANTITY.read(text, field)`.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.vietnamese import vi_text

WHOLE_DIGITS_MAX = 15
"""A budget of a province in đồng has them all."""

PLACES_MAX = 6
"""Of what people enter."""

TEXT_MAX_CHARS = 64
"""Longer text is not even looked at."""

_FORM = re.compile(rf"-?(?:0|[1-9][0-9]{{0,{WHOLE_DIGITS_MAX - 1}}})(?:\.[0-9]+)?")


@dataclass(frozen=True, kw_only=True)
class Bounded:
    """From `least`, or strictly above it, to `most`, with at most so many decimal places."""

    least: Decimal
    most: Decimal
    places: int = PLACES_MAX
    strictly: bool = False
    rule_id: str | None = None

    def read(self, text: object, field: str) -> Decimal:
        """Raise `Invalid` for anything but ASCII digits with a full stop: no exponent, no
        separators, no plus sign, no minus zero."""
        value = decimal_in(text)
        if value is None:
            raise self._refused(field)
        return self.check(value, field)

    def check(self, value: Decimal, field: str) -> Decimal:
        """The value itself; raise `Invalid` when it is outside or too fine."""
        if not self.takes(value):
            raise self._refused(field)
        return value

    def takes(self, value: Decimal) -> bool:
        if not value.is_finite() or not -self.places <= int(value.as_tuple().exponent) <= 0:
            return False
        return self.least <= value <= self.most and not (self.strictly and value == self.least)

    def _refused(self, field: str) -> Invalid:
        name = field.rpartition(".")[2]
        en, vi = ("more than", "lớn hơn") if self.strictly else ("at least", "từ")
        return Invalid(
            en=f"{name} must be a number {en} {self.least} and at most {self.most}, "
            f"with at most {self.places} decimal places, such as 2.5",
            vi=f"Phải là số {vi} {vi_text(self.least)} và không quá {vi_text(self.most)}, tối "
            f"đa {self.places} chữ số thập phân, ví dụ 2,5.",
            field=field,
            rule_id=self.rule_id,
        )


_LARGEST = Decimal(10**WHOLE_DIGITS_MAX - 1)

ANY = Bounded(least=-_LARGEST, most=_LARGEST)
"""The widest that the graph takes."""


def decimal_in(text: object) -> Decimal | None:
    """The number that `text` is in the one form, whatever its places; None for anything else."""
    if not isinstance(text, str) or len(text) > TEXT_MAX_CHARS or not _FORM.fullmatch(text):
        return None
    value = Decimal(text)
    return None if value.is_zero() and value.is_signed() else value
