"""No number comes in that its field does not take: what every command is checked for at the
door, and every mutation when it is made."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from congvu_kit.application.marks import marked, unmarked
from congvu_kit.domain.numbers import Bounded


def require_bounded(asked: object, path: str = "input") -> None:
    """Raise `Invalid` with the path of the first number of a command or a row that is outside
    what its field takes."""
    for field, value, bounds in marked(asked, Bounded, path):
        if isinstance(value, Decimal):
            bounds.check(value, field)


def unbounded(kind: type[Any]) -> Iterator[str]:
    """The fields of a command, or of what is inside it, that take a number of any size."""
    return unmarked(kind, Decimal, Bounded)
