"""The template of what was collected: made from the columns, read back as empty, and every word
that it offers is taken."""

from pathlib import Path

import pytest

from congvu_kit.domain.labels import TABLE, choice, label
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.speech import Language
from feedback_service.adapters.cli.collecting import write_feedback_template
from feedback_service.adapters.files.collected import ALSO, COLUMNS, read_collected
from feedback_service.adapters.files.template import template
from support.templates import choices_in, headings_without_note, offered

LANGUAGES = list(Language)
CLOSED = {name: each for name, each in COLUMNS.items() if each.vocabulary}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_example_is_never_taken(tmp_path: Path, language: Language, form: str) -> None:
    file = tmp_path / f"mau.{form}"

    write_feedback_template(file, language=language)

    read = read_collected(str(file))
    assert (read["rows"], read["faults"], len(read["notes"])) == ([], [], 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_closed_column_has_its_list_and_every_heading_a_note(
    tmp_path: Path, language: Language
) -> None:
    file = tmp_path / "mau.xlsx"
    titles = [each.title for each in template(language).columns]

    write_feedback_template(file, language=language)

    [found] = choices_in(file).values()
    assert found == {
        title: [choice(each.vocabulary, code, language) for code in TABLE[each.vocabulary]]
        for title, each in zip(titles, COLUMNS.values(), strict=True)
        if each.vocabulary
    }
    assert headings_without_note(file) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_is_a_line_that_an_import_takes(tmp_path: Path, language: Language) -> None:
    file, sheet = tmp_path / "a.csv", template(language)
    text = "\t".join(each.title for each in sheet.columns) + "\n"
    text += "\t".join(each.example for each in sheet.columns) + "\n"
    file.write_text(text, "utf-8")

    read = read_collected(str(file))

    assert (read["faults"], len(read["rows"])) == ([], 1)


@pytest.mark.parametrize("name", CLOSED)
def test_every_choice_every_label_and_every_code_is_taken(name: str) -> None:
    column = CLOSED[name]
    assert column.vocabulary is not None
    codes = TABLE[column.vocabulary]
    known = offered(column.vocabulary) | dict(ALSO.get(column.vocabulary, {}))
    known |= {label(column.vocabulary, code, "vi"): code for code in codes}
    known |= {code: code for code in codes}

    read = {text: column.read(text) for text in known}

    assert read == {text: [code] if column.several else code for text, code in known.items()}


def test_a_template_of_another_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Failure):
        write_feedback_template(tmp_path / "mau.json")
