"""Lists of a period as sheets: work to be assigned, and figures of objectives. A line that cannot
be read is told and left out, the others are taken."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
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
    Source,
    heading_key,
    heading_of,
    is_beside,
    is_empty,
    sources,
    without_heading,
)
from congvu_kit.domain.labels import capital, codes
from evaluation_service.domain.work.reports import QuantityFrom, WorkSource

Listed = dict[str, Any]
"""As it comes out of a box: `rows`, each with its `fields` and `cell`, `faults` of cells that
cannot be read, `notes` of what was passed over, and the `layouts` of its tables."""


class WrongCell(Exception):
    """What a cell must be, in English and in Vietnamese."""


@dataclass(frozen=True)
class Column:
    """Under its Vietnamese heading, others that sheets have, or its name."""

    heading: str
    note: tuple[str, str]
    read: Callable[[str], object] = str
    needed: bool = False
    also: tuple[str, ...] = ()
    vocabulary: type[StrEnum] | None = None
    number: bool = False
    example: str = ""


def _day(text: str) -> object:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a day only
        except ValueError:
            continue
    raise WrongCell("must be a day, 2026-09-14 or 14/09/2026", "phải là ngày, ví dụ 14/09/2026")


def _whole(text: str) -> object:
    if text.isascii() and text.isdigit() and len(text) <= 6:  # noqa: PLR2004 - no version is larger
        return int(text)
    raise WrongCell("must be a whole number", "phải là số nguyên")


_SYSTEM = Column(
    "Hệ thống",
    ("Mã hệ thống nhân sự; để trống nếu dùng mã trên nền tảng.", "Empty: ids are the platform's."),
    also=("personnel_system",),
    example="hrm.khanhhoa",
)
_PERSON_NOTE = ("Mã của người trong hệ thống đó.", "The person's id there.")
ASSIGNMENTS: Mapping[str, Column] = {
    "system": _SYSTEM,
    "person": Column(
        "Mã công chức",
        _PERSON_NOTE,
        needed=True,
        also=("id", "person_ref", "civil_servant_id"),
        example="CB-0107",
    ),
    "product": Column(
        "Mã sản phẩm/công việc",
        ("Mã trong danh mục của kỳ; có thể ghi cả phiên bản, ví dụ …001193@2.", "code or code@n."),
        needed=True,
        also=("Mã sản phẩm", "product_code", "version_id"),
        example="C.56.31-07.1.001193",
    ),
    "version": Column(
        "Phiên bản",
        ("Để trống là phiên bản mới nhất của kỳ.", "Empty: the newest of the period."),
        _whole,
        also=("product_version",),
    ),
    "quantity": Column(
        "Số lượng giao",
        ("Lớn hơn 0; để trống khi tính theo số hồ sơ.", "Over 0; empty where dossiers decide."),
        number=True,
        also=("Số lượng", "assigned"),
        example="20",
    ),
    "quantityFrom": Column(
        "Cách tính số lượng",
        ("Để trống là số lượng giao.", "Empty is GIVEN."),
        also=("quantity_from",),
        vocabulary=QuantityFrom,
        example="GIVEN",
    ),
    "dueOn": Column(
        "Hạn hoàn thành",
        ("Ghi 14/09/2026; để trống là theo định mức của danh mục.", "Empty: by the lead days."),
        _day,
        also=("due_on", "finish_by"),
        example="30/09/2026",
    ),
    "source": Column(
        "Nguồn giao việc",
        ("Để trống là kế hoạch.", "Empty is PLAN."),
        also=("Nguồn",),
        vocabulary=WorkSource,
        example="PLAN",
    ),
}
READINGS: Mapping[str, Column] = {
    "system": _SYSTEM,
    "person": Column(
        "Mã công chức",
        ("Ghi mã công chức hoặc mã đơn vị có mục tiêu.", "Whose objective it is, or the unit's."),
        also=("person_ref", "civil_servant_id"),
        example="CB-0107",
    ),
    "unit": Column(
        "Mã đơn vị",
        ("Khi mục tiêu là của đơn vị.", "Where it is a unit's."),
        also=("unit_ref", "unit_id"),
    ),
    "objective": Column(
        "Mã mục tiêu",
        ("Ví dụ MT-01.", "Such as MT-01."),
        needed=True,
        also=("objective_code",),
        example="MT-01",
    ),
    "measuredOn": Column(
        "Ngày số liệu",
        ("Một ngày trong kỳ, ghi 14/09/2026.", "A day of the period, 14/09/2026 or 2026-09-14."),
        _day,
        needed=True,
        also=("measured_on",),
        example="31/08/2026",
    ),
    "value": Column(
        "Số liệu",
        ("Theo đơn vị tính của chỉ tiêu.", "In the unit of measure."),
        needed=True,
        also=("Giá trị", "Kết quả thực hiện"),
        number=True,
        example="92,5",
    ),
    "evidence": Column(
        "Minh chứng",
        ("Đường dẫn đến nơi lưu số liệu.", "Where it is kept: an address."),
        also=("evidence_uri",),
        example="https://motcua.khanhhoa.gov.vn/bao-cao/2026-08",
    ),
}


@dataclass(frozen=True)
class Kind:
    """A list that a command imports; the person or the unit says whose a line is."""

    name: str
    titles: tuple[str, str]
    columns: Mapping[str, Column]

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
            codes=frozenset(
                field
                for field, each in self.columns.items()
                if not each.number and each.read is str and not each.vocabulary
            ),
            numbers=frozenset(field for field, each in self.columns.items() if each.number),
            choices={
                field: codes(each.vocabulary.__name__)
                for field, each in self.columns.items()
                if each.vocabulary
            },
            strict=False,
        )


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
    form, tables = kind.form, []
    for source in found:
        if is_beside(source.name) or is_empty(source):
            continue
        heading = heading_of(source, form)
        if heading is not None:
            tables.append(Table(source, form, source.name or name, heading, notes))
        else:
            why = "not read: no heading is known", "không đọc: không thấy dòng tiêu đề"
            notes.append(Note(source.name or name, *why))
    lacking = [
        field for field in form.keys if not all(field in each.columns.values() for each in tables)
    ]
    if not tables or lacking:
        headings = ", ".join(form.titles[field] for field in lacking or form.keys)
        at = [
            each.lacks(field)
            for each in tables
            for field in lacking
            if field not in each.columns.values()
        ]
        raise UnreadableSheet(
            f"{name}: columns are missing: {headings}",
            f"{name}: thiếu cột: {headings}",
            at or without_heading(found),
        )
    return tables


def _take(listed: Listed, kind: Kind, record: Record, table: Table) -> None:
    cell = {"sheet": table.source.name, "line": record.number}
    fields: dict[str, object] = {}
    faults = [(each.field, each.fault.en, each.fault.vi) for each in record.wrong]
    for field, text in record.cells.items():
        try:
            fields[field] = _value(kind.columns[field], text)
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
