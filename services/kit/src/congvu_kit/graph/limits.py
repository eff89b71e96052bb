"""What one request may ask at most."""

from collections.abc import Iterator, Sequence
from typing import Any

from graphql import GraphQLError
from strawberry.extensions import MaxAliasesLimiter, QueryDepthLimiter, SchemaExtension

DEPTH_MAX = 15
ALIASES_MAX = 50
TOKENS_MAX = 10_000
REPRESENTATIONS_MAX = 2_000
"""Entities in one `_entities` call: an operation of the gateway's highest cost, 5,000, names
1,666 (an edge, a node and the entity each)."""

# Made once: a limiter makes new rule classes, and the validation cache is keyed by the rules.
LIMITS = [
    *QueryDepthLimiter(max_depth=DEPTH_MAX).validation_rules,
    *MaxAliasesLimiter(max_alias_count=ALIASES_MAX).validation_rules,
]


class EntitiesLimit(SchemaExtension):
    """Caps one `_entities` call, and refuses types that are not here before anything runs."""

    def on_execute(self) -> Iterator[None]:
        variables = self.execution_context.variables or {}
        for value in variables.values():
            if isinstance(value, list):
                objects = [each for each in value if isinstance(each, dict)]
                self._check([each for each in objects if "__typename" in each])
        yield

    def _check(self, representations: Sequence[dict[str, Any]]) -> None:
        if len(representations) > REPRESENTATIONS_MAX:
            raise GraphQLError(f"at most {REPRESENTATIONS_MAX} representations in one call")
        for name in {str(each["__typename"]) for each in representations}:
            if self.execution_context.schema.get_type_by_name(name) is None:
                raise GraphQLError(f"no entity {name!r} here")
