"""What use cases need of the world besides the store, made once at start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from catalogue_service.domain.imports.rows import Row


@dataclass(frozen=True, kw_only=True)
class SheetFile:
    """A sheet as it came, unread: `headings` are the file's own, by the column each means."""

    name: str
    content_base64: str
    headings: Mapping[str, str]


class Sheets(Protocol):
    """Reads what strangers send, where that can harm nobody."""

    async def rows(self, file: SheetFile) -> Sequence[Row]:
        """Raise `Invalid` saying what is wrong with it, `RateLimited` when too many are read."""


@dataclass(frozen=True, kw_only=True)
class Needs:
    sheets: Sheets
