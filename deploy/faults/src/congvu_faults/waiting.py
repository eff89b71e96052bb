"""Waiting for something to become true: a poll with a deadline, never a sleep."""

import time
from collections.abc import Awaitable, Callable
from inspect import isawaitable

import anyio

POLL_S = 0.05


class NeverHappened(AssertionError):
    """What was waited for did not come."""


def until(condition: Callable[[], bool], *, within_s: float, what: str) -> None:
    """Return as soon as `condition()` holds; raise `NeverHappened` when it does not in time."""
    deadline = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline:
            raise NeverHappened(f"not within {within_s:g} s: {what}")
        time.sleep(POLL_S)


async def eventually(
    condition: Callable[[], bool | Awaitable[bool]], *, within_s: float = 10, what: str
) -> None:
    """`until` on an event loop; `condition` may be asynchronous."""
    deadline = time.monotonic() + within_s
    while True:
        held = condition()
        if await held if isawaitable(held) else held:
            return
        if time.monotonic() > deadline:
            raise NeverHappened(f"not within {within_s:g} s: {what}")
        await anyio.sleep(POLL_S)
