"""Rows kept as columns: immutable, compact, and summed exactly by integer arithmetic.

A numeric column is integers over one common denominator, so that adding fifty products of a
coefficient and a quantity costs fifty integer multiplications and one division.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import compress
from math import lcm
from typing import NamedTuple

from congvu_scoring.common.bilingual import Bilingual
from congvu_scoring.common.exact import exact_text
from congvu_scoring.common.limits import BITS_MAX, OverLimit

COLUMN_BITS_MAX = 2 * BITS_MAX
"""Of the denominator that a column has in common."""


def common_denominator(denominators: Iterable[int]) -> int:
    """Raise `OverLimit` before it takes more memory than a person's rows may."""
    found = set(denominators)
    if sum(each.bit_length() for each in found) <= COLUMN_BITS_MAX:
        return lcm(*found)
    common = 1
    for each in found:
        common = lcm(common, each)
        if common.bit_length() > COLUMN_BITS_MAX:
            raise OverLimit
    return common


def bounded(numerators: Sequence[int]) -> Sequence[int]:
    """The numerators, or `OverLimit` when one is too long."""
    if max(map(int.bit_length, numerators), default=0) > COLUMN_BITS_MAX + BITS_MAX:
        raise OverLimit
    return numerators


@lru_cache(maxsize=4096)  # the same few quantities and coefficients come again and again
def spelt(numerator: int, denominator: int) -> str:
    return exact_text(ratio(numerator, denominator))


@lru_cache(maxsize=4096)
def ratio(numerator: int, denominator: int) -> Fraction:
    return Fraction(numerator, denominator)


