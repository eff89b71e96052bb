"""The inside of a box: limits itself, then does one reading after the other until told no more."""

import json
import math
import os
import resource
import sys
from importlib import import_module

from congvu_kit.adapters.boxes import receive, refusal, send, too_large
from congvu_kit.domain.errors import DomainError

FILES_MAX = 64
"""Open at a time: what modules and one sheet need."""


def main() -> None:
    memory_bytes, cpu_s, answer_bytes, file_bytes = map(int, sys.argv[1:])
    for kind, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_NOFILE, FILES_MAX),
    ):
        resource.setrlimit(kind, (most, most))
    # What a library prints would be taken for an answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    send(answers, b'{"given": "ready"}')
    while True:
        try:
            name, *arguments = receive(sys.stdin.buffer, memory_bytes)
        except EOFError:
            return
        _limit_time(cpu_s)
        send(answers, _answer(name, arguments, answer_bytes))


def _limit_time(cpu_s: int) -> None:
    """From now on; the system counts from the start of the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    ends = math.ceil(used.ru_utime + used.ru_stime) + cpu_s
    resource.setrlimit(resource.RLIMIT_CPU, (ends, hard))


def _answer(name: str, arguments: list[object], most: int) -> bytes:
    module, _, function = name.partition(":")
    try:
        given = getattr(import_module(module), function)(*arguments)
        answer = json.dumps({"given": given}).encode()
        return answer if len(answer) <= most else _refused(too_large())
    except DomainError as refused:
        return _refused(refused)
    except (MemoryError, RecursionError):
        return _refused(too_large())


def _refused(error: DomainError) -> bytes:
    return json.dumps({"refused": refusal(error)}).encode()


if __name__ == "__main__":
    main()
