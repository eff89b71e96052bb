"""Work and figures from sheets: a preview, then exactly that; again, and nothing changes."""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from typer import Abort, Exit

from congvu_kit.adapters.boxes import InFile
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.sheets import UnreadableSheet
from congvu_kit.adapters.tabular import ERRORS
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.labels import TABLE, label
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.speech import Language
from evaluation import objective_scenes as o
from evaluation import scenes
from evaluation.gateway import InProcess
from evaluation.people import CHAIR, LAN, LAN_ID, SYSTEM
from evaluation_service.adapters.cli import lists, work_calls
from evaluation_service.adapters.cli.known_readings import FURTHER
from evaluation_service.adapters.files.lists import KINDS, Kind, read_list
from evaluation_service.adapters.files.lists_template import template
from evaluation_service.application.collections import ASSIGNMENTS, READINGS
from evaluation_service.domain.periods.periods import EvaluationPeriod
from support.graph import Graph
from support.import_reports import SHAPE, shape_of
from support.templates import (
    choices_in,
    headings_without_note,
    lists_that_bind,
    offered,
    turned_into_numbers,
)

KIND_NAMES = sorted(KINDS)
WRITERS: Mapping[str, Callable[..., None]] = {
    "assignments": lists.write_assignments_template,
    "readings": lists.write_readings_template,
}
WORK: list[list[Any]] = [
    ["Hệ thống", "Mã công chức", "Mã sản phẩm/công việc", "Số lượng giao", "Hạn hoàn thành"],
    [SYSTEM, "cb-011", scenes.BIRTH, "20", "01/09/2026"],
    [SYSTEM, "cb-012", scenes.BIRTH.partition("@")[0], "4,5", "2026-09-02"],
]
FIGURES: list[list[Any]] = [
    ["Hệ thống", "Mã công chức", "Mã mục tiêu", "Ngày số liệu", "Số liệu", "Minh chứng"],
    [SYSTEM, "cb-011", "MT-01", "08/08/2026", "92,5", "https://motcua.vn/1"],
]


class Whole(InProcess):
    """With the one question that the catalogue answers."""

    def query(self, document: str, variables: Mapping[str, object]) -> dict[str, Any]:
        if document == work_calls.RELEASE:
            return {"catalogueRelease": {"versionIds": [scenes.BIRTH, scenes.PLAN]}}
        return super().query(document, variables)


