"""How alike two Vietnamese names are, so that nobody lists the same work twice."""

from collections import Counter
from decimal import Decimal
from itertools import pairwise

from congvu_kit.domain.text import fold

ALIKE = Decimal("0.8")
"""From here on a name is shown as a near-duplicate: one changed syllable in five is still alike."""


def similarity(one: str, other: str) -> Decimal:
    """0 to 1, to two places: the Dice coefficient over the letters' neighbours, twice: with the
    diacritics (which tell `bán` from `bạn`) and without (which forgives sloppy typing)."""
    folded = _dice(fold(one), fold(other))
    exact = _dice(" ".join(one.casefold().split()), " ".join(other.casefold().split()))
    return ((folded + exact) / 2).quantize(Decimal("0.01"))


def _dice(one: str, other: str) -> Decimal:
    ours, theirs = Counter(pairwise(f" {one} ")), Counter(pairwise(f" {other} "))
    total = ours.total() + theirs.total()
    return Decimal(2 * (ours & theirs).total()) / total if total else Decimal(1)
