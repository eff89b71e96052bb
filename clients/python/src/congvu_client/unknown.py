"""Enumerations grow with the platform: a client of an earlier release reads on."""

from enum import Enum
from typing import Annotated, Any, TypeVar

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Unknown(str):
    """What the platform wrote where it knows a value that this client does not; never sent."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema())


E = TypeVar("E", bound=Enum)
Growing = Annotated[E | Unknown, Field(union_mode="left_to_right")]


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
