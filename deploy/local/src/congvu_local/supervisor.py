"""Keeps a set of child processes: starts them in order, notices deaths, ends them in reverse."""

import threading
import time
from collections.abc import Callable, Sequence
from decimal import Decimal

from congvu_kit.domain.vietnamese import vi_number
from congvu_kit.tools.speech import said
from congvu_local.errors import ProgramFailed
from congvu_local.processes import Process, Program, stop_all

WATCH_S = 0.1
"""How often a child is looked at; a death is noticed this much later at most."""

LOOK_EVERY_S = 1.0
LIVELESS_S = 15.0
"""A child that was asked every second whether it lives, and never said so for so long, is ended and
started again: longer than a busy machine keeps one from answering."""

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 5.0
"""Between starts of a child that keeps dying: doubled from the first to the longest."""

STEADY_S = 30.0
"""A child that lived this long starts its next pauses from the first again."""

Tell = Callable[[str, str], None]
"""Hears of a step: the child's name and what became of it. Called from several threads."""


class Supervisor:
    """`tiers` start one after the other, the programs of a tier together.

    A death is a failure that `wait` raises, unless `restarts` is true: then the child is started
    again, as often as it takes; so is one that lives and does not say so for `liveless_s`.
    """

    def __init__(
        self,
        tiers: Sequence[Sequence[Program]],
        *,
        tell: Tell,
        restarts: bool = False,
        liveless_s: float = LIVELESS_S,
    ) -> None:
        self._tell = tell
        self._restarts = restarts
        self._stopping = threading.Event()
        self._failure: ProgramFailed | None = None
        self._tiers = [
            [
                Keeper(
                    Process(program),
                    tell,
                    self._stopping,
                    fail=None if restarts else self._fail,
                    liveless_s=liveless_s,
                )
                for program in tier
            ]
            for tier in tiers
        ]
        self._keepers = {keeper.process.name: keeper for tier in self._tiers for keeper in tier}

    @property
    def processes(self) -> list[Process]:
        return [keeper.process for keeper in self._keepers.values()]

    def process(self, name: str) -> Process:
        return self._keepers[name].process

    def start(self) -> None:
        """Return when every child is ready; raise `ProgramFailed` with none left otherwise."""
        try:
            for tier in self._tiers:
                self._start_tier(tier)
        except BaseException:
            self.stop()
            raise

    def _start_tier(self, tier: "Sequence[Keeper]") -> None:
        began = time.monotonic()
        for keeper in tier:
            keeper.process.spawn()
        for keeper in tier:
            keeper.process.wait_ready(meanwhile=self.check)
            took_s = time.monotonic() - began
            told = said(vi=f"sẵn sàng sau {_vi_s(took_s)}", en=f"ready in {took_s:.1f} s")
            self._tell(keeper.process.name, told)
            keeper.keep()

    def check(self) -> None:
        """Raise `ProgramFailed` when a child has died."""
        if self._failure is not None:
            raise self._failure

    def wait(self, within_s: float) -> None:
        """Return when the time is over; raise `ProgramFailed` when a child dies before."""
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline and not self._stopping.wait(WATCH_S):
            self.check()

    def stop(self) -> None:
        """End all children, the last started first; safe to call more than once."""
        self._stopping.set()
        for keeper in self._keepers.values():
            keeper.join()
        for tier in reversed(self._tiers):
            stop_all([keeper.process for keeper in tier])

    def kill(self, name: str) -> None:
        """`kill -9` one child. Without restarts it stays down, and that is no failure."""
        self._keepers[name].kill(rest=not self._restarts)

    def end(self, name: str) -> int | None:
        """Ask one child to end, wait, and return its exit code; it stays down until `restart`."""
        return self._keepers[name].end()

    def restart(self, name: str) -> None:
        """Start one child again, ending it first when it runs; returns when it is ready."""
        self._keepers[name].restart()

    def _fail(self, failure: ProgramFailed) -> None:
        self._failure = self._failure or failure


