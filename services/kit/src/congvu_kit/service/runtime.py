"""What a service has while it runs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from congvu_kit.application.commands import Turns
from congvu_kit.application.perform import transact
from congvu_kit.application.ports import Leases, Transaction, UnitOfWork

R = TypeVar("R")


class Alone:
    """Where there is one process only, it holds every lease."""

    async def take(self, name: str, *, within: timedelta) -> int | None:
        del name, within
        return 0

    async def leave(self, name: str) -> None:
        """Nobody waits for it."""


@dataclass(kw_only=True)
class Runtime:
    """Given to the workers, and behind every request."""

    uow: UnitOfWork
    needs: Any = None
    turns: Turns = field(default_factory=Turns)
    leases: Leases = field(default_factory=Alone)

    async def transact(self, step: Callable[[Transaction], Awaitable[R]]) -> R:
        """`step` in one transaction, again after a transient failure."""
        return await transact(self.uow, step)
