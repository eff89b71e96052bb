"""What a service has while it runs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from congvu_kit.application.commands import Turns
from congvu_kit.application.perform import transact
from congvu_kit.application.ports import Transaction, UnitOfWork

R = TypeVar("R")


@dataclass(kw_only=True)
class Runtime:
    """Given to the workers, and behind every request."""

    uow: UnitOfWork
    needs: Any = None
    turns: Turns = field(default_factory=Turns)

    async def transact(self, step: Callable[[Transaction], Awaitable[R]]) -> R:
        """`step` in one transaction, again after a transient failure."""
        return await transact(self.uow, step)