class Keeper:
    """Watches one child on a thread: brings it back, or tells `fail` of its death."""

    def __init__(
        self,
        process: Process,
        tell: Tell,
        stopping: threading.Event,
        *,
        fail: Callable[[ProgramFailed], None] | None,
        liveless_s: float,
    ) -> None:
        self.process = process
        self._tell = tell
        self._stopping = stopping
        self._fail = fail
        self._liveless_s = liveless_s
        self._looked_s = self._lived_s = time.monotonic()
        self._resting = self._cramped = False
        self._changing = threading.RLock()
        self._pause_s = FIRST_PAUSE_S
        self._started_s = time.monotonic()
        self._thread = threading.Thread(target=self._keep, name=f"keep {process.name}", daemon=True)

    def keep(self) -> None:
        self._thread.start()

    def join(self) -> None:
        if self._thread.is_alive():
            self._thread.join()

    def kill(self, *, rest: bool) -> None:
        with self._changing:
            self._resting = rest
            self.process.kill()

    def end(self) -> int | None:
        with self._changing:
            self._resting = True
            self.process.stop()
            return self.process.exit_code

    def restart(self) -> None:
        with self._changing:
            self.process.restart()
            self._resting = False

    def _keep(self) -> None:
        while not self._stopping.wait(WATCH_S):
            if self._has_no_room():
                continue
            if self._fail is None:
                self._end_liveless()
            with self._changing:
                if self._resting or self.process.alive:
                    continue
                failure = self.process.failure()
            if self._fail is not None:
                self._fail(failure)
                return
            self._bring_back(failure)

    def _end_liveless(self) -> None:
        now = time.monotonic()
        if now - self._looked_s < LOOK_EVERY_S:
            return
        lives = self._resting or not self.process.alive or self.process.program.live()
        self._looked_s = time.monotonic()
        if lives:
            self._lived_s = self._looked_s
        elif now - self._lived_s > self._liveless_s:
            with self._changing:
                told = said(
                    vi="đang chạy nhưng không trả lời: bị dừng",
                    en="lives and does not say so: it is ended",
                )
                self._tell(self.process.name, told)
                self.process.kill()
            self._lived_s = self._looked_s

    def _has_no_room(self) -> bool:
        """Ends the child before it writes into nothing, and starts it when there is room again."""
        name, room = self.process.name, self.process.program.room()
        with self._changing:
            if not room and not self._cramped:
                told = said(vi="bị dừng: hết chỗ trên đĩa", en="is stopped: no room on the disk")
                self._tell(name, told)
                self.process.kill()
            if room and self._cramped and not self._resting:
                told = said(
                    vi="chạy lại: đĩa đã có chỗ", en="starts again: there is room on the disk"
                )
                self._tell(name, told)
                self.process.spawn()
        self._cramped = not room
        return self._cramped

    def _bring_back(self, failure: ProgramFailed) -> None:
        name = self.process.name
        if time.monotonic() - self._started_s > STEADY_S:
            self._pause_s = FIRST_PAUSE_S
        told = said(
            vi=f"{failure.how_vi}, chạy lại sau {_vi_s(self._pause_s)}",
            en=f"{failure.how}, starts again in {self._pause_s:g} s",
        )
        self._tell(name, told)
        if self._stopping.wait(self._pause_s):
            return
        self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
        with self._changing:
            self.process.spawn()
        self._started_s = time.monotonic()
        while self.process.alive and not self._stopping.wait(WATCH_S):
            if self.process.program.ready():
                took_s = time.monotonic() - self._started_s
                told = said(
                    vi=f"sẵn sàng trở lại sau {_vi_s(took_s)}",
                    en=f"ready again in {took_s:.1f} s",
                )
                self._tell(name, told)
                return


def _vi_s(seconds: float) -> str:
    return f"{vi_number(Decimal(f'{seconds:.1f}'))} giây"
