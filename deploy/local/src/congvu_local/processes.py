"""Child processes: started in a group of their own, awaited until ready, ended with all they made.

The one place of the repository that starts and stops servers; the embedded profile, the tests and
the benchmark all use it.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from congvu_local import guard
from congvu_local.errors import ProgramFailed
from congvu_local.folder import OWNER_ONLY, OWNER_ONLY_FOLDER
from congvu_local.lines import Retold, as_printed

POLL_S = 0.05
"""Pause between two looks at a child that is starting or stopping."""

TAIL_LINES = 15
"""Lines of a log shown when its process failed: a Python traceback's useful end."""

LAST_LINES_S = 2.0
"""For the last lines of a child that has ended; over only where what it started still prints."""

# The kernel's parent-death signal is tied to the thread that started the child, so all children
# are started by this one, which lives as long as the interpreter.
_starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="starter")


def python(module: str, *arguments: str) -> Sequence[str]:
    return [sys.executable, "-u", "-m", module, *arguments]


def always() -> bool:
    return True


def _owner_only(path: str, flags: int) -> int:
    """Logs name no person, and are private all the same."""
    opened = os.open(path, flags, OWNER_ONLY)
    os.fchmod(opened, OWNER_ONLY)
    return opened


@dataclass(frozen=True, kw_only=True)
class Program:
    """What to run and how to tell that it works. `environment` is the child's whole environment.
    What is not `live` cannot mend itself; that it is not `ready` may pass. Without `room` it must
    not run: what it cannot write it would lose. `plain` prints text where our parts print JSON;
    standard error is taken for text from everybody."""

    name: str
    command: Sequence[str]
    log: Path
    plain: bool = False
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    folder: Path | None = None
    ready: Callable[[], bool] = always
    live: Callable[[], bool] = always
    room: Callable[[], bool] = always
    ready_within_s: float = 30
    stop_within_s: float = 10
    stop_signal: signal.Signals = signal.SIGTERM


class Process:
    """One program's running child; the same object starts it again after a stop or a kill."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._child: subprocess.Popen[bytes] | None = None
        self._retold: Retold | None = None
        self._reaped = True
        self._previous_log_kept = False

    @property
    def name(self) -> str:
        return self.program.name

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    @property
    def exit_code(self) -> int | None:
        """None while it runs or was never started; negative is the number of a signal."""
        return self._child.poll() if self._child else None

    @property
    def alive(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def start(self) -> Self:
        """Start and wait until it is ready; raise `ProgramFailed` and leave nothing behind."""
        self.spawn()
        self.wait_ready()
        return self

    def spawn(self) -> None:
        if self.alive:
            return
        self._reap()
        _starter.submit(self._popen).result()

    def wait_ready(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """`meanwhile` is called between looks and may raise to give up waiting."""
        program = self.program
        deadline = time.monotonic() + program.ready_within_s
        while time.monotonic() < deadline:
            if not self.alive:
                raise self.failure()
            if program.ready():
                return
            meanwhile()
            time.sleep(POLL_S)
        self.kill()
        raise ProgramFailed(
            program.name,
            why=f"was not ready within {program.ready_within_s:.0f} s",
            vi=f"chưa sẵn sàng sau {program.ready_within_s:.0f} giây",
            log=program.log,
            tail=self.tail(),
        )

    def failure(self) -> ProgramFailed:
        """How the child ended, told with the end of its log."""
        self._wait_for_lines()
        code = self.exit_code
        signalled = code is not None and code < 0
        how = f"signal {-code}" if signalled and code is not None else f"exit code {code}"
        return ProgramFailed(
            self.name,
            why=f"ended by itself ({how})",
            vi=f"tự dừng ({how})",
            log=self.program.log,
            tail=self.tail(),
        )

    def tail(self, lines: int = TAIL_LINES) -> str:
        log = self.program.log
        if not log.exists():
            return ""
        last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
        return "\n".join(map(as_printed, last))

    def terminate(self) -> None:
        """Ask it to end, without waiting."""
        _starter.submit(always).result()  # a start that a signal broke off is over then
        if self.alive:
            self._signal(self.program.stop_signal)

    def stop(self) -> None:
        """Ask it to end, wait for its time to do so, then end it and all it started."""
        self.terminate()
        if self._child is not None:
            try:
                self._child.wait(self.program.stop_within_s)
            except subprocess.TimeoutExpired:
                self.kill()
        self._reap()

    def kill(self) -> None:
        """What `kill -9` does: no chance to write or say anything."""
        self._signal(signal.SIGKILL)
        self._reap()

    def restart(self) -> None:
        self.stop()
        self.start()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _popen(self) -> None:
        program = self.program
        program.log.parent.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        self._keep_previous_log()
        with open(program.log, "ab", opener=_owner_only) as log:
            self._child = subprocess.Popen(
                [sys.executable, "-I", "-S", guard.__file__, str(os.getpid()), *program.command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if program.plain else log,
                stderr=subprocess.STDOUT if program.plain else subprocess.PIPE,
                cwd=program.folder,
                env=dict(program.environment),
                process_group=0,
            )
        printed = self._child.stdout or self._child.stderr
        if printed is not None:
            self._retold = Retold(program.name, printed, program.log)
        self._reaped = False

    def _keep_previous_log(self) -> None:
        """A run starts an empty log; the run before stays readable beside it."""
        log = self.program.log
        if not self._previous_log_kept and log.exists():
            os.replace(log, log.with_suffix(".previous.log"))
        self._previous_log_kept = True

    def _signal(self, number: signal.Signals) -> None:
        if self._child is None or self._reaped:
            return
        try:
            os.killpg(self._child.pid, number)
        except (ProcessLookupError, PermissionError):
            # Nobody is left in the group; macOS says PermissionError for a zombie leader.
            return

    def _reap(self) -> None:
        """End what is left of the group and take the child's exit code."""
        if self._child is not None and not self._reaped:
            self._signal(signal.SIGKILL)
            self._child.wait()
            self._reaped = True  # from here on its number may belong to somebody else
            self._wait_for_lines()

    def _wait_for_lines(self) -> None:
        if self._retold is not None:
            self._retold.wait(LAST_LINES_S)


def stop_all(processes: Sequence[Process]) -> None:
    """End several that do not depend on each other, at the same time."""
    for process in processes:
        process.terminate()
    for process in processes:
        process.stop()
