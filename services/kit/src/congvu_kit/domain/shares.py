"""A share of counted things, exact in its two counts, shown to four places."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

Z_95 = Decimal("1.959963984540054")
"""Two-sided 95 % quantile of the normal distribution."""

SHOWN_PLACES = Decimal("0.0001")
"""Shares are shown to four decimal places; what is exact are the two counts."""


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, both counted."""

    part: int
    whole: int

    @property
    def value(self) -> str | None:
        """A decimal such as `0.92`, rounded half up to four places; None of nothing."""
        if self.whole == 0:
            return None
        return _shown(Decimal(self.part) / Decimal(self.whole))

    @property
    def wilson(self) -> tuple[str, str] | None:
        """The 95 % Wilson score interval; None of nothing."""
        if self.whole == 0:
            return None
        with localcontext() as context:
            context.prec = 40
            n, p, z2 = Decimal(self.whole), Decimal(self.part) / Decimal(self.whole), Z_95 * Z_95
            centre = p + z2 / (2 * n)
            reach = Z_95 * ((p * (1 - p) + z2 / (4 * n)) / n).sqrt()
            scale = 1 + z2 / n
            # A share of 0 or 1 lies exactly on the bound; the root's last digit must not hide it.
            low = Decimal(0) if self.part == 0 else (centre - reach) / scale
            high = Decimal(1) if self.part == self.whole else (centre + reach) / scale
        return _shown(low), _shown(high)


def _shown(value: Decimal) -> str:
    rounded = value.quantize(SHOWN_PLACES, rounding=ROUND_HALF_UP)
    return format(rounded.normalize(), "f") if rounded else "0"
