"""Key files that may be replaced while a process runs: it goes on with what they hold now."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Generic, TypeVar

import structlog

T = TypeVar("T")

LOOK_S = 1.0
"""How soon a file that was replaced is noticed."""

log = structlog.get_logger(__name__)

Seen = tuple[tuple[str, int, int, int], ...]


class Watched(Generic[T]):
    """What `read` makes of a file or of the files of a folder, read again when they change.

    What cannot be read leaves everything as it was and is told: a key that is half written, or a
    mistake, stops nobody. Only the first reading raises.
    """

    def __init__(
        self,
        name: str,
        path: Path,
        read: Callable[[], T],
        *,
        monotonic_s: Callable[[], float] = monotonic,
    ) -> None:
        self._name = name
        self._path = path
        self._read = read
        self._monotonic_s = monotonic_s
        self._seen = self._failed = _seen(path)
        self._looked_s = monotonic_s()
        self._value = read()

    @property
    def now(self) -> T:
        if self._monotonic_s() - self._looked_s >= LOOK_S:
            self.look()
        return self._value

    def look(self) -> T:
        """At once, for who met a key that is not known yet."""
        self._looked_s = self._monotonic_s()
        seen = _seen(self._path)
        if seen != self._seen:
            self._read_again(seen)
        return self._value

    def _read_again(self, seen: Seen) -> None:
        """What failed is tried again, and told once."""
        try:
            self._value = self._read()
        except (OSError, ValueError, TypeError) as exception:
            if seen != self._failed:
                # Errors of ours name the variable and the file, and nothing of what is in it.
                log.error("keys_not_read", what=self._name, error=str(exception))  # noqa: TRY400
            self._failed = seen
        else:
            self._seen = seen
            log.info("keys_read", what=self._name)


def _seen(path: Path) -> Seen:
    """Which files there are, and when they were written; a link counts as what it leads to."""
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        found = [(file.name, file.stat()) for file in files if not file.name.startswith(".")]
    except OSError:
        return ()
    return tuple((name, each.st_mtime_ns, each.st_size, each.st_ino) for name, each in found)
