"""What use cases need of the world besides the store, made once at start."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from catalogue_service.domain.imports.rows import Row
from congvu_kit.application.webhooks import Receivers, Sealing


@dataclass(frozen=True, kw_only=True)
class SheetFile:
    """A sheet as it came, unread: `headings` are the file's own, by the column each means;
    `encoding` what text from before Unicode is in."""

    name: str
    content_base64: str
    headings: Mapping[str, str]
    encoding: str | None = None


@dataclass(frozen=True, kw_only=True)
class SheetNote:
    """What somebody should know of how a sheet was read; it stops nothing."""

    place: str
    en: str
    vi: str


@dataclass(frozen=True, kw_only=True)
class SheetRows:
    """What a file holds; a row with a cell that cannot be read is there, and says so."""

    rows: tuple[Row, ...]
    notes: tuple[SheetNote, ...] = ()


class Sheets(Protocol):
    """Reads what strangers send, where that can harm nobody."""

    async def read(self, file: SheetFile) -> SheetRows:
        """Raise `Invalid` saying what is wrong with it, `RateLimited` when too many are read."""


@dataclass(frozen=True, kw_only=True)
class Needs:
    sheets: Sheets
    sealing: Sealing
    receivers: Receivers
