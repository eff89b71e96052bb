"""Sheets of products read in a box: those of strangers by the service, one's own by the command."""

import base64
import binascii
import io
from collections.abc import Mapping, Sequence
from itertools import islice

from catalogue_service.adapters.files.sheets import read
from catalogue_service.application.imports.commands import IMPORT_MAX_ROWS
from catalogue_service.application.needs import SheetFile
from catalogue_service.domain.imports.rows import Row
from congvu_kit.adapters.boxes import Boxes
from congvu_kit.adapters.sheets import UnreadableSheet, opened

Sent = list[tuple[int, dict[str, str]]]
"""Rows as they come out of a box."""

FIELD = "input.file"


class BoxedSheets:
    """The `Sheets` of the service."""

    def __init__(self, boxes: Boxes) -> None:
        self._boxes = boxes

    async def rows(self, file: SheetFile) -> Sequence[Row]:
        return _rows(
            await self._boxes.ask(
                rows_sent, file.name, file.content_base64, dict(file.headings), field=FIELD
            )
        )


def rows_sent(name: str, content_base64: str, mapping: Mapping[str, str]) -> Sent:
    """Inside the box. One row more than fits, so that the use case says how many are allowed."""
    try:
        content = io.BytesIO(base64.b64decode(content_base64, validate=True))
    except (binascii.Error, ValueError) as exception:
        raise UnreadableSheet("the file is not in base64", "tệp không ở dạng base64") from exception
    return _sent(list(islice(read(name, content, mapping), IMPORT_MAX_ROWS + 1)))


def read_in_box(boxes: Boxes, path: str, mapping: Mapping[str, str]) -> Sequence[Row]:
    """Every row of a file of this machine. Raise `Invalid`."""
    return _rows(boxes.run(rows_in_file, path, dict(mapping), field=path))


def rows_in_file(path: str, mapping: Mapping[str, str]) -> Sent:
    """Inside the box."""
    with opened(path) as content:
        return _sent(list(read(path, content, mapping)))


def _sent(rows: Sequence[Row]) -> Sent:
    return [(row.number, dict(row.cells)) for row in rows]


def _rows(sent: Sent) -> Sequence[Row]:
    return [Row(number=number, cells=cells) for number, cells in sent]