@dataclass(frozen=True, slots=True)
class Column:
    """`numerators[i] / denominator` is the exact value of row i."""

    numerators: Sequence[int]
    denominator: int = 1
    present: Sequence[bool] | None = None
    """Which rows have a value at all; None when every row has."""

    def __post_init__(self) -> None:
        if self.denominator.bit_length() > COLUMN_BITS_MAX:
            raise OverLimit

    @classmethod
    def of(cls, values: Sequence[Fraction | None]) -> "Column":
        return cls.of_ratios(
            [None if value is None else (value.numerator, value.denominator) for value in values]
        )

    @classmethod
    def of_ratios(cls, values: Sequence[tuple[int, int] | None]) -> "Column":
        """From numerators and denominators, which need not be reduced."""
        ratios: dict[object, tuple[int, int]] = {each: each for each in values if each is not None}
        if None not in values:
            return cls.of_distinct(values, ratios)
        there = cls.of_distinct(values, {**ratios, None: (0, 1)})
        present = tuple(value is not None for value in values)
        return cls(there.numerators, there.denominator, present)

    @classmethod
    def of_distinct(
        cls, values: Sequence[object], ratios: Mapping[object, tuple[int, int]]
    ) -> "Column":
        """From anything that stands for a number, and what each distinct one is."""
        denominator = common_denominator({below for _, below in ratios.values()})
        scaled = {value: above * (denominator // below) for value, (above, below) in ratios.items()}
        return cls(tuple([scaled[value] for value in values]), denominator)

    @classmethod
    def same(cls, value: Fraction, rows: int) -> "Column":
        """One value at every row."""
        return cls((value.numerator,) * rows, value.denominator)

    def fractions(self) -> Sequence[Fraction]:
        """Every value; each distinct one is made once."""
        made = {above: Fraction(above, self.denominator) for above in set(self.numerators)}
        return [made[above] for above in self.numerators]

    def has(self, index: int) -> bool:
        return self.present is None or self.present[index]

    def where(self, mask: Sequence[bool]) -> "Column":
        return Column(
            tuple(compress(self.numerators, mask)),
            self.denominator,
            None if self.present is None else tuple(compress(self.present, mask)),
        )

    def plus(self, other: "Column") -> "Column":
        """The sum row by row; nothing stands for a value that is not there."""
        common = common_denominator((self.denominator, other.denominator))
        pairs = zip(self.over(common), other.over(common), strict=True)
        return Column([one + more for one, more in pairs], common)

    def times(self, other: "Column") -> "Column":
        """The product row by row."""
        pairs = zip(self.numerators, other.numerators, strict=True)
        return Column([one * by for one, by in pairs], self.denominator * other.denominator)

    def at_most(self, other: "Column") -> "Column":
        """The lesser of the two row by row."""
        common = common_denominator((self.denominator, other.denominator))
        return Column(list(map(min, self.over(common), other.over(common))), common)

    def at(self, index: int) -> Fraction:
        return ratio(self.numerators[index], self.denominator)

    def text(self, index: int) -> str:
        """The shortest exact spelling of a value that is there."""
        return spelt(self.numerators[index], self.denominator)

    def texts(self) -> Sequence[str | None]:
        """Every value in its shortest exact spelling; None where there is none."""
        if self.denominator == 1:
            written: Sequence[str] = list(map(str, self.numerators))
        else:
            texts = {
                numerator: spelt(numerator, self.denominator) for numerator in set(self.numerators)
            }
            written = [texts[numerator] for numerator in self.numerators]
        if self.present is None:
            return written
        pairs = zip(written, self.present, strict=True)
        return [text if there else None for text, there in pairs]

    def total(self) -> Fraction:
        return Fraction(sum(self.numerators), self.denominator)

    def over(self, denominator: int) -> Sequence[int]:
        """The numerators over a multiple of the own denominator."""
        if denominator == self.denominator:
            return self.numerators
        factor = denominator // self.denominator
        return [numerator * factor for numerator in self.numerators]


class CitizenEvidence(NamedTuple):
    """Where a fact can be looked up, and who confirmed it. One a row: a tuple is made in a third
    of the time."""

    ref: str
    hash: str | None = None
    confirmed_by: str | None = None


Cell = str | bool | tuple[CitizenEvidence, ...] | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind. `groups[i]`, when there are any, holds the rows behind row i."""

    length: int
    numbers: Mapping[str, Column] = field(default_factory=dict)
    cells: Mapping[str, Sequence[Cell]] = field(default_factory=dict)
    groups: Sequence["Table"] = ()
    labels: Sequence[str] = ()
    notes: Sequence[Bilingual | None] = ()
    """What the explanation says of each row beside its label; empty when of none."""

    def __len__(self) -> int:
        return self.length

    def label(self, index: int) -> str:
        return self.labels[index] if self.labels else str(index + 1)

    def title(self, index: int) -> Bilingual:
        """The label, and what is to be said of the row."""
        label = self.label(index)
        note = self.notes[index] if self.notes else None
        if note is None:
            return Bilingual(label, label)
        return Bilingual(f"{label}: {note.vi}", f"{label}: {note.en}")

    def titles(self) -> Sequence[Bilingual]:
        return [self.title(index) for index in range(self.length)]

    def where(self, mask: Sequence[bool]) -> "Table":
        """The rows whose mask is true; the table itself when all are."""
        kept = sum(mask)
        if kept == self.length:
            return self
        return Table(
            kept,
            {name: column.where(mask) for name, column in self.numbers.items()},
            {name: tuple(compress(cells, mask)) for name, cells in self.cells.items()},
            tuple(compress(self.groups, mask)),
            tuple(compress(self.labels, mask)),
            tuple(compress(self.notes, mask)),
        )

    def grouped(self, name: str) -> "Table":
        """One row per distinct value of a text column, in order of first appearance."""
        cells = self.cells[name]
        keys = [key for key in dict.fromkeys(cells) if key is not None]
        return Table(
            len(keys),
            {},
            {name: tuple(keys)},
            tuple(self.where([cell == key for cell in cells]) for key in keys),
            tuple(str(key) for key in keys),
        )
