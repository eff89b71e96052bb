"""Waiting: for servers that may start after us, and for one's turn."""

import asyncio
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Final, TypeVar

import structlog
from tenacity import AsyncRetrying, RetryCallState, wait_exponential
from tenacity.retry import retry_base

from congvu_kit.adapters.reasons import reason_of

T = TypeVar("T")
U = TypeVar("U")

SLICE_S: Final = 0.01
"""How long one answer may hold the event loop while others wait."""

WAIT_MAX_S = 3.0
"""Between two tries to reach a server that is not there."""

log = structlog.get_logger(__name__)


def patiently(what: str, passing: retry_base) -> AsyncRetrying:
    """Runs a step until it gets through, again and again while what fails is `passing`."""

    def tell(failed: RetryCallState) -> None:
        exception = failed.outcome.exception() if failed.outcome else None
        log.warning("waiting", for_=what, error=reason_of(exception))

    return AsyncRetrying(
        retry=passing, wait=wait_exponential(multiplier=0.2, max=WAIT_MAX_S), before_sleep=tell
    )


async def in_turns(items: Iterable[T], make: Callable[[T], U]) -> list[U]:
    """What `make` makes of each; others run between, where that is long work."""
    made: list[U] = []
    ends = perf_counter() + SLICE_S
    for each in items:
        made.append(make(each))
        if perf_counter() >= ends:
            await asyncio.sleep(0)
            ends = perf_counter() + SLICE_S
    return made
