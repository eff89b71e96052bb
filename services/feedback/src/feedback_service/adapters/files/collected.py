"""What was collected on paper, by telephone and at meetings, as a sheet: a line for what one person
said. A line that cannot be read is told and left out, the others are taken."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from congvu_kit.adapters.boxes import Boxes
from congvu_kit.adapters.sheets import UnreadableSheet, csv_lines, open_workbook, opened
from congvu_kit.domain.text import fold

Collected = dict[str, Any]
"""As it comes out of a box: `rows`, each with its `place`, and `faults` of lines that cannot be
read."""

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


Read = Callable[[object], object]


def _text(cell: object) -> object:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _one_of(words: Mapping[str, str]) -> Read:
    known = {fold(text): code for vi, code in words.items() for text in (vi, code)}

    def read(cell: object) -> object:
        code = known.get(fold(str(cell).strip()))
        if code is None:
            raise WrongCell(f"one of {', '.join(words.values())}", f"một trong: {', '.join(words)}")
        return code

    return read


def _several(words: Mapping[str, str]) -> Read:
    read = _one_of(words)
    return lambda cell: [read(each) for each in str(cell).split(";") if each.strip()]


def _day(cell: object) -> object:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell).strip()
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
    read: Read = _text
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


def read_in_box(boxes: Boxes, path: Path) -> Collected:
    """What `read_collected` gives. Raise `Invalid`."""
    found: Collected = boxes.run(read_collected, str(path), field=str(path))
    return found


def read_collected(path: str) -> Collected:
    """Raise `UnreadableSheet`."""
    name = Path(path).name
    collected: Collected = {"rows": [], "faults": []}
    lines = _lines(path, name)
    heading = next((line for _, line in lines if any(map(_filled, line))), [])
    fields = _fields(heading, name)
    for number, line in lines:
        if any(map(_filled, line)):
            _take(collected, f"{name}, {number}", fields, line)
    return collected


def _lines(path: str, name: str) -> Iterator[tuple[int, Sequence[object]]]:
    with opened(path) as content:
        match Path(path).suffix.lower():
            case ".csv":
                yield from enumerate(list(csv_lines(content)), start=1)
            case ".xlsx":
                book = open_workbook(content)
                first = book.get_sheet_by_name(book.sheet_names[0])
                yield from enumerate(first.to_python(skip_empty_area=False), start=1)
            case _:
                raise UnreadableSheet(
                    f"{name} is none of .xlsx, .csv", f"{name} không phải .xlsx, .csv"
                )


def _filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""


def _fields(heading: Sequence[object], name: str) -> Sequence[str | None]:
    known = {fold(text): field for field, c in COLUMNS.items() for text in (c.heading, field)}
    fields = [known.get(fold(str(cell).strip())) for cell in heading]
    strange = [str(cell) for cell, field in zip(heading, fields, strict=True) if not field]
    twice = len({*fields} - {None}) < len([each for each in fields if each])
    lacking = [c.heading for field, c in COLUMNS.items() if c.needed and field not in fields]
    if lacking or twice or any(map(_filled, strange)):
        raise UnreadableSheet(
            f"{name}: a heading is missing, unknown or there twice; known: {', '.join(COLUMNS)}",
            f"{name}: thiếu, thừa hoặc trùng tiêu đề cột; tiêu đề: "
            f"{', '.join(each.heading for each in COLUMNS.values())}",
        )
    return fields


def _take(
    collected: Collected, place: str, fields: Sequence[str | None], line: Sequence[object]
) -> None:
    row: dict[str, object] = {}
    for field, cell in zip(fields, line, strict=False):
        if field is None or not _filled(cell):
            continue
        try:
            row[field] = COLUMNS[field].read(cell)
        except WrongCell as wrong:
            en, vi = wrong.args
            told = {"place": f"{place}, {COLUMNS[field].heading}", "en": en, "vi": vi}
            collected["faults"].append(told)
            return
    for field, column in COLUMNS.items():
        if column.needed and field not in row:
            told = {"place": f"{place}, {column.heading}", "en": "is required", "vi": "là bắt buộc"}
            collected["faults"].append(told)
            return
    collected["rows"].append({"row": row, "place": place})
