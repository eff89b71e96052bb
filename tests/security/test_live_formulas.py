"""What is exported is text or a number wherever it is opened, and comes back as it was."""

import ast
import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue_service.adapters.cli.exports import CATALOGUE
from catalogue_service.adapters.files import sheets as catalogue
from catalogue_service.domain.imports.rows import COLUMNS
from congvu_kit.adapters.csv_files import csv_lines
from congvu_kit.adapters.sheets import guarded, unguarded, write_sheet
from congvu_kit.tools.exports.columns import Headings, Kind, Type
from congvu_kit.tools.exports.files import WRITERS, Form
from evaluation_service.adapters.cli import evaluation
from evaluation_service.adapters.cli.consequence_lists import HEADINGS
from pages_service.exports.kinds import KINDS

ROOT = Path(__file__).parents[2]

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
LEADS = (
    "",
    " ",
    "\t",
    "\r",
    "\n",
    '"',
    "'",
    "''",
    " \u00a0\u200b'",
    "\ufeff",
    *(";", "a;", "a\n", 'a;"'),
)
HOSTILE = [
    *(f"{lead}{sign}cmd|' /C calc'!A0" for lead in LEADS for sign in SIGNS),
    *("=", "-", "@SUM(1)", "\tx", "\rx", "\nx", "'\tx", "=1;=2\n=3", "+84 905 000 000", "-1+2"),
]
NUMBERS = ["-5", "+3", "-2.5", "-2,5", "0", "12.50"]

COLUMNS_OF: Mapping[str, Sequence[str]] = {
    "catalogue": COLUMNS,
    **{str(list_): found for list_, found in HEADINGS.items()},
}
"""Every export to one file, with its columns."""

WITH_MANIFEST = [CATALOGUE, *KINDS.values()]


def exported(kind: str, name: str, rows: Sequence[Mapping[str, str]], folder: Path) -> bytes:
    file = folder / name
    if kind != "catalogue":
        evaluation.write_rows(file, kind, COLUMNS_OF[kind], rows)
    else:
        with file.open("wb") as target:
            catalogue.write(name, target, rows)
    return file.read_bytes()


@pytest.mark.parametrize("headings", Headings)
@pytest.mark.parametrize("kind", WITH_MANIFEST, ids=lambda kind: kind.name)
def test_no_text_of_an_export_with_a_manifest_is_a_live_formula(
    kind: Kind, headings: Headings
) -> None:
    """A code of no vocabulary is shown as it is."""
    texts = [at for at, each in enumerate(kind.columns) if each.type in (Type.TEXT, Type.TEXTS)]
    rows = [
        tuple(
            ([text] if each.type is Type.TEXTS else text) if at in texts else None
            for at, each in enumerate(kind.columns)
        )
        for text in HOSTILE
    ]
    text, book = io.BytesIO(), io.BytesIO()

    WRITERS[Form.CSV](text, "x", kind.columns, headings, rows)
    WRITERS[Form.XLSX](book, "x", kind.columns, headings, rows)

    written = text.getvalue().decode("utf-8-sig")
    for delimiter in (",", ";", "\t"):
        for line in csv.reader(io.StringIO(written, newline=""), delimiter=delimiter):
            assert [cell for cell in line if is_live(cell)] == []
    cells = openpyxl.load_workbook(book).worksheets[0].iter_rows(min_row=2)
    assert {line[at].data_type for line in cells for at in texts} == {"s"}


def is_live(cell: str) -> bool:
    """As a spreadsheet decides: by the first sign, whatever invisible stands before it."""
    bare = cell.lstrip(' \t\r\n\u00a0\u200b\ufeff"')
    return bare.startswith(SIGNS) or cell.startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize(
    ("kind", "column"), [(kind, each) for kind, found in COLUMNS_OF.items() for each in found]
)
def test_no_column_carries_a_live_formula(kind: str, column: str, tmp_path: Path) -> None:
    columns = COLUMNS_OF[kind]
    rows = [{**dict.fromkeys(columns, "x"), column: text} for text in (*HOSTILE, *NUMBERS)]

    text = exported(kind, "a.csv", rows, tmp_path).decode("utf-8-sig")
    for delimiter in (",", ";", "\t"):
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            for cell in line:
                assert not is_live(cell) or cell in NUMBERS, (delimiter, cell)
    at = list(columns).index(column)
    read = [line.cells[at].text for line in csv_lines(io.BytesIO(text.encode()))]
    assert read[1:] == [*HOSTILE, *NUMBERS]

    book = exported(kind, "a.xlsx", rows, tmp_path)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name)
    cells = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].iter_rows(min_row=2)
    assert {line[at].data_type for line in cells} == {"s"}


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    for text in NUMBERS:
        assert guarded(text) == text


signs = st.text("=+-@;,|'\"\t\r\n a1\u200b＝")


@settings(max_examples=300)
@given(signs)
def test_a_guarded_text_comes_back(text: str) -> None:
    once = guarded(text)

    assert unguarded(once) == text
    assert unguarded(unguarded(guarded(once))) == text
    assert not is_live(once) or once == text


def test_an_export_that_is_imported_and_exported_again_is_the_same() -> None:
    text = ["=1+1", "'=1", "- Nghị định 335", "a; -b"]
    before = io.BytesIO()
    write_sheet("a.csv", before, "x", ["h"] * 4, [text])
    _, read = csv_lines(io.BytesIO(before.getvalue()))
    line = [cell.text for cell in read.cells]
    after = io.BytesIO()
    write_sheet("a.csv", after, "x", ["h"] * 4, [line])

    assert line == text
    assert after.getvalue() == before.getvalue()


def test_only_the_kit_reads_and_writes_sheets() -> None:
    """Whoever reads or writes CSV or XLSX otherwise is found here."""
    writers = {
        str(file.relative_to(ROOT))
        for file in (ROOT / "services").glob("*/src/**/*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(each.name in LIBRARIES for each in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in LIBRARIES)
    }

    assert writers == {
        f"services/kit/src/congvu_kit/adapters/{name}.py"
        for name in ("books", "csv_files", "marking", "sheets", "template_books", "workbooks")
    }


LIBRARIES = ("csv", "openpyxl", "python_calamine", "xlsxwriter", "pandas")
