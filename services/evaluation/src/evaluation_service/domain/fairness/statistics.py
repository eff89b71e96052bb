"""Exact chances of counts, and fences of quantities: what the reports rest on."""

from collections.abc import Sequence
from fractions import Fraction
from math import exp, lgamma

CHANCE_MAX = 0.01
"""Of a false finding in one report over a whole period, whatever the number of those looked at
(Bonferroni); the customary level for screening, a default of ours."""

EFFECT_MIN = Fraction(1, 10)
"""What is observed lies this far from what is expected, at least: with many rows a difference that
matters to nobody is certain too. A default of ours."""

FENCE = 3
"""Ranges between the quartiles above the upper quartile: "far out" (Tukey, Exploratory Data
Analysis, 1977)."""


def at_least(total: int, marked: int, drawn: int, seen: int) -> float:
    """The chance to see so many marked ones, or more, among those drawn from all at random
    (hypergeometric: Fisher's exact test)."""
    most = min(drawn, marked)
    return min(1.0, sum(_exactly(total, marked, drawn, each) for each in range(seen, most + 1)))


def _exactly(total: int, marked: int, drawn: int, seen: int) -> float:
    if seen < 0 or seen > marked or drawn - seen > total - marked or seen > drawn:
        return 0.0
    ways = _choose(marked, seen) + _choose(total - marked, drawn - seen) - _choose(total, drawn)
    return exp(ways)


def _choose(of: int, some: int) -> float:
    return lgamma(of + 1) - lgamma(some + 1) - lgamma(of - some + 1)


def median(values: Sequence[Fraction]) -> Fraction:
    return _quantile(values, Fraction(1, 2))


def upper_fence(values: Sequence[Fraction]) -> Fraction:
    low, high = _quantile(values, Fraction(1, 4)), _quantile(values, Fraction(3, 4))
    return high + FENCE * (high - low)


def _quantile(values: Sequence[Fraction], at: Fraction) -> Fraction:
    """Between two values by how far it lies from each."""
    ordered = sorted(values)
    place = at * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
