"""No citizen number is ever stored in clear: what every command is checked for at the door."""

import dataclasses
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Annotated, Any, TypeAlias, get_type_hints

from congvu_kit.application.commands import Command
from congvu_kit.domain.personal_data import refuse_citizen_number
from congvu_kit.domain.text import camel


@dataclasses.dataclass(frozen=True)
class Unchecked:
    """On a field of a command that may hold a citizen number, and why."""

    why: str


SEALED = Unchecked("kept only sealed, as an HMAC, or not at all")
OWN_ROWS = Unchecked("each row is checked, and refused, by itself")

SealedText: TypeAlias = Annotated[str, SEALED]
MachineText: TypeAlias = Annotated[str, Unchecked("a document in a form of its own")]


def refuse_citizen_numbers(asked: object, path: str = "input") -> None:
    """Raise `Invalid` with the path of the first text of a command or a row that holds one."""
    for field, text in _texts(asked, path):
        refuse_citizen_number(text, field)


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if not isinstance(value, Enum):
            yield path, value
    elif isinstance(value, tuple | list):
        for number, each in enumerate(value):
            yield from _texts(each, f"{path}.{number}")
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _texts(each, inner_path(path, str(key)))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for name in _checked(type(value)):
            yield from _texts(getattr(value, name), inner_path(path, name))


def inner_path(path: str, name: str) -> str:
    """How a refusal names a field inside `path`."""
    return f"{path}.{camel(name)}" if path else camel(name)


@cache
def _checked(kind: type[Any]) -> tuple[str, ...]:
    hints = get_type_hints(kind, include_extras=True)
    skipped = {"actor", "idempotency_key"} if issubclass(kind, Command) else set()
    names = (each.name for each in dataclasses.fields(kind))
    return tuple(name for name in names if name not in skipped and not _unchecked(hints[name]))


def _unchecked(hint: Any) -> bool:
    """The mark itself, or on a part of a union."""
    own = getattr(hint, "__metadata__", ())
    inner = () if own else getattr(hint, "__args__", ())
    return any(isinstance(each, Unchecked) for each in own) or any(map(_unchecked, inner))
