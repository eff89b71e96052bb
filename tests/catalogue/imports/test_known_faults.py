"""Sheets as offices write them, one for every fault that is known: nothing is read as empty, and
nothing is lost unsaid."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from catalogue_service.adapters.files.sheets import ReadRow, read
from congvu_kit.adapters.legacy import CONVERT, Encoding, legacy_of
from congvu_kit.adapters.sheets import UnreadableSheet
from congvu_kit.adapters.tabular import Note

CASES = Path(__file__).parent / "cases"
HEADING = ("Mã", "Tên sản phẩm/công việc", "Nhóm", "Đơn vị tính", "Điểm")
TEXT = "Mã;Tên;Nhóm;ĐVT;Định mức\nB.56.1;Soạn thảo hồ sơ tư pháp;B;hồ sơ;{}\n"


def rows_of(name: str, content: bytes | None = None) -> tuple[list[ReadRow], list[str]]:
    notes: list[Note] = []
    file = io.BytesIO((CASES / name).read_bytes() if content is None else content)
    return list(read(name, file, notes=notes)), [each.en for each in notes]


def book(lines: Sequence[Sequence[object]], hidden: int = 0, merged: str = "") -> bytes:
    made, target = Workbook(), io.BytesIO()
    sheet = made.active
    assert sheet is not None
    for line in lines:
        sheet.append(list(line))
    if hidden:
        sheet.row_dimensions[hidden].hidden = True
    if merged:
        sheet.merge_cells(merged)
    made.save(target)
    return target.getvalue()


def wrong(row: ReadRow) -> dict[str, str]:
    return {each.field: each.fault.en for each in row.wrong}


def test_every_sheet_of_a_workbook_is_read() -> None:
    rows, _ = rows_of("danh-muc.xlsx")

    assert [(row.sheet, row.number, row.cells["group"]) for row in rows] == [
        ("Nhóm B", 2, "B"),
        ("Nhóm D", 2, "D"),
        ("Nhóm D", 3, "D"),
    ]


def test_two_columns_of_one_field_are_refused_and_unread_ones_are_named() -> None:
    with pytest.raises(UnreadableSheet, match="twice: Điểm, Số điểm"):
        rows_of("cot-la.xlsx")

    heading = (*HEADING, "Yêu cầu về chất lượng")
    _, notes = rows_of("a.xlsx", book([heading, ("B.1", "Việc", "B", "việc", 5, "Đúng")]))
    assert notes == [
        "not read: column F 'Yêu cầu về chất lượng', filled from line 2; is it "
        "'Tiêu chí chất lượng'?"
    ]


def test_a_formula_without_a_value_and_an_error_are_never_empty() -> None:
    [row], _ = rows_of("optional-only.xlsx")
    [broken], _ = rows_of("a.xlsx", book([HEADING, ("B.1", "Việc", "B", "việc", "#REF!")]))

    assert set(wrong(row)) == {"standard_hours", "lead_days"}
    assert "never computed" in wrong(row)["lead_days"]
    assert "#REF!" in wrong(broken)["points"]


def test_a_number_in_a_column_of_codes_must_show_its_digits() -> None:
    heading = (*HEADING, "Mã TTHC")
    lines = [heading, ("B.1", "Việc", "B", "việc", 5, 1.00119)]
    [bare], _ = rows_of("a.xlsx", book(lines))
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for line in lines:
        sheet.append(list(line))
    sheet["F2"].number_format = "0.000000"
    target = io.BytesIO()
    made.save(target)
    [shown], _ = rows_of("a.xlsx", target.getvalue())

    assert "drops zeros" in wrong(bare)["procedure_code"]
    assert shown.cells["procedure_code"] == "1.001190"


def test_numbers_are_read_as_their_column_is_written() -> None:
    rows, _ = rows_of("so.csv")

    assert [row.cells.get("standard_hours") for row in rows] == ["1000", "1200.5", "7.5", None]
    assert set(wrong(rows[3])) == {"points", "standard_hours"}


def test_a_number_that_may_be_two_is_refused() -> None:
    [row], _ = rows_of("a.csv", TEXT.format("1.000").encode())

    assert "may be a thousand" in wrong(row)["standard_hours"]


def test_sentences_with_as_many_commas_as_there_are_columns_part_nothing() -> None:
    lines = ["Mã\tTên\tNhóm", "B.1\tTiếp nhận, phân loại, chuyển\tB", "B.2\tSoạn văn bản\tB"]

    rows, _ = rows_of("a.csv", "\n".join(lines).encode())

    assert [row.cells["name_vi"] for row in rows] == [
        "Tiếp nhận, phân loại, chuyển",
        "Soạn văn bản",
    ]


@pytest.mark.parametrize("name", ["Hän Solo", "Company Hän", "Trần Hän", "Müller", "Zoë Måns Ltd"])
def test_a_foreign_name_is_no_text_from_before_unicode(name: str) -> None:
    assert legacy_of(name) is None


@pytest.mark.parametrize("text", ["Hé tÞch", "V¨n phßng", "Hän", "§¨ng ký khai sinh Web"])
def test_text_from_before_unicode_is_told(text: str) -> None:
    assert legacy_of(text) is not None


def test_a_foreign_name_alone_is_kept_where_somebody_says_that_it_is_unicode() -> None:
    content = TEXT.replace("Soạn thảo hồ sơ tư pháp", "Hän").format("1,5").encode()
    [refused], _ = rows_of("a.csv", content)
    [kept] = read("a.csv", io.BytesIO(content), encoding=Encoding.UNICODE)

    assert "--encoding unicode" in wrong(refused)["name_vi"]
    assert kept.cells["name_vi"] == "Hän"
    with pytest.raises(UnreadableSheet, match="in no Unicode"):
        list(
            read(
                "a.csv",
                io.BytesIO(content.decode().encode("cp1252", "replace")),
                encoding=Encoding.UNICODE,
            )
        )


def test_what_cannot_be_seen_changes_nothing() -> None:
    plain, _ = rows_of("a-plain.xlsx")
    same, _ = rows_of("b-same-with-zwsp.xlsx")

    assert [row.cells for row in plain] == [row.cells for row in same]


def test_the_lines_of_the_official_form_are_passed_over_and_told() -> None:
    rows, notes = rows_of("bieu-mau.xlsx")

    assert [row.cells["code"] for row in rows] == ["B.56.HUNT.0311", "B.56.HUNT.0312"]
    assert notes == [
        "passed over, a line of column numbers: line 5",
        "passed over, the title of a section: line 6, 8",
        "passed over, a total: line 10",
    ]


def test_a_merged_cell_is_of_every_line_and_a_hidden_line_is_told() -> None:
    lines = [HEADING, ("B.1", "Một", "B", "việc", 5), ("B.2", "Hai", None, "việc", 5)]

    rows, notes = rows_of("a.xlsx", book(lines, hidden=3, merged="C2:C3"))

    assert [row.cells["group"] for row in rows] == ["B", "B"]
    assert notes == ["hidden, and read: line 3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_read_however_it_was_saved(encoding: str, separator: str) -> None:
    [row], _ = rows_of("a.csv", TEXT.format("5").replace(";", separator).encode(encoding))

    assert row.cells["name_vi"] == "Soạn thảo hồ sơ tư pháp"


LEGACY = {
    Encoding.TCVN3: "Céng hßa x· héi chñ nghÜa ViÖt Nam",
    Encoding.VNI: "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam",
}


@pytest.mark.parametrize("encoding", LEGACY)
def test_text_from_before_unicode_is_refused_or_converted(encoding: Encoding) -> None:
    text = LEGACY[encoding]
    content = TEXT.format("5").replace("Soạn thảo hồ sơ tư pháp", text).encode()

    [row], _ = rows_of("a.csv", content)
    [read_as], _ = [list(read("a.csv", io.BytesIO(content), encoding=encoding)), None]

    assert encoding.upper() in wrong(row)["name_vi"]
    assert read_as.cells["name_vi"] == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert read_as.cells["unit_of_measure"] == "hồ sơ"


def test_bytes_of_an_old_windows_are_named_and_converted() -> None:
    text = "Mã;Tên;Nhóm\nB.56.1;Cộng hòa xã hội;B\n"
    apart = text.replace("ộ", "ô\u0323").replace("ò", "o\u0300").replace("ã", "a\u0303")
    content = apart.encode("cp1258")

    with pytest.raises(UnreadableSheet, match="CP1258"):
        rows_of("a.csv", content)
    [row] = read("a.csv", io.BytesIO(content), encoding=Encoding.CP1258)
    assert row.cells["name_vi"] == "Cộng hòa xã hội"


@pytest.mark.parametrize("text", ["Nguyễn Müller", "§ 5 điểm a", "café Zürich", "Đường số 3"])
def test_unicode_is_left_alone(text: str) -> None:
    assert legacy_of(text) is None
    assert all(callable(each) for each in CONVERT.values())
