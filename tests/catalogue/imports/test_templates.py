"""The template of a catalogue: made from the columns, read back as empty, and every word that it
offers is taken."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from catalogue_service.adapters.cli.catalogue import write_template
from catalogue_service.adapters.files.sheets import ReadRow, read, write
from catalogue_service.adapters.files.template import EXAMPLE, template, vocabularies
from catalogue_service.domain.imports.rows import COLUMNS, parse
from congvu_kit.adapters.tabular import Note
from congvu_kit.domain.labels import TABLE, label
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.speech import Language
from support.templates import choices_in, headings_without_note, offered

LANGUAGES = list(Language)


def lines_of(headings: list[str], *lines: dict[str, str]) -> list[ReadRow]:
    text = "\t".join(headings) + "\n"
    for line in lines:
        text += "\t".join(line.get(each, "") for each in headings) + "\n"
    return list(read("a.csv", io.BytesIO(text.encode())))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_example_is_never_imported(tmp_path: Path, language: Language, form: str) -> None:
    file, notes = tmp_path / f"mau.{form}", list[Note]()

    write_template(file, language=language)

    with file.open("rb") as content:
        assert list(read(file.name, content, notes=notes)) == []
    assert [each.en for each in notes] == ["passed over, the example of the template: line 2"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_closed_column_has_its_list_and_every_heading_a_note(
    tmp_path: Path, language: Language
) -> None:
    file = tmp_path / "mau.xlsx"
    columns = dict(zip(COLUMNS, template(language).columns, strict=True))

    write_template(file, language=language)

    [found] = choices_in(file).values()
    assert found == {columns[name].title: columns[name].choices for name in vocabularies()}
    assert headings_without_note(file) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_is_a_line_that_an_import_takes(language: Language) -> None:
    sheet = template(language)
    [row] = lines_of(
        [each.title for each in sheet.columns], {each.title: each.example for each in sheet.columns}
    )

    assert row.wrong == ()
    assert parse(row).code == EXAMPLE["code"]
    assert {name: row.cells[name] for name in vocabularies() if name in EXAMPLE} == {
        name: EXAMPLE[name] for name in vocabularies() if name in EXAMPLE
    }


@pytest.mark.parametrize("column", vocabularies())
def test_every_choice_and_every_label_is_taken(column: str) -> None:
    vocabulary = vocabularies()[column].__name__
    known = offered(vocabulary) | {
        label(vocabulary, each, "vi"): each for each in TABLE[vocabulary]
    }
    written = list(known)

    rows = lines_of(
        ["Mã", "Tên", column], *({"Mã": f"B.{at}", column: text} for at, text in enumerate(written))
    )

    assert [row.cells[column] for row in rows] == [known[text] for text in written]
    assert {known[text] for text in written} == {each.name for each in vocabularies()[column]}


def test_a_template_of_another_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Failure):
        write_template(tmp_path / "mau.json")


def test_a_workbook_has_the_words_of_its_drop_downs_and_is_read_as_codes(tmp_path: Path) -> None:
    file, cells = tmp_path / "danh-muc.xlsx", {**EXAMPLE, "kpi_kind": "HARD"}
    with file.open("wb") as target:
        write(file.name, target, [cells])

    heading, line = load_workbook(file).worksheets[0].iter_rows(values_only=True)
    with file.open("rb") as content:
        [back] = read(file.name, content)

    shown = dict(zip(heading, line, strict=True))
    assert (shown["Nhóm"], shown["Loại KPI"]) == ("C – chuyên ngành của đơn vị", "Cứng")
    assert {name: back.cells[name] for name in vocabularies()} == {
        name: cells[name] for name in vocabularies()
    }
