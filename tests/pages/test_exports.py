"""Exports: whatever the graph says of a row is a column or named here as left out, every format
gives it back, and one changed byte shows. All of it is made from the column models."""

import csv
import json
import stat
import sys
import tracemalloc
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pyarrow.parquet as pq
import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_list_type,
)
from graphql.type import get_nullable_type
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from congvu_kit.adapters.sheets import unguarded
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.labels import TABLE, known
from congvu_kit.tools.client import Gateway
from congvu_kit.tools.exports.columns import Column, Headings, Kind, Type
from congvu_kit.tools.exports.files import WRITERS, Form, cell_text
from congvu_kit.tools.exports.manifest import differences, schema_hash
from congvu_kit.tools.exports.running import verify_export
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.named import PERIODS
from congvu_kit.tools.shipped import MANIFEST, document_id
from pages.made_up import MadeUp, schema
from pages_service.exports import commands
from pages_service.exports.kinds import KINDS
from pages_service.exports.lists import LISTS
from pages_service.exports.periods import PERIOD
from pages_service.exports.tables import start
from support.prices import price
from support.worst import COST_MAX

LEFT_OUT: Mapping[str, set[str]] = {
    "results": {"printable", "sealed"},  # Pages and records of their own.
    "unit-results": {"sealed"},
    "explanations": set(),
    "unit-explanations": set(),
    "assignments": set(),
    "readings": {"objectiveId"},  # The id of the node that it is in.
    "complaints": {"receipt"},  # A promise to whoever sent it.
    "submissions": {"receipt"},
    "indexes": set(),
    "commitments": set(),
}
SCALARS = {
    "String": Type.TEXT,
    "ID": Type.TEXT,
    "Int": Type.WHOLE,
    "Decimal": Type.DECIMAL,
    "Date": Type.DAY,
    "DateTime": Type.MOMENT,
    "Boolean": Type.FLAG,
}
ROOT = Path(__file__).parents[2]
VERSIONS = Path(__file__).parent / "export_schemas.json"
HOSTILE = "=1+1"
PERIOD_ID, UNIT_ID = (f"{kind}_{1:032x}" for kind in ("period", "unit"))


LISTED = {each.name: each for lists in LISTS.values() for each in lists}
TABLES: Mapping[str, Kind] = {**KINDS, **LISTED}
OF_LIST: Mapping[str, set[str]] = {
    "result-sheets": {"snapshot"},  # Canonical JSON, which its hash stands for.
    "unit-result-sheets": {"snapshot"},
    "result-handed-over": {"snapshot"},
    "result-stages": {"ratings"},  # Tables of their own, but for what leaders are rated by.
}
ELSEWHERE: Mapping[str, set[str]] = {
    "results": {
        *(
            "explanation",
            "explanationLines",
            "explanationInputs",
            "assignments",
        ),  # Kinds of their own.
        *("serviceAnnex", "nextBand"),  # Made for the page of one person.
        *("ratedIn", "processFaults"),  # Of where the person is rated instead; of an inspection.
    },
    "unit-results": {
        *("explanation", "explanationLines", "explanationInputs", "serviceAnnex", "nextBand"),
        "recomputation",  # A proof that is made when it is asked for.
    },
    "assignments": {"proposal"},  # How it was proposed.
    "complaints": {"details", "submitter"},  # Private.
    "submissions": set(),
    "indexes": set(),
    "commitments": {"leader"},  # The person behind promisedBy.
}
"""What of a row is neither a column nor a list of it."""


@pytest.fixture(params=TABLES)
def table(request: pytest.FixtureRequest) -> Kind:
    return TABLES[request.param]


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


def row_type(kind: Kind) -> GraphQLObjectType:
    """Of the nodes of its connection, or of the elements that are its rows."""
    query = schema().query_type
    assert query is not None
    of_edge = get_named_type(query.fields[kind.field].type).fields["edges"].type
    node: GraphQLObjectType = get_named_type(get_named_type(of_edge).fields["node"].type)
    for step in kind.each.split(".") if kind.each else ():
        node = get_named_type(node.fields[step].type)
    return node


def node_type(kind: Kind) -> GraphQLObjectType:
    query = schema().query_type
    assert query is not None
    edge = get_named_type(get_named_type(query.fields[kind.field].type).fields["edges"].type)
    node: GraphQLObjectType = get_named_type(edge.fields["node"].type)
    return node


