"""Working days counted on fingers: the oracle of the story about the calendar."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from evaluation_service.adapters.files import shipped_calendars

SHIPPED = Path(shipped_calendars.__file__).parent / "calendars"
BY_LAW = {"01-01", "04-30", "05-01", "09-02", "11-24"}


@dataclass(frozen=True)
class PlainDays:
    """A province's own days over the country's, as somebody would mark them on a wall calendar."""

    off: frozenset[str] = frozenset()
    worked: frozenset[str] = frozenset()

    def works(self, day: date) -> bool:
        text = str(day)
        if text in self.off or text in self.worked:
            return text in self.worked
        country = SHIPPED / f"{day.year}.json"
        if not country.exists():
            return day.isoweekday() <= 5 and text[5:] not in BY_LAW
        said = json.loads(country.read_text(encoding="utf-8"))
        if text in {each["day"] for each in said["worked_days"]}:
            return True
        return day.isoweekday() <= 5 and text not in {each["day"] for each in said["days_off"]}

    def following(self, day: date) -> Iterator[date]:
        while True:
            day += timedelta(days=1)
            if self.works(day):
                yield day

    def nth(self, day: date, count: int) -> str:
        """The last day of a term of so many working days that begins after `day`."""
        following = self.following(day)
        return str([next(following) for _ in range(count)][-1])
