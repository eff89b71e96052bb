"""A process that listens: it says that it ends before it does."""

from dataclasses import dataclass
from time import monotonic
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

SHUTDOWN_S = 20
"""How long running requests may take to finish once the door is closed."""

DRAIN_S = 3.0
"""How long a process that ends says so at `/readyz` and answers all the same: whoever looks every
second has seen it by then."""

STOP_S = 5.0
"""For everything else that ends with the process: all three stay below the 30 s of a pod."""


KEEP_ALIVE_S = 75
"""Longer than a gateway keeps an idle connection, however late its clock is heard on a busy
machine: who calls closes first, and no call is made on a connection that is being closed."""


FAILED = 1
"""Exit code of a process that could not go on: whoever started it starts another."""


@dataclass
class Ending:
    """Of one process; `begun` once it was asked to end, `failed` once it cannot go on by itself."""

    begun: bool = False
    failed: bool = False


class Server(uvicorn.Server):
    """Closes its door `drain_s` after it was asked to end; at once when it is asked again, or when
    it cannot go on."""

    def __init__(self, config: uvicorn.Config, ending: Ending, drain_s: float) -> None:
        super().__init__(config)
        self._ending = ending
        self._drain_s = drain_s
        self._closes_at: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._ending.begun or not self._drain_s:
            self._ending.begun = True
            super().handle_exit(sig, frame)
            return
        self._ending.begun = True
        self._captured_signals.append(sig)
        self._closes_at = monotonic() + self._drain_s

    async def on_tick(self, counter: int) -> bool:
        due = self._closes_at is not None and monotonic() >= self._closes_at
        if due or self._ending.failed:
            self.should_exit = True
        return await super().on_tick(counter)


def listen(app: ASGIApp, *, host: str, port: int, ending: Ending, drain_s: float) -> None:
    """Serve until SIGTERM or Ctrl-C; running requests finish."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        # Ours: uvicorn's own would print an exception with its text.
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=SHUTDOWN_S,
    )
    server = Server(config, ending, drain_s)
    try:
        server.run()
    except KeyboardInterrupt:
        return
    if not server.started or ending.failed:
        raise SystemExit(FAILED)
