"""A sheet is refused by what is in it, before a grid is made of it."""

import io
import time
import tracemalloc
import zipfile
from collections import Counter
from collections.abc import Callable

import pytest

from congvu_kit.adapters.csv_files import csv_lines
from congvu_kit.adapters.sheets import COLUMNS_MAX, ROWS_MAX, UnreadableSheet
from congvu_kit.adapters.workbooks import PARTS_MAX, open_workbook

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
TOP = f'{RELS}<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
INNER = f'{RELS}<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="r1"/>'
    "</sheets></workbook>"
)


def sheet_of(cells: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'


def cell(address: str) -> str:
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{address}"><v>1</v></c></row>'


def workbook(sheet: str, **more: str | bytes) -> io.BytesIO:
    target = io.BytesIO()
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f"{TOP}</Relationships>",
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": f"{INNER}</Relationships>",
        "xl/worksheets/sheet1.xml": sheet,
        **more,
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target


def last_column() -> str:
    return "CV"  # The hundredth.


def test_a_sheet_at_its_limits_is_read() -> None:
    [page] = open_workbook(workbook(sheet_of(cell("A1") + cell(f"{last_column()}{ROWS_MAX}"))))

    widths = Counter(len(line.cells) for line in page.lines())
    assert widths == {COLUMNS_MAX: ROWS_MAX}


def without_workbook() -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    return target


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    + sheet_of('<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>')
)
OUTER = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + sheet_of(cell("A1"))

BOMBS: dict[str, Callable[[], io.BytesIO]] = {
    "two cells, all the sheet apart": lambda: workbook(sheet_of(cell("A1") + cell("XFD1048576"))),
    "one row too many": lambda: workbook(sheet_of(cell("A1") + cell(f"A{ROWS_MAX + 1}"))),
    "one column too many": lambda: workbook(sheet_of(cell("A1") + cell("CW1"))),
    "cells without an address": lambda: workbook(
        sheet_of("<row>" + "<c><v>1</v></c>" * (COLUMNS_MAX + 1) + "</row>")
    ),
    "rows without a number": lambda: workbook(
        sheet_of("<row><c><v>1</v></c></row>" * (ROWS_MAX + 1))
    ),
    "a dimension that lies": lambda: workbook(
        sheet_of(cell("A1") + cell("XFD1048576")).replace(
            "<sheetData>", '<dimension ref="A1"/><sheetData>'
        )
    ),
    "another name space": lambda: workbook(
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1048576"><x:c r="XFD1048576">'
        "<x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    ),
    "entities": lambda: workbook(LAUGHS),
    "an outer entity": lambda: workbook(OUTER),
    "entities beside the sheet": lambda: workbook(
        sheet_of(cell("A1")), **{"xl/sharedStrings.xml": LAUGHS}
    ),
    "zeros": lambda: workbook(sheet_of(cell("A1")), **{"xl/x.xml": bytes(60_000_000)}),
    "too many parts": lambda: workbook(
        sheet_of(cell("A1")), **{f"xl/{n}.bin": "" for n in range(PARTS_MAX)}
    ),
    "a part twice": lambda: workbook(
        sheet_of(cell("A1")), **{"xl/worksheets/SHEET1.xml": sheet_of(cell("XFD1048576"))}
    ),
    "broken XML": lambda: workbook("<worksheet><sheetData>"),
    "an ODS": lambda: io.BytesIO(b"PK\x03\x04"),
    "another archive": without_workbook,
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_cheaply(kind: str) -> None:
    bomb = BOMBS[kind]()
    began = time.thread_time()

    with pytest.raises(UnreadableSheet):
        open_workbook(bomb)

    assert time.thread_time() - began < 2


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_in_little_memory(kind: str) -> None:
    def peak() -> int:
        bomb = BOMBS[kind]()
        # Looking at memory makes the work several times as long: it is timed apart.
        tracemalloc.start()
        with pytest.raises(UnreadableSheet):
            open_workbook(bomb)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    # What other threads hold meanwhile only adds.
    assert peak() < 20_000_000 or min(peak(), peak()) < 20_000_000


def test_the_least_bomb_is_as_small_as_said() -> None:
    assert len(BOMBS["two cells, all the sheet apart"]().getvalue()) < 1_600


@pytest.mark.parametrize("text", ["a\n" * (ROWS_MAX + 2), "," * COLUMNS_MAX])
def test_a_csv_has_the_same_limits(text: str) -> None:
    with pytest.raises(UnreadableSheet, match="at most"):
        list(csv_lines(io.BytesIO(text.encode())))
