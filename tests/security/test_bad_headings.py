"""Of a file with several bad sheets every one is told, by every reader of sheets."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from catalogue_service.adapters.files import sheets as catalogue
from catalogue_service.domain.imports.rows import TITLES
from congvu_kit.adapters.boxes import InFile
from congvu_kit.adapters.sheets import UnreadableSheet
from congvu_kit.tools.error_copies import headings_told
from evaluation_service.adapters.files import columns as people
from evaluation_service.adapters.files.lists import KINDS, read_list
from evaluation_service.adapters.files.personnel import read_personnel
from feedback_service.adapters.files import collected

Read = Callable[[str], object]


def read_catalogue(path: str) -> object:
    with Path(path).open("rb") as content:
        return list(catalogue.read(path, content))


DOORS: dict[str, tuple[Read, Sequence[str]]] = {
    "catalogue": (read_catalogue, list(TITLES.values())),
    "personnel": (read_personnel, [each.heading for each in people.COLUMNS["units"]]),
    "feedback": (collected.read_collected, [e.heading for e in collected.COLUMNS.values()]),
    **{
        name: (lambda path, name=name: read_list(name, path), list(kind.form.titles.values()))  # type: ignore[misc]
        for name, kind in KINDS.items()
    },
}


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest) -> tuple[Read, Sequence[str]]:
    return DOORS[request.param]


def book(file: Path, *headings: Sequence[str]) -> str:
    made = Workbook()
    made.remove(made.worksheets[0])
    for number, titles in enumerate(headings):
        page = made.create_sheet(f"Bảng {number}")
        page.append(list(titles))
        page.append(["x"] * len(titles))
    made.save(file)
    return str(file)


def test_every_bad_sheet_is_told_and_no_good_one(
    door: tuple[Read, Sequence[str]], tmp_path: Path
) -> None:
    read, titles = door
    twice = [*titles, titles[0]]
    path = book(tmp_path / "x.xlsx", twice, titles, twice)

    with pytest.raises(UnreadableSheet) as refused:
        read(path)

    assert {each["sheet"] for each in refused.value.at} == {"Bảng 0", "Bảng 2"}
    assert all(f"Bảng {number}" in refused.value.vi for number in (0, 2))


def test_every_bad_sheet_is_marked_in_the_copy(
    door: tuple[Read, Sequence[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    read, titles = door
    twice = [*titles, titles[0]]
    path, copy = book(tmp_path / "x.xlsx", twice, titles, twice), tmp_path / "lỗi.xlsx"

    with pytest.raises(InFile), headings_told(Path(path), copy, None):
        read(path)

    noted = {
        page.title: [cell.column for row in page for cell in row if cell.comment]
        for page in load_workbook(copy).worksheets
    }
    assert noted == {"Bảng 0": [1, len(twice)], "Bảng 1": [], "Bảng 2": [1, len(twice)]}
