"""One way to make a subgraph: context, limits, caches, problems, pages."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Annotated, Any, Final, Generic, TypeVar

import strawberry
import structlog
from graphql import GraphQLError
from strawberry.dataloader import DataLoader
from strawberry.extensions import (
    AddValidationRules,
    MaskErrors,
    MaxAliasesLimiter,
    MaxTokensLimiter,
    ParserCache,
    QueryDepthLimiter,
    SchemaExtension,
    ValidationCache,
)
from strawberry.fastapi import BaseContext
from strawberry.schema.config import StrawberryConfig
from strawberry.types.field import StrawberryField

from congvu_kit.adapters.telemetry import current_trace_id
from congvu_kit.application.perform import C, perform
from congvu_kit.application.ports import A, Collection, Page, Transaction, UnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Code, DomainError, Invalid

FEDERATION_VERSION: Final = "2.9"
"""The newest that the composer of the gateway reads (docs/decisions/0002)."""

PAGE_MAX = 100
DEPTH_MAX = 15
ALIASES_MAX = 50
TOKENS_MAX = 10_000
REPRESENTATIONS_MAX = 1_000
"""Entities in one `_entities` call; the gateway asks for one page of a list at a time."""

K = TypeVar("K")
R = TypeVar("R")
V = TypeVar("V")
N = TypeVar("N")

log = structlog.get_logger(__name__)

CODES = {
    Code.INVALID: "The input breaks a rule; `field` and `ruleId` say which.",
    Code.NOT_FOUND: "What the input names is not there, or not there yet.",
    Code.CONFLICT: "It was changed meanwhile, or its state forbids the step: read it again.",
    Code.FORBIDDEN: "This caller may not.",
    Code.UNAUTHENTICATED: "A valid token is needed.",
    Code.IDEMPOTENCY_MISMATCH: "The key was used for another body: take a new key.",
    Code.RATE_LIMITED: "Too much at once: wait.",
    Code.UNAVAILABLE: "Not possible for now: repeat the call with the same key.",
}

ProblemCode = strawberry.federation.enum(
    Code, name="ProblemCode", description="Why a request was refused. Branch on this, not on text."
)
# The codes are the domain's own and know no GraphQL, so their descriptions are put in here.
for each in ProblemCode.__strawberry_definition__.values:
    each.description = CODES[Code[each.name]]


@strawberry.federation.type(
    shareable=True, description="An expected refusal (lỗi nghiệp vụ). Nothing was changed."
)
class Problem:
    code: Annotated[Code, ProblemCode] = strawberry.field(description="Stable code.")
    message: str = strawberry.field(
        description="What is wrong, in Vietnamese or English as Accept-Language asks."
    )
    field: str | None = strawberry.field(description="Path of the input field, when it is one.")
    rule_id: str | None = strawberry.field(
        description="The rule that refused: an invariant (C-I3) or a clause of law."
    )


@strawberry.federation.type(shareable=True, description="Where a page stands in its listing.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="More items follow.")
    end_cursor: str | None = strawberry.field(description="Pass as `after` for the next page.")


@strawberry.type(description="An item and its position.")
class Edge(Generic[N]):
    node: N = strawberry.field(description="The item.")
    cursor: str = strawberry.field(description="Opaque position, for `after`.")


@strawberry.type(description="One page of a listing.")
class Connection(Generic[N]):
    edges: list[Edge[N]] = strawberry.field(description="The items, in order.")
    page_info: PageInfo = strawberry.field(description="Whether and where it goes on.")


def connection(page: Page[A], of: Callable[[A], N]) -> Connection[N]:
    edges = [
        Edge(node=of(item), cursor=cursor)
        for item, cursor in zip(page.items, page.cursors, strict=True)
    ]
    end = page.cursors[-1] if page.cursors else None
    return Connection(edges=edges, page_info=PageInfo(has_next_page=page.has_next, end_cursor=end))


def page_size(first: int) -> int:
    """Raise `Invalid` outside 1 to `PAGE_MAX`."""
    if not 1 <= first <= PAGE_MAX:
        raise Invalid(
            en=f"first must be 1 to {PAGE_MAX}, not {first}",
            vi=f"first phải từ 1 đến {PAGE_MAX}, không phải {first}",
            field="first",
        )
    return first


class Context(BaseContext):
    """One request: who asks, in which language, and the loaders that batch its reads."""

    def __init__(self, *, actor: Actor, language: str, uow: UnitOfWork) -> None:
        super().__init__()
        self.actor = actor
        self.language = language
        self.uow = uow
        self._loaders: dict[str, DataLoader[Any, Any]] = {}

    def reading(self) -> Transaction:
        return self.uow.reading()

    async def perform(
        self,
        use_case: Callable[[C, Transaction], Awaitable[R]],
        command: C,
        answer: type[R],
    ) -> R:
        return await perform(use_case, command, self.uow, answer)

    def loader(
        self, name: str, load: Callable[[list[K]], Awaitable[Sequence[V]]]
    ) -> DataLoader[K, V]:
        """The request's loader called `name`; `load` gives one value per key, in key order."""
        if name not in self._loaders:
            self._loaders[name] = DataLoader(load_fn=load)
        return self._loaders[name]

    def by_id(self, collection: Collection[A]) -> "DataLoader[str, A | None]":
        """Aggregates by id: one database call for all that one request asks at once."""

        async def load(ids: list[str]) -> list[A | None]:
            return await self.reading().store(collection).find_many(ids)

        return self.loader(f"{collection.name} by id", load)


