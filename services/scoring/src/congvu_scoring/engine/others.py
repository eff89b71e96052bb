"""What others rate by roads of their own, so that nobody types it; pure data."""

from collections.abc import Mapping
from dataclasses import dataclass

from congvu_scoring.common.bilingual import Bilingual, Rule

RATED_BY_OTHERS = "rated_by_others"


@dataclass(frozen=True, slots=True)
class RatedByOthers:
    """`elements` say where each figure comes from. `lifted_by` is a switch with the value at which
    they may be typed after all; None where they never may."""

    rule: Rule
    elements: Mapping[str, Bilingual]
    lifted_by: tuple[str, str] | None = None
