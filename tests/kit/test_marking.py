"""What is wrong, written into a copy of the sheet: the rest of it stays as it was, and a copy that
is corrected is read as if nothing had been written there."""

import base64
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from congvu_kit.adapters.legacy import Encoding
from congvu_kit.adapters.marking import AUTHOR, FAULTY, Remark, as_sent, marked
from congvu_kit.adapters.tables import Table
from congvu_kit.adapters.tabular import ERRORS, Form, Note, Record, heading_of, sources
from congvu_kit.tools.error_copies import require_copy
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


def tables_of(path: Path, encoding: Encoding | None = None) -> list[Table]:
    notes: list[Note] = []
    found = sources(path.name, io.BytesIO(path.read_bytes()), encoding)
    assert found is not None
    headings = [(each, heading_of(each, FORM)) for each in found]
    return [Table(source, FORM, "", line, notes) for source, line in headings if line]


def records_of(path: Path) -> list[Record]:
    return [each for table in tables_of(path) for each in table.records()]


def copied(path: Path, *remarks: Remark, encoding: Encoding | None = None) -> Path:
    sent = as_sent([each.layout for each in tables_of(path, encoding)], remarks)
    copy = path.with_stem("lỗi")
    copy.write_bytes(base64.b64decode(marked(str(path), sent, "vi", encoding)))
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
