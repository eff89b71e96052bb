"""What a use case is given: a command, a transaction, and what else it declares to need."""

import asyncio
import inspect
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, ClassVar, Concatenate, ParamSpec, TypeAlias, TypeVar, get_type_hints

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Command:
    """What somebody asks for. The rest of its fields are the body the key stands for.

    `operation` is the name under which its idempotency keys are stored: it never changes, whatever
    becomes of the Python names. `turn` names a queue: commands of one queue are run one after the
    other by a process, for where they would only get in each other's way in the database.
    """

    operation: ClassVar[str]
    turn: ClassVar[str | None] = None

    actor: Actor
    idempotency_key: str

    @property
    def rehearsal(self) -> bool:
        """Whether it is only asked what would happen: everything is done, answered, and undone."""
        return False


@dataclass(frozen=True, kw_only=True)
class RevisedCommand(Command):
    """About something its sender has seen: `Aggregate.expect_revision` refuses when it moved."""

    expected_revision: int


C = TypeVar("C", bound=Command)
P = ParamSpec("P")
R = TypeVar("R")

UseCase: TypeAlias = Callable[Concatenate[C, Transaction, P], Awaitable[R]]
"""`async def verb_noun(command, tx, *, needs...)`; the needs are keyword-only parameters."""


CUT = ("first", "after")
"""The parameters of a listing that say which page: asked by the caller, no needs."""


def bound(use_case: Callable[..., R], needs: object) -> Callable[..., R]:
    """The use case or query with its keyword-only parameters taken from `needs` by their names."""
    wanted = {name: getattr(needs, name) for name in _needed(use_case)}
    return partial(use_case, **wanted)


@cache
def _needed(use_case: Callable[..., Any]) -> tuple[str, ...]:
    parameters = inspect.signature(use_case).parameters.values()
    own = [each.name for each in parameters if each.kind is each.KEYWORD_ONLY]
    return tuple(name for name in own if name not in CUT)


@cache
def command_of(use_case: Callable[..., Any]) -> type[Command]:
    """The command it takes."""
    first = next(iter(inspect.signature(use_case).parameters))
    kind: type[Command] = get_type_hints(use_case)[first]
    return kind


@cache
def answer_of(use_case: Callable[..., Any]) -> Any:
    """The type of what it returns."""
    return get_type_hints(use_case)["return"]


class Turns:
    """The queues of one process, by name; each service makes one."""

    def __init__(self) -> None:
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def take(self, name: str | None) -> AbstractAsyncContextManager[object]:
        """Wait for one's turn; at once when there is no queue."""
        return nullcontext() if name is None else self._locks[name]
