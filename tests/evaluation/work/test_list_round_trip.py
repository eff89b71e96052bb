"""import(export(x)) = x for work and figures: lines written by the one writer of exports are read
as they were, and what `congvu export` writes of either is seen as there already."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu_kit.adapters.legacy import legacy_of
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.text import canonical_lines
from congvu_kit.tools.exports.columns import Column, Headings, Type
from congvu_kit.tools.exports.files import WRITERS, Form
from evaluation import objective_scenes as o
from evaluation.gateway import InProcess
from evaluation.people import CHAIR, OFFICE, OFFICE_HEAD, SYSTEM
from evaluation.work.test_lists import FIGURES, WORK, period, sheet, sit
from evaluation_service.adapters.cli import lists
from evaluation_service.adapters.cli.list_calls import Unfit
from evaluation_service.adapters.cli.reading_calls import evidence_of
from evaluation_service.adapters.files.list_columns import BESIDE, EXPORTED, as_lines
from evaluation_service.adapters.files.lists import KINDS, Kind, read_list
from evaluation_service.application.collections import ASSIGNMENTS, READINGS
from evaluation_service.domain.objectives.readings import ReadingState
from evaluation_service.domain.periods.periods import EvaluationPeriod
from pages_service.exports import commands, kinds
from support.graph import Graph

__all__ = ["period", "sit"]

LETTERS = st.characters(exclude_categories=["C", "Z"])
TEXT = (
    st.text(LETTERS, min_size=1, max_size=20)
    .map(canonical_lines)
    .filter(lambda text: text != "" and legacy_of(text) is None)
)
NUMBER = st.decimals(0, 10**9, places=2).map(lambda each: f"{each.normalize():f}")
DAYS = {"dueOn", "measuredOn"}
BESIDE_EVIDENCE = ["hashes", "sources", "capturedAt"]
SHEETS = [Form.CSV, Form.XLSX]


def value_of(kind: Kind, field: str) -> st.SearchStrategy[Any]:
    column = kind.column(field)
    if column.read is as_lines:
        return st.lists(TEXT, min_size=1, max_size=3)
    if field == "capturedAt":
        return st.lists(st.datetimes(timezones=st.just(UTC)).map(str), min_size=1, max_size=3)
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
    if kind.columns[field].read is as_lines:
        return Type.TEXTS
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


def exported(name: str, **values: Any) -> tuple[Any, ...]:
    """A row of `congvu export`: what an import reads of it, and other texts beside."""
    read = EXPORTED[name]
    return tuple(
        values.get(read.get(each.name, "-"), None if each.type is not Type.TEXT else each.name)
        for each in kinds.KINDS[name].columns
    )


@pytest.mark.parametrize("name", KINDS)
def test_every_column_that_is_read_is_exported_under_that_name(name: str) -> None:
    assert set(EXPORTED[name]) <= {each.name for each in kinds.KINDS[name].columns}
    assert set(EXPORTED[name].values()) == {*KINDS[name].columns, *BESIDE[name]}


@pytest.mark.parametrize("headings", Headings)
@pytest.mark.parametrize("form", SHEETS)
@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=5)
@given(data=st.data())
def test_what_is_exported_is_read(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    form: Form,
    headings: Headings,
    data: st.DataObject,
) -> None:
    kind = KINDS[name]
    values = {field: value_of(kind, field) for field in EXPORTED[name].values()}
    lines = data.draw(st.lists(st.fixed_dictionaries(values), min_size=1, max_size=3))
    file = tmp_path_factory.mktemp("exports") / f"x.{form}"

    rows = [exported(name, **each) for each in lines]
    columns = list(kinds.KINDS[name].columns)
    found = read_list(name, str(written(file, columns, headings, rows)))

    assert found["faults"] == []
    assert [each["fields"] for each in found["rows"]] == lines


@pytest.mark.parametrize("field", BESIDE_EVIDENCE)
def test_what_stands_beside_evidence_is_of_that_line_or_refused(field: str) -> None:
    addresses = ["https://a.vn", "https://b.vn", "https://c.vn"]
    name = {"hashes": "hash", "sources": "source"}.get(field, field)

    found = evidence_of({"evidence": addresses, field: ["x", "", "z"]})

    assert [each.get(name) for each in found] == ["x", None, "z"]
    assert [each["uri"] for each in found] == addresses
    assert evidence_of({"evidence": addresses}) == [{"uri": each} for each in addresses]
    for values in (["x"], ["x", "z"], ["x"] * 4):
        with pytest.raises(Unfit) as unfit:
            evidence_of({"evidence": addresses, field: values})
        assert unfit.value.column == field


@pytest.fixture
def figures(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, sit: Callable[[Actor], None], tmp_path: Path
) -> Sequence[tuple[object, ...]]:
    """More of one objective than a question gives, with evidence; one of a unit, and a refused
    one."""
    sit(OFFICE_HEAD)
    heading = [*FIGURES[0], "Mã đơn vị"]
    proof = "https://a.vn/1\nhttps://b.vn/2"
    lines = [
        [SYSTEM, "cb-011", "MT-01", "08/08/2026", f"{number},5", proof, None]
        for number in range(23)
    ]

    async def others() -> None:
        whole = await o.define(uow, period, unit_id=OFFICE, code="DV-01")
        await o.record(uow, whole, "7")
        await o.decide(uow, await o.record(uow, whole, "8"), confirmed=False)

    lists.import_readings(sheet(tmp_path, [heading, *lines]), period=period.id, yes=True)
    asyncio.run(others())
    return kept_figures(uow)


def kept_figures(uow: MemoryUnitOfWork) -> Sequence[tuple[object, ...]]:
    """All but the refused."""
    found = asyncio.run(uow.reading().store(READINGS).select(limit=100))
    return sorted(
        (each.objective_id, str(each.measured_on), each.value, [one.uri for one in each.evidence])
        for each in found
        if each.state is not ReadingState.REFUSED
    )


@pytest.mark.parametrize(("form", "headings"), [*zip(SHEETS, Headings, strict=True)])
def test_figures_that_are_exported_are_there_and_come_back_where_they_are_not(
    *,
    uow: MemoryUnitOfWork,
    graph: Graph,
    period: EvaluationPeriod,
    figures: Sequence[tuple[object, ...]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    form: Form,
    headings: Headings,
) -> None:
    monkeypatch.setattr(commands, "Gateway", lambda url, token: InProcess(graph, OFFICE_HEAD))
    out = tmp_path / "out"

    commands.export_readings(period=period.id, out=out, form=form, headings=headings)
    (file,) = out.glob(f"*.{form}")
    before = uow.rows(READINGS).copy()
    capsys.readouterr()
    lists.import_readings(file, period=period.id, yes=True)
    first, unchanged = capsys.readouterr().out, uow.rows(READINGS) == before
    uow.rows(READINGS).clear()
    lists.import_readings(file, period=period.id, yes=True)

    assert (first.strip(), unchanged) == ("Kiểm tra: 25 không thay đổi", True)
    assert len(figures) == 24
    assert kept_figures(uow) == figures


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
        rows += [
            exported("assignments", **given, state=state)
            for state in (same.state.value, "CANCELLED")
        ]
    file = written(tmp_path / "x.xlsx", list(kinds.ASSIGNMENTS.columns), Headings.VI, rows)
    capsys.readouterr()

    lists.import_assignments(file, period=period.id, yes=True)

    told = [line for line in capsys.readouterr().out.splitlines() if line]
    assert told == ["Kiểm tra: 4 không thay đổi"]
    assert len(uow.rows(ASSIGNMENTS)) == len(kept)