Info = strawberry.Info[Context, None]


class ProblemHandler(strawberry.ExceptionHandler[DomainError, Problem]):
    def handle(
        self, exception: DomainError, *, field: StrawberryField, info: strawberry.Info
    ) -> Problem:
        del field
        return Problem(
            code=exception.code,
            message=exception.message(info.context.language),
            field=exception.field,
            rule_id=exception.rule_id,
        )


class TellErrors(MaskErrors):
    """Expected errors and the parser's keep their text and get a code; a bug shows its trace id
    and nothing else."""

    def anonymise_error(self, error: GraphQLError) -> GraphQLError:
        cause = error.original_error
        if cause is None:
            return error
        if isinstance(cause, DomainError):
            language = getattr(self.execution_context.context, "language", "vi")
            return _told(
                error,
                cause.message(language),
                {"code": cause.code.value, "field": cause.field, "ruleId": cause.rule_id},
            )
        trace_id = current_trace_id()
        log.error("bug", path=error.path, error=repr(cause), exc_info=cause)
        return _told(error, "internal error", {"code": "INTERNAL", "traceId": trace_id})


def _told(error: GraphQLError, message: str, extensions: dict[str, Any]) -> GraphQLError:
    return GraphQLError(message, nodes=error.nodes, path=error.path, extensions=extensions)


class EntitiesLimit(SchemaExtension):
    """Caps one `_entities` call, and refuses types that are not here before anything runs."""

    def on_execute(self) -> Iterator[None]:
        variables = self.execution_context.variables or {}
        for value in variables.values():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                self._check([each for each in value if "__typename" in each])
        yield

    def _check(self, representations: Sequence[dict[str, Any]]) -> None:
        if len(representations) > REPRESENTATIONS_MAX:
            raise GraphQLError(f"at most {REPRESENTATIONS_MAX} representations in one call")
        for name in {str(each["__typename"]) for each in representations}:
            if self.execution_context.schema.get_type_by_name(name) is None:
                raise GraphQLError(f"no entity {name!r} here")


# Made once: a limiter makes new rule classes, and the validation cache is keyed by the rules.
LIMITS = [
    *QueryDepthLimiter(max_depth=DEPTH_MAX).validation_rules,
    *MaxAliasesLimiter(max_alias_count=ALIASES_MAX).validation_rules,
]


def make_schema(
    *, query: type, mutation: type | None = None, types: Sequence[type] = ()
) -> strawberry.federation.Schema:
    """A federation subgraph with every limit on."""
    return strawberry.federation.Schema(
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
