"""A small disk of one's own, and what fills it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from congvu_faults.figures import NotRun


@contextmanager
def small_disk(folder: Path, size_mb: int) -> Iterator[Path]:
    """In memory, mounted at `folder`; raises `NotRun` where mounting is not allowed."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False)
    except OSError as error:
        raise NotRun("mount is missing") from error
    if mounted.returncode:
        raise NotRun("mounting a small disk is not allowed")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@dataclass
class Ballast:
    """Takes what is free on a disk, and gives it back."""

    file: Path

    def leave(self, free_bytes: int) -> None:
        disk = os.statvfs(self.file.parent)
        more = disk.f_bavail * disk.f_frsize - free_bytes
        with self.file.open("ab", buffering=0) as file:
            while more > 0:
                more -= file.write(b"\0" * min(more, 1 << 20))

    def away(self) -> None:
        self.file.unlink()
