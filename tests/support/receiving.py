"""The receiver of webhooks that the documents offer, run as it is."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection

from support.polling import until

RECEIVE = Path(__file__).parents[2] / "docs" / "examples" / "receive.py"


@contextmanager
def receiving(port: int, secret: str, seen: Path, printed: Path) -> Iterator[None]:
    """Meanwhile it answers on the port, and writes each event that it handled as a line."""
    with (
        printed.open("a") as out,
        subprocess.Popen(
            [sys.executable, str(RECEIVE), str(port), str(seen)],
            env={**os.environ, "SECRET": secret},
            stdout=out,
        ) as process,
    ):
        try:
            until(lambda: is_up(port), within_s=8, what="the receiver")
            yield
        finally:
            process.terminate()


def is_up(port: int) -> bool:
    try:
        create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
