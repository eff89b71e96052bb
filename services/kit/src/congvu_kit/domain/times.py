"""Days and instants of what has happened: never in the future.

A field of a command says which it is, `decided_on: PastDate`, and is checked at the door
(`congvu_kit.application.times`); one that may lie ahead says why,
`due_on: Annotated[date, AnyTime("a deadline")]`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, TypeAlias

from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Invalid

SKEW = timedelta(minutes=5)
"""How far the clock of a telephone or a portal may be ahead of ours."""


@dataclass(frozen=True)
class AnyTime:
    """On a day or an instant that may lie in the future, and why."""

    why: str


@dataclass(frozen=True)
class Past:
    """On a day or an instant of something that has happened."""

    def check(self, value: date, now: datetime, field: str) -> None:
        """Raise `Invalid` for tomorrow; a day is a day in Vietnam."""
        if value > (now + SKEW if isinstance(value, datetime) else business_date(now)):
            name = field.rpartition(".")[2]
            raise Invalid(
                en=f"{name} tells of something that has happened: it cannot lie in the future",
                vi="Đây là thời điểm của việc đã xảy ra, không được ở tương lai.",
                field=field,
            )


PAST = Past()

PastDate: TypeAlias = Annotated[date, PAST]
PastTime: TypeAlias = Annotated[datetime, PAST]
Deadline: TypeAlias = Annotated[date, AnyTime("what is due lies ahead")]
DeadlineTime: TypeAlias = Annotated[datetime, AnyTime("what is due lies ahead")]
ValidityDate: TypeAlias = Annotated[date, AnyTime("what is decided now may begin or end later")]
