"""What a policy says of initiatives: which criterion they feed, or their own scale; pure data."""

from dataclasses import dataclass
from fractions import Fraction

from congvu_scoring.common.bilingual import Rule


@dataclass(frozen=True, slots=True)
class InitiativeRules:
    """The points of `criterion` are those of the initiatives, in its range and step; where it is
    None they lie in 0 to `most` by `step`, and a rule reads the rows."""

    rule: Rule
    criterion: str | None
    most: Fraction | None = None
    step: Fraction | None = None
