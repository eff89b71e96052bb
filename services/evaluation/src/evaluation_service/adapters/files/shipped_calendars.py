"""The country's years that the product comes with, one JSON file each; sources stand in them."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from congvu_kit.application.documents import adapter
from evaluation_service.domain.calendar.calendars import CalendarEdition


@cache
def shipped_calendars() -> Mapping[int, CalendarEdition]:
    """By year."""
    found = {}
    for item in sorted(files(__package__).joinpath("calendars").iterdir(), key=lambda e: e.name):
        said = json.loads(item.read_text(encoding="utf-8"))
        found[said.pop("year")] = adapter(CalendarEdition).validate_python(said)
    return found
