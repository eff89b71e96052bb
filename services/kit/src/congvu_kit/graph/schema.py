"""A federation subgraph with every limit on, and every enum explained."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from graphql import GraphQLError
from strawberry.extensions import (
    AddValidationRules,
    MaxTokensLimiter,
    ParserCache,
    ValidationCache,
)
from strawberry.federation import Schema
from strawberry.federation.schema import FederationAny
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.exceptions import CannotGetOperationTypeError
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types import ExecutionResult, Info

from congvu_kit.adapters.telemetry import tell_outcome
from congvu_kit.domain.errors import Code
from congvu_kit.graph.bilingual import tell_in_both
from congvu_kit.graph.enums import undescribed
from congvu_kit.graph.execution import SIZES, AnswerTooLarge, Executor, too_large
from congvu_kit.graph.inputs import ValueInput
from congvu_kit.graph.limits import LIMITS, TOKENS_MAX, references
from congvu_kit.graph.manual import explain_arguments, explain_roots
from congvu_kit.graph.outputs import Shown
from congvu_kit.graph.personal import RecordReads
from congvu_kit.graph.problems import ProblemHandler, TellErrors, coded
from congvu_kit.graph.scalars import SCALARS
from congvu_kit.graph.silence import Silence
from congvu_kit.graph.sizes import declared_sizes, undeclared

FEDERATION_VERSION: Final = "2.9"
"""The newest that the composer of the gateway reads (docs/decisions/0002)."""


class Subgraph(Schema):
    """An answer that grows too large is one error, whatever it was made of by then; errors are
    logged by `TellErrors` alone, since the library's quote what was sent."""

    def process_errors(self, *_: object) -> None:
        """Not here."""

    def entities_resolver(
        self, info: Info, representations: list[FederationAny]
    ) -> list[FederationAny]:
        known = references(representations, self.schema_converter.type_map)
        return super().entities_resolver(info, cast(list[FederationAny], known))

    async def execute(self, query: str | None, *args: Any, **kwargs: Any) -> ExecutionResult:
        try:
            result = await super().execute(query, *args, **kwargs)
        except CannotGetOperationTypeError:
            error = GraphQLError("the document has no operation of this name, or several")
            result = ExecutionResult(data=None, errors=[error])
        except AnswerTooLarge:
            context = kwargs.get("context_value")
            tell_outcome(Code.INVALID.value)
            error = too_large(getattr(context, "language", "vi"))
            return ExecutionResult(data=None, errors=[error], extensions=None)
        # What an extension refuses never reaches `TellErrors`.
        result.errors = [coded(each) for each in result.errors or ()] or None
        for each in result.errors or ():
            tell_outcome(str((each.extensions or {}).get("code")))
        return result


def make_schema(
    *,
    query: type,
    mutation: type | None = None,
    types: Sequence[type] = (),
    arguments: Mapping[str, str] | None = None,
    package: str | None = None,
) -> Schema:
    """`arguments` says what arguments mean that say nothing themselves; the tables of `package`
    say everything in Vietnamese. Raise when an enum is not described, a list has no size, or a type
    is not like what stands behind it."""
    explain_roots(query, mutation)
    schema = Subgraph(
        query=query,
        mutation=mutation,
        types=types,
        federation_version=FEDERATION_VERSION,
        config=StrawberryConfig(auto_camel_case=True, scalar_map=SCALARS),
        execution_context_class=Executor,
        exception_handlers=[ProblemHandler()],
        extensions=[
            lambda: ParserCache(maxsize=512),
            lambda: ValidationCache(maxsize=512),
            lambda: AddValidationRules(LIMITS),
            lambda: MaxTokensLimiter(max_token_count=TOKENS_MAX),
            RecordReads,
            Silence,
            TellErrors,
        ],
    )
    if unknown := list(undescribed(schema._schema)):
        raise TypeError(f"describe the enums {', '.join(unknown)}")
    explain_arguments(schema._schema, arguments or {})
    tell_in_both(schema._schema, package)
    if unpriced := list(undeclared(schema._schema)):
        raise TypeError(f"page these lists, or declare their size: {', '.join(unpriced)}")
    schema._schema.extensions[SIZES] = declared_sizes(schema._schema)
    _require_fit(schema)
    return schema


def _require_fit(schema: Schema) -> None:
    for kind in schema._schema.type_map.values():
        made = getattr(kind.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF), "origin", None)
        if isinstance(made, type) and issubclass(made, ValueInput | Shown):
            made.require_fit()
