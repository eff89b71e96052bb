"""Enumerations and unions grow with the platform: a client of an earlier release reads on."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, TypeVar

from pydantic import Field, GetCoreSchemaHandler, WrapValidator
from pydantic_core import CoreSchema, core_schema

from congvu_client.problems import NewerAnswer


class Unknown(str):
    """What the platform wrote where it knows a value that this client does not; never sent."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema())


@dataclass(frozen=True)
class UnknownMember:
    """What the platform answered where it knows a kind that this client does not: nothing was
    asked of it but its name."""

    typename__: str

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.is_instance_schema(cls)


E = TypeVar("E", bound=Enum)
T = TypeVar("T")
Growing = Annotated[E | Unknown, Field(union_mode="left_to_right")]


def members(*known: str) -> WrapValidator:
    """Of a union: what is of a kind that is known is read as that, or refused."""

    def read(value: Any, handler: Callable[[Any], Any]) -> Any:
        match value:
            case {"__typename": str(name)} if name not in known:
                return UnknownMember(name)
        return handler(value)

    return WrapValidator(read)


def known(answer: T | UnknownMember) -> T:
    """For who has no other way for a kind of a later release: raise `NewerAnswer`."""
    if isinstance(answer, UnknownMember):
        raise NewerAnswer(f"{answer.typename__} is not known to this client")
    return answer


def refuse_unknown(name: str, value: object) -> None:
    """Of what is to be sent under that name."""
    match value:
        case Unknown():
            raise ValueError(f"{name}: a value that this client does not know is not sent")
        case dict():
            for inner, each in value.items():
                refuse_unknown(f"{name}.{inner}" if name else inner, each)
        case list() | tuple():
            for each in value:
                refuse_unknown(name, each)
