"""Lists of a period as sheets: work to be assigned, and figures of objectives. A line that cannot
be read is told and left out, the others are taken."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from congvu_kit.adapters.boxes import Boxes
from congvu_kit.adapters.legacy import Encoding
from congvu_kit.adapters.sheets import UnreadableSheet, opened
from congvu_kit.adapters.tables import Table
from congvu_kit.adapters.tabular import (
    Form,
    Note,
    Record,
    Refusals,
    Source,
    heading_key,
    heading_of,
    is_beside,
    is_empty,
    sources,
    without_heading,
)
from congvu_kit.domain.labels import capital, codes, known, label
from evaluation_service.adapters.files.list_columns import (
    ASSIGNMENTS,
    BESIDE,
    EXPORTED,
    READINGS,
    Column,
    WrongCell,
    as_lines,
)

Listed = dict[str, Any]
"""As it comes out of a box: `rows`, each with its `fields` and `cell`, `faults` of cells that
cannot be read, `notes` of what was passed over, and the `layouts` of its tables."""


@dataclass(frozen=True)
class Kind:
    """A list that a command imports; the person or the unit says whose a line is."""

    name: str
    titles: tuple[str, str]
    columns: Mapping[str, Column]

    def column(self, field: str) -> Column:
        """Also of those that only an export has."""
        return self.columns[field] if field in self.columns else BESIDE[self.name][field]

    def english(self, field: str) -> str:
        """As a heading."""
        return capital("".join(f" {each.lower()}" if each.isupper() else each for each in field))

    @property
    def form(self) -> Form:
        return Form(
            fields={
                heading_key(text): field
                for field, each in self.columns.items()
                for text in (each.heading, field, self.english(field), *each.also)
            },
            titles={field: each.heading for field, each in self.columns.items()},
            keys=tuple(field for field, each in self.columns.items() if each.needed),
            least=3,
            codes=_codes(self.columns),
            numbers=frozenset(field for field, each in self.columns.items() if each.number),
            choices=_choices(self.columns),
            strict=False,
        )

    def form_of(self, source: Source) -> Form:
        """That of a sheet: an export names a person by both ids, and is told by that."""
        form = self.form
        titles = {heading_key(each) for each in _called("personnel_id")}
        both = {**form.fields, **dict.fromkeys(titles, "person")}
        heading = heading_of(source, replace(form, fields=both))
        if heading is None or not titles & {heading_key(cell.text) for cell in heading.cells}:
            return form
        beside = BESIDE[self.name]
        return replace(
            form,
            fields={
                heading_key(text): field
                for name, field in EXPORTED[self.name].items()
                for text in _called(name)
            },
            titles={**form.titles, **{field: each.heading for field, each in beside.items()}},
            codes=form.codes | _codes(beside),
            choices={**form.choices, **_choices(beside)},
        )


def _codes(columns: Mapping[str, Column]) -> frozenset[str]:
    """Whose digits must show: texts without a list to choose from."""
    return frozenset(
        field
        for field, each in columns.items()
        if not each.number and each.read in (str, as_lines) and not each.vocabulary
    )


def _choices(columns: Mapping[str, Column]) -> dict[str, Mapping[str, str]]:
    return {
        field: codes(each.vocabulary.__name__) for field, each in columns.items() if each.vocabulary
    }


def _called(column: str) -> tuple[str, str]:
    """A column of an export, in the headings of either language."""
    return column, label("column" if known("column", column) else "field", column, "vi")


KINDS: Mapping[str, Kind] = {
    "assignments": Kind("assignments", ("Giao việc", "Assignments"), ASSIGNMENTS),
    "readings": Kind("readings", ("Số liệu chỉ tiêu", "Readings"), READINGS),
}


def read_in_box(boxes: Boxes, kind: Kind, path: Path, encoding: Encoding | None = None) -> Listed:
    """What `read_list` gives. Raise `Invalid`."""
    found: Listed = boxes.run(read_list, kind.name, str(path), encoding, field=str(path))
    return found


def read_list(kind: str, path: str, encoding: str | None = None) -> Listed:
    """Raise `UnreadableSheet`."""
    name, chosen = Path(path).name, KINDS[kind]
    listed: Listed = {"rows": [], "faults": []}
    with opened(path) as content:
        found = sources(name, content, None if encoding is None else Encoding(encoding))
        if found is None:
            raise UnreadableSheet(
                f"{name} is none of .xlsx, .csv", f"{name} không phải .xlsx, .csv"
            )
        notes: list[Note] = []
        tables = _tables(chosen, found, name, notes)
        for table in tables:
            for record in table.records():
                _take(listed, chosen, record, table)
    told = [{"place": each.place, "en": each.en, "vi": each.vi} for each in notes]
    return {**listed, "notes": told, "layouts": [asdict(each.layout) for each in tables]}


def _tables(kind: Kind, found: Sequence[Source], name: str, notes: list[Note]) -> list[Table]:
    tables, refusals = [], Refusals()
    for source in found:
        if is_beside(source.name) or is_empty(source):
            continue
        form = kind.form_of(source)
        heading = heading_of(source, form)
        if heading is not None:
            with refusals.kept():
                table = Table(source, form, source.name or name, heading, notes)
                _require_keys(table)
                tables.append(table)
        else:
            why = "not read: no heading is known", "không đọc: không thấy dòng tiêu đề"
            notes.append(Note(source.name or name, *why))
    refusals.check()
    if not tables:
        raise _missing(name, kind.form, kind.form.keys, without_heading(found))
    return tables


def _require_keys(table: Table) -> None:
    """Raise `UnreadableSheet`."""
    lacking = [field for field in table.form.keys if field not in table.columns.values()]
    if lacking:
        raise _missing(table.place, table.form, lacking, list(map(table.lacks, lacking)))


def _missing(
    place: str, form: Form, fields: Sequence[str], at: Sequence[Mapping[str, object]]
) -> UnreadableSheet:
    headings = ", ".join(form.titles[field] for field in fields)
    return UnreadableSheet(
        f"{place}: columns are missing: {headings}", f"{place}: thiếu cột: {headings}", at
    )


def _take(listed: Listed, kind: Kind, record: Record, table: Table) -> None:
    cell = {"sheet": table.source.name, "line": record.number}
    fields: dict[str, object] = {}
    faults = [(each.field, each.fault.en, each.fault.vi) for each in record.wrong]
    for field, text in record.cells.items():
        try:
            fields[field] = _value(kind.column(field), text)
        except WrongCell as wrong:
            faults.append((field, *wrong.args))
    there = {*record.cells, *(each.field for each in record.wrong)}
    for field in table.form.keys:
        if field not in there:
            faults.append((field, "is required", "là bắt buộc"))
    for field, en, vi in faults:
        listed["faults"].append({"cell": cell, "field": field, "en": en, "vi": vi})
    if not faults:
        listed["rows"].append({"fields": fields, "cell": cell})


def _value(column: Column, text: str) -> object:
    if column.vocabulary is not None and text not in list(column.vocabulary):
        allowed = ", ".join(column.vocabulary)
        raise WrongCell(f"must be one of {allowed}", "phải là một mục trong danh sách của biểu mẫu")
    return column.read(text)
