"""How long the database may take over what a request asks of it: what is left of its time."""

import asyncio
import contextvars
from collections.abc import Coroutine
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from opentelemetry import context as tracing

from congvu_kit.adapters import driver

T = TypeVar("T")


def within(seconds: float) -> AbstractContextManager[None]:
    """Everything that is asked of the database in it, by tasks that begin in it too, ends after
    `seconds` altogether: with an answer, or as `Transient`."""
    return driver.timeout(seconds)


async def apart(work: Coroutine[Any, Any, T], within_s: float) -> T:
    """Finishes what a request began, in a time of its own: a transaction whose request has no time
    left is still ended on the server, where it would keep its rows from others."""
    trace = tracing.get_current()

    async def go_on() -> T:
        tracing.attach(trace)
        with within(within_s):
            return await work

    return await asyncio.create_task(go_on(), context=contextvars.Context())
