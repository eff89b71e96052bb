"""Files of products: what provinces write is understood, and nothing is lost on the way."""

import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterable
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import scenes
from catalogue_service.adapters.files.sheets import read, titles, write
from catalogue_service.domain.common.kinds import (
    Catalogue,
    Complexity,
    DataSource,
    Group,
    KpiKind,
    Orientation,
)
from catalogue_service.domain.imports.rows import COLUMNS, Row, cells_of, parse
from catalogue_service.domain.policy.policy import CataloguePolicy
from catalogue_service.domain.products.checking import checked
from catalogue_service.domain.products.content import Draft
from congvu_kit.adapters.legacy import legacy_of
from congvu_kit.adapters.sheets import UnreadableSheet
from congvu_kit.domain.errors import Invalid

SHARED = Catalogue(group=Group.B, province="56")
POLICY = CataloguePolicy(id="56")
KINDS = ["a.xlsx", "a.csv", "a.json"]


def written(name: str, rows: Iterable[dict[str, str]]) -> io.BytesIO:
    target = io.BytesIO()
    write(name, target, rows)
    target.seek(0)
    return target


def one_line_text(*, least: int = 1) -> st.SearchStrategy[str]:
    letters = st.characters(exclude_categories=["C", "Z"], exclude_characters=";")
    # What looks like text from before Unicode is refused.
    return st.text(letters, min_size=least, max_size=30).filter(lambda t: legacy_of(t) is None)


drafts = st.builds(
    Draft,
    name_vi=one_line_text(),
    unit_of_measure=one_line_text(),
    complexity=st.sampled_from(Complexity),
    points=st.decimals("0.5", "100", places=2),
    name_en=st.none() | one_line_text(),
    description=st.none() | one_line_text().map(lambda text: f"{text}\n = {text}; “{text}”"),
    field=st.none() | one_line_text(),
    standard_hours=st.none() | st.decimals("0.25", "2000", places=2),
    lead_days=st.none() | st.integers(1, 366),
    quality_criteria=st.lists(one_line_text(), max_size=3, unique=True).map(tuple),
    data_source=st.sampled_from(DataSource),
    orientation=st.none() | st.sampled_from(Orientation),
    kpi_kind=st.none() | st.sampled_from(KpiKind),
    job_positions=st.lists(one_line_text(), max_size=3, unique=True).map(tuple),
    procedure_code=st.none() | st.sampled_from(["1.001190", "2.000528", "007"]),
)


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=30)
@given(draft=drafts)
def test_a_round_trip_loses_nothing(name: str, draft: Draft) -> None:
    try:
        content = checked(draft, SHARED, POLICY)
    except Invalid:
        return  # Composing letters may make two items of a list equal.

    [row] = read(name, written(name, [cells_of(Group.B, scenes.PLAN, content)]))
    parsed = parse(row)

    assert (parsed.group, parsed.code) == (Group.B, scenes.PLAN)
    assert checked(parsed.draft, SHARED, POLICY) == content


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_the_template_is_read_as_an_empty_sheet(name: str) -> None:
    assert list(read(name, written(name, []))) == []
    assert len(titles()) == len(COLUMNS)


def test_a_real_sheet_has_titles_above_its_heading_and_its_own_words() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ỦY BAN NHÂN DÂN XÃ VĨNH HẢI"])
    sheet.append(["DANH MỤC SẢN PHẨM/CÔNG VIỆC CHUẨN"])
    sheet.append([])
    sheet.append(["STT", "Mã", "Tên sản phẩm/công việc", "NHÓM", "Đơn vị tính", "Điểm", "Hệ số",
                  "Vị trí việc làm", "Căn cứ"])  # fmt: skip
    sheet.append([1, "C.56.1", "Khai sinh", "C", "hồ sơ", 12.5, 2.5, "ho-tich; tu-phap", "Luật"])
    sheet.append([])
    sheet.append([2, "C.56.2", "Khai tử", "C", "hồ sơ", 5.0, None, "ho-tich", "Luật"])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)

    first, second = read("danh-muc.xlsx", file)

    assert (first.number, first.cells) == (
        5,
        {
            "code": "C.56.1",
            "name_vi": "Khai sinh",
            "group": "C",
            "unit_of_measure": "hồ sơ",
            "points": "12.5",
            "coefficient": "2.5",
            "job_positions": "ho-tich; tu-phap",
            "legal_basis": "Luật",
        },
    )
    assert (second.number, second.cells["points"]) == (7, "5")
    assert parse(first).draft.job_positions == ("ho-tich", "tu-phap")


