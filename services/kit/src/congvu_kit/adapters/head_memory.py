"""What a key signed, in a file beside the key: whatever is done to a database stays known here."""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from congvu_kit.domain.heads import TreeHead, empty, require_next

FILE = "signed-heads.jsonl"

TAIL_BYTES = 64 * 1024
"""Read at a time from the end: a few hundred heads."""


class HeadMemory:
    """One line a signed head, on disk before anything is signed. Replicas share the folder: who
    signs holds the file for as long as it takes to look and to write."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def last(self, origin: str) -> TreeHead:
        if not self._path.exists():
            return empty(origin)
        for line in _lines_backwards(self._path):
            head = _head(line)
            if head is not None and head.origin == origin:
                return head
        return empty(origin)

    def advance(self, head: TreeHead, *, since: TreeHead, proof: Sequence[str]) -> None:
        with self._held() as file:
            last = self.last(head.origin)
            require_next(last, head, since=since, proof=proof)
            if head != last:
                os.write(file, _line(head))
                os.fsync(file)

    @contextmanager
    def _held(self) -> Iterator[int]:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            _end_line(file)
            yield file
        finally:
            os.close(file)


def _line(head: TreeHead) -> bytes:
    said = {"origin": head.origin, "size": head.size, "root": head.root}
    return json.dumps(said).encode() + b"\n"


def _head(line: bytes) -> TreeHead | None:
    """None for a line that a power cut left half written: nothing was signed for it."""
    try:
        return TreeHead(**json.loads(line))
    except (ValueError, TypeError):
        return None


def _end_line(file: int) -> None:
    """A half line stays alone, so that the next one can be read."""
    size = os.fstat(file).st_size
    if size and os.pread(file, 1, size - 1) != b"\n":
        os.write(file, b"\n")


def _lines_backwards(path: Path) -> Iterator[bytes]:
    """From the last line on, without reading a file of years as a whole."""
    with path.open("rb") as file:
        left, rest = file.seek(0, os.SEEK_END), b""
        while left:
            step = min(TAIL_BYTES, left)
            left -= step
            file.seek(left)
            first, *lines = (file.read(step) + rest).split(b"\n")
            yield from (line for line in reversed(lines) if line)
            rest = first
        if rest:
            yield rest
