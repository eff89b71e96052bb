"""What a unit has for its work, and where there is too little."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluation_service.domain.fairness.statistics import median
from evaluation_service.domain.oversight.figures import SMALLEST

OVERDUE_MIN = Fraction(1, 10)
"""Share of its work past the due date from which on a place is looked at: a default of ours."""

LOAD_MIN = Fraction(5, 4)
"""Of the median load per head of the places beside it: a default of ours."""


@dataclass(frozen=True, kw_only=True)
class UnitLoad:
    """Of a unit with all below it in a period: `staff` whom the period rates (while it runs, who
    has work), pieces of work given to them, the same in reference products, and those past their
    due date and not done."""

    unit_id: str
    staff: int
    load: int
    converted: Fraction
    overdue: int

    @property
    def per_head(self) -> Fraction | None:
        """In reference products: ten letters are less than ten permits."""
        return self.converted / self.staff if self.staff else None

    @property
    def pieces_per_head(self) -> Fraction | None:
        return Fraction(self.load, self.staff) if self.staff else None

    @property
    def overdue_share(self) -> Fraction:
        return Fraction(self.overdue, self.load) if self.load else Fraction(0)

    @property
    def tells_of_few(self) -> bool:
        return 0 < self.staff < SMALLEST


def short_of_means(beside: Sequence[UnitLoad]) -> Mapping[str, bool]:
    """Of places side by side: much is overdue, and there is more to do per head than elsewhere."""
    loads = [each.per_head for each in beside if each.per_head is not None]
    middle = median(loads) if loads else Fraction(0)
    return {
        each.unit_id: each.per_head is not None
        and each.overdue_share >= OVERDUE_MIN
        and each.per_head >= LOAD_MIN * middle
        for each in beside
    }
