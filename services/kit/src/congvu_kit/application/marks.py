"""Marks on the fields of a command, `quantity: Annotated[Decimal, QUANTITY]`: found for checking
at the door, and missed where a field of that type has none."""

import dataclasses
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from congvu_kit.application.personal_numbers import OWN_ROWS, inner_path
from congvu_kit.domain.actor import Actor

M = TypeVar("M")


def marked(
    asked: object, kind: type[M], path: str = "input", own: M | None = None
) -> Iterator[tuple[str, Any, M]]:
    """Every value of a command or a row whose field has a mark of this kind, with its path."""
    if isinstance(asked, tuple | list):
        for number, each in enumerate(asked):
            yield from marked(each, kind, f"{path}.{number}", own)
    elif dataclasses.is_dataclass(asked) and not isinstance(asked, type):
        of: Any = kind
        for name, mark in _fields(type(asked), of):
            yield from marked(getattr(asked, name), kind, inner_path(path, name), mark)
    elif own is not None and asked is not None:
        yield path, asked, own


def unmarked(command: type[Any], of: type[Any], *marks: type[Any]) -> Iterator[str]:
    """The fields of a command, or of what is inside it, that hold an `of` and have no mark."""
    hints = get_type_hints(command, include_extras=True)
    for each in dataclasses.fields(command):
        parts = list(_parts(hints[each.name]))
        if of in parts and not any(isinstance(part, marks) for part in parts):
            yield f"{command.__name__}.{each.name}"
        for part in parts:
            if dataclasses.is_dataclass(part) and isinstance(part, type):
                yield from unmarked(part, of, *marks)


@cache
def _fields(command: Any, kind: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(command, include_extras=True)
    names = (each.name for each in dataclasses.fields(command))
    return tuple(
        (name, next((part for part in _parts(hints[name]) if isinstance(part, kind)), None))
        for name in names
        if hints[name] is not Actor and OWN_ROWS not in getattr(hints[name], "__metadata__", ())
    )


def _parts(hint: Any) -> Iterator[Any]:
    """A type, its marks, and those of whatever it holds."""
    yield hint
    for each in (*getattr(hint, "__metadata__", ()), *get_args(hint)):
        yield from _parts(each) if get_args(each) else (each,)
