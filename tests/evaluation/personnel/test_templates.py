"""The templates of personnel: made from the columns, read back as empty, and every word that they
offer is taken."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from congvu_kit.adapters.tabular import day_of
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.labels import TABLE, choice, label
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.speech import Language
from evaluation.gateway import InProcess
from evaluation.people import SYSTEM
from evaluation_service.adapters.cli import personnel
from evaluation_service.adapters.cli.personnel import write_template
from evaluation_service.adapters.files.columns import COLUMNS, FLAG, POST, SHEETS, Column
from evaluation_service.adapters.files.personnel import read_personnel
from evaluation_service.adapters.files.template import EXAMPLES, choices, template
from support.graph import Graph
from support.templates import choices_in, headings_without_note, offered

LANGUAGES = list(Language)
CLOSED = {
    each.name: each
    for columns in (*COLUMNS.values(), POST)
    for each in columns
    if each.cell.vocabulary
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_are_never_imported_and_say_what_an_import_takes(
    tmp_path: Path, language: Language
) -> None:
    file = tmp_path / "mau.xlsx"
    write_template(file, language=language)
    empty = read_personnel(str(file))

    for kind in COLUMNS:
        sheet = template(kind, language)
        text = "\t".join(each.title for each in sheet.columns) + "\n"
        text += "\t".join(each.example for each in sheet.columns) + "\n"
        (tmp_path / f"{kind}.csv").write_text(text, "utf-8")
        read = read_personnel(str(tmp_path / f"{kind}.csv"))
        assert (read["faults"], sum(map(len, read["rows"].values()))) == ([], 1), kind

    assert empty["rows"] == {"units": [], "positions": [], "people": []}
    assert (empty["faults"], empty["unread"]) == ([], [])
    assert len(empty["notes"]) == len(COLUMNS) == len(EXAMPLES)


def test_the_examples_together_are_what_an_import_takes(
    tmp_path: Path,
    graph: Graph,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A person of a unit and in a position that the other sheets have, since the decree."""
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    file = tmp_path / "nhan-su.xlsx"
    write_template(file)
    told = capsys.readouterr()
    book = load_workbook(file)
    for page in (book[SHEETS[kind]] for kind in COLUMNS):
        page["A2"] = None
    book.save(tmp_path / "vi-du.xlsx")
    sync = Actor(subject=SYSTEM, roles=frozenset({Role.PERSONNEL_SYNC}), province="56")
    monkeypatch.setattr(personnel, "Gateway", lambda url, token: InProcess(graph, sync))

    personnel.import_personnel(tmp_path / "vi-du.xlsx", dry_run=True)

    assert told.out == f"Đã ghi biểu mẫu vào {file}.\n"
    assert told.err.endswith(f": congvu personnel sync {file} --dry-run\n")
    totals = capsys.readouterr().out.splitlines()[-1]
    assert totals == "3 có thay đổi, 0 không thay đổi, 0 bị từ chối"
    days = [v for each in EXAMPLES.values() for k, v in each.items() if k.startswith("valid_")]
    assert days
    assert min(day_of(each) or "" for each in days) >= "2026-01-01"


def test_a_template_never_takes_the_place_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "nhan-su.xlsx"
    file.write_text("đã điền")

    with pytest.raises(Failure):
        write_template(file)

    assert file.read_text() == "đã điền"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_closed_column_has_its_list_and_every_heading_a_note(
    tmp_path: Path, language: Language
) -> None:
    file = tmp_path / "mau.xlsx"

    write_template(file, language=language)

    assert choices_in(file) == {
        template(kind, language).title: expected
        for kind, columns in COLUMNS.items()
        if (expected := listed(kind, columns, language))
    }
    assert headings_without_note(file) == []


def listed(kind: str, columns: tuple[Column, ...], language: str) -> dict[str, list[str]]:
    titles = [each.title for each in template(kind, language).columns]
    return {
        title: [
            choice(each.cell.vocabulary, code, language) for code in TABLE[each.cell.vocabulary]
        ]
        if each.cell.vocabulary
        else choices(each, language)
        for title, each in zip(titles, columns, strict=True)
        if each.cell.vocabulary or each.cell is FLAG
    }


@pytest.mark.parametrize("name", CLOSED)
def test_every_choice_every_label_and_every_code_is_taken(name: str) -> None:
    cell = CLOSED[name].cell
    assert cell.vocabulary is not None
    codes = TABLE[cell.vocabulary]
    known = offered(cell.vocabulary)
    known |= {label(cell.vocabulary, code, "vi"): code for code in codes}

    assert {text: cell.read(text, "") for text in (*known, *codes)} == known | {
        code: code for code in codes
    }