def test_a_csv_from_a_vietnamese_excel_has_semicolons_and_decimal_commas() -> None:
    text = "Mã;Tên công việc;Nhóm;ĐVT;Điểm\nB.56.1;Soạn thảo;B;văn bản;2,5\n"

    [row] = read("a.csv", io.BytesIO(text.encode("utf-8-sig")))

    assert parse(row).draft.points == Decimal("2.5")


def test_three_known_headings_make_a_heading() -> None:
    [row] = read("a.csv", io.BytesIO("Mã,Tên,Nhóm,Ghi chú\nB.56.1,Soạn thảo,B,x\n".encode()))

    assert row.cells == {"code": "B.56.1", "name_vi": "Soạn thảo", "group": "B"}
    with pytest.raises(UnreadableSheet, match="no heading"):
        list(read("a.csv", io.BytesIO("Mã,Tên,Ghi chú\nB.56.1,Soạn thảo,x\n".encode())))


def test_a_heading_of_ones_own_is_mapped() -> None:
    text = "Ký hiệu,Đầu việc,Nhóm,ĐVT,Điểm\nB.56.1,Soạn thảo,B,văn bản,5\n"

    mapping = {"Ký hiệu": "code", "Đầu việc": "nameVi"}
    [row] = read("a.csv", io.BytesIO(text.encode()), mapping)

    assert (row.cells["code"], row.cells["name_vi"]) == ("B.56.1", "Soạn thảo")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", b"", "ends with .xlsx"),
        ("a.csv", b"x,y\n1,2\n", "no heading"),
        ("a.csv", "Mã,Tên,Nhóm".encode("utf-16")[:-1], "not a CSV file"),
        ("a.xlsx", b"no zip", "not a readable sheet"),
        ("a.json", b"{}", "one array"),
        ("a.json", b"[{", "not JSON"),
        ("a.json", b'[{"price": 1}]', "entry 1: no column is called 'price'"),
        ("a.json", b"[1]", "not an object"),
    ],
)
def test_a_file_that_is_no_sheet_says_why(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSheet, match=reason):
        list(read(name, io.BytesIO(content)))


def test_json_may_come_as_other_systems_write_it() -> None:
    entries = [{"code": "B.56.1", "nameVi": "Việc", "points": 2.5, "jobPositions": ["a", "b"]}]

    [row] = read("a.json", io.BytesIO(json.dumps(entries).encode()))

    assert (row.cells["points"], row.cells["job_positions"]) == ("2.5", "a\nb")


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"points": "năm"}, "points"),
        ({"lead_days": "1.5"}, "lead_days"),
        ({"complexity": "N9"}, "complexity"),
        ({"group": ""}, "group"),
        ({"code": " "}, "code"),
        ({"kpi_kind": "khó"}, "kpi_kind"),
    ],
)
def test_a_bad_cell_is_named(cells: dict[str, str], column: str) -> None:
    good = cells_of(Group.B, scenes.PLAN, checked(scenes.FULL, SHARED, POLICY))

    with pytest.raises(Invalid) as refusal:
        parse(Row(number=2, cells={**good, **cells}))

    assert refusal.value.field == column


def test_a_sheet_that_unpacks_to_more_than_memory_holds_is_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(100_000_001))

    with pytest.raises(UnreadableSheet, match="unpacks to over"):
        list(read("a.xlsx", bomb))


@pytest.mark.parametrize("name", KINDS)
def test_memory_stays_flat_however_long_the_sheet(name: str, tmp_path: object) -> None:
    cells = cells_of(Group.B, scenes.PLAN, checked(scenes.FULL, SHARED, POLICY))

    def peak(rows: int) -> int:
        file = written(name, (cells for _ in range(rows)))
        tracemalloc.start()
        try:
            assert sum(1 for _ in read(name, file)) == rows
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)
    least = min(peak(1_000) for _ in range(3))  # What other threads hold meanwhile only adds.
    assert least < peak(100) + 500_000
