"""What callers are shown: made from what the service has, field by field, by name."""

import dataclasses
from typing import Any, ClassVar, Self, TypeVar

from strawberry.types.base import StrawberryContainer, StrawberryObjectDefinition

T = TypeVar("T")


class Shown:
    """A type whose fields are those of the `SHOWS` it is made `of`. A type with some fields that
    are not says `of` itself, with `by_name` for the rest."""

    SHOWS: ClassVar[type[Any]]

    @classmethod
    def of(cls, given: Any) -> Self:
        return by_name(cls, given)

    @classmethod
    def require_fit(cls) -> None:
        """Raise `TypeError` when what it shows lacks one of its fields."""
        if "of" in vars(cls):
            return
        fields = {each.name for each in dataclasses.fields(cls.SHOWS)}
        there = {"aggregate", *dir(cls.SHOWS), *fields}
        if missing := sorted(_given(cls).keys() - there):
            raise TypeError(f"{cls.SHOWS.__name__} has no {missing}, which {cls.__name__} shows")


def by_name(kind: type[T], given: Any, **others: Any) -> T:
    """A `kind` with `others`, and the rest of its fields from the attributes of `given`, which is
    its `aggregate` where it has one. What has a type of its own is made by that type's `of`."""
    made = {
        name: given if name == "aggregate" else _shown(getattr(given, name), inner)
        for name, inner in _given(kind).items()
        if name not in others
    }
    return kind(**made, **others)


_GIVEN: dict[object, dict[str, Any]] = {}


def _given(kind: type[Any]) -> dict[str, Any]:
    """The fields that are given when a `kind` is made, and the type of each or of its elements."""
    if kind not in _GIVEN:
        definition: StrawberryObjectDefinition = vars(kind)["__strawberry_definition__"]
        fields = {
            each.python_name: _inner(each.type)
            for each in definition.fields
            if not each.base_resolver
        }
        private = [each.name for each in dataclasses.fields(kind) if each.name == "aggregate"]
        _GIVEN[kind] = fields | dict.fromkeys(private)
    return _GIVEN[kind]


def _inner(kind: Any) -> Any:
    return _inner(kind.of_type) if isinstance(kind, StrawberryContainer) else kind


def _shown(value: Any, kind: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_shown(each, kind) for each in value]
    return kind.of(value) if value is not None and hasattr(kind, "of") else value
