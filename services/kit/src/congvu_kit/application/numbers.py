"""No number comes in that its field does not take: what every command is checked for at the
door, and every mutation when it is made."""

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_type_hints

from congvu_kit.application.personal_numbers import OWN_ROWS, inner_path
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.numbers import Bounded


def require_bounded(asked: object, path: str = "input", bounds: Bounded | None = None) -> None:
    """Raise `Invalid` with the path of the first number of a command or a row that is outside
    what its field takes."""
    if isinstance(asked, Decimal) and bounds is not None:
        bounds.check(asked, path)
    elif isinstance(asked, tuple | list):
        for number, each in enumerate(asked):
            require_bounded(each, f"{path}.{number}", bounds)
    elif dataclasses.is_dataclass(asked) and not isinstance(asked, type):
        for name, own in _fields(type(asked)):
            require_bounded(getattr(asked, name), inner_path(path, name), own)


def unbounded(kind: type[Any]) -> Iterator[str]:
    """The fields of a command, or of what is inside it, that take a number of any size."""
    hints = get_type_hints(kind, include_extras=True)
    for each in dataclasses.fields(kind):
        parts = list(_parts(hints[each.name]))
        if Decimal in parts and _bounds(hints[each.name]) is None:
            yield f"{kind.__name__}.{each.name}"
        for part in parts:
            if dataclasses.is_dataclass(part) and isinstance(part, type):
                yield from unbounded(part)


@cache
def _fields(kind: Any) -> tuple[tuple[str, Bounded | None], ...]:
    hints = get_type_hints(kind, include_extras=True)
    names = (each.name for each in dataclasses.fields(kind))
    return tuple(
        (name, _bounds(hints[name]))
        for name in names
        if hints[name] is not Actor and OWN_ROWS not in getattr(hints[name], "__metadata__", ())
    )


def _bounds(hint: Any) -> Bounded | None:
    return next((each for each in _parts(hint) if isinstance(each, Bounded)), None)


def _parts(hint: Any) -> Iterator[Any]:
    """A type, its marks, and those of whatever it holds."""
    yield hint
    for each in (*getattr(hint, "__metadata__", ()), *get_args(hint)):
        yield from _parts(each) if get_args(each) else (each,)
