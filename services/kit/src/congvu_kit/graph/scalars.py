"""`Decimal`, `Date` and `DateTime`: each is text in one documented form, and nothing else."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from strawberry.types.scalar import ScalarDefinition

from congvu_kit.domain.numbers import ANY, PLACES_MAX, WHOLE_DIGITS_MAX, decimal_in

_XSD_DECIMAL: Final = "https://www.w3.org/TR/xmlschema11-2/#decimal"
_RFC_3339: Final = "https://www.rfc-editor.org/rfc/rfc3339"

_DATE = re.compile(r"(?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}")
"""1900 to 2999: no sum of dates leaves the calendar."""
_DATE_TIME = re.compile(
    rf"{_DATE.pattern}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(?:\.[0-9]{{1,9}})?"
    r"(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])"
)


def _decimal(text: str) -> Decimal:
    value = decimal_in(text)
    if value is None or not ANY.takes(value):
        raise ValueError
    return value


def _date(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise ValueError
    return date.fromisoformat(text)


def _date_time(text: str) -> datetime:
    if not _DATE_TIME.fullmatch(text):
        raise ValueError
    return datetime.fromisoformat(text)


def _scalar(
    kind: type[Any],
    read: Callable[[str], object],
    write: Callable[[Any], str],
    *,
    description: str,
    specified_by: str,
) -> ScalarDefinition:
    name = read.__name__.title().replace("_", "")

    def parse(value: object) -> object:
        if isinstance(value, str):
            with suppress(ValueError):
                return read(value)
        raise ValueError(f"not a {name}")

    return ScalarDefinition(
        name=name,
        description=description,
        specified_by_url=specified_by,
        serialize=write,
        parse_value=parse,
        parse_literal=None,
        origin=kind,
    )


SCALARS: dict[object, ScalarDefinition] = {
    Decimal: _scalar(
        Decimal,
        _decimal,
        "{:f}".format,
        description="An exact decimal number as text, as decimal of XML Schema: "
        "digits 0 to 9 with a full "
        f'stop, such as "2.5" or "-3". As input up to {WHOLE_DIGITS_MAX} digits before the stop '
        f"and {PLACES_MAX} after it; no exponent, no separators, no leading zeros, no plus sign. "
        "What is computed may have more places.",
        specified_by=_XSD_DECIMAL,
    ),
    date: _scalar(
        date,
        _date,
        date.isoformat,
        description='A day in Vietnam as text, "2026-07-01": full-date of RFC 3339, from 1900 to '
        "2999.",
        specified_by=_RFC_3339,
    ),
    datetime: _scalar(
        datetime,
        _date_time,
        datetime.isoformat,
        description='An instant as text with its offset, "2026-07-01T08:30:00+07:00" or '
        '"2026-07-01T01:30:00Z": date-time of RFC 3339, from 1900 to 2999.',
        specified_by=_RFC_3339,
    ),
}
"""What stands for these types in every schema."""