@pytest.fixture
def sit(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> Callable[[Actor], None]:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")

    def down(actor: Actor) -> None:
        monkeypatch.setattr(lists, "Gateway", lambda url, token: Whole(graph, actor))

    return down


@pytest.fixture
def period(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    async def opened() -> EvaluationPeriod:
        found = await o.scorecards(uow, switches=(o.WARN,))
        await o.define(uow, found)
        return found

    return asyncio.run(opened())


class Screen:
    """Of whoever types a command and reads what it says."""

    def __init__(self, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self._patch = patch
        self.read = capture.readouterr

    def typed(self, *words: str) -> None:
        self._patch.setattr("sys.argv", list(words))


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Screen:
    return Screen(monkeypatch, capsys)


def sheet(folder: Path, lines: list[list[Any]]) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    for line in lines:
        page.append(line)
    book.save(folder / "bảng.xlsx")
    return folder / "bảng.xlsx"


def test_work_is_assigned_once_however_often_the_sheet_is_sent(
    uow: MemoryUnitOfWork,
    period: EvaluationPeriod,
    sit: Callable[[Actor], None],
    tmp_path: Path,
    screen: Screen,
) -> None:
    sit(CHAIR)
    file = sheet(tmp_path, WORK)

    typed = f"congvu assignments import {file} --period {period.id}"
    screen.typed(*typed.split(), "--dry-run")
    lists.import_assignments(file, period=period.id, dry_run=True)
    assert not uow.rows(ASSIGNMENTS)
    lists.import_assignments(file, period=period.id, yes=True)
    lists.import_assignments(file, period=period.id, yes=True)

    said = screen.read()
    told = [line for line in said.out.splitlines() if line]
    line = typed.replace(str(file), f"'{file}'")
    assert [each for each in said.err.splitlines() if "Tiếp" in each] == [
        f"Tiếp theo, nhập: {line}"
    ]
    assert told == [
        "Kiểm tra: 2 tạo mới",
        "Kiểm tra: 2 tạo mới",
        "Đã nhập: 2 tạo mới",
        "Kiểm tra: 2 không thay đổi",
    ]
    kept = asyncio.run(uow.reading().store(ASSIGNMENTS).select())
    assert sorted((each.quantity, each.version.version_id) for each in kept) == [
        (Decimal("4.5"), scenes.BIRTH),
        (Decimal(20), scenes.BIRTH),
    ]


def test_a_figure_is_entered_once_and_waits_for_another_to_confirm_it(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, sit: Callable[[Actor], None], tmp_path: Path
) -> None:
    sit(LAN)
    file = sheet(tmp_path, FIGURES)

    lists.import_readings(file, period=period.id, dry_run=True)
    assert not uow.rows(READINGS)
    lists.import_readings(file, period=period.id, yes=True)
    lists.import_readings(file, period=period.id, yes=True)

    [kept] = asyncio.run(uow.reading().store(READINGS).select())
    assert (kept.value, kept.measured_on, kept.civil_servant_id) == (
        Decimal("92.5"),
        o.MEASURED_ON,
        LAN_ID,
    )
    assert [each.uri for each in kept.evidence] == ["https://motcua.vn/1"]


def test_figures_of_every_day_are_seen_as_there_and_only_those_pages_are_asked_for(
    uow: MemoryUnitOfWork,
    period: EvaluationPeriod,
    sit: Callable[[Actor], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sit(LAN)
    days = [o.MEASURED_ON - timedelta(days=back) for back in range(5)]
    lines = [
        [SYSTEM, "cb-011", "MT-01", f"{day:%d/%m/%Y}", str(value), None]
        for day in days
        for value in range(30)
    ]
    lists.import_readings(sheet(tmp_path, [FIGURES[0], *lines]), period=period.id, yes=True)
    kept = uow.rows(READINGS).copy()
    asked: list[str] = []
    query = Whole.query

    def counted(self: Whole, document: str, variables: Mapping[str, object]) -> dict[str, Any]:
        asked.append(document)
        return query(self, document, variables)

    monkeypatch.setattr(Whole, "query", counted)

    for some, pages in ((lines, 3), (lines[-20:], 1)):
        asked.clear()
        lists.import_readings(sheet(tmp_path, [FIGURES[0], *some]), period=period.id, yes=True)
        assert asked.count(FURTHER) == pages
    assert (len(kept), uow.rows(READINGS)) == (150, kept)


def test_errors_are_told_by_line_and_stop_everything_but_for_skip(
    uow: MemoryUnitOfWork,
    period: EvaluationPeriod,
    sit: Callable[[Actor], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sit(CHAIR)
    bad: list[list[Any]] = [
        [SYSTEM, "cb-999", scenes.BIRTH, "1", None],
        [SYSTEM, "cb-011", "C.56.KHONG-CO", "1", None],
        [SYSTEM, "cb-011", scenes.BIRTH, "một", "hôm qua"],
        [SYSTEM, None, scenes.BIRTH, "1", None],
        [SYSTEM, "cb-011", scenes.BIRTH, "0", None],
    ]
    file, copy = sheet(tmp_path, [*WORK, *bad]), tmp_path / "lỗi.xlsx"

    with pytest.raises(Exit):
        lists.import_assignments(file, period=period.id, yes=True, errors=copy)
    assert not uow.rows(ASSIGNMENTS)
    with pytest.raises(Exit):
        lists.import_assignments(file, period=period.id, as_json=True, skip=True)

    page = load_workbook(copy).worksheets[0]
    noted = [cell.coordinate for row in page for cell in row if cell.comment]
    assert noted == ["B4", "C5", "D6", "E6", "B7", "D8"]
    said = capsys.readouterr()
    assert "dòng 4 Mã công chức: Hệ thống nhân sự này không có mã đã ghi." in said.err
    told = json.loads(said.out.splitlines()[-1])
    assert (told["done"], told["counts"]) == (True, {"CREATED": 2, "REFUSED": 5})
    assert {each["line"] for each in told["lines"] if each["problems"]} == {4, 5, 6, 7, 8}
    assert shape_of(told) == SHAPE
    assert len(uow.rows(ASSIGNMENTS)) == 2


def test_a_column_that_is_missing_stands_in_the_copy_of_the_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through a real box, which lets out where it lies."""
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    file = sheet(tmp_path, [[*WORK[0][:2], *WORK[0][3:]], [SYSTEM, "cb-011", "20", None]])

    with pytest.raises(InFile):
        lists.import_assignments(file, period="period_1", errors=tmp_path / "lỗi.xlsx")

    page: Any = load_workbook(tmp_path / "lỗi.xlsx").worksheets[0]
    assert [page["E1"].value, page["E2"].value] == [
        ERRORS[0],
        "Mã sản phẩm/công việc: thiếu cột này",
    ]


def test_a_line_that_stands_twice_is_two_pieces_of_work(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, sit: Callable[[Actor], None], tmp_path: Path
) -> None:
    sit(CHAIR)
    file = sheet(tmp_path, [WORK[0], WORK[1], WORK[1]])

    for _ in range(2):
        lists.import_assignments(file, period=period.id, yes=True)

    assert len(uow.rows(ASSIGNMENTS)) == 2


def test_who_says_no_changes_nothing(
    uow: MemoryUnitOfWork,
    period: EvaluationPeriod,
    sit: Callable[[Actor], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sit(CHAIR)
    monkeypatch.setattr("typer.confirm", lambda text: False)

    with pytest.raises(Abort):
        lists.import_assignments(sheet(tmp_path, WORK), period=period.id)

    assert not uow.rows(ASSIGNMENTS)


def test_an_objective_that_is_not_there_is_told(
    period: EvaluationPeriod,
    sit: Callable[[Actor], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sit(LAN)
    heading = [*FIGURES[0], "Mã đơn vị"]
    lines = [
        [SYSTEM, "cb-011", "MT-99", "08/08/2026", "1", None, None],
        [SYSTEM, "cb-011", "MT-01", "08/08/2026", "1", None, "H32.31.07"],
    ]

    with pytest.raises(Exit):
        lists.import_readings(sheet(tmp_path, [heading, *lines]), period=period.id, yes=True)
    with pytest.raises(Failure, match="Không tìm thấy kỳ"):
        lists.import_readings(sheet(tmp_path, FIGURES), period="period_0", yes=True)

    told = capsys.readouterr().err
    assert "dòng 2 Mã mục tiêu: Không tìm thấy mục tiêu đang hiệu lực có mã này." in told
    assert "dòng 3 Mã công chức: Ghi mã công chức hoặc mã đơn vị, một trong hai." in told


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", KIND_NAMES)
def test_a_template_has_lists_notes_and_an_example_that_is_never_imported(
    tmp_path: Path, kind: str, language: Language
) -> None:
    file, shown = tmp_path / "mau.xlsx", template(KINDS[kind], language)

    WRITERS[kind](file, language=language)
    read = read_list(kind, str(file))
    filled = [[each.title for each in shown.columns], [each.example for each in shown.columns]]

    assert (read["rows"], read["faults"], len(read["notes"])) == ([], [], 1)
    assert headings_without_note(file) == []
    assert choices_in(file).get(shown.title, {}) == {
        column.title: column.choices
        for column, each in zip(shown.columns, KINDS[kind].columns.values(), strict=True)
        if each.vocabulary
    }
    assert turned_into_numbers(file) == []
    assert lists_that_bind(file) == []
    example = read_list(kind, str(sheet(tmp_path, filled)))
    assert (example["faults"], len(example["rows"])) == ([], 1)


def closed() -> list[tuple[Kind, str]]:
    return [
        (kind, f) for kind in KINDS.values() for f, each in kind.columns.items() if each.vocabulary
    ]


@pytest.mark.parametrize(("kind", "field"), closed(), ids=lambda each: getattr(each, "name", each))
def test_every_choice_every_label_and_every_code_is_taken(
    tmp_path: Path, kind: Kind, field: str
) -> None:
    vocabulary = kind.columns[field].vocabulary
    assert vocabulary is not None
    name = vocabulary.__name__
    known = offered(name) | {label(name, code, "vi"): code for code in TABLE[name]}
    known |= {code: code for code in TABLE[name]}
    lines = [["person", "product", field], *(["a", "b", text] for text in known)]

    read = read_list(kind.name, str(sheet(tmp_path, lines)))

    assert [each["fields"][field] for each in read["rows"]] == list(known.values())


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "a,b\n1,2\n", "columns are missing: Mã công chức"),
        ("a.csv", "Mã công chức,Số lượng,Nguồn\n1,2,\n", "missing: Mã sản phẩm/công việc"),
        ("a.txt", "", "none of .xlsx, .csv"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")

    with pytest.raises(UnreadableSheet, match=said):
        read_list("assignments", str(tmp_path / name))
    with pytest.raises(Failure):
        lists.write_readings_template(tmp_path / "mau.json")
