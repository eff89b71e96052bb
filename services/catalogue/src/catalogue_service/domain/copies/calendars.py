"""A year's working calendar, as evaluation published it."""

from dataclasses import dataclass
from datetime import date

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.working_days import YearOfDays

COUNTRY = "00"
"""In the place of a province: the calendar of the whole country."""


@dataclass(kw_only=True)
class WorkingCalendar(Aggregate):
    """The country's year, or what one province has besides (lịch làm việc)."""

    year: int
    province: str
    off: tuple[date, ...]
    worked: tuple[date, ...]
    announced: bool
    edition: int

    @property
    def days(self) -> YearOfDays:
        return YearOfDays(
            year=self.year,
            off=frozenset(self.off),
            worked=frozenset(self.worked),
            announced=self.announced,
            local=self.province != COUNTRY,
        )
