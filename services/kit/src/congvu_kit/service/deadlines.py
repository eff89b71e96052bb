"""Ends the work of a request that nobody waits for any more."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from congvu_kit.adapters import metrics, time_limits

REQUEST_S = 50.0
"""The most that a request may take, whatever its caller says."""

DEADLINE_HEADER = b"x-deadline-ms"
"""How long the caller waits from now on; the gateway signs it."""

STORE_SHARE = 0.9
"""Of a request's time; the rest is for saying that the database does not answer."""

_LATE = json.dumps(
    {
        "errors": [
            {
                "message": "the time limit has passed",
                "extensions": {"code": "UNAVAILABLE", "ruleId": "TIME_LIMIT"},
            }
        ]
    }
).encode()


class Deadline:
    """Cancels a request when its caller is gone, or when the time has passed that its caller waits,
    `within_s` at most. Who waits is answered then; what may not be cut through (`Context.perform`)
    goes on to its end."""

    def __init__(self, app: ASGIApp, within_s: float = REQUEST_S) -> None:
        self._app = app
        self._within_s = within_s
        metrics.DEADLINES.labels("self")  # Else its first is no increase.

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        within_s = min(self._within_s, _waits_s(scope))
        exchange = _Exchange(receive, send)
        with time_limits.within(within_s * STORE_SHARE):
            work = asyncio.ensure_future(self._app(scope, exchange.receive, exchange.send))
        gone = asyncio.ensure_future(exchange.caller_is_gone())
        try:
            await asyncio.wait({work, gone}, timeout=within_s, return_when=asyncio.FIRST_COMPLETED)
            if not work.done() and not gone.done():
                metrics.DEADLINES.labels("self").inc()
                await exchange.end(503, _LATE)
        finally:
            gone.cancel()
            work.cancel()
            await asyncio.wait({work, gone})
        if not work.cancelled():
            work.result()


def _waits_s(scope: Scope) -> float:
    told = dict(scope["headers"]).get(DEADLINE_HEADER, b"")
    return int(told) / 1000 if re.fullmatch(rb"\d{1,7}", told) else REQUEST_S


class _Exchange:
    """Receives and sends for the app, and knows how far both have come."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._heard_all = asyncio.Event()
        self._answered = self._ended = False

    async def receive(self) -> Message:
        message = await self._receive()
        if not message.get("more_body", False):
            self._heard_all.set()
        return message

    async def send(self, message: Message) -> None:
        if not self._ended:
            self._answered = True
            await self._send(message)

    async def end(self, status: int, body: bytes) -> None:
        """Answer in the app's place, unless it has begun to; what it says later is dropped."""
        if not self._answered:
            self._ended = True
            await _answer(self._send, status, body)

    async def caller_is_gone(self) -> None:
        await self._heard_all.wait()
        while (await self._receive())["type"] != "http.disconnect":
            pass


async def _answer(send: Callable[[Message], Awaitable[None]], status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
