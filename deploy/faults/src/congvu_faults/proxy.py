"""A TCP proxy that breaks connections on purpose: cut them, refuse them, or lose the answers."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from enum import Enum, auto
from threading import Thread
from types import TracebackType
from typing import Any, Self, TypeVar

from congvu_local.ports import LOOPBACK

CHUNK_BYTES = 65_536
STEP_WITHIN_S = 10

T = TypeVar("T")


class Fault(Enum):
    NONE = auto()
    REFUSE = auto()
    """Connections are closed as soon as they come."""
    LOSE_ANSWERS = auto()
    """What the client says arrives; what the server says does not, and the client is cut off."""
    SILENCE = auto()
    """Connections come about and stay, and nothing passes in either direction."""


class Proxy:
    """Listens on a free port for the server at `target_port`; its faults act at once.

    Clients must not look the server up by another address: add `directConnection=true` to a
    MongoDB URL, and let a broker advertise the proxy's port.
    """

    def __init__(self, target_port: int) -> None:
        self._target_port = target_port
        self._fault = Fault.NONE
        self._writers: set[asyncio.StreamWriter] = set()
        # A loop of its own: drivers block the test's while they say goodbye to the server.
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        if self._server is None:
            raise RuntimeError("the proxy is not open")
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def refuse(self) -> None:
        """Cut every connection and let none in until `mend`."""
        self._fault = Fault.REFUSE
        self.cut()

    def lose_answers(self) -> None:
        """Every answer of the server is lost with its connection, until `mend`."""
        self._fault = Fault.LOSE_ANSWERS

    def silence(self) -> None:
        """Swallow everything until `mend`, as a network does that is cut in two."""
        self._fault = Fault.SILENCE

    def mend(self) -> None:
        """What was swallowed stays lost: the connections that missed it are broken."""
        was, self._fault = self._fault, Fault.NONE
        if was is Fault.SILENCE:
            self.cut()

    def cut(self) -> None:
        """Break what is open now; new connections work."""
        self._await(self._abort_all())

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = self._await(asyncio.start_server(self._accept, LOOPBACK, 0))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._await(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _await(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(STEP_WITHIN_S)

    async def _abort_all(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        await self._abort_all()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._serving.add(task)
            task.add_done_callback(self._serving.discard)
        with suppress(OSError):
            await self._serve(reader, writer)
        writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._fault is Fault.REFUSE:
            return
        answers, requests = await asyncio.open_connection(LOOPBACK, self._target_port)
        self._writers |= {writer, requests}
        directions = {
            asyncio.create_task(self._forward(reader, requests)),
            asyncio.create_task(self._forward(answers, writer, answering=True)),
        }
        # Either side's end is the end of both.
        _, open_still = await asyncio.wait(directions, return_when=asyncio.FIRST_COMPLETED)
        for direction in open_still:
            direction.cancel()
        await asyncio.gather(*directions, return_exceptions=True)
        self._writers -= {writer, requests}
        requests.transport.abort()

    async def _forward(
        self,
        source: asyncio.StreamReader,
        target: asyncio.StreamWriter,
        *,
        answering: bool = False,
    ) -> None:
        while chunk := await source.read(CHUNK_BYTES):
            if self._fault is Fault.SILENCE:
                continue
            if answering and self._fault is Fault.LOSE_ANSWERS:
                return
            target.write(chunk)
            await target.drain()
