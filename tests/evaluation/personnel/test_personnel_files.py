"""Personnel from files."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from typer import Exit

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.sheets import UnreadableSheet
from congvu_kit.domain.errors import Invalid
from congvu_kit.tools.failure import Failure
from evaluation.gateway import InProcess
from evaluation.people import HRM, LAN_ID, OFFICE, SYSTEM
from evaluation_service.adapters.cli import personnel as service_cli
from evaluation_service.adapters.files.columns import POST
from evaluation_service.adapters.files.personnel import read_personnel
from evaluation_service.adapters.files.places import remarks_of
from evaluation_service.application.collections import SERVANTS
from support.graph import Graph
from support.import_reports import SHAPE, shape_of

UNITS = """system,id,code,name,level,province,valid_from,parent_id
hrm.khanhhoa,H32.31.07,H32.31.07,UBND xã Diên Khánh,COMMUNE,56,2025-07-01,
hrm.khanhhoa,H32.31.07.1,H32.31.07.1,Văn phòng,DEPARTMENT,56,2025-07-01,H32.31.07
"""
POSITIONS = """province,code,title,duty_group
56,HO-TICH,Tư pháp - Hộ tịch,ho-tich
"""
PEOPLE = """system,id,full_name,province,unit_id,position_code,role,valid_from,valid_to
hrm.khanhhoa,cb-011,Nguyễn Thị Lan,56,H32.31.07,HO-TICH,STAFF,2025-07-01,2026-01-01
hrm.khanhhoa,cb-011,Nguyễn Thị Lan,56,H32.31.07.1,HO-TICH,STAFF,2026-01-01,
"""
TEXTS = {"units": UNITS, "positions": POSITIONS, "people": PEOPLE}


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def workbook(folder: Path) -> Path:
    book = Workbook()
    for title, text in zip(("Đơn vị", "Vị trí việc làm", "Công chức"), TEXTS.values(), strict=True):
        sheet = book.create_sheet(title)
        for line in text.splitlines():
            sheet.append(line.split(","))
    file = folder / "personnel.xlsx"
    book.save(file)
    return file


def rows_in(file: Path) -> dict[str, list[Any]]:
    """Without the places they are from."""
    read = read_personnel(str(file))
    assert (read["faults"], read["unread"]) == ([], [])
    return {kind: [each["row"] for each in rows] for kind, rows in read["rows"].items()}


def test_several_lines_of_one_person_are_appointments(tmp_path: Path) -> None:
    (lan,) = rows_in(written(tmp_path, "people.csv", PEOPLE))["people"]

    assert [(a["unitRef"]["id"], a["validTo"]) for a in lan["appointments"]] == [
        ("H32.31.07", "2026-01-01"),
        ("H32.31.07.1", None),
    ]


def test_a_day_is_written_as_in_an_office_or_as_in_a_program(tmp_path: Path) -> None:
    office = PEOPLE.replace("2025-07-01", "01/07/2025").replace("2026-01-01", "1/1/2026")

    assert rows_in(written(tmp_path, "office.csv", office)) == rows_in(
        written(tmp_path, "program.csv", PEOPLE)
    )
    wrong = written(tmp_path, "wrong.csv", PEOPLE.replace("2025-07-01", "07/25/2025"))
    assert {each["en"] for each in read_personnel(str(wrong))["faults"]} == {
        "must be a day such as 01/07/2026 or 2026-07-01"
    }


def test_csv_xlsx_and_json_say_the_same(tmp_path: Path) -> None:
    by_csv = {
        kind: rows_in(written(tmp_path, f"{kind}.csv", text))[kind] for kind, text in TEXTS.items()
    }
    by_json = rows_in(written(tmp_path, "all.json", json.dumps(by_csv)))

    assert rows_in(workbook(tmp_path)) == by_csv == by_json


def test_an_import_through_the_graph_and_again(
    uow: MemoryUnitOfWork,
    graph: Graph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(service_cli, "Gateway", lambda url, token: InProcess(graph, HRM))
    file = workbook(tmp_path)

    service_cli.import_personnel(file, url="", token="")
    service_cli.import_personnel(file, url="", token="")

    lan = asyncio.run(uow.reading().store(SERVANTS).get(LAN_ID))
    assert [a.unit_id for a in lan.appointments][-1] == OFFICE
    assert capsys.readouterr().out.splitlines() == [
        "4 changed, 0 unchanged, 0 refused",
        "0 changed, 4 unchanged, 0 refused",
    ]


def test_refused_rows_are_told_and_end_with_one(
    graph: Graph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(service_cli, "Gateway", lambda url, token: InProcess(graph, HRM))
    file = written(tmp_path, "people.csv", PEOPLE.replace("cb-011", "056089001234"))

    with pytest.raises(Exit) as ended:
        service_cli.import_personnel(file, url="", token="")

    assert ended.value.exit_code == 1
    told = capsys.readouterr().err
    assert "people.csv, line 2; people.csv, line 3 id: " in told
    assert "056089001234" not in told
    with pytest.raises(Exit):
        service_cli.import_personnel(file, as_json=True, url="", token="")
    printed = capsys.readouterr()
    report = json.loads(printed.out)
    assert (shape_of(report), report["done"]) == (SHAPE, True)
    assert report["counts"] == {"REFUSED": 2}
    assert [each["line"] for each in report["lines"]] == [2, 3]
    assert (report["ended"], "line 2" in printed.err) == ([], False)


@pytest.mark.parametrize("strict", [True, False])
def test_lines_that_cannot_be_read_stand_in_the_report(
    graph: Graph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    strict: bool,
) -> None:
    """Also where nothing is sent for them."""
    monkeypatch.setattr(service_cli, "Gateway", lambda url, token: InProcess(graph, HRM))
    file = written(tmp_path, "units.csv", UNITS.replace("DEPARTMENT", "PHÒNG"))

    with pytest.raises((Exit, Failure)):
        service_cli.import_personnel(file, strict=strict, as_json=True, url="", token="")

    report = json.loads(capsys.readouterr().out)
    assert report["done"] is not strict
    assert [each["outcome"] for each in report["lines"] if each["line"] == 3] == ["REFUSED"]
    assert len(report["lines"]) == (1 if strict else 2)


NEW = {"Hệ thống": SYSTEM, "Mã công chức": "cb-9", "Họ và tên": "Võ An", "Mã tỉnh": "56"}
WHOLE = {
    "Đơn vị": "H32.31.07",
    "Vị trí việc làm": "HO-TICH",
    "Vai trò": "STAFF",
    "Từ ngày": "01/07/2025",
}


def of_one_line(folder: Path, cells: dict[str, str]) -> Path:
    return written(folder, "p.csv", "\n".join(",".join(each) for each in (cells, cells.values())))


def test_new_people_of_a_sheet_without_posts_are_told_its_columns(
    graph: Graph,
    uow: MemoryUnitOfWork,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    monkeypatch.setattr(service_cli, "Gateway", lambda url, token: InProcess(graph, HRM))

    with pytest.raises(Exit):
        service_cli.import_personnel(of_one_line(tmp_path, NEW), url="", token="")

    assert {each.heading for each in POST if each.needed} == set(WHOLE)
    assert f"Bảng chưa có các cột: {', '.join(WHOLE)}." in capsys.readouterr().err
    assert not uow.rows(SERVANTS)


@pytest.mark.parametrize("left", WHOLE)
def test_a_sheet_with_a_part_of_a_post_is_told_the_column_it_lacks(
    tmp_path: Path, left: str
) -> None:
    there = {name: cell for name, cell in (NEW | WHOLE).items() if name != left}

    with pytest.raises(UnreadableSheet) as refused:
        read_personnel(str(of_one_line(tmp_path, there)))

    assert refused.value.message("vi") == f"p.csv: bảng chưa có các cột: {left}"


def test_what_is_refused_stands_beside_the_cells_of_a_copy(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    monkeypatch.setattr(service_cli, "Gateway", lambda url, token: InProcess(graph, HRM))
    file, copy = workbook(tmp_path), tmp_path / "lỗi.xlsx"
    book = load_workbook(file)
    book["Đơn vị"]["E2"] = "XÃ"
    book.save(file)

    with pytest.raises(Exit):
        service_cli.import_personnel(file, errors=copy, url="", token="")

    marked = load_workbook(copy)
    noted = {
        sheet.title: [cell.coordinate for row in sheet for cell in row if cell.comment]
        for sheet in marked
    }
    assert noted == {
        "Sheet": [],
        "Đơn vị": ["E2", "H3"],
        "Vị trí việc làm": [],
        "Công chức": ["E2", "E3"],
    }
    assert marked["Đơn vị"]["I1"].value == marked["Công chức"]["J1"].value == "Lỗi cần sửa"
    assert marked["Đơn vị"]["I2"].value.startswith("level: phải là một trong")


@pytest.mark.parametrize(
    ("field", "marked"),
    [
        ("externalRef.id", [(2, 1)]),
        ("people[3].fullName", [(2, 2)]),
        ("appointments", [(2, None), (3, None)]),
        ("appointments.positionCode", [(2, 4), (3, 4)]),
        ("input.people[0].appointments[1].unitRef.id", [(3, 3)]),
        ("appointments[9].unitRef", [(2, 3), (3, 3)]),
        ("leaves[0].kind", [(2, None)]),
        (None, [(2, None), (3, None)]),
    ],
)
def test_a_field_of_a_row_is_found_on_its_lines(
    tmp_path: Path, field: str | None, marked: list[tuple[int, int | None]]
) -> None:
    text = PEOPLE.replace("full_name,province,", "full_name,").replace("Nguyễn Thị Lan,56,", "Lan,")
    [lan] = read_personnel(str(written(tmp_path, "people.csv", text)))["rows"]["people"]

    found = [(each.line, each.column) for each in remarks_of(lan, field, "sai")]

    assert found == marked


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("people.csv", "a,b\n1,2\n", "those of no kind"),
        ("people.csv", PEOPLE.replace("valid_to", "cccd"), "unknown columns: cccd"),
        ("all.json", '{"staff": []}', "an object with units, positions, people"),
        ("all.json", "{", "no JSON"),
        ("all.txt", "", "none of .xlsx, .csv, .json"),
        ("all.xlsx", "not a workbook", "no XLSX"),
    ],
)
def test_what_is_no_personnel_file_is_refused(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    file = written(tmp_path, name, text)

    with pytest.raises(UnreadableSheet, match=said):
        read_personnel(str(file))
    with pytest.raises(Invalid):
        service_cli.import_personnel(file, url="", token="")


def test_a_workbook_without_a_sheet_of_personnel_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("Lương")
    file = tmp_path / "salaries.xlsx"
    book.save(file)

    with pytest.raises(UnreadableSheet, match="no sheet called units, positions, people"):
        read_personnel(str(file))
