"""What a policy declares by name, and its expressions use."""

from dataclasses import dataclass
from fractions import Fraction

from congvu_scoring.common.bilingual import Bilingual, Rule


@dataclass(frozen=True, slots=True)
class Switch:
    """An open choice of the policy. Named `values`, or a number between `low` and `high`."""

    name: str
    text: Bilingual
    clause: str
    default: str
    values: tuple[tuple[str, Bilingual], ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def numeric(self) -> bool:
        return not self.values


@dataclass(frozen=True, slots=True)
class Weight:
    """One weight of a group that sums to exactly 100; `rest` takes what the others leave."""

    name: str
    text: Bilingual
    default: Fraction | None
    low: Fraction
    high: Fraction
    rest: bool = False


@dataclass(frozen=True, slots=True)
class WeightGroup:
    rule: Rule
    weights: tuple[Weight, ...]


@dataclass(frozen=True, slots=True)
class DeclaredInput:
    """A named input of the snapshot the policy reads: a number in a range, or one of `values`."""

    path: str
    text: Bilingual
    unit: str
    low: Fraction | None
    high: Fraction | None
    values: tuple[str, ...] = ()
