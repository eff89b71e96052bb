"""Small programs that stand in for servers where what they serve does not matter."""

import sys
from collections.abc import Callable
from pathlib import Path

from congvu_local.processes import Program, always

SLEEPER = "import time; print('here', flush=True); time.sleep(60)"


def program(
    folder: Path,
    code: str = SLEEPER,
    *,
    name: str = "child",
    ready_within_s: float = 10,
    live: Callable[[], bool] = always,
    plain: bool = False,
) -> Program:
    """Python code as a child that is ready once it has written `here` to its log."""
    log = folder / f"{name}.log"
    return Program(
        name=name,
        command=[sys.executable, "-c", code],
        log=log,
        plain=plain,
        ready=lambda: log.exists() and "here" in log.read_text(),
        live=live,
        ready_within_s=ready_within_s,
        stop_within_s=2,
    )
