"""What was erased, in a file apart from the database: no backup of that brings it back."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from congvu_kit.application.documents import adapter
from feedback_service.domain.common.private_data import RememberedErasure

FILE = "erasures.jsonl"


class ErasureFile:
    """One line an erasure, on disk before the caller goes on."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    async def remember(self, erasure: RememberedErasure) -> None:
        await asyncio.to_thread(self._append, adapter(RememberedErasure).dump_json(erasure) + b"\n")

    async def all(self) -> Sequence[RememberedErasure]:
        return await asyncio.to_thread(self.read)

    def _append(self, line: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(file, line)
            os.fsync(file)
        finally:
            os.close(file)

    def read(self) -> Sequence[RememberedErasure]:
        if not self._path.exists():
            return ()
        with self._path.open("rb") as lines:
            return [erasure for line in lines if (erasure := _erasure(line))]


def _erasure(line: bytes) -> RememberedErasure | None:
    """None for a line that a power cut left half written: its erasure was never confirmed."""
    try:
        return adapter(RememberedErasure).validate_json(line)
    except ValidationError:
        return None
