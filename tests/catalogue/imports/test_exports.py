"""import(export(x)) = x: what an export with a manifest writes of a product is what an import
reads, with the headings of either language; what it tells besides, an import passes over."""

import io
from typing import Any

import pytest
from hypothesis import given, settings

from catalogue import scenes
from catalogue.imports.test_sheets import POLICY, SHARED, drafts
from catalogue_service.adapters.cli.exports import CATALOGUE
from catalogue_service.adapters.files.sheets import CODES, HEADINGS, NUMBERS, read
from catalogue_service.domain.common.kinds import Group
from catalogue_service.domain.imports.rows import COLUMNS, parse
from catalogue_service.domain.products.checking import checked
from catalogue_service.domain.products.content import Content, Draft
from congvu_kit.adapters.tabular import heading_key
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.labels import known
from congvu_kit.domain.text import camel
from congvu_kit.tools.exports.columns import Headings, Type
from congvu_kit.tools.exports.files import WRITERS, Form

READ = {
    heading_key(heading): column
    for column, headings in HEADINGS.items()
    for heading in (*headings, column)
}


def node(content: Content) -> dict[str, Any]:
    """As the graph gives it; what an import does not read is there as well."""
    version: dict[str, Any] = {"number": 3, "referencePoints": "10", "effectiveFrom": "2026-07-01"}
    version |= {"effectiveTo": None, "decisionNumber": "12/QĐ", "contentHash": "00"}
    version["code"] = scenes.PLAN
    for name in COLUMNS[2:]:
        value = getattr(content, name)
        listed = isinstance(value, tuple)
        whole = listed or value is None or isinstance(value, int)
        version[camel(name)] = list(value) if listed else value if whole else str(value)
    found = {"id": "p", "state": "IN_FORCE", "province": "56", "unit": None}
    return {"group": "B", "version": version, **found}


@pytest.mark.parametrize("headings", Headings)
@pytest.mark.parametrize("form", [Form.CSV, Form.XLSX])
@settings(max_examples=10)
@given(draft=drafts)
def test_what_is_exported_is_what_an_import_reads(
    form: Form, headings: Headings, draft: Draft
) -> None:
    try:
        content = checked(draft, SHARED, POLICY)
    except Invalid:
        return  # Composing letters may make two items of a list equal.
    target = io.BytesIO()

    WRITERS[form](target, "x", CATALOGUE.columns, headings, CATALOGUE.rows(node(content)))

    target.seek(0)
    [row] = read(f"x.{form}", target)
    parsed = parse(row)
    assert (row.wrong, parsed.group, parsed.code) == ((), Group.B, scenes.PLAN)
    assert checked(parsed.draft, SHARED, POLICY) == content


@pytest.mark.parametrize("headings", Headings)
def test_an_import_knows_its_columns_of_an_export_and_no_other(headings: Headings) -> None:
    found = {c.name: READ.get(heading_key(c.heading(headings))) for c in CATALOGUE.columns}

    assert {name: column for name, column in found.items() if column is not None} == {
        name: name for name in COLUMNS
    }
    for column in CATALOGUE.columns:
        assert known("column", column.name) or known("field", column.name), column
        assert (column.name in NUMBERS) <= (column.type in (Type.DECIMAL, Type.WHOLE))
        assert (column.name in CODES) <= (column.type in (Type.TEXT, Type.TEXTS))
