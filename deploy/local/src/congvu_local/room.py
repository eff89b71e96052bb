"""Room on the disk that a server needs to keep what it acknowledges."""

import os
from pathlib import Path

RESERVE_MB = 128
"""Two files of the database's write-ahead log."""

BACK_FACTOR = 1.25
"""So much more must be free before it is enough again: a start writes, too."""


class Room:
    """Asked whether there is enough; once there was not, there must be more."""

    def __init__(self, folder: Path, reserve_mb: float = RESERVE_MB) -> None:
        self._folder = folder
        self._reserve = reserve_mb * 1_000_000
        self._enough = True

    def __call__(self) -> bool:
        disk = os.statvfs(self._folder)
        needed = self._reserve * (1 if self._enough else BACK_FACTOR)
        self._enough = disk.f_bavail * disk.f_frsize >= needed
        return self._enough
