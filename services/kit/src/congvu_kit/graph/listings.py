"""From a field that looks something up to the query that answers, as `mutation` is for changes."""

import inspect
from collections.abc import Awaitable, Callable, Iterator, Mapping
from inspect import Parameter, Signature
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import strawberry
from strawberry.types.field import StrawberryField

from congvu_kit.application.commands import bound
from congvu_kit.application.ports import Page, Transaction
from congvu_kit.domain.actor import Actor
from congvu_kit.graph.context import Context, Query
from congvu_kit.graph.inputs import ValueInput
from congvu_kit.graph.paging import After, Connection, First, awaited, connection, page_size
from congvu_kit.graph.sizes import PAGED

V = TypeVar("V")

AnyInfo = strawberry.Info[Context[Any], None]
Listing = Callable[..., Awaitable[Page[Any]]]
"""`async def list_things(reader, tx, ..., *, first, after, needs...)`; `wanted` is a filter's."""


def listing(
    read: Listing,
    type_: Any,
    *,
    description: str,
    filter: type[ValueInput] | None = None,
    arguments: Mapping[str, Any] | None = None,
    directives: list[object] = PAGED,
) -> StrawberryField:
    """The field that lists what `read` answers, each item shown as `type_`.

    The field takes what `read` does besides the reader, the transaction and its needs, in the same
    order: typed as `arguments` says, as an id where the name ends so, else as it is there. What may
    be None, or has a default, may be left out. `filter` is the input of what is `wanted`.
    """
    hints, shown = get_type_hints(read), _shower(type_)

    async def resolve(info: AnyInfo, **said: Any) -> Any:
        size, after = page_size(said.pop("first")), said.pop("after")
        if filter is not None:
            said["wanted"] = (said.pop("filter") or filter()).to_domain()
        given = said | _own(info, hints)
        page = await bound(read, info.context.needs)(**given, first=size, after=after)
        return await connection(page, lambda item: shown(item, info))

    types = hints | {"wanted": filter and _optional(filter)} | dict(arguments or {})
    taken = [_argument(each, types[each.name]) for each in _asked(read, hints)]
    return _field(resolve, [*taken, *PAGE], Connection[type_], description, directives)


def found(
    query: Query[str, ..., Any],
    type_: Any,
    *,
    description: str,
    id: Any = strawberry.ID,
) -> StrawberryField:
    """The field that shows as `type_` what `query` finds by an id, null when it finds nothing."""
    shown = _shower(type_)

    async def resolve(info: AnyInfo, **said: Any) -> Any:
        there = await info.context.load(query, said["id"])
        return None if there is None else await awaited(shown(there, info))

    return _field(resolve, [_parameter("id", id)], type_ | None, description, [])


def _own(info: AnyInfo, hints: Mapping[str, Any]) -> dict[str, Any]:
    own = {Actor: info.context.actor, Transaction: info.context.reading()}
    return {name: own[hint] for name, hint in hints.items() if hint in own}


def _asked(read: Listing, hints: Mapping[str, Any]) -> Iterator[Parameter]:
    for each in inspect.signature(read).parameters.values():
        if each.kind is not each.KEYWORD_ONLY and hints[each.name] not in (Actor, Transaction):
            yield each


def _argument(of: Parameter, hint: Any) -> Parameter:
    if of.name.endswith("id") and str in (hint, *get_args(hint)):
        hint = strawberry.ID if hint is str else strawberry.ID | None
    bare = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    may_lack = of.default is of.empty and type(None) in get_args(bare)
    name = "filter" if of.name == "wanted" else of.name
    return _parameter(name, hint, None if may_lack else of.default)


def _optional(filter: type[ValueInput]) -> Any:
    said = vars(filter)["__strawberry_definition__"].description
    return Annotated[filter | None, strawberry.argument(description=said)]


def _parameter(name: str, hint: Any, default: Any = Parameter.empty) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=hint, default=default)


PAGE = [_parameter("first", First, 20), _parameter("after", After, None)]


def _shower(type_: Any) -> Callable[[Any, AnyInfo], Any]:
    """How an item becomes the type; an `of` may be a coroutine, and may take `info` by name."""
    make = type_.of
    if "info" in inspect.signature(make).parameters:
        return lambda item, info: make(item, info=info)
    return lambda item, _: make(item)


def _field(
    resolve: Callable[..., Awaitable[Any]],
    taken: list[Parameter],
    answer: Any,
    description: str,
    directives: list[object],
) -> StrawberryField:
    info = Parameter("info", Parameter.POSITIONAL_OR_KEYWORD, annotation=AnyInfo)
    signature = Signature([info, *taken], return_annotation=answer)
    resolve.__signature__ = signature  # type: ignore[attr-defined]
    resolve.__annotations__ = {each.name: each.annotation for each in signature.parameters.values()}
    resolve.__annotations__["return"] = answer
    field: StrawberryField = strawberry.field(
        resolver=resolve, description=description, directives=directives
    )
    return field
