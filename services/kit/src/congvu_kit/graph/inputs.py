"""What callers send, and how it becomes a command: field by field, by name."""

import dataclasses
from typing import Any, ClassVar, get_args, get_type_hints

import strawberry

from congvu_kit.application.commands import Command
from congvu_kit.application.personal_numbers import OWN_ROWS
from congvu_kit.application.rows import Refusal
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import DomainError
from congvu_kit.domain.unset import UNSET
from congvu_kit.graph.rows import UnfitRow, is_row

KEY = "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
REVISION = "The revision you saw; refused with CONFLICT when somebody changed it since."


class ValueInput:
    """An input inside another: becomes the domain's `VALUE`, which has the same fields."""

    VALUE: ClassVar[type[Any]]

    def to_domain(self) -> Any:
        return self.VALUE(**_fields(self))

    @classmethod
    def require_fit(cls) -> None:
        """Raise `TypeError` when it cannot become its value."""
        if cls.to_domain is ValueInput.to_domain:
            _require_same_fields(cls, cls.VALUE)


@strawberry.input
class CommandInput:
    """The input of a mutation: becomes a `COMMAND`, which has the same fields and the actor."""

    COMMAND: ClassVar[type[Command]]

    idempotency_key: str = strawberry.field(description=KEY)

    def to_command(self, actor: Actor) -> Command:
        return self.COMMAND(actor=actor, **_fields(self))

    @classmethod
    def require_fit(cls, command: type[Command]) -> None:
        """Raise `TypeError` when it cannot become this command."""
        if not issubclass(command, cls.COMMAND):
            raise TypeError(f"{cls.__name__} becomes no {command.__name__}")
        if cls.to_command is CommandInput.to_command:
            _require_same_fields(cls, command)
        _require_rows(cls, command)


@strawberry.input
class RevisedInput(CommandInput):
    """About something that the caller has seen."""

    expected_revision: int = strawberry.field(description=REVISION)


def _fields(given: Any) -> dict[str, Any]:
    return {each.name: _value(getattr(given, each.name)) for each in dataclasses.fields(given)}


def _value(given: Any) -> Any:
    if isinstance(given, list):
        return tuple(_value(each) for each in given)
    if isinstance(given, UnfitRow):
        return given.refusal
    if is_row(type(given)):
        return _row(given)
    if given is strawberry.UNSET:
        return UNSET
    return given.to_domain() if hasattr(given, "to_domain") else given


def _row(given: Any) -> Any:
    try:
        return given.to_domain()
    except DomainError as error:
        return Refusal.of(error)


def _require_rows(given: type[Any], made: type[Any]) -> None:
    """What is refused row by row in the command is marked so in the graph."""
    ours = get_type_hints(given)
    for name, hint in get_type_hints(made, include_extras=True).items():
        is_rows = OWN_ROWS in getattr(hint, "__metadata__", ())
        if is_rows and not any(is_row(each) for each in get_args(ours[name])):
            raise TypeError(f"{given.__name__}.{name} holds rows: mark their type with ROW")


def _require_same_fields(given: type[Any], made: type[Any]) -> None:
    ours = {each.name for each in dataclasses.fields(given)}
    theirs = {each.name for each in dataclasses.fields(made)} - {"actor"}
    if ours != theirs:
        raise TypeError(
            f"{given.__name__} has not the fields of {made.__name__}: {sorted(ours ^ theirs)}"
        )
