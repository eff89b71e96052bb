"""What a policy says of the agreement that must be signed before anybody is rated; pure data."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from congvu_scoring.common.bilingual import Rule

AgreementKind = Literal[
    "RESPONSIBILITY_CONTRACT", "PERFORMANCE_AGREEMENT", "OUTPUT_AGREEMENT", "LAB_PLAN"
]
Signer = Literal["LEADER", "SUPERIOR"]


@dataclass(frozen=True, slots=True)
class Heaviest:
    """The element that no other outweighs, and the bounds of its weight."""

    key: str
    least: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class AgreementRules:
    """`items` is the list of a snapshot that only holds what was signed; `signing` are the parties
    in the order in which they sign. With `dimensions` each indicator is one measure of an output.
    After `locks_after_days` of drafting nothing is changed any more."""

    rule: Rule
    kind: AgreementKind
    items: Literal["indicators", "elements"]
    signing: tuple[Signer, ...]
    least_months: int
    most_months: int
    publishes: bool
    publishes_results: bool
    dimensions: bool
    locks_after_days: int | None
    least_weight: Fraction | None
    heaviest: Heaviest | None
