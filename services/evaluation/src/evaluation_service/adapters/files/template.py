"""The templates of personnel: what each column asks for, in the two languages."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from congvu_kit.adapters.templates import TemplateColumn, TemplateSheet, write_template
from congvu_kit.domain.labels import LANGUAGES, TABLE, capital, choice
from evaluation_service.adapters.files.columns import COLUMNS, FLAG, SHEETS, Column
from evaluation_service.adapters.files.writing import require_form

FLAGS: Final = (("có", "không"), ("true", "false"))

NOTES: Final[Mapping[str, tuple[str, str]]] = {
    "system": ("Mã của hệ thống nhân sự gửi danh sách.", "The personnel system of the list."),
    "id": ("Mã trong hệ thống đó; không dùng số định danh cá nhân.", "Its id there."),
    "code": ("Mã định danh, không đổi khi đổi tên.", "Its code, which stays when names change."),
    "name": ("Tên đầy đủ.", "The full name."),
    "level": ("Chọn trong danh sách.", "Choose one."),
    "province": ("Hai chữ số, ví dụ 56; nhập dạng văn bản.", "Two digits, as text."),
    "parent_id": (
        "Mã đơn vị cấp trên trực tiếp; của hệ thống khác thì ghi hệ-thống|mã.",
        "The unit above; of another system, system|id.",
    ),
    "locality_type": ("Để trống nếu không áp dụng.", "Empty where it does not apply."),
    "valid_from": ("Ngày đầu tiên, ghi 01/07/2026.", "The first day, 01/07/2026 or 2026-07-01."),
    "valid_to": (
        "Ngày đầu tiên không còn áp dụng; để trống là chưa kết thúc.",
        "The first day on which it is over; empty while it lasts.",
    ),
    "successor_ids": ("Mã các đơn vị nhận nhiệm vụ.", "The units that took over."),
    "identity": (
        "Chỉ ghi khi một mã được cấp lại cho đối tượng khác.",
        "Only where an id was given to somebody else.",
    ),
    "source_revision": ("Số lần sửa ở hệ thống nguồn.", "The revision in your system."),
    "source_time": (
        "Thời điểm sửa ở nguồn kèm múi giờ, ghi 2026-07-01T08:30:00+07:00.",
        "When it was changed there, 2026-07-01T08:30:00+07:00.",
    ),
    "title": ("Tên vị trí việc làm.", "The title of the position."),
    "duty_group": (
        "Nhóm nhiệm vụ tương đồng, dùng để so sánh khi xếp loại; ghi bằng chữ như in trên phiếu.",
        "Whom its holders are compared with, in words: the form prints it.",
    ),
    "family": ("Nhóm vị trí; có thể để trống.", "May be empty."),
    "leadership": ("Là vị trí lãnh đạo, quản lý.", "Whether it leads."),
    "full_name": ("Họ, tên đệm và tên.", "The full name."),
    "life": (
        "Ghi 2 khi mã được cấp lại lần hai; thường để trống.",
        "2 where an id was given anew; mostly empty.",
    ),
    "unit_id": ("Mã đơn vị công tác.", "The unit of the post."),
    "position_code": ("Mã vị trí việc làm.", "The position's code."),
    "role": ("Chọn trong danh sách.", "Choose one."),
    "acting_for": ("Phụ trách hoặc quyền chức danh nào.", "The post that is acted for."),
    "field_unit_ids": ("Mã các đơn vị được phân công phụ trách.", "The units in their care."),
    "kind": ("Lý do nghỉ, ví dụ thai sản.", "Why, such as maternity."),
}

_SYSTEM: Final = "hrm.khanhhoa"
_SINCE: Final = "01/01/2026"
"""The decree is in force from this day on."""

_LAN: Final = {"system": _SYSTEM, "id": "CB-0107"}
EXAMPLES: Final[Mapping[str, Mapping[str, str]]] = {
    "units": {
        "system": _SYSTEM,
        "id": "DV-31-07",
        "code": "H32.31.07",
        "name": "UBND xã Diên Khánh",
        "level": "COMMUNE",
        "province": "56",
        "locality_type": "RURAL",
        "valid_from": _SINCE,
    },
    "positions": {
        "province": "56",
        "code": "HO-TICH",
        "title": "Công chức Tư pháp - Hộ tịch",
        "duty_group": "Hộ tịch",
        "leadership": "không",
    },
    "people": {**_LAN, "full_name": "Nguyễn Thị Lan", "province": "56"},
    "appointments": {
        **_LAN,
        "unit_id": "DV-31-07",
        "position_code": "HO-TICH",
        "role": "STAFF",
        "valid_from": _SINCE,
    },
    "leaves": {**_LAN, "kind": "thai sản", "valid_from": _SINCE, "valid_to": "01/07/2026"},
}
"""Values of closed lists by their codes."""


def write_personnel_template(file: Path, kind: str | None, language: str) -> None:
    """`kind` is which sheet a CSV holds. Raise `UnreadableSheet` for a file of no such form."""
    require_form(file, kind, (".xlsx", ".csv"))
    kinds = [kind] if kind is not None and file.suffix.lower() == ".csv" else list(COLUMNS)
    with file.open("wb") as target:
        write_template(file.name, target, [template(each, language) for each in kinds], language)


def template(kind: str, language: str) -> TemplateSheet:
    return TemplateSheet(
        title=SHEETS[kind] if language == "vi" else capital(kind),
        columns=[_column(kind, each, language) for each in COLUMNS[kind]],
    )


def _column(kind: str, column: Column, language: str) -> TemplateColumn:
    number = LANGUAGES.index(language)
    example, vocabulary = EXAMPLES[kind].get(column.name, ""), column.cell.vocabulary
    if column.cell is FLAG and example:
        example = FLAGS[number][FLAGS[0].index(example)]
    return TemplateColumn(
        title=column.heading if language == "vi" else capital(column.name.replace("_", " ")),
        note=NOTES[column.name][number],
        example=choice(vocabulary, example, language) if vocabulary and example else example,
        choices=choices(column, language),
        needed=column.needed,
        several=column.name in ("successor_ids", "field_unit_ids"),
    )


def choices(column: Column, language: str) -> list[str]:
    """What its drop-down offers; none where anything may stand."""
    if column.cell is FLAG:
        return list(FLAGS[LANGUAGES.index(language)])
    vocabulary = column.cell.vocabulary
    return [choice(vocabulary, code, language) for code in TABLE[vocabulary]] if vocabulary else []
