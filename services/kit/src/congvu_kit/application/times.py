"""No fact of the past comes in from the future: what every command is checked for at the door."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from congvu_kit.application.marks import marked, unmarked
from congvu_kit.domain.times import AnyTime, Past


def refuse_future(asked: object, now: datetime, path: str = "input") -> None:
    """Raise `Invalid` with the path of the first fact of a command or a row that lies ahead."""
    for field, value, past in marked(asked, Past, path):
        past.check(value, now, field)


def undeclared(kind: type[Any]) -> Iterator[str]:
    """The days and instants of a command, or of what is inside it, that do not say whether they
    may lie in the future."""
    yield from unmarked(kind, date, Past, AnyTime)
    yield from unmarked(kind, datetime, Past, AnyTime)
