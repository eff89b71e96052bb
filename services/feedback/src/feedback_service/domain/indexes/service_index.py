"""The index for serving citizens and businesses (chỉ số phục vụ người dân, doanh nghiệp): 100 in
five parts (Decision 766/QĐ-TTg of 2022). A part without data is named as missing, never zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from congvu_kit.domain.shares import Share


class ServicePart(StrEnum):
    OPENNESS = "OPENNESS"
    PROGRESS = "PROGRESS"
    DIGITISATION = "DIGITISATION"
    ONLINE = "ONLINE"
    SATISFACTION = "SATISFACTION"


WEIGHTS: Mapping[ServicePart, int] = {
    ServicePart.OPENNESS: 18,
    ServicePart.PROGRESS: 20,
    ServicePart.DIGITISATION: 22,
    ServicePart.ONLINE: 22,
    ServicePart.SATISFACTION: 18,
}
"""Points of each part (Decision 766/QĐ-TTg)."""


@dataclass(frozen=True, kw_only=True)
class ServiceIndex:
    """From counted things. The three ratios of satisfaction weigh the same, as do those of them
    that there is data for: the Decision as we know it names them and not their weights."""

    answered_in_time: Share
    contented: Share
    satisfied: Share
    dossiers_in_time: Share

    @property
    def ratios(self) -> Sequence[Share]:
        """The three ratios that satisfaction is made of."""
        return self.answered_in_time, self.contented, self.satisfied

    @property
    def points(self) -> Mapping[ServicePart, Fraction]:
        """Of the parts that there is data for, each out of its weight."""
        made_of = {
            ServicePart.PROGRESS: (self.dossiers_in_time,),
            ServicePart.SATISFACTION: self.ratios,
        }
        means = {part: _mean(shares) for part, shares in made_of.items()}
        return {part: WEIGHTS[part] * mean for part, mean in means.items() if mean is not None}

    @property
    def total(self) -> Fraction:
        return sum(self.points.values(), Fraction())

    @property
    def out_of(self) -> int:
        """The weight of what there is data for."""
        return sum(WEIGHTS[part] for part in self.points)

    @property
    def missing(self) -> Sequence[ServicePart]:
        known = self.points
        return [part for part in ServicePart if part not in known]


def _mean(shares: Sequence[Share]) -> Fraction | None:
    known = [Fraction(each.part, each.whole) for each in shares if each.whole]
    return sum(known, Fraction()) / len(known) if known else None
