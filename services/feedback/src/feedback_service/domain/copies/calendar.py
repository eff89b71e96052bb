"""A year's working calendar, as evaluation published it."""

from dataclasses import dataclass
from datetime import date

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.working_days import YearOfDays

COUNTRY = "00"
"""In the place of a province: the calendar of the whole country."""


@dataclass(kw_only=True)
class WorkingCalendar(Aggregate):
    """The country's year, or what one province has besides. `pending` is the id from which on
    deadlines that end on `moves_from` or later are still to be moved to it; None when all are."""

    year: int
    province: str
    off: tuple[date, ...]
    worked: tuple[date, ...]
    announced: bool
    edition: int
    pending: str | None = ""
    moves_from: date | None = None

    def follows(self, before: "WorkingCalendar | None") -> None:
        """What the one before had still to move is moved as well."""
        changes = [self.days.first_change(before.days if before else None)]
        if before is not None and before.pending is not None:
            changes.append(before.moves_from)
        self.moves_from = min((day for day in changes if day is not None), default=None)
        self.pending = "" if self.moves_from else None

    @property
    def days(self) -> YearOfDays:
        return YearOfDays(
            year=self.year,
            off=frozenset(self.off),
            worked=frozenset(self.worked),
            announced=self.announced,
            local=self.province != COUNTRY,
        )
