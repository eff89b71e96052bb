"""A federation subgraph with every limit on, and every enum explained."""

from collections.abc import Sequence
from typing import Final

from strawberry.extensions import (
    AddValidationRules,
    MaxTokensLimiter,
    ParserCache,
    ValidationCache,
)
from strawberry.federation import Schema
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.schema_converter import GraphQLCoreConverter

from congvu_kit.graph.enums import undescribed
from congvu_kit.graph.inputs import ValueInput
from congvu_kit.graph.limits import LIMITS, TOKENS_MAX, EntitiesLimit
from congvu_kit.graph.outputs import Shown
from congvu_kit.graph.problems import ProblemHandler, TellErrors

FEDERATION_VERSION: Final = "2.9"
"""The newest that the composer of the gateway reads (docs/decisions/0002)."""


def make_schema(*, query: type, mutation: type | None = None, types: Sequence[type] = ()) -> Schema:
    """Raise when an enum is not described, or a type is not like what stands behind it."""
    schema = Schema(
        query=query,
        mutation=mutation,
        types=types,
        federation_version=FEDERATION_VERSION,
        config=StrawberryConfig(auto_camel_case=True),
        exception_handlers=[ProblemHandler()],
        extensions=[
            lambda: ParserCache(maxsize=512),
            lambda: ValidationCache(maxsize=512),
            lambda: AddValidationRules(LIMITS),
            lambda: MaxTokensLimiter(max_token_count=TOKENS_MAX),
            EntitiesLimit,
            TellErrors,
        ],
    )
    if unknown := list(undescribed(schema._schema)):
        raise TypeError(f"describe the enums {', '.join(unknown)}")
    for kind in schema._schema.type_map.values():
        made = getattr(kind.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF), "origin", None)
        if isinstance(made, type) and issubclass(made, ValueInput | Shown):
            made.require_fit()
    return schema
