"""A refusal of a cell calls its column as the sheet does, and says nothing in codes."""

import base64
import csv
import io
import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from catalogue.people import EDITOR
from catalogue_service.adapters.files.boxed import _rows, rows_sent
from catalogue_service.adapters.files.sheets import HEADINGS
from catalogue_service.application.imports.commands import RowProblem, UnfitRow, refused
from catalogue_service.domain.common.kinds import Group
from catalogue_service.domain.imports.rows import COLUMNS, TITLES, Row, faults_of
from catalogue_service.domain.products.content import RULES
from congvu_kit.application.rows import Refusal
from congvu_kit.domain.text import camel
from support.graph import Graph

KINDS: Mapping[str, type] = {"group": Group, "code": str} | {each.name: each.kind for each in RULES}
NEEDED = {"group", "code"} | {each.name for each in RULES if each.needed}
GOOD = {"group": "C", "code": "C.56.1", "name_vi": "Đăng ký khai sinh", "unit_of_measure": "hồ sơ"}


def bad(column: str) -> str | None:
    """What cannot stand in a column; none where every text can."""
    kind = KINDS[column]
    if issubclass(kind, (StrEnum, Decimal, int)):
        return "không biết"
    return "" if column in NEEDED and kind is not tuple else None


CASES = [
    (column, heading)
    for column in COLUMNS
    if bad(column) is not None
    for heading in HEADINGS[column]
]
SHORT = 2
"""Characters of a code that offices write themselves, as A or N1."""
CODES = {name for column in COLUMNS for name in (column, camel(column))} - {"field"}
VALUES = {
    each.name
    for kind in KINDS.values()
    if issubclass(kind, StrEnum)
    for each in kind
    if len(each.name) > SHORT
}


def file_of(column: str, heading: str, text: str) -> bytes:
    """One line, good but for one cell, under the heading of a province."""
    cells = {**GOOD, column: text}
    target = io.StringIO()
    sheet = csv.writer(target)
    sheet.writerow([heading if name == column else TITLES[name] for name in cells])
    sheet.writerow(cells.values())
    return target.getvalue().encode()


def problems_of(row: Row) -> tuple[RowProblem, ...]:
    first = row.refusal if isinstance(row, UnfitRow) else Refusal.of(faults_of(row)[0])
    return refused(row, first).problems


def test_every_column_that_can_be_refused_is_tried() -> None:
    assert {column for column, _ in CASES} >= NEEDED
    assert set(TITLES) == set(COLUMNS)


@pytest.mark.parametrize(("column", "heading"), CASES)
def test_a_refusal_calls_the_column_as_the_sheet_does(column: str, heading: str) -> None:
    content = base64.b64encode(file_of(column, heading, bad(column) or "")).decode()
    [row] = _rows(rows_sent("bảng.csv", content, {})).rows

    [problem] = problems_of(row)

    assert (problem.column, problem.heading) == (column, heading)
    assert words(problem.message_vi).isdisjoint(CODES | VALUES)
    assert problem.message_vi[0].isupper()
    assert problem.message_vi[-1] == problem.message_en[-1] == "."
    assert column not in words(problem.message_en)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


@pytest.mark.parametrize("column", sorted({column for column, _ in CASES}))
def test_a_row_without_a_sheet_has_the_headings_of_the_template(column: str) -> None:
    [problem] = problems_of(Row(number=1, cells={**GOOD, column: bad(column) or ""}))

    assert problem.heading == TITLES[column]


async def test_everything_that_is_wrong_with_a_line_is_told_by_its_headings(graph: Graph) -> None:
    text = "Mã,Tên,Nhóm,ĐVT,Số điểm,Số ngày,Loại KPI\nC.56.1,Việc,C,,năm,mười,mũi nhọn\n"
    document = """mutation($input: ImportWorkProductsInput!) { importWorkProducts(input: $input) {
      ... on ImportReport { rows { problems { column heading messageVi messageEn } } } } }"""
    file = {"name": "a.csv", "contentBase64": base64.b64encode(text.encode()).decode()}
    given: dict[str, Any] = {"idempotencyKey": "k", "dryRun": True, "file": file}

    told = await graph.ask(document, EDITOR, input=given)

    [row] = told["importWorkProducts"]["rows"]
    assert [(each["heading"], each["messageVi"]) for each in row["problems"]] == [
        ("Số điểm", "Không phải là số, ví dụ 1234,5."),
        ("Số ngày", "Không phải là số, ví dụ 1234,5."),
        ("ĐVT", "Không được để trống."),
    ]
