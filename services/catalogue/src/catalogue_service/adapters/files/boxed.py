"""Sheets of products read in a box: those of strangers by the service, one's own by the command."""

import base64
import binascii
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any

from catalogue_service.adapters.files.sheets import ReadRow, read
from catalogue_service.application.imports.commands import IMPORT_MAX_ROWS, UnfitRow
from catalogue_service.application.needs import SheetFile, SheetNote, SheetRows
from catalogue_service.domain.imports.rows import Row, faults_of
from congvu_kit.adapters.boxes import Boxes
from congvu_kit.adapters.legacy import Encoding
from congvu_kit.adapters.sheets import UnreadableSheet, opened
from congvu_kit.adapters.tabular import Layout, Note
from congvu_kit.application.rows import Refusal
from congvu_kit.domain.errors import Code
from congvu_kit.domain.labels import capital

Sent = dict[str, Any]
"""Rows, those that cannot be read, and what is to be told, as they come out of a box."""

FIELD = "input.file"


class BoxedSheets:
    """The `Sheets` of the service."""

    def __init__(self, boxes: Boxes) -> None:
        self._boxes = boxes

    async def read(self, file: SheetFile) -> SheetRows:
        return _rows(
            await self._boxes.ask(
                rows_sent,
                file.name,
                file.content_base64,
                dict(file.headings),
                file.encoding,
                field=FIELD,
            )
        )


def rows_sent(
    name: str, content_base64: str, mapping: Mapping[str, str], encoding: str | None = None
) -> Sent:
    """Inside the box. One row more than fits, so that the use case says how many are allowed."""
    try:
        content = io.BytesIO(base64.b64decode(content_base64, validate=True))
    except (binascii.Error, ValueError) as exception:
        raise UnreadableSheet("the file is not in base64", "tệp không ở dạng base64") from exception
    notes: list[Note] = []
    known = None if encoding is None else Encoding(encoding)
    lines = read(name, content, mapping, encoding=known, notes=notes)
    return _sent(islice(lines, IMPORT_MAX_ROWS + 1), notes)


def read_in_box(
    boxes: Boxes, path: str, mapping: Mapping[str, str], encoding: Encoding | None = None
) -> tuple[SheetRows, Sequence[Layout]]:
    """Every row of a file of this machine, and where its tables lie. Raise `Invalid`."""
    sent = boxes.run(rows_in_file, path, dict(mapping), encoding, field=path)
    return _rows(sent), [Layout(**each) for each in sent["layouts"]]


def rows_in_file(path: str, mapping: Mapping[str, str], encoding: str | None = None) -> Sent:
    """Inside the box."""
    notes: list[Note] = []
    layouts: list[Layout] = []
    with opened(path) as content:
        known = None if encoding is None else Encoding(encoding)
        found = read(path, content, mapping, encoding=known, notes=notes, layouts=layouts)
        return {**_sent(found, notes), "layouts": list(map(asdict, layouts))}


def _sent(lines: Iterable[ReadRow], notes: Sequence[Note]) -> Sent:
    rows = [
        {
            "sheet": line.sheet,
            "number": line.number,
            "cells": dict(line.cells),
            "headings": dict(line.headings),
            "wrong": [(each.field, each.fault.en, each.fault.vi) for each in line.wrong],
        }
        for line in lines
    ]
    return {"rows": rows, "notes": [(each.place, each.en, each.vi) for each in notes]}


def _rows(sent: Sent) -> SheetRows:
    return SheetRows(
        rows=tuple(_row(**row) for row in sent["rows"]),
        notes=tuple(SheetNote(place=place, en=en, vi=vi) for place, en, vi in sent["notes"]),
    )


def _row(wrong: Sequence[tuple[str, str, str]], **line: Any) -> Row:
    """With everything that is wrong with its cells, where one of them cannot be read."""
    row = Row(**line)
    if not wrong:
        return row
    unread = {name for name, _, _ in wrong}
    refusals = (
        *(_unread(*each) for each in wrong),
        *(Refusal.of(each) for each in faults_of(row) if each.field not in unread),
    )
    return UnfitRow(**line, refusal=refusals[0], more=refusals[1:])


def _unread(name: str, en: str, vi: str) -> Refusal:
    return Refusal(
        code=Code.INVALID,
        en=f"{capital(en)}.",
        vi=f"{capital(vi)}.",
        field=name,
        rule_id=None,
    )
