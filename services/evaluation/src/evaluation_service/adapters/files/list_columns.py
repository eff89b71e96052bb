"""The columns of the lists of a period, and how a cell of each is read."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from congvu_kit.adapters.tabular import day_of
from evaluation_service.domain.objectives.objectives import ObjectiveLevel
from evaluation_service.domain.objectives.readings import ReadingState
from evaluation_service.domain.work.reports import AssignmentState, QuantityFrom, WorkSource


class WrongCell(Exception):
    """What a cell must be, in English and in Vietnamese."""


@dataclass(frozen=True)
class Column:
    """Under its Vietnamese heading, others that sheets have, or its name."""

    heading: str
    note: tuple[str, str] = ("", "")
    read: Callable[[str], object] = str
    needed: bool = False
    also: tuple[str, ...] = ()
    vocabulary: type[StrEnum] | None = None
    number: bool = False
    example: str = ""


def _day(text: str) -> object:
    if (day := day_of(text)) is not None:
        return day
    raise WrongCell("must be a day, 2026-09-14 or 14/09/2026", "phải là ngày, ví dụ 14/09/2026")


def _whole(text: str) -> object:
    if text.isascii() and text.isdigit() and len(text) <= 6:  # noqa: PLR2004 - no version is larger
        return int(text)
    raise WrongCell("must be a whole number", "phải là số nguyên")


def _name(text: str) -> object:
    """Which may be a number: only that it is the same counts."""
    return text


def as_lines(text: str) -> object:
    return text.split("\n")


def _moments(text: str) -> object:
    """Empty where one of several is not known."""
    with suppress(ValueError):
        if all(datetime.fromisoformat(each).tzinfo for each in text.split("\n") if each):
            return text.split("\n")
    raise WrongCell(
        "must be moments, such as 2026-09-14T08:00:00+07:00",
        "phải là thời điểm, ví dụ 2026-09-14T08:00:00+07:00",
    )


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
    "group": Column(
        "Nhóm",
        (
            "Việc nhóm: ghi cùng một tên ở dòng của từng người, trưởng nhóm trước; số lượng "
            "giao là phần của người đó.",
            "Work of a group: one name in the line of each member, the lead first; the quantity "
            "is the member's part.",
        ),
        _name,
        also=("group_id",),
    ),
    "share": Column(
        "Tỷ lệ phần việc",
        ("Phần trăm trong việc nhóm; tổng bằng 100.", "Percent of the group; 100 together."),
        number=True,
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
        ("Đường dẫn đến nơi lưu số liệu, mỗi dòng một đường dẫn.", "Addresses, one a line."),
        as_lines,
        also=("evidence_uri",),
        example="https://motcua.khanhhoa.gov.vn/bao-cao/2026-08",
    ),
}


_STATE = "Tình trạng"
EXPORTED: Mapping[str, Mapping[str, str]] = {
    "assignments": {
        "personnel_system": "system",
        "personnel_id": "person",
        "product_code": "product",
        "product_version": "version",
        "assigned": "quantity",
        "quantity_from": "quantityFrom",
        "finish_by": "dueOn",
        "source": "source",
        "state": "state",
        "group_id": "group",
        "share": "share",
        "group_lead_id": "lead",
        "assignment_id": "assignment",
        "continues_id": "continues",
    },
    "readings": {
        "personnel_system": "system",
        "personnel_id": "person",
        "unit_system": "unitSystem",
        "unit_ref": "unit",
        "level": "level",
        "objective_code": "objective",
        "measured_on": "measuredOn",
        "reading": "value",
        "evidence_uris": "evidence",
        "evidence_hashes": "hashes",
        "evidence_sources": "sources",
        "evidence_captured_at": "capturedAt",
        "corrects_id": "correctsId",
        "reason": "reason",
        "state": "state",
    },
}
"""Columns of `congvu export KIND` that an import reads, and as which fields."""

BESIDE: Mapping[str, Mapping[str, Column]] = {
    "assignments": {
        "state": Column(_STATE, vocabulary=AssignmentState),
        "lead": Column("Mã định danh việc của trưởng nhóm"),
        "assignment": Column("Mã định danh việc được giao"),
        "continues": Column("Mã định danh việc trước đó"),
    },
    "readings": {
        "unitSystem": Column("Hệ thống nhân sự của đơn vị"),
        "level": Column("Cấp của mục tiêu", vocabulary=ObjectiveLevel),
        "hashes": Column("Mã băm minh chứng", read=as_lines),
        "sources": Column("Nguồn minh chứng", read=as_lines),
        "capturedAt": Column("Thời điểm ghi nhận minh chứng", read=_moments),
        "correctsId": Column("Mã định danh số liệu được đính chính"),
        "reason": Column("Lý do"),
        "state": Column(_STATE, vocabulary=ReadingState),
    },
}
"""Fields that only an export has."""
