"""import(export(x)) = x for work and figures: lines written by the one writer of exports are read
as they were, and what `congvu export assignments` writes is seen as there already."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu_kit.adapters.legacy import legacy_of
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.labels import TABLE
from congvu_kit.domain.text import canonical_lines
from congvu_kit.tools.exports.columns import Column, Headings, Type
from congvu_kit.tools.exports.files import WRITERS, Form
from evaluation.people import CHAIR, SYSTEM
from evaluation.work.test_lists import WORK, period, sheet, sit
from evaluation_service.adapters.cli import lists
from evaluation_service.adapters.files.list_columns import EXPORTED
from evaluation_service.adapters.files.lists import KINDS, Kind, read_list
from evaluation_service.application.collections import ASSIGNMENTS
from evaluation_service.domain.periods.periods import EvaluationPeriod
from pages_service.exports import kinds

__all__ = ["period", "sit"]

LETTERS = st.characters(exclude_categories=["C", "Z"])
TEXT = (
    st.text(LETTERS, min_size=1, max_size=20)
    .map(canonical_lines)
    .filter(lambda text: text != "" and legacy_of(text) is None)
)
NUMBER = st.decimals(0, 10**9, places=2).map(lambda each: f"{each.normalize():f}")
DAYS = {"dueOn", "measuredOn"}
SHEETS = [Form.CSV, Form.XLSX]


def value_of(kind: Kind, field: str) -> st.SearchStrategy[Any]:
    column = kind.columns[field]
    if field in DAYS:
        return st.dates().filter(lambda day: day.year > 1999).map(str)
    if column.number:
        return NUMBER
    if field == "version":
        return st.integers(0, 999_999)
    return TEXT if column.vocabulary is None else st.sampled_from(list(column.vocabulary))


def type_of(kind: Kind, field: str) -> Type:
    if field in DAYS:
        return Type.DAY
    if field == "version":
        return Type.WHOLE
    return Type.DECIMAL if kind.columns[field].number else Type.TEXT


def columns_of(kind: Kind) -> list[Column]:
    return [
        Column(
            name,
            name,
            type_of(kind, name),
            each.vocabulary.__name__ if each.vocabulary else None,
            title=each.heading,
        )
        for name, each in kind.columns.items()
    ]


def written(file: Path, columns: list[Column], headings: Headings, rows: list[Any]) -> Path:
    with file.open("wb") as target:
        WRITERS[Form(file.suffix[1:])](target, "x", columns, headings, rows)
    return file


@pytest.mark.parametrize("headings", Headings)
@pytest.mark.parametrize("form", SHEETS)
@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=10)
@given(data=st.data())
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    form: Form,
    headings: Headings,
    data: st.DataObject,
) -> None:
    kind = KINDS[name]
    needed = {field: value_of(kind, field) for field, each in kind.columns.items() if each.needed}
    other = {field: value_of(kind, field) for field in kind.columns if field not in needed}
    line = st.fixed_dictionaries(needed, optional=other)
    lines = data.draw(st.lists(line, min_size=1, max_size=3))
    file = tmp_path_factory.mktemp("lists") / f"x.{form}"

    rows = [tuple(each.get(field) for field in kind.columns) for each in lines]
    found = read_list(name, str(written(file, columns_of(kind), headings, rows)))

    assert found["faults"] == []
    assert [each["fields"] for each in found["rows"]] == lines


def exported(**values: Any) -> tuple[Any, ...]:
    """A row of `congvu export assignments`: what an import reads of it, and other texts beside."""
    return tuple(
        values.get(EXPORTED.get(each.name, "-"), None if each.type is not Type.TEXT else each.name)
        for each in kinds.ASSIGNMENTS.columns
    )


def test_every_column_that_is_read_is_exported_under_that_name() -> None:
    assert set(EXPORTED) <= {each.name for each in kinds.ASSIGNMENTS.columns}
    assert set(EXPORTED.values()) == {*KINDS["assignments"].columns, "state"}


@pytest.mark.parametrize("headings", Headings)
@pytest.mark.parametrize("form", SHEETS)
@settings(max_examples=10)
@given(data=st.data())
def test_what_is_exported_of_work_is_read(
    tmp_path_factory: pytest.TempPathFactory, form: Form, headings: Headings, data: st.DataObject
) -> None:
    kind = KINDS["assignments"]
    values = {field: value_of(kind, field) for field in kind.columns}
    values["state"] = st.sampled_from(sorted(TABLE["AssignmentState"]))
    lines = data.draw(st.lists(st.fixed_dictionaries(values), min_size=1, max_size=3))
    file = tmp_path_factory.mktemp("exports") / f"x.{form}"

    rows = [exported(**each) for each in lines]
    found = read_list(
        kind.name, str(written(file, list(kinds.ASSIGNMENTS.columns), headings, rows))
    )

    assert found["faults"] == []
    assert [each["fields"] for each in found["rows"]] == lines


def test_work_that_was_exported_is_there_already_and_what_was_cancelled_stays_so(
    uow: MemoryUnitOfWork,
    period: EvaluationPeriod,
    sit: Callable[[Actor], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sit(CHAIR)
    lists.import_assignments(sheet(tmp_path, WORK), period=period.id, yes=True)
    kept = asyncio.run(uow.reading().store(ASSIGNMENTS).select())
    rows = []
    for line in WORK[1:]:
        code, _, number = str(line[2]).partition("@")
        [same] = [each for each in kept if str(each.quantity) == line[3].replace(",", ".")]
        given = {
            "system": SYSTEM,
            "person": line[1],
            "product": code,
            "version": int(number or 1),
            "quantity": str(same.quantity),
            "quantityFrom": "GIVEN",
            "dueOn": str(same.due_on),
            "source": "PLAN",
        }
        rows += [exported(**given, state=state) for state in (same.state.value, "CANCELLED")]
    file = written(tmp_path / "x.xlsx", list(kinds.ASSIGNMENTS.columns), Headings.VI, rows)
    capsys.readouterr()

    lists.import_assignments(file, period=period.id, yes=True)

    told = [line for line in capsys.readouterr().out.splitlines() if line]
    assert told == ["Kiểm tra: 4 không thay đổi"]
    assert len(uow.rows(ASSIGNMENTS)) == len(kept)
