"""What a request to this subgraph has: the kit's context, and the office."""

from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar, cast

import strawberry
from strawberry.extensions import SchemaExtension

from congvu_kit.application.perform import Command
from congvu_kit.application.ports import Transaction
from congvu_kit.graph import Context
from feedback_service.application.office import Office

C = TypeVar("C", bound=Command)
R = TypeVar("R")


class FeedbackContext(Context[None]):
    """`office` is set by `OfficeExtension` before anything resolves."""

    office: Office


Info = strawberry.Info[FeedbackContext, None]


class OfficeExtension(SchemaExtension):
    """Gives each request the office that was made at start."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office

    def on_operation(self) -> Iterator[None]:
        # The app factory makes every service's context alike; ours has one attribute more.
        cast(FeedbackContext, self.execution_context.context).office = self._office
        yield


async def perform(
    info: Info,
    use_case: Callable[[C, Transaction], Awaitable[R]],
    command: C,
    answer: type[R],
) -> R:
    """Run it when its turn has come."""
    async with info.context.office.turn:
        return await info.context.perform(use_case, command, answer)
