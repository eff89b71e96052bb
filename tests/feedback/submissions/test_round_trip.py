"""import(export(x)) = x: lines of collected feedback written by the one writer of exports are read
as they were, with the headings and words of either language."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu_kit.adapters.legacy import legacy_of
from congvu_kit.domain.labels import TABLE
from congvu_kit.domain.text import canonical_lines
from congvu_kit.tools.exports.columns import Column, Headings, Type
from congvu_kit.tools.exports.files import WRITERS, Form
from feedback_service.adapters.files.collected import COLUMNS, read_collected

LETTERS = st.characters(exclude_categories=["C", "Z"])
TEXT = (
    st.text(LETTERS, min_size=1, max_size=20)
    .map(canonical_lines)
    .filter(lambda text: text != "" and legacy_of(text) is None)
)


def type_of(field: str) -> Type:
    if field == "answeredOn":
        return Type.DAY
    return Type.TEXTS if COLUMNS[field].several else Type.TEXT


def value_of(field: str) -> st.SearchStrategy[Any]:
    column = COLUMNS[field]
    if type_of(field) is Type.DAY:
        return st.dates().filter(lambda day: day.year > 1999).map(str)
    if column.vocabulary is None:
        return TEXT
    code = st.sampled_from(sorted(TABLE[column.vocabulary]))
    return st.lists(code, min_size=1, max_size=3, unique=True) if column.several else code


LINES = st.fixed_dictionaries(
    {name: value_of(name) for name, each in COLUMNS.items() if each.needed},
    optional={name: value_of(name) for name, each in COLUMNS.items() if not each.needed},
)
AS_EXPORTED = [
    Column(name, name, type_of(name), each.vocabulary, title=each.heading)
    for name, each in COLUMNS.items()
]


@pytest.mark.parametrize("headings", Headings)
@pytest.mark.parametrize("form", [Form.CSV, Form.XLSX])
@settings(max_examples=10)
@given(lines=st.lists(LINES, min_size=1, max_size=3))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory,
    form: Form,
    headings: Headings,
    lines: list[dict[str, Any]],
) -> None:
    file: Path = tmp_path_factory.mktemp("collected") / f"x.{form}"
    rows = (tuple(line.get(name) for name in COLUMNS) for line in lines)

    with file.open("wb") as target:
        WRITERS[form](target, "x", AS_EXPORTED, headings, rows)

    found = read_collected(str(file))
    assert found["faults"] == []
    assert [each["row"] for each in found["rows"]] == lines
