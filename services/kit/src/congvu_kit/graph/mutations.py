"""A mutation in one statement."""

import dataclasses
import inspect
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final

import strawberry
from strawberry.types.field import StrawberryField

from congvu_kit.application.commands import Command, UseCase, command_of
from congvu_kit.application.numbers import unbounded
from congvu_kit.graph.context import Context
from congvu_kit.graph.inputs import CommandInput
from congvu_kit.graph.paging import awaited
from congvu_kit.graph.problems import Problem
from congvu_kit.graph.rows import with_unfit

RESULT: Final = "What was done, or the reason why not (`Problem`)."


def mutation(
    use_case: UseCase[Any, ..., Any],
    input: type[CommandInput],
    type_: Any,
    *,
    description: str,
    result: str | None = None,
    of: Callable[..., Any] | None = None,
    first: Callable[..., Awaitable[Command]] | None = None,
) -> StrawberryField:
    """The field that runs `use_case` with what `input` becomes, and shows its answer as `type_`.

    `of` (default `type_.of`) makes the type from the answer; it may be a coroutine, and may take
    `info` by name. `result` describes the union with `Problem`, which is named after the command's
    operation: `rate_commitment` gives `RateCommitmentResult`. `first(command, tx, *, needs...)` is
    for what takes long and needs no transaction: it judges the caller, then gives the command that
    `use_case` is run with.
    """
    command = command_of(use_case)
    input.require_fit(command)
    if open_ended := list(unbounded(command)):
        raise TypeError(f"say which numbers are taken: {', '.join(open_ended)}")
    make = of or type_.of
    takes_info = "info" in inspect.signature(make).parameters

    async def resolve(info: strawberry.Info[Context[Any], None], input: CommandInput) -> Any:
        given = info._raw_info.field_nodes[0].arguments or ()
        asked = with_unfit(input, given, info.context.unfit).to_command(info.context.actor)
        if first is not None:
            asked = await info.context.prepare(first, asked)
        asked = _own(asked, command)
        answer = await info.context.perform(use_case, asked)
        return await awaited(make(answer, info=info) if takes_info else make(answer))

    name = "".join(word.capitalize() for word in command.operation.split("_"))
    union = strawberry.union(f"{name}Result", description=result or RESULT)
    resolve.__annotations__ |= {"input": input, "return": Annotated[type_ | Problem, union]}
    field: StrawberryField = strawberry.mutation(resolver=resolve, description=description)
    return field


def _own(command: Command, kind: type[Command]) -> Command:
    """An input that several mutations share becomes the base of their commands."""
    if type(command) is kind:
        return command
    return kind(**{each.name: getattr(command, each.name) for each in dataclasses.fields(command)})