def lists_to(kind: Kind) -> int:
    """How many lists are on the way from a node to what is a row."""
    at: Any = node_type(kind)
    found = 0
    for step in kind.each.split(".") if kind.each else ():
        at = get_nullable_type(get_named_type(at).fields[step].type)
        found += is_list_type(at)
    return found


def leaf(kind: Kind, column: Column) -> tuple[Any, bool]:
    """The type in the graph at the end of its path, and whether it has several values."""
    at: Any = node_type(kind)
    several, steps = False, column.path.split(".")
    for number, step in enumerate(steps):
        if not step.isdecimal():
            at = get_named_type(at).fields[step].type
            is_row = f"{kind.each}.".startswith(".".join([*steps[: number + 1], ""]))
            is_one = is_row or "".join(steps[number + 1 : number + 2]).isdecimal()
            several = several or (is_list_type(get_nullable_type(at)) and not is_one)
    return get_named_type(at), several


def test_every_column_is_in_the_graph_with_its_type(table: Kind) -> None:
    for column in table.columns:
        if column.path.endswith("#"):
            assert column.type is Type.WHOLE
            continue
        named, several = leaf(table, column)
        if isinstance(named, GraphQLEnumType):
            assert column.words is not None, column
            assert set(named.values) <= set(TABLE[column.words]), column
            expected = Type.TEXT
        else:
            expected = SCALARS[named.name]
        assert column.type is (Type.TEXTS if several else expected), column


def test_every_question_is_registered(table: Kind) -> None:
    """In production the gateway answers no other."""
    registered = json.loads((ROOT / MANIFEST).read_text())
    assert {document_id(each) for each in table.documents} <= set(registered)


def test_every_question_is_within_the_price(table: Kind) -> None:
    assert max(price(each, schema()) for each in table.documents) <= COST_MAX


@pytest.mark.parametrize("name", LISTED)
def test_every_value_of_an_element_is_a_column_of_its_table_or_left_out_by_name(name: str) -> None:
    each = LISTED[name].each
    assert each is not None
    together = [LISTED[other] for other in LISTED if LISTED[other].each == each]
    of_kind = [other for other in together if other.field == LISTED[name].field]
    paths = [column.path for other in of_kind for column in other.columns]
    inside = [path.removeprefix(f"{each}.") for path in paths if path.startswith(f"{each}.")]
    asked = {path.split(".")[0] for path in inside}

    left_out = set(row_type(LISTED[name]).fields) - asked
    assert left_out == OF_LIST.get(name, set())


