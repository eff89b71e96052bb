"""A service that does nothing: answers every call at once with the same. `stub PORT`"""

import asyncio
import json
import sys

import uvloop

ANSWER = json.dumps(
    {"data": {"workProduct": {"__typename": "WorkProduct", "id": "A.1", "code": "A.1"}}}
).encode()
REPLY = (
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
    + str(len(ANSWER)).encode()
    + b"\r\n\r\n"
    + ANSWER
)
LENGTH, END = b"content-length:", b"\r\n\r\n"


class Stub(asyncio.Protocol):
    def __init__(self) -> None:
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while (size := _whole(self._waiting)) is not None:
            self._waiting = self._waiting[size:]
            self._transport.write(REPLY)  # type: ignore[attr-defined]  # TCP's can


def _whole(waiting: bytes) -> int | None:
    """How long the first request in it is; None while it is not all there."""
    head, end, _ = waiting.partition(END)
    if not end:
        return None
    lines = [line for line in head.lower().split(b"\r\n") if line.startswith(LENGTH)]
    size = len(head) + len(END) + sum(int(line.removeprefix(LENGTH)) for line in lines)
    return size if len(waiting) >= size else None


async def main(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Stub, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
