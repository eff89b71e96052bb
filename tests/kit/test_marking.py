"""What is wrong, written into a copy of the sheet: the rest of it stays as it was, and a copy that
is corrected is read as if nothing had been written there."""

import base64
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from congvu_kit.adapters.boxes import InFile
from congvu_kit.adapters.legacy import Encoding
from congvu_kit.adapters.marking import AUTHOR, FAULTY, Remark, as_sent, marked
from congvu_kit.adapters.sheets import COLUMNS_MAX, UnreadableSheet, write_sheet
from congvu_kit.adapters.tables import Table
from congvu_kit.adapters.tabular import ERRORS, Form, Note, Record, heading_of, sources
from congvu_kit.tools.error_copies import ErrorCopy, headings_told, require_copy
from congvu_kit.tools.failure import Failure

FORM = Form(
    fields={"ma": "code", "ten": "name", "diem": "points"},
    titles={"code": "Mã", "name": "Tên", "points": "Điểm"},
    keys=("code",),
    codes=frozenset({"code"}),
    numbers=frozenset({"points"}),
)
LINES: Sequence[Sequence[object]] = [
    ["Mã", "Tên", "Điểm"],
    ["B.1", "Việc một", "=2+3"],
    ["B.2", "Việc hai", "chín"],
]


def workbook(path: Path) -> Path:
    """A title above, formats, a note of the office, a drop-down and a second sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Danh mục"
    sheet.append(["DANH MỤC NĂM 2026"])
    sheet.merge_cells("A1:C1")
    for line in LINES:
        sheet.append(list(line))
    sheet["B4"].font = Font(italic=True, name="Times New Roman")
    sheet["C4"].comment = Comment("Hỏi lại phòng Nội vụ", "Lan")
    sheet.column_dimensions["B"].width = 44
    choices = DataValidation(type="list", formula1='"5,9"')
    choices.add("C3:C9")
    sheet.add_data_validation(choices)
    other = book.create_sheet("Ghi chú")
    other["A1"] = "Không sửa bảng này"
    other.sheet_state = "hidden"
    book.save(path)
    return path


def write_lines(path: Path, lines: Sequence[Sequence[object]]) -> Path:
    with path.open("wb") as target:
        first, *rest = [[str(each or "") for each in line] for line in lines]
        write_sheet(path.name, target, "Bảng", first, rest)
    return path


def lines_in(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    return [list(map(str, line)) for line in load_workbook(path).worksheets[0].values]


def tables_of(path: Path, encoding: Encoding | None = None, form: Form = FORM) -> list[Table]:
    notes: list[Note] = []
    found = sources(path.name, io.BytesIO(path.read_bytes()), encoding)
    assert found is not None
    headings = [(each, heading_of(each, form)) for each in found]
    return [Table(source, form, "", line, notes) for source, line in headings if line]


def records_of(path: Path) -> list[Record]:
    return [each for table in tables_of(path) for each in table.records()]


def copied(path: Path, *remarks: Remark, encoding: Encoding | None = None) -> Path:
    sent = as_sent([each.layout for each in tables_of(path, encoding)], remarks)
    copy = path.with_stem("lỗi")
    copy.write_bytes(base64.b64decode(marked(str(path), sent, "vi", encoding)["content"]))
    return copy


IN_BOOK = Remark(
    sheet="Danh mục", line=4, column=2, title="Điểm", text="Ô này phải là số, ví dụ 1234,5."
)
OF_ROW = Remark(sheet="Danh mục", line=4, text="=Mã này đã có ở dòng trước.")


def test_a_fault_stands_at_its_cell_and_those_of_a_row_in_a_column(tmp_path: Path) -> None:
    sheet = load_workbook(copied(workbook(tmp_path / "a.xlsx"), IN_BOOK, OF_ROW))["Danh mục"]

    note = sheet["C4"].comment
    assert note.text == f"Hỏi lại phòng Nội vụ\n{AUTHOR}: {IN_BOOK.text}"
    assert sheet["C4"].fill.fgColor.rgb == FAULTY.fgColor.rgb
    assert (sheet["D2"].value, sheet["D3"].value) == (ERRORS[0], None)
    assert sheet["D4"].value == f"Điểm: {IN_BOOK.text}\n{OF_ROW.text}"
    assert sheet["D4"].data_type == "s"
    assert [cell.coordinate for row in sheet for cell in row if cell.comment] == ["C4"]


def test_everything_else_is_as_it_was(tmp_path: Path) -> None:
    book = load_workbook(copied(workbook(tmp_path / "a.xlsx"), IN_BOOK))

    sheet = book["Danh mục"]
    assert sheet["C3"].value == "=2+3"
    assert (sheet["B4"].font.italic, sheet["B4"].font.name) == (True, "Times New Roman")
    assert sheet.column_dimensions["B"].width == 44
    assert [str(each) for each in sheet.merged_cells.ranges] == ["A1:C1"]
    assert [str(each.sqref) for each in sheet.data_validations.dataValidation] == ["C3:C9"]
    assert (book["Ghi chú"]["A1"].value, book["Ghi chú"].sheet_state) == (
        "Không sửa bảng này",
        "hidden",
    )


def test_a_corrected_copy_is_read_and_marked_again_without_what_was_said_before(
    tmp_path: Path,
) -> None:
    copy = copied(workbook(tmp_path / "a.xlsx"), IN_BOOK, OF_ROW)
    book = load_workbook(copy)
    book["Danh mục"]["C3"], book["Danh mục"]["C4"] = 5, 9
    book.save(copy)

    read = records_of(copy)
    again = load_workbook(
        copied(copy, Remark(sheet="Danh mục", line=3, column=0, title="Mã", text="Sai mã."))
    )["Danh mục"]

    assert [(each.cells, each.wrong) for each in read] == [
        ({"code": "B.1", "name": "Việc một", "points": "5"}, []),
        ({"code": "B.2", "name": "Việc hai", "points": "9"}, []),
    ]
    assert [cell.value for cell in again["D"]] == [None, ERRORS[0], "Mã: Sai mã.", None]
    assert again["C4"].comment.text == "Hỏi lại phòng Nội vụ"
    assert again["C4"].fill.fill_type is None
    assert again.max_column == 4


STRICT = replace(FORM, keys=("code", "points"), strict=True)


@pytest.mark.parametrize("end", [".xlsx", ".csv"])
def test_what_is_wrong_with_headings_is_said_at_them_and_below_and_gone_once_corrected(
    tmp_path: Path, end: str
) -> None:
    file = tmp_path / f"a{end}"
    write_lines(file, [["Mã", "Tên", "Tuổi", "tên"], ["B.1", "Việc một", "3", "x"]])
    with pytest.raises(UnreadableSheet) as refusal:
        tables_of(file, form=STRICT)

    with pytest.raises(InFile) as told, headings_told(file, file.with_stem("b"), None):
        raise refusal.value
    lines = lines_in(file.with_stem("b"))
    again = [[cell for at, cell in enumerate(line) if at != 3] for line in lines]
    again[0][2], again[1][2] = "Điểm", "3"
    write_lines(file, again)

    assert told.value is refusal.value
    assert lines[0] == ["Mã", "Tên", "Tuổi", "tên", ERRORS[1]]
    assert lines[1][:4] == ["B.1", "Việc một", "3", "x"]
    assert sorted(re.split("; |\n", lines[1][4])) == [
        "Tuổi: no column has this heading",
        "Tên: stands twice: keep one",
        "tên: stands twice: keep one",
        "Điểm: this column is missing",
    ]
    [table] = tables_of(file, form=STRICT)
    assert [each.cells for each in table.records()] == [
        {"code": "B.1", "name": "Việc một", "points": "3"}
    ]


def test_a_missing_column_is_noted_at_the_title_of_the_errors(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.xlsx", [["Mã", "Tên"]])
    with pytest.raises(UnreadableSheet) as refusal, headings_told(file, tmp_path / "b.xlsx", None):
        tables_of(file, form=STRICT)

    sheet = load_workbook(tmp_path / "b.xlsx").worksheets[0]
    assert refusal.value.at[0]["column"] is None
    assert sheet["C1"].value == ERRORS[1]
    assert sheet["C1"].comment.text == f"{AUTHOR}: Điểm: this column is missing"
    assert sheet["C2"].value == "Điểm: this column is missing"


def test_a_csv_that_is_nothing_but_headings_gets_a_line_for_what_is_missing(
    tmp_path: Path,
) -> None:
    file = write_lines(tmp_path / "a.csv", [["Mã", "Tên"]])
    with pytest.raises(UnreadableSheet), headings_told(file, tmp_path / "b.csv", None):
        tables_of(file, form=STRICT)

    assert lines_in(tmp_path / "b.csv") == [
        ["Mã", "Tên", ERRORS[1]],
        ["", "", "Điểm: this column is missing"],
    ]


def drawn(path: Path) -> Path:
    """A workbook with a chart, which a copy has as well, a picture and a box of text, which the
    library does not know."""
    workbook(path)
    book = load_workbook(path)
    chart = BarChart()
    chart.add_data(Reference(book["Danh mục"], min_col=3, min_row=3, max_row=4))
    sheet: Any = book["Danh mục"]
    sheet.add_chart(chart, "F2")
    book.save(path)
    with ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    drawing = parts["xl/drawings/drawing1.xml"]
    end = drawing.rindex(b"</")
    more = b'<x:sp xmlns:x="u"/>' * 2 + b'<x:pic xmlns:x="u"/>'
    parts["xl/drawings/drawing1.xml"] = drawing[:end] + more + drawing[end:]
    with ZipFile(path, "w") as whole:
        for name, content in parts.items():
            whole.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("locale", "lost"),
    [
        ("vi_VN.UTF-8", "Bản sao này không có 1 hình ảnh, 2 hình vẽ, hộp chữ của tệp gốc."),
        (
            "C.UTF-8",
            "This copy is without what the file has besides: 1 pictures, 2 shapes or text boxes.",
        ),
    ],
)
def test_what_a_copy_cannot_carry_over_is_said_in_it_and_on_the_terminal(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    locale: str,
    lost: str,
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    file, copy = drawn(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    layouts = [each.layout for each in tables_of(file)]

    ErrorCopy(file, copy, layouts, None, [IN_BOOK]).write()

    sheet: Any = load_workbook(copy)["Danh mục"]
    assert f"b.xlsx: {lost}" in capsys.readouterr().err.splitlines()
    assert sheet["D2"].comment.text == f"{AUTHOR}: {lost}"
    assert len(sheet._charts) == 1


def test_a_copy_that_has_everything_says_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, copy = workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"

    ErrorCopy(file, copy, [each.layout for each in tables_of(file)], None, [IN_BOOK]).write()

    assert len(capsys.readouterr().err.splitlines()) == 1
    assert load_workbook(copy)["Danh mục"]["D2"].comment is None


@pytest.mark.parametrize("end", [".xlsx", ".csv"])
def test_what_is_said_of_a_line_is_never_a_formula_and_has_no_sign_that_a_sheet_refuses(
    tmp_path: Path, end: str
) -> None:
    file = write_lines(tmp_path / f"a{end}", [["Mã", "Tên", "Điểm"], ["B.1", "Việc", "5"]])
    [table] = tables_of(file)
    sheet = table.layout.sheet

    told = Remark(sheet=sheet, line=2, text="=cmd()" if end == ".csv" else "=cmd()\x01")
    copy = copied(file, told)

    if end == ".csv":
        assert lines_in(copy)[1][3] == "'=cmd()"
        return
    cell = load_workbook(copy).worksheets[0]["D2"]
    assert (cell.value, cell.data_type, cell.number_format) == ("=cmd()\ufffd", "s", "@")


def test_a_fault_in_a_merged_cell_is_noted_where_its_value_stands(tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx")
    book = load_workbook(file)
    book["Danh mục"].merge_cells("B3:B4")
    book.save(file)

    copy = copied(file, Remark(sheet="Danh mục", line=4, column=1, title="Tên", text="Sai."))

    sheet: Any = load_workbook(copy)["Danh mục"]
    assert sheet["B3"].comment.text == f"{AUTHOR}: Sai."
    assert sheet["B3"].fill.fgColor.rgb == FAULTY.fgColor.rgb


def test_a_sheet_that_has_no_column_left_has_its_notes_alone(tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx")
    book = load_workbook(file)
    book["Danh mục"].cell(3, COLUMNS_MAX, "x")
    book.save(file)

    sheet: Any = load_workbook(copied(file, IN_BOOK))["Danh mục"]

    assert sheet.max_column == COLUMNS_MAX
    assert AUTHOR in sheet["C4"].comment.text


def test_parts_of_a_text_keep_their_looks(tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx")
    book = load_workbook(file)
    bold = TextBlock(InlineFont(b=True), "hai")
    book["Danh mục"]["B4"] = CellRichText("Việc ", bold)
    book.save(file)

    sheet = load_workbook(copied(file, IN_BOOK), rich_text=True)["Danh mục"]

    assert [str(each) for each in sheet["B4"].value] == ["Việc ", "hai"]


CSV = "sep=;\nMã;Tên;Điểm\nB.1;Việc một;5\nB.2;Việc hai;chín\n"
IN_CSV = Remark(sheet="", line=4, column=2, title="Điểm", text="Phải là số; sửa lại.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_gets_a_column_and_is_read_again(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(CSV, encoding=encoding)

    copy = copied(file, IN_CSV)

    assert copy.read_text("utf-8-sig").splitlines() == [
        "sep=;",
        "Mã;Tên;Điểm;Lỗi cần sửa",
        "B.1;Việc một;5;",
        'B.2;Việc hai;chín;"Điểm: Phải là số; sửa lại."',
    ]
    copy.write_text(copy.read_text("utf-8-sig").replace("chín", "9"), "utf-8")
    assert [each.cells["points"] for each in records_of(copy)] == ["5", "9"]
    again = copied(copy, Remark(sheet="", line=3, text="Trùng mã."))
    assert again.read_text("utf-8-sig").splitlines()[1:3] == [
        "Mã;Tên;Điểm;Lỗi cần sửa",
        "B.1;Việc một;5;Trùng mã.",
    ]
    assert again.read_text("utf-8-sig").splitlines()[3] == "B.2;Việc hai;9;"


def test_a_csv_from_before_unicode_is_copied_into_unicode(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("Mã;Tên;Điểm\nB.1;Hé tÞch;chÝn\n".encode("latin-1", "replace"))
    file.write_bytes(b"M\xb7;T\xaan;\xa7i\xd3m\nB.1;H\xe9 t\xdech;ch\xddn\n")

    copy = copied(
        file, Remark(sheet="", line=2, column=2, title="Điểm", text="?"), encoding=Encoding.TCVN3
    )

    assert copy.read_text("utf-8-sig").splitlines()[1] == "B.1;Hộ tịch;chín;Điểm: ?"


@pytest.mark.parametrize(
    ("file", "copy", "said"),
    [
        ("a.json", "b.json", "ends with .xlsx or .csv"),
        ("a.xlsx", "b.csv", "ends with .xlsx, as the file does"),
        ("a.xlsx", "./a.xlsx", "another file"),
    ],
)
def test_a_copy_that_cannot_be_is_refused_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch, file: str, copy: str, said: str
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    with pytest.raises(Failure, match=said):
        require_copy(Path(file), Path(copy))
