"""What was collected on paper, by telephone and at meetings, as a sheet: a line for what one person
said. A line that cannot be read is told and left out, the others are taken."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
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
    is_empty,
    sources,
)
from congvu_kit.domain.text import fold

Collected = dict[str, Any]
"""As it comes out of a box: `rows`, each with its `place` and `cell`, `faults` of lines that cannot
be read, `notes` of what was passed over, and the `layouts` of its tables."""

KINDS = {
    "đánh giá hồ sơ": "SATISFACTION",
    "đánh giá lượt giao dịch": "VISIT",
    "đánh giá thủ tục": "PROCEDURE",
    "phản ánh": "COMPLAINT",
    "kiến nghị": "SUGGESTION",
    "khen ngợi": "PRAISE",
}
CHANNELS = {
    "cổng dịch vụ công": "PORTAL",
    "ứng dụng": "APP",
    "đường dây nóng": "HOTLINE",
    "ki-ốt": "KIOSK",
    "phiếu giấy": "PAPER",
    "hội nghị": "MEETING",
}
SENDERS = {"người dân": "CITIZEN", "doanh nghiệp": "BUSINESS"}
ANSWERS = {
    "rất hài lòng": "VERY_SATISFIED",
    "hài lòng": "SATISFIED",
    "bình thường": "NEUTRAL",
    "không hài lòng": "DISSATISFIED",
    "rất không hài lòng": "VERY_DISSATISFIED",
}
DRIVERS = {
    "thời gian": "SPEED",
    "thái độ": "ATTITUDE",
    "hướng dẫn": "GUIDANCE",
    "cơ sở vật chất": "FACILITIES",
    "chi phí": "COST",
    "kết quả": "RESULT",
}


class WrongCell(Exception):
    """What a cell must be, in English and in Vietnamese."""


Read = Callable[[str], object]


def _one_of(words: Mapping[str, str]) -> Read:
    known = {fold(text): code for vi, code in words.items() for text in (vi, code)}

    def read(text: str) -> object:
        code = known.get(fold(text))
        if code is None:
            raise WrongCell(f"one of {', '.join(words.values())}", f"một trong: {', '.join(words)}")
        return code

    return read


def _several(words: Mapping[str, str]) -> Read:
    read = _one_of(words)
    return lambda text: [read(each) for each in text.split(";") if each.strip()]


def _day(text: str) -> object:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a day only
        except ValueError:
            continue
    raise WrongCell("a day, 2026-09-14 or 14/09/2026", "một ngày, dạng 14/09/2026")


@dataclass(frozen=True)
class Column:
    """Under its Vietnamese heading or the field's name of the graph."""

    heading: str
    read: Read = str
    needed: bool = False


COLUMNS: Mapping[str, Column] = {
    "kind": Column("Loại", _one_of(KINDS), needed=True),
    "channel": Column("Kênh", _one_of(CHANNELS), needed=True),
    "submitterToken": Column("Mã người gửi", needed=True),
    "submitterType": Column("Đối tượng", _one_of(SENDERS)),
    "dossierCode": Column("Mã hồ sơ"),
    "ratingCode": Column("Mã đánh giá"),
    "answer": Column("Mức độ hài lòng", _one_of(ANSWERS)),
    "drivers": Column("Yếu tố", _several(DRIVERS)),
    "answeredOn": Column("Ngày trả lời", _day),
    "unitId": Column("Đơn vị"),
    "procedureCode": Column("Mã thủ tục"),
    "civilServantId": Column("Công chức"),
    "text": Column("Nội dung"),
    "name": Column("Họ tên"),
    "contact": Column("Liên hệ"),
    "surveyRoundId": Column("Đợt khảo sát"),
}


_NAMES = {heading_key(t): field for field, c in COLUMNS.items() for t in (c.heading, field)}
FORM = Form(
    fields=_NAMES,
    titles={field: column.heading for field, column in COLUMNS.items()},
    keys=tuple(field for field, column in COLUMNS.items() if column.needed),
    codes=frozenset(COLUMNS) - {"text", "name"},
)


def read_in_box(boxes: Boxes, path: Path, encoding: Encoding | None = None) -> Collected:
    """What `read_collected` gives. Raise `Invalid`."""
    found: Collected = boxes.run(read_collected, str(path), encoding, field=str(path))
    return found


def read_collected(path: str, encoding: str | None = None) -> Collected:
    """Raise `UnreadableSheet`."""
    name = Path(path).name
    collected: Collected = {"rows": [], "faults": [], "notes": [], "layouts": []}
    with opened(path) as content:
        found = sources(name, content, None if encoding is None else Encoding(encoding))
        if found is None:
            raise UnreadableSheet(
                f"{name} is none of .xlsx, .csv", f"{name} không phải .xlsx, .csv"
            )
        tables, notes = _tables(found, name)
        for table in tables:
            for record in table.records():
                _take(collected, record, table)
        collected["layouts"] = [asdict(each.layout) for each in tables]
    collected["notes"] = [_told(each.place, each.en, each.vi) for each in notes]
    return collected


def _tables(found: Sequence[Source], name: str) -> tuple[list[Table], list[Note]]:
    notes: list[Note] = []
    tables = []
    filled = [each for each in found if not is_empty(each)]
    for source in filled:
        place = name if len(filled) < 2 else f"{name}, {source.name}"  # noqa: PLR2004 - several
        heading = heading_of(source, FORM)
        if heading is not None:
            tables.append(Table(source, FORM, place, heading, notes))
        else:
            notes.append(
                Note(place, "not read: no heading is known", "không đọc: không thấy dòng tiêu đề")
            )
    if not tables:
        raise UnreadableSheet(
            f"{name}: no heading is known; known: {', '.join(COLUMNS)}",
            f"{name}: không thấy dòng tiêu đề; các cột: "
            f"{', '.join(each.heading for each in COLUMNS.values())}",
        )
    return tables, notes


def _told(place: str, en: str, vi: str, cell: object = None) -> dict[str, Any]:
    return {"place": place, "en": en, "vi": vi, "cell": cell}


def _take(collected: Collected, record: Record, table: Table) -> None:
    row: dict[str, object] = {}
    place = f"{table.place}, {record.number}"
    line = {"sheet": table.source.name, "line": record.number}
    titles, columns = table.heading_by_field(), table.layout.columns
    faults = []

    def tell(field: str, en: str, vi: str) -> None:
        cell = {**line, "column": columns[field], "title": titles[field]}
        faults.append(_told(f"{place}, {titles[field]}", en, vi, cell))

    for each in record.wrong:
        tell(each.field, each.fault.en, each.fault.vi)
    for field, text in record.cells.items():
        try:
            row[field] = COLUMNS[field].read(text)
        except WrongCell as wrong:
            tell(field, *wrong.args)
    for field in FORM.keys:
        if field not in record.cells and field not in {each.field for each in record.wrong}:
            tell(field, "is required", "là bắt buộc")
    if faults:
        collected["faults"] += faults
    else:
        collected["rows"].append({"row": row, "place": place, "cell": line})
