"""What others wrote is read in a box: a process of its own, with a memory and a time limit, that is
killed when it takes more. A crash in there is a refused file out here, and nothing else."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, Any, Final

from congvu_kit.domain.errors import DomainError, Invalid, RateLimited

MIB: Final = 1_048_576

RULE: Final = "reading-limits"


class InFile(Invalid):
    """A refusal that lies at places of the file: `at` is JSON, which a box lets out."""

    def __init__(
        self,
        *,
        en: str,
        vi: str,
        field: str | None = None,
        rule_id: str | None = None,
        at: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__(en=en, vi=vi, field=field, rule_id=rule_id)
        self.at = at


READY_S: Final = 60
"""A start takes 0.3 s; a machine that needs this long has other troubles."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Of one reading. `answer_bytes` are of what comes out of the box, `file_bytes` of a file that
    a library keeps while it works: none, where strangers' files are read."""

    memory_bytes: int = 512 * MIB
    cpu_s: int = 4
    wall_s: float = 20
    answer_bytes: int = 8 * MIB
    file_bytes: int = 0


OWN_FILES: Final = Limits(memory_bytes=1024 * MIB, cpu_s=60, wall_s=120, answer_bytes=128 * MIB)
"""For whoever reads a file of their own on their own machine."""


class Boxes:
    """Up to `most` processes, warm between readings; `waiting` callers may stand before them."""

    def __init__(
        self, *, most: int = 2, waiting: int = 8, readings: int = 100, limits: Limits | None = None
    ) -> None:
        self._room = most + waiting
        self._asked = 0
        self._readings = readings
        self._limits = limits or Limits()
        self._threads = ThreadPoolExecutor(most, thread_name_prefix="box")
        self._idle: list[_Box] = []
        self._taking = threading.Lock()
        weakref.finalize(self, _end_all, self._idle)

    async def ask(self, work: Callable[..., Any], *arguments: object, field: str) -> Any:
        """What `run` gives, from a thread of its own; raise `RateLimited` when all are taken."""
        if self._asked >= self._room:
            raise RateLimited(
                en="too many files are being read at once; try again in some seconds",
                vi="Đang có quá nhiều tệp được đọc. Vui lòng thử lại sau vài giây.",
                field=field,
            )
        self._asked += 1
        try:
            return await asyncio.wrap_future(
                self._threads.submit(self.run, work, *arguments, field=field)
            )
        finally:
            self._asked -= 1

    def run(self, work: Callable[..., Any], *arguments: object, field: str) -> Any:
        """What `work` gives, as JSON has it. `work` is a function of a module; it and what it is
        given are the platform's, only the content of the arguments is not. Raise what it refuses,
        or `Invalid` naming `field` when it breaks a limit or breaks down."""
        box = self._take()
        try:
            answer = box.ask(work, arguments, self._limits.wall_s)
        except BaseException:
            box.end()
            raise
        if answer is None:
            raise _broken(box.end(), self._limits, field)
        self._give_back(box)
        return _given(answer, field)

    def _take(self) -> "_Box":
        with self._taking:
            if self._idle:
                return self._idle.pop()
        return _Box(self._limits)

    def _give_back(self, box: "_Box") -> None:
        if box.readings >= self._readings:
            box.end()
            return
        with self._taking:
            self._idle.append(box)


class _Box:
    """One process, for one caller at a time."""

    def __init__(self, limits: Limits) -> None:
        self.readings = 0
        self._answer_bytes = limits.answer_bytes
        self._late = False
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "congvu_kit.adapters.box_inside"),
                *map(
                    str,
                    (limits.memory_bytes, limits.cpu_s, limits.answer_bytes, limits.file_bytes),
                ),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_surroundings(),
            process_group=0,
        )
        self._ready = False

    def ask(
        self, work: Callable[..., Any], arguments: tuple[object, ...], within_s: float
    ) -> dict[str, Any] | None:
        """None when it did not live to answer."""
        self.readings += 1
        if not self._ready:
            self._ready = self._exchange(None, READY_S) is not None
        name = f"{work.__module__}:{work.__qualname__}"
        return self._exchange([name, *arguments], within_s)

    def _exchange(self, message: object, within_s: float) -> dict[str, Any] | None:
        clock = threading.Timer(within_s, self._kill)
        clock.start()
        try:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            if message is not None:
                send(self._process.stdin, json.dumps(message).encode())
            answer: dict[str, Any] = receive(self._process.stdout, self._answer_bytes)
        except (BrokenPipeError, EOFError):
            return None
        finally:
            clock.cancel()
        return answer

    def _kill(self) -> None:
        self._late = True
        self._process.kill()

    def end(self) -> int:
        """How it ended; a negative number is a signal, SIGXCPU for every kind of lateness."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()
        return -signal.SIGXCPU if self._late else self._process.returncode


def _end_all(boxes: list[_Box]) -> None:
    for box in boxes:
        box.end()


def _surroundings() -> dict[str, str]:
    """None of the service's own: what is read in a box may not see its secrets."""
    kept = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
    found = {name: os.environ[name] for name in kept if name in os.environ}
    return {**found, "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}


def send(target: IO[bytes], body: bytes) -> None:
    target.write(len(body).to_bytes(8, "big") + body)
    target.flush()


def receive(source: IO[bytes], most: int) -> Any:
    """Raise `EOFError` when nothing, or not all of it, or too much comes."""
    length = int.from_bytes(_exactly(source, 8), "big")
    if length > most:
        raise EOFError
    return json.loads(_exactly(source, length))


def _exactly(source: IO[bytes], length: int) -> bytes:
    body = source.read(length)
    if len(body) < length:
        raise EOFError
    return body


def refusal(error: DomainError) -> dict[str, Any]:
    """How a refusal comes out of a box."""
    at = list(error.at) if isinstance(error, InFile) else []
    return {"en": error.en, "vi": error.vi, "field": error.field, "rule": error.rule_id, "at": at}


def _given(answer: dict[str, Any], field: str) -> Any:
    refused = answer.get("refused")
    if refused is None:
        return answer["given"]
    raise InFile(
        en=refused["en"],
        vi=refused["vi"],
        field=refused["field"] or field,
        rule_id=refused["rule"],
        at=refused["at"],
    )


def too_large(field: str | None = None) -> Invalid:
    return Invalid(
        en="reading it breaks down, or takes more memory than there is for a file",
        vi="Không đọc được tệp này, hoặc cần nhiều bộ nhớ hơn mức cho phép.",
        field=field,
        rule_id=RULE,
    )


def _broken(how: int, limits: Limits, field: str) -> Invalid:
    if how != -signal.SIGXCPU:
        return too_large(field)
    return Invalid(
        en=f"reading it takes more than {limits.cpu_s} s",
        vi=f"Đọc tệp này mất hơn {limits.cpu_s} giây.",
        field=field,
        rule_id=RULE,
    )
