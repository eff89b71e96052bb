"""Ends the work of a request that nobody waits for any more."""

import asyncio
import json
from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_S = 50.0
"""Shorter than the gateway's patience (60 s), so that the caller learns why."""

_LATE = json.dumps(
    {"errors": [{"message": "the time limit has passed", "extensions": {"code": "UNAVAILABLE"}}]}
).encode()


class Deadline:
    """Cancels a request when its caller is gone, or when `within_s` have passed. What may not be
    cut through (`Context.perform`) finishes first."""

    def __init__(self, app: ASGIApp, within_s: float = REQUEST_S) -> None:
        self._app = app
        self._within_s = within_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(receive, send)
        work = asyncio.ensure_future(self._app(scope, exchange.receive, exchange.send))
        gone = asyncio.ensure_future(exchange.caller_is_gone())
        try:
            await asyncio.wait(
                {work, gone}, timeout=self._within_s, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            late = not work.done() and not gone.done()
            gone.cancel()
            work.cancel()
            await asyncio.wait({work, gone})
        if not work.cancelled():
            work.result()
        elif late and not exchange.answered:
            await _answer(send, 503, _LATE)


class _Exchange:
    """Receives and sends for the app, and knows how far both have come."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._heard_all = asyncio.Event()
        self.answered = False

    async def receive(self) -> Message:
        message = await self._receive()
        if not message.get("more_body", False):
            self._heard_all.set()
        return message

    async def send(self, message: Message) -> None:
        self.answered = True
        await self._send(message)

    async def caller_is_gone(self) -> None:
        await self._heard_all.wait()
        while (await self._receive())["type"] != "http.disconnect":
            pass


async def _answer(send: Callable[[Message], Awaitable[None]], status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
