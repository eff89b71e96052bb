"""What was collected on paper, by telephone and at meetings, as a sheet: a line for what one person
said. A line that cannot be read is told and left out, the others are taken."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

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
    day_of,
    heading_key,
    heading_of,
    is_beside,
    is_empty,
    sources,
    without_heading,
)
from congvu_kit.domain.labels import TABLE, capital, codes, label, spelt

Collected = dict[str, Any]
"""As it comes out of a box: `rows`, each with its `place` and `cell`, `faults` of lines that cannot
be read, `notes` of what was passed over, and the `layouts` of its tables."""

ALSO: Final[Mapping[str, Mapping[str, str]]] = {
    "FeedbackKind": {
        "đánh giá hồ sơ": "SATISFACTION",
        "kiến nghị": "SUGGESTION",
        "khen ngợi": "PRAISE",
    },
    "Channel": {"ki-ốt": "KIOSK", "hội nghị": "MEETING"},
    "Driver": {"thời gian": "SPEED"},
}
"""What sheets call codes besides the table of labels."""


_BETWEEN = re.compile(r"[;\n]")


class WrongCell(Exception):
    """What a cell must be, in English and in Vietnamese."""


Read = Callable[[str], object]


def _one_of(vocabulary: str) -> Read:
    known = {
        **{code.casefold(): code for code in TABLE[vocabulary]},
        **codes(vocabulary),
        **{spelt(text): code for text, code in ALSO.get(vocabulary, {}).items()},
    }
    allowed = ", ".join(TABLE[vocabulary])
    labels = ", ".join(label(vocabulary, code, "vi") for code in TABLE[vocabulary])

    def read(text: str) -> object:
        code = known.get(spelt(text))
        if code is None:
            raise WrongCell(f"one of {allowed}", f"một trong: {labels}")
        return code

    return read


def _several(vocabulary: str) -> Read:
    read = _one_of(vocabulary)
    return lambda text: [read(each) for each in _BETWEEN.split(text) if each.strip()]


def _day(text: str) -> object:
    if (day := day_of(text)) is not None:
        return day
    raise WrongCell("a day, 2026-09-14 or 14/09/2026", "một ngày, dạng 14/09/2026")


@dataclass(frozen=True)
class Column:
    """Under its Vietnamese heading or the field's name of the graph; `vocabulary` is what a closed
    list is called in the table of labels, of which `several` may stand in a cell."""

    heading: str
    plain: Read = str
    needed: bool = False
    vocabulary: str | None = None
    several: bool = False

    @property
    def read(self) -> Read:
        if self.vocabulary is None:
            return self.plain
        return _several(self.vocabulary) if self.several else _one_of(self.vocabulary)


COLUMNS: Mapping[str, Column] = {
    "kind": Column("Loại", vocabulary="FeedbackKind", needed=True),
    "channel": Column("Kênh", vocabulary="Channel", needed=True),
    "submitterToken": Column("Mã người gửi", needed=True),
    "submitterType": Column("Đối tượng", vocabulary="SubmitterType"),
    "dossierCode": Column("Mã hồ sơ"),
    "ratingCode": Column("Mã đánh giá"),
    "answer": Column("Mức độ hài lòng", vocabulary="Answer"),
    "drivers": Column("Yếu tố", vocabulary="Driver", several=True),
    "answeredOn": Column("Ngày trả lời", _day),
    "unitId": Column("Đơn vị"),
    "procedureCode": Column("Mã thủ tục"),
    "civilServantId": Column("Công chức"),
    "text": Column("Nội dung"),
    "name": Column("Họ tên"),
    "contact": Column("Liên hệ"),
    "surveyRoundId": Column("Đợt khảo sát"),
}


def english(field: str) -> str:
    """`submitterToken` as a heading: Submitter token."""
    return capital(re.sub("[A-Z]", lambda found: f" {found[0].lower()}", field))


_NAMES = {
    heading_key(text): field
    for field, column in COLUMNS.items()
    for text in (column.heading, field, english(field))
}
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
    tables, refusals = [], Refusals()
    filled = [each for each in found if not is_beside(each.name) and not is_empty(each)]
    for source in filled:
        place = name if len(filled) < 2 else f"{name}, {source.name}"  # noqa: PLR2004 - several
        heading = heading_of(source, FORM)
        if heading is not None:
            with refusals.kept():
                tables.append(Table(source, FORM, place, heading, notes))
        else:
            notes.append(
                Note(place, "not read: no heading is known", "không đọc: không thấy dòng tiêu đề")
            )
    refusals.check()
    if not tables:
        raise UnreadableSheet(
            f"{name}: no heading is known; known: {', '.join(COLUMNS)}",
            f"{name}: không thấy dòng tiêu đề; các cột: "
            f"{', '.join(each.heading for each in COLUMNS.values())}",
            without_heading(found),
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
