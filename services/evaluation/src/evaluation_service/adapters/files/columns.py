"""The columns of personnel sheets: their headings, what a cell says in the graph, and back."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from congvu_kit.adapters.tabular import day_of
from congvu_kit.domain.labels import codes, label_of, spelt
from congvu_kit.domain.text import words
from evaluation_service.domain.personnel.lives import Identity
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.personnel.units import LocalityType, UnitLevel

_REVISION = re.compile(r"[0-9]{1,9}")
_BETWEEN = re.compile(r"(?<!\\);|\n")
ELSEWHERE = "|"
"""Parts an id of another system from its system: `hrm.other|H32`."""


class WrongCell(Exception):
    """What a cell must be, in English and in Vietnamese."""


@dataclass(frozen=True)
class Cell:
    """How a cell is read and written. `system` is that of the line, `vocabulary` what a closed list
    is called in the table of labels."""

    read: Callable[[str, str], object]
    write: Callable[[object, str], str]
    vocabulary: str | None = None


def _member(kind: type[UnitLevel | LocalityType | AppointmentRole | Identity]) -> Cell:
    called = codes(kind.__name__)
    allowed = ", ".join(kind)
    labels = "; ".join(label_of(each, "vi") for each in kind)

    def read(text: str, system: str) -> object:
        code = called.get(spelt(text), text)
        if code not in list(kind):
            raise WrongCell(f"must be one of {allowed}", f"phải là một trong: {labels}")
        return code

    return Cell(read, lambda value, system: str(value), kind.__name__)


def _day(text: str, system: str) -> object:
    """As offices write it, or as programs do."""
    if (day := day_of(text)) is not None:
        return day
    raise WrongCell(
        "must be a day such as 01/07/2026 or 2026-07-01",
        "phải là ngày dạng 01/07/2026 hoặc 2026-07-01",
    )


def _moment(text: str, system: str) -> object:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise WrongCell(
            "must be an instant with its offset, such as 2026-07-01T08:30:00+07:00",
            "phải là thời điểm kèm múi giờ, dạng 2026-07-01T08:30:00+07:00",
        )
    return moment.isoformat()


def _revision(text: str, system: str) -> object:
    if not _REVISION.fullmatch(text):
        raise WrongCell("must be a whole number", "phải là số nguyên")
    return int(text)


def _flag(text: str, system: str) -> object:
    said = text.lower()
    if said in ("true", "1", "x", "có"):
        return True
    if said in ("false", "0", "không"):
        return False
    raise WrongCell("must be true or false (có, không)", "phải là có hoặc không")


def _ref(text: str, system: str) -> dict[str, str]:
    there, bar, id = text.partition(ELSEWHERE)
    return {"system": there, "id": id} if bar else {"system": system, "id": text}


def _ref_cell(ref: object, system: str) -> str:
    assert isinstance(ref, Mapping)
    own = ref["system"] == system and ELSEWHERE not in ref["id"]
    return str(ref["id"]) if own else f"{ref['system']}{ELSEWHERE}{ref['id']}"


def _refs(text: str, system: str) -> object:
    items = (item.replace(r"\;", ";").strip() for item in _BETWEEN.split(text))
    return [_ref(item, system) for item in items if item]


def _refs_cell(refs: object, system: str) -> str:
    assert isinstance(refs, Sequence)
    return "; ".join(_ref_cell(each, system).replace(";", r"\;") for each in refs)


TEXT = Cell(lambda text, system: text, lambda value, system: str(value))
DAY = Cell(_day, lambda value, system: str(value))
MOMENT = Cell(_moment, lambda value, system: str(value))
REVISION = Cell(_revision, lambda value, system: str(value))
FLAG = Cell(_flag, lambda value, system: "có" if value else "không")
REF = Cell(_ref, _ref_cell)
REFS = Cell(_refs, _refs_cell)


@dataclass(frozen=True)
class Column:
    """`field` is that of the row in the graph. A cell that is `needed` is not empty; an empty one
    that is not says null, and a column that is not there leaves what is known."""

    name: str
    heading: str
    field: str
    cell: Cell = TEXT
    needed: bool = False


SYSTEM = Column("system", "Hệ thống", "externalRef.system", needed=True)
PROVINCE = Column("province", "Mã tỉnh", "province", needed=True)
SINCE = Column("valid_from", "Từ ngày", "validFrom", DAY, needed=True)
UNTIL = Column("valid_to", "Đến trước ngày", "validTo", DAY)
DUTY_GROUP = Column("duty_group", "Nhóm nhiệm vụ", "dutyGroup")
SOURCE = (
    Column("identity", "Mã dùng lại", "identity", _member(Identity)),
    Column("source_revision", "Bản sửa ở nguồn", "sourceRevision", REVISION),
    Column("source_time", "Thời điểm ở nguồn", "sourceTime", MOMENT),
)
PERSON = (SYSTEM, Column("id", "Mã công chức", "externalRef.id", needed=True))
LIFE = Column("life", "Lần cấp mã", "life", REVISION)
"""A number that was given anew has a second line, with 2 here."""

POST = (
    Column("unit_id", "Đơn vị", "unitRef", REF, needed=True),
    Column("position_code", "Vị trí việc làm", "positionCode", needed=True),
    Column("role", "Vai trò", "role", _member(AppointmentRole), needed=True),
    SINCE,
    UNTIL,
    DUTY_GROUP,
    Column("acting_for", "Phụ trách, quyền", "actingFor"),
    Column("field_unit_ids", "Lĩnh vực phụ trách", "fieldUnitRefs", REFS),
)
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "units": (
        SYSTEM,
        Column("id", "Mã đơn vị", "externalRef.id", needed=True),
        Column("code", "Mã định danh", "code", needed=True),
        Column("name", "Tên đơn vị", "name", needed=True),
        Column("level", "Cấp", "level", _member(UnitLevel), needed=True),
        PROVINCE,
        Column("parent_id", "Đơn vị cấp trên", "parentRef", REF),
        Column("locality_type", "Loại địa bàn", "localityType", _member(LocalityType)),
        SINCE,
        UNTIL,
        Column("successor_ids", "Đơn vị kế thừa", "successorRefs", REFS),
        *SOURCE,
    ),
    "positions": (
        PROVINCE,
        Column("code", "Mã vị trí", "code", needed=True),
        Column("title", "Tên vị trí", "title", needed=True),
        Column("duty_group", "Nhóm nhiệm vụ", "dutyGroup", needed=True),
        Column("family", "Nhóm vị trí", "family"),
        Column("leadership", "Lãnh đạo", "leadership", FLAG),
        Column("valid_from", "Từ ngày", "validFrom", DAY),
        UNTIL,
        *SOURCE,
    ),
    "people": (
        *PERSON,
        Column("full_name", "Họ và tên", "fullName", needed=True),
        PROVINCE,
        LIFE,
        *SOURCE,
    ),
    "appointments": (*PERSON, LIFE, *POST),
    "leaves": (
        *PERSON,
        LIFE,
        Column("kind", "Lý do", "kind", needed=True),
        SINCE,
        Column("valid_to", "Đến trước ngày", "validTo", DAY, needed=True),
    ),
}
SHEETS = {
    "units": "Đơn vị",
    "positions": "Vị trí việc làm",
    "people": "Công chức",
    "appointments": "Bố trí",
    "leaves": "Nghỉ",
}
TELLING = (
    ("leaves", ("system", "id", "kind")),
    ("people", ("system", "id", "full_name")),
    ("appointments", ("system", "id", "unit_id", "position_code")),
    ("positions", ("province", "code", "title")),
    ("units", ("system", "id", "code")),
)
"""The columns that tell what a CSV is of; the first that fits."""


def folded(heading: str) -> str:
    return " ".join(words(heading.replace("_", " ")))


def known_columns(kind: str) -> dict[str, Column]:
    """By heading, folded, in either language. A line of people may hold an appointment."""
    columns = (*COLUMNS[kind], *(POST if kind == "people" else ()))
    return {folded(text): each for each in columns for text in (each.name, each.heading)}
