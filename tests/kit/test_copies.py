"""Every import with `--errors`: what refuses a whole sheet stands in its copy as well."""

import inspect
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from congvu_kit.adapters.boxes import Boxes, InFile
from congvu_kit.adapters.marking import AUTHOR
from congvu_kit.adapters.tables import TWICE
from congvu_kit.adapters.tabular import ERRORS, NO_HEADING, is_beside
from congvu_kit.tools.failure import Failure

Command = Callable[..., None]


def _commands() -> dict[str, tuple[Command, Command]]:
    """Each import that writes a copy, with what writes its template."""
    points = {each.name: each for each in entry_points(group="congvu.commands")}
    found = {}
    for name, point in points.items():
        verb, _, kind = name.partition(".")
        template = points.get(f"template.{kind if verb == 'import' else verb}")
        if template is not None and "errors" in inspect.signature(point.load()).parameters:
            found[template.name] = (point.load(), template.load())
    return found


COMMANDS = _commands()


@pytest.fixture(params=COMMANDS)
def command(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any]:
    """In Vietnamese, read in this process: a box is another test's matter."""
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    monkeypatch.setattr(Boxes, "run", lambda self, work, *given, field: work(*given))
    return COMMANDS[request.param]


def imported(command: Command, file: Path, copy: Path) -> None:
    needed = [
        name
        for name, each in inspect.signature(command).parameters.items()
        if each.default is inspect.Parameter.empty and name != "file"
    ]
    command(file, errors=copy, **dict.fromkeys(needed, "x"))


def refused(command: Command, file: Path) -> Path:
    copy = file.with_stem("lỗi")
    with pytest.raises(InFile):
        imported(command, file, copy)
    return copy


def template(write: Command, folder: Path) -> tuple[Path, Workbook]:
    write(folder / "mẫu.xlsx")
    return folder / "mẫu.xlsx", load_workbook(folder / "mẫu.xlsx")


def test_every_kind_of_sheet_is_here() -> None:
    assert {name.removeprefix("template.") for name in COMMANDS} == {
        *("catalogue", "personnel", "feedback", "assignments", "readings")
    }


@pytest.mark.parametrize(
    ("name", "copy", "why"),
    [
        ("a.json", "b.json", "chỉ dùng với tệp .xlsx hoặc .csv"),
        ("a.xlsx", "b.csv", "phải có đuôi .xlsx như tệp gốc"),
        ("a.csv", "b.xlsx", "phải có đuôi .csv như tệp gốc"),
        ("A.XLSX", "b.csv", "phải có đuôi .xlsx như tệp gốc"),
        ("a.xlsx", "./a.xlsx", "phải khác tệp gốc"),
    ],
)
def test_a_copy_that_cannot_be_is_refused_before_anything_is_read(
    command: tuple[Command, Command], tmp_path: Path, name: str, copy: str, why: str
) -> None:
    file = tmp_path / name
    file.write_bytes(b"neither read nor written over")

    with pytest.raises(Failure, match=why):
        imported(command[0], file, tmp_path / copy)

    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {
        name: b"neither read nor written over"
    }


def test_a_heading_that_stands_twice_is_marked_at_both(
    command: tuple[Command, Command], tmp_path: Path
) -> None:
    file, book = template(command[1], tmp_path)
    sheet: Any = next(each for each in book.worksheets if not is_beside(each.title))
    twice = sheet.cell(1, sheet.max_column + 1, sheet["B1"].value)
    book.save(file)

    marked: Any = load_workbook(refused(command[0], file))[sheet.title]

    told = [cell.coordinate for cell in marked[1] if AUTHOR + ": " in str(cell.comment)]
    assert told == ["B1", twice.coordinate]
    errors = marked.cell(1, marked.max_column)
    assert errors.value == ERRORS[0]
    assert marked.cell(2, marked.max_column).value.splitlines() == [
        f"{twice.value}: {TWICE[1]}",
        f"{twice.value}: {TWICE[1]}",
    ]


def test_a_sheet_without_a_heading_is_marked_where_it_begins(
    command: tuple[Command, Command], tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("BẢNG TỔNG HỢP\nCột 1,Cột 2,Cột 3\n1,2,3\n", "utf-8")

    marked = refused(command[0], file).read_text("utf-8-sig").splitlines()

    assert marked == [
        "BẢNG TỔNG HỢP",
        f"Cột 1,Cột 2,Cột 3,{ERRORS[0]}",
        f"1,2,3,{NO_HEADING[1]}",
    ]
