"""The fixed vocabularies of the catalogue (danh mục), and whose list an entry belongs to."""

import re
from dataclasses import dataclass
from enum import StrEnum

from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.vietnamese import vi_text

NATIONAL = "00"
"""The place of the lists that every province and ministry inherits and none can change."""

CODE_MAX_CHARS = 64
"""Longest code: group, province and unit id (35 characters, Decision 20/2020/QĐ-TTg) and a rest."""

_CODE_REST = re.compile(r"[A-Z0-9]+([._-][A-Z0-9]+)*")

_PLACE = re.compile(r"\d{2}|G\d{2}")
"""A province by its two digits, or a ministry by its agency code (Decision 20/2020/QĐ-TTg)."""


class Group(StrEnum):
    """Catalogue group (nhóm): who the entries are for, and so who decides about them."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Complexity(StrEnum):
    """Complexity group (nhóm độ phức tạp): simple, common, advanced, complex, special."""

    N1 = "N1"
    N2 = "N2"
    N3 = "N3"
    N4 = "N4"
    N5 = "N5"


class DataSource(StrEnum):
    """Where the done quantity is read from."""

    MANUAL = "MANUAL"
    DMS = "DMS"
    ONE_STOP = "ONE_STOP"


class Orientation(StrEnum):
    """Service orientation (định hướng phục vụ)."""

    ADMIN_PROCEDURE = "ADMIN_PROCEDURE"
    PUBLIC_SERVICE = "PUBLIC_SERVICE"


class KpiKind(StrEnum):
    """KPI kind (mũi nhọn, cứng, mềm)."""

    SPEARHEAD = "SPEARHEAD"
    HARD = "HARD"
    SOFT = "SOFT"


class LocalityType(StrEnum):
    """What kind of place a unit works in (loại địa bàn)."""

    URBAN = "URBAN"
    RURAL = "RURAL"
    MOUNTAIN = "MOUNTAIN"
    DISADVANTAGED = "DISADVANTAGED"
    SPECIAL = "SPECIAL"


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """One list (bộ danh mục): A, B and D are one for a whole province, ministry or the country
    (`province`), C is one unit's own."""

    group: Group
    province: str
    unit_id: str | None = None

    def __post_init__(self) -> None:
        if _PLACE.fullmatch(self.province) is None:
            raise Invalid(
                en="province is two digits, or G and two digits for a ministry",
                vi="Mã tỉnh gồm hai chữ số; mã bộ, ngành gồm G và hai chữ số.",
                field="input.province",
            )
        if self.group is Group.C and self.unit_id is None:
            raise Invalid(
                en="group C belongs to a unit: say which",
                vi="Danh mục nhóm C thuộc một đơn vị. Vui lòng nêu đơn vị.",
                field="input.unitId",
                rule_id="C-I6",
            )
        if self.group is not Group.C and self.unit_id is not None:
            raise Invalid(
                en=f"group {self.group} is one list for the whole province, without a unit",
                vi=f"Danh mục nhóm {self.group.value} dùng chung cho cả tỉnh, không gắn với "
                "đơn vị.",
                field="input.unitId",
                rule_id="C-I6",
            )

    @property
    def is_local(self) -> bool:
        return self.group is Group.C

    def check_code(self, code: str) -> None:
        """A code names its group and place: `C.56.` and then capitals, digits, dots, hyphens."""
        start = f"{self.group}.{self.province}."
        rest = code.removeprefix(start)
        if code == rest or not _CODE_REST.fullmatch(rest) or len(code) > CODE_MAX_CHARS:
            raise Invalid(
                en=f"a code here must be {start!r} followed by A-Z 0-9 . _ -, "
                f"at most {CODE_MAX_CHARS} characters",
                vi=f"Mã phải bắt đầu bằng {vi_text(start)}, tiếp theo là chữ hoa không dấu, "
                f"chữ số, dấu chấm hoặc gạch nối, tối đa {CODE_MAX_CHARS} ký tự.",
                field="input.code",
                rule_id="C-I6",
            )


def version_id(code: str, number: int) -> str:
    return f"{code}@{number}"