@pytest.mark.parametrize("name", ELSEWHERE)
def test_every_list_of_a_row_is_a_table_or_left_out_by_name(name: str) -> None:
    tables = [KINDS[name], *LISTS.get(name, ())]
    asked = {column.path.split(".")[0] for each in tables for column in each.columns}
    within = {
        field
        for field, each in row_type(KINDS[name]).fields.items()
        if not is_leaf_type(get_named_type(each.type))
    }

    assert within - asked == ELSEWHERE[name]


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_a_table_of_its_own_in_the_order_of_the_graph(
    graph: MadeUp, tmp_path: Path, name: str, form: Form
) -> None:
    manifest = export(name, tmp_path, form, headings=Headings.VI, list=["all"])

    tables = {each["name"]: each for each in told(manifest)["tables"]}
    assert list(tables) == [name, *(each.name for each in LISTS[name])]
    for each in LISTS[name]:
        asked = {"query": each.document, "variables": _variables(each)}
        edges = graph.answer(asked)["data"][each.field]["edges"]
        rows = [row for edge in edges for row in each.rows(edge["node"])]
        found = rows_in(tmp_path / tables[each.name]["file"], each, Headings.VI)
        assert len(rows) == tables[each.name]["rows"] == 2 ** (1 + lists_to(each))
        assert found == [
            [expected(c, v, form, Headings.VI) for c, v in zip(each.columns, row, strict=True)]
            for row in rows
        ]
        at = [column.name for column in each.columns].index("element")
        assert [row[at] for row in rows] == [1, 2] * (len(rows) // 2)


def test_lists_are_chosen_by_name_and_keep_to_the_days_of_the_period(
    graph: MadeUp, tmp_path: Path
) -> None:
    graph.fixed = {**graph.fixed, "Complaint.filedOn": "2026-08-01"}
    some = told(export("complaints", tmp_path / "in", period=PERIOD_ID, list=["answers"]))
    graph.fixed = {**graph.fixed, "Complaint.filedOn": "2027-08-01"}
    none = told(
        export("complaints", tmp_path / "out", period=PERIOD_ID, list=["all"], allow_empty=True)
    )

    assert [(each["name"], each["rows"]) for each in some["tables"]] == [
        ("complaints", 2),
        ("complaint-answers", 4),
    ]
    assert {each["rows"] for each in none["tables"]} == {0}
    with pytest.raises(Failure, match="there are answers, escalations, forwards, all"):
        export("complaints", tmp_path / "x", list=["reports"])


@pytest.mark.parametrize("name", [each.name for each in TABLES.values() if each.inside])
def test_what_is_in_a_row_is_read_to_its_end(
    graph: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    kind, asked = TABLES[name], list[Mapping[str, Any]]()
    inside, real, left = kind.inside, graph.answer, iter([True, True, False, False])
    assert inside is not None

    def answer(body: Mapping[str, Any]) -> Mapping[str, Any]:
        data = dict(real(body)["data"])
        edges = data.get(kind.field, {}).get("edges", [])
        for each in [edge["node"] for edge in edges] + [data.get(inside.one)]:
            if each is not None and inside.connection in each:
                end = f"end {len(asked)}"
                each[inside.connection]["pageInfo"] = {"hasNextPage": next(left), "endCursor": end}
                asked.append(body["variables"])
        return {"data": data}

    monkeypatch.setattr(graph, "answer", answer)
    graph.lists = 1
    table = _table_in(_export_with(name, tmp_path / "whole"), name)
    rows = rows_in(tmp_path / "whole" / table["file"], kind, Headings.EN)
    left = iter([True])
    monkeypatch.setattr(graph, "fixed", {**graph.fixed, f"Query.{inside.one}": None})

    assert len(rows) == 3
    assert [each.get("after") for each in asked] == [None, "end 0", "end 1"]
    assert all(
        set(each) == {*inside.by, "after"} and None not in each.values() for each in asked[1:]
    )
    numbers = [at for at, column in enumerate(kind.columns) if column.path.endswith("#")]
    assert [[row[at] for row in rows] for at in numbers] == [["1", "2", "3"] for _ in numbers]
    with pytest.raises(Failure, match="went away while it was read"):
        _export_with(name, tmp_path / "gone")
    assert list((tmp_path / "gone").iterdir()) == []


def _export_with(table: str, out: Path) -> Path:
    """Of its kind, with it beside the rows where it is a list of them."""
    for of, lists in LISTS.items():
        for each in lists:
            if each.name == table:
                return export(of, out, list=[table.removeprefix(start(KINDS[of]))])
    return export(table, out)


def _table_in(manifest: Path, name: str) -> Any:
    return next(each for each in told(manifest)["tables"] if each["name"] == name)


def test_every_value_of_a_row_is_a_column_or_left_out_by_name(kind: Kind) -> None:
    within = f"{kind.each}." if kind.each else ""
    paths = [each.path for each in kind.columns if each.path.startswith(within)]
    asked = {path.removeprefix(within).split(".")[0] for path in paths} - {"id"}
    row = row_type(kind)
    values = {
        name
        for name, field in row.fields.items()
        if is_leaf_type(get_named_type(field.type)) and not field.args
    } - {"id"}

    assert values - asked == LEFT_OUT[kind.name]


def test_every_column_has_a_heading_of_its_own_in_vietnamese(table: Kind) -> None:
    for column in table.columns:
        assert known("column", column.name) or known("field", column.name), column
    headings = [each.heading(Headings.VI) for each in table.columns]
    assert len(set(headings)) == len(headings)
    assert table.name in TABLE["export"]


def test_columns_that_changed_have_another_version() -> None:
    """A reader of files knows by the version what to expect: write the new one here with it."""
    found = {each.name: [each.version, schema_hash(each.columns)] for each in TABLES.values()}

    assert json.loads(VERSIONS.read_text()) == found


def made_up(**fixed: object) -> MadeUp:
    return MadeUp(
        text=lambda name: f"{HOSTILE} {name}",
        fixed={
            "PageInfo.hasNextPage": False,
            "EvaluationPeriod.code": "2026-Q3",
            "EvaluationPeriod.startsOn": "2026-07-01",
            "EvaluationPeriod.endsOn": "2027-01-01",
            **fixed,
        },
    )


@pytest.fixture
def graph(monkeypatch: pytest.MonkeyPatch) -> MadeUp:
    found = made_up()
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    ask = httpx.MockTransport(
        lambda request: httpx.Response(200, json=found.answer(json.loads(request.content)))
    )
    monkeypatch.setattr(
        commands, "Gateway", lambda url, token: Gateway("http://x/graphql", "", transport=ask)
    )
    return found


def export(kind: str, out: Path, form: Form = Form.CSV, **more: Any) -> Path:
    """The manifest's path."""
    command = getattr(commands, f"export_{kind.replace('-', '_')}")
    if "period" in KINDS[kind].variables:
        more.setdefault("period", PERIOD_ID)
    command(out=out, form=form, **more)
    (manifest,) = out.glob("*.manifest.json")
    return manifest


def told(manifest: Path) -> Any:
    return json.loads(manifest.read_text())


def rows_in(file: Path, kind: Kind, headings: Headings) -> list[list[Any]]:
    """What a reader of the file finds under the headings of the kind."""
    names = [each.heading(headings) for each in kind.columns]
    match file.suffix:
        case ".csv":
            with file.open(encoding="utf-8-sig", newline="") as content:
                heading, *lines = csv.reader(content)
            assert heading == names
            return [[unguarded(cell) for cell in line] for line in lines]
        case ".ndjson":
            entries = [json.loads(line) for line in file.read_text().splitlines()]
            assert all(list(each) == names for each in entries)
            return [list(each.values()) for each in entries]
        case ".parquet":
            entries = pq.read_table(file).to_pylist()
            return [[each[name] for name in names] for each in entries]
    first, *rest = load_workbook(file).worksheets[0].iter_rows(values_only=True)
    assert list(first) == names
    return [list(line) for line in rest]


def expected(column: Column, value: Any, form: Form, headings: Headings) -> Any:
    """`value` of the graph as the format keeps it."""
    if form is Form.CSV:
        return cell_text(column, value, headings)
    if form is Form.NDJSON or value is None or column.type is Type.WHOLE:
        return value
    kept: Mapping[Type, Any] = {}
    if form is Form.PARQUET:
        kept = {
            Type.DECIMAL: Decimal,
            Type.DAY: date.fromisoformat,
            Type.MOMENT: datetime.fromisoformat,
        }
    else:
        kept = {Type.DECIMAL: float, Type.DAY: datetime.fromisoformat}
        kept = {type: lambda value: cell_text(column, value, headings) for type in Type} | kept
    return kept[column.type](value) if column.type in kept else value


@pytest.mark.parametrize("headings", Headings)
@pytest.mark.parametrize("form", Form)
def test_every_format_gives_every_value_back(
    graph: MadeUp, tmp_path: Path, kind: Kind, form: Form, headings: Headings
) -> None:
    manifest = export(kind.name, tmp_path, form, headings=headings)

    node = graph.answer({"query": kind.document, "variables": _variables(kind)})["data"]
    edges = node[kind.field]["edges"]
    rows = [row for edge in edges for row in kind.rows(edge["node"])]
    (entry,) = told(manifest)["files"]
    found = rows_in(tmp_path / entry["name"], kind, headings)
    assert len(rows) == told(manifest)["rows"] > 0
    assert found == [
        [expected(column, v, form, headings) for column, v in zip(kind.columns, row, strict=True)]
        for row in rows
    ]


def _variables(kind: Kind) -> dict[str, str]:
    return dict.fromkeys(kind.variables, "x")


def test_no_cell_of_a_csv_begins_as_a_formula(graph: MadeUp, tmp_path: Path, kind: Kind) -> None:
    file = tmp_path / told(export(kind.name, tmp_path))["files"][0]["name"]

    with file.open(encoding="utf-8-sig", newline="") as content:
        cells = [cell for line in csv.reader(content) for cell in line]
    assert any(HOSTILE in cell for cell in cells)
    assert [cell for cell in cells if cell[:1] in "=+@" and cell] == []


def test_a_null_is_empty_in_every_format(graph: MadeUp, tmp_path: Path, kind: Kind) -> None:
    graph.empty = True
    graph.fixed = {**graph.fixed, "Query.evaluationPeriod": {}}

    for form in Form:
        assert told(export(kind.name, tmp_path / form, form))["rows"] > 0


@pytest.mark.parametrize("form", [Form.CSV, Form.NDJSON, Form.PARQUET])
def test_the_same_rows_are_the_same_file(graph: MadeUp, tmp_path: Path, form: Form) -> None:
    one, two = (told(export("results", tmp_path / name, form)) for name in ("one", "two"))

    assert one["files"] == two["files"]
    hashes = {
        told(export("results", tmp_path / each, each))["tables"][0]["rowsSha256"] for each in Form
    }
    assert hashes == {one["tables"][0]["rowsSha256"]}


def test_the_manifest_says_what_it_is_of(graph: MadeUp, tmp_path: Path) -> None:
    manifest = told(export("results", tmp_path, unit=UNIT_ID))

    assert manifest["kind"] == "results"
    assert manifest["asked"] == {"period": f"{HOSTILE} EvaluationPeriod.id", "unit": UNIT_ID}
    assert manifest["period"]["code"] == "2026-Q3"
    assert manifest["catalogueReleases"] == manifest["period"]["releaseIds"]
    assert manifest["begunAt"] <= manifest["endedAt"]
    (table,) = manifest["tables"]
    assert [each["name"] for each in table["columns"]] == [
        each.name for each in KINDS["results"].columns
    ]
    assert (table["schemaVersion"], table["rows"]) == (1, 2)


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_one_changed_byte_shows(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("export")
    with pytest.MonkeyPatch.context() as patch:
        ask = httpx.MockTransport(
            lambda request: httpx.Response(200, json=made_up().answer(json.loads(request.content)))
        )
        patch.setattr(
            commands, "Gateway", lambda url, token: Gateway("http://x/graphql", "", transport=ask)
        )
        manifest = export("indexes", folder)
    assert list(differences(manifest)) == []
    file = data.draw(st.sampled_from(sorted(folder.iterdir())))
    content = bytearray(file.read_bytes())
    at = data.draw(st.integers(0, 1_000_000)) % len(content)  # The length moves with the time.
    content[at] ^= data.draw(st.integers(1, 255))
    file.write_bytes(content)

    with pytest.raises(Failure):
        verify_export(folder)


def test_a_missing_file_shows_and_a_whole_export_is_told(
    graph: MadeUp, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = export("commitments", tmp_path)
    verify_export(manifest)
    assert "every file agrees" in capsys.readouterr().out

    (tmp_path / told(manifest)["files"][0]["name"]).unlink()

    with pytest.raises(Failure, match="is missing"):
        verify_export(tmp_path)


def test_who_may_not_read_gets_nothing(graph: MadeUp, tmp_path: Path, kind: Kind) -> None:
    graph.refusal = "FORBIDDEN"

    with pytest.raises(Failure):
        export(kind.name, tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_rows_on_their_way_are_seen_by_nobody_and_replace_what_was_there_at_the_end(
    graph: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = export("indexes", tmp_path)
    (file,) = [each for each in tmp_path.iterdir() if each != before]
    old, seen = file.read_bytes(), []

    def looked(gateway: object, period: object) -> None:
        """After the last row, before the file is whole."""
        (aside,) = [each for each in tmp_path.iterdir() if each.is_dir()]
        seen.append((stat.S_IMODE(aside.stat().st_mode), before.exists(), file.read_bytes()))

    monkeypatch.setattr(commands, "require_still", looked)
    graph.lists = 1
    export("indexes", tmp_path)

    assert seen == [(0o700, True, old)]
    assert sorted(tmp_path.iterdir()) == sorted([file, before])
    assert file.read_bytes() != old


def test_a_manifest_that_is_there_is_of_the_files_that_are_there(
    graph: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the files and the manifest, an export leaves none of before."""
    export("indexes", tmp_path)

    def killed(path: Path, about: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("congvu_kit.tools.exports.running.write_manifest", killed)
    with pytest.raises(KeyboardInterrupt):
        export("indexes", tmp_path)

    assert list(tmp_path.glob("*.manifest.json")) == []


def test_no_row_is_a_failure_unless_it_may_be(graph: MadeUp, tmp_path: Path, kind: Kind) -> None:
    graph.lists = 0

    with pytest.raises(Failure, match="no row that you may see"):
        export(kind.name, tmp_path)

    assert list(tmp_path.iterdir()) == []
    assert told(export(kind.name, tmp_path, allow_empty=True))["rows"] == 0


def answers(graph: MadeUp, monkeypatch: pytest.MonkeyPatch, **found: Any) -> None:
    """The graph as made up, but for these root fields, from a list one after the other."""
    real = graph.answer

    def answer(body: Mapping[str, Any]) -> Mapping[str, Any]:
        data = dict(real(body)["data"])
        for name, values in found.items():
            if name in data:
                data[name] = values.pop(0) if len(values) > 1 else values[0]
        return {"data": data}

    monkeypatch.setattr(graph, "answer", answer)


def _periods(graph: MadeUp, *codes: str) -> Any:
    asked = {"query": PERIODS, "variables": {"filter": {"province": "56"}}}
    page = graph.answer(asked)["data"]["evaluationPeriods"]
    node = page["edges"][0]["node"]
    edges = [
        {"node": {**node, "code": code, "id": f"period_{at}"}} for at, code in enumerate(codes)
    ]
    return {**page, "edges": edges}


@pytest.mark.parametrize("said", ["2026-Q3", "2026-q3"])
def test_a_period_is_found_by_its_code(
    graph: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    page = _periods(graph, "2026-Q2", "2026-Q3")
    answers(graph, monkeypatch, evaluationPeriods=[page])
    asked = []
    real = graph.answer

    def answer(body: Mapping[str, Any]) -> Mapping[str, Any]:
        asked.append(body["variables"].get("id"))
        return real(body)

    monkeypatch.setattr(graph, "answer", answer)

    export("results", tmp_path, period=said)

    assert "period_1" in asked
    assert "period_0" not in asked


def test_a_code_of_several_periods_or_of_none_is_told(
    graph: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _periods(graph, "2026-Q3", "2026-Q3")
    answers(graph, monkeypatch, evaluationPeriod=[None], evaluationPeriods=[page])

    with pytest.raises(Failure, match=r"several periods.*\n  2026-Q3  period_0 .*\n.*period_1 "):
        export("results", tmp_path, period="2026-Q3")
    with pytest.raises(Failure, match=r"no such period; there are:\n  2026-Q3  period_0 "):
        export("results", tmp_path, period="2027-Q1", province="56")
    with pytest.raises(Failure, match="no such period, or you may not see it"):
        export("results", tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_period_that_goes_on_while_it_is_read_gives_nothing(
    graph: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"query": PERIOD, "variables": {"id": PERIOD_ID}}
    before = graph.answer(asked)["data"]["evaluationPeriod"]
    after = {**before, "revision": before["revision"] + 1}
    answers(graph, monkeypatch, evaluationPeriod=[before, after])

    with pytest.raises(Failure, match="went on while it was read"):
        export("results", tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_feedback_is_of_the_days_of_the_period(
    graph: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From its first day, and before the day after its last."""
    days = iter(["2026-06-30", "2026-07-01", "2026-12-31", "2027-01-01"])
    graph.lists = 4
    value = graph.value
    monkeypatch.setattr(
        graph,
        "value",
        lambda of, name: next(days) if name == "Complaint.filedOn" else value(of, name),
    )

    manifest = export("complaints", tmp_path, Form.NDJSON, period=PERIOD_ID)

    lines = (tmp_path / told(manifest)["files"][0]["name"]).read_text().splitlines()
    assert [json.loads(line)["filed_on"] for line in lines] == ["2026-07-01", "2026-12-31"]


def test_parquet_alone_asks_for_pyarrow(
    graph: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    for form in (Form.CSV, Form.XLSX, Form.NDJSON):
        export("results", tmp_path / form, form)
    with pytest.raises(Failure, match=r"congvu-kit\[parquet\]"):
        export("results", tmp_path / "parquet", Form.PARQUET)


def test_parquet_never_rounds(tmp_path: Path) -> None:
    column = Column("total", "total", Type.DECIMAL)
    for text in ("0." + "3" * 19, "1" * 21):
        with (tmp_path / "x").open("wb") as target, pytest.raises(Invalid, match="column total"):
            WRITERS[Form.PARQUET](target, "x", [column], Headings.EN, [(text,)])


def test_a_sheet_that_is_full_goes_on_on_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("congvu_kit.tools.exports.workbooks.SHEET_ROWS", 2)
    file = tmp_path / "x.xlsx"
    with file.open("wb") as target:
        rows = ((number,) for number in range(4))
        WRITERS[Form.XLSX](target, "x", [Column("n", "n", Type.WHOLE)], Headings.EN, rows)

    book = load_workbook(file)
    values = [list(sheet.values) for sheet in book.worksheets]
    assert (book.sheetnames, values) == (
        ["x", "x 2"],
        [[("n",), (0,), (1,)], [("n",), (2,), (3,)]],
    )


def test_a_number_longer_than_a_spreadsheet_keeps_stays_text(tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    with file.open("wb") as target:
        rows = [("0.12345678901234",), ("83.33333333333333333",)]
        WRITERS[Form.XLSX](target, "x", [Column("n", "n", Type.DECIMAL)], Headings.EN, rows)

    _, *lines = load_workbook(file)["x"].values
    assert lines == [(0.12345678901234,), ("83.33333333333333333",)]


def test_vietnamese_headings_have_values_as_an_office_writes_them() -> None:
    def shown(type: Type, value: object, words: str | None = None) -> str:
        return cell_text(Column("x", "x", type, words), value, Headings.VI)

    assert shown(Type.DAY, "2026-07-05") == "05/07/2026"
    assert shown(Type.MOMENT, "2026-07-04T23:30:00+00:00") == "05/07/2026 06:30:00"
    assert (shown(Type.DECIMAL, "0.25"), shown(Type.DECIMAL, "1.125")) == ("0,25", "1,1250")
    assert (shown(Type.FLAG, True), shown(Type.FLAG, False)) == ("có", "không")
    assert shown(Type.TEXT, "HTT", "band") == "Hoàn thành tốt nhiệm vụ"
    exact = Column("total_exact", "totalExact", figure=True)
    assert [cell_text(exact, value, Headings.VI) for value in ("88.30", "-0.5", "265/3")] == [
        "88,30",
        "-0,5",
        "265/3",
    ]
    assert cell_text(exact, "88.30", Headings.EN) == "88.30"
    assert shown(Type.TEXTS, ["QUOTA", "TIE_AT_CUT"], "reason").splitlines() == [
        "Vượt tỷ lệ tối đa",
        "Bằng điểm tại ngưỡng tỷ lệ",
    ]


@pytest.mark.parametrize("form", Form)
def test_ten_times_the_rows_take_no_more_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Form
) -> None:
    monkeypatch.setattr("congvu_kit.tools.exports.parquet.BATCH_ROWS", 200)
    columns = [Column("n", "n", Type.WHOLE), Column("text", "text")]

    def peak(count: int) -> int:
        rows = ((number, f"text {number}") for number in range(count))
        tracemalloc.start()
        with (tmp_path / "x").open("wb") as target:
            WRITERS[form](target, "x", columns, Headings.EN, rows)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(300)  # What is made at the first use of a format stays.
    least = min(peak(3_000) for _ in range(3))  # What other threads hold meanwhile only adds.
    assert least < 1.5 * peak(300) + 50_000


def test_every_kind_stands_in_the_guides() -> None:
    docs = ROOT / "docs"
    for guide in (docs / "exports.md", docs / "vi/exports.md"):
        text = guide.read_text()
        assert [name for name in KINDS if f"`{name}`" not in text] == []


def test_every_list_stands_in_the_guides() -> None:
    docs = ROOT / "docs"
    names = {
        each.name.removeprefix(start(KINDS[of])) for of, lists in LISTS.items() for each in lists
    }
    for guide in (docs / "exports.md", docs / "vi/exports.md"):
        assert [name for name in sorted(names) if f"`{name}`" not in guide.read_text()] == []
