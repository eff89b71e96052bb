"""What the parts of a workbook say of its cells that a grid of their values does not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from congvu_kit.adapters.sheets import (
    COLUMNS_MAX,
    EMPTY,
    ROWS_MAX,
    Cell,
    Fault,
    too_many_cells,
)

_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DIGITS = re.compile(r"(0+)(?:\.(0+))?")
NO_VALUE = Fault(
    "holds a formula whose result was never computed: open and save the file in Excel",
    "chứa công thức chưa được tính: hãy mở và lưu lại tệp bằng Excel",
)
ERROR = Fault(
    "holds an error of a formula, such as #REF!", "chứa lỗi của công thức, chẳng hạn #REF!"
)
_FAULTS: Final = (NO_VALUE, ERROR)
_FORMATS_MAX: Final = 200
"""Formats of digits that one file is read with; what comes after is a bare number."""


class Part:
    """What one part of the file says, element by element."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None: ...

    def text(self, text: str) -> None: ...

    def end(self, name: str) -> None: ...


class Named(Part):
    """Elements with two attributes, one by the other."""

    def __init__(self, element: str, key: str, value: str) -> None:
        self._element, self._key, self._value = element, key, value
        self.found: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == self._element:
            local = {each.rpartition(":")[2]: text for each, text in attributes.items()}
            self.found[local.get(self._key, "")] = local.get(self._value, "")


class Styles(Part):
    """The styles of cells whose format says how many digits are shown."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {"1": "0", "2": "0.00"}
        self._in_cells = False
        self._count = 0
        self.formats: list[tuple[int, int]] = []
        self.of_style: dict[str, int] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            shown = _DIGITS.fullmatch(self._codes.get(attributes.get("numFmtId", ""), ""))
            if shown and shown[0] not in ("0", "0.00"):
                self._keep((len(shown[1]), len(shown[2] or "")))
            self._count += 1

    def _keep(self, digits: tuple[int, int]) -> None:
        if digits not in self.formats and len(self.formats) < _FORMATS_MAX:
            self.formats.append(digits)
        if digits in self.formats:
            self.of_style[str(self._count)] = len(_FAULTS) + 1 + self.formats.index(digits)

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False


@dataclass
class Marks(Part):
    """Where the filled cells lie, and what their values do not say, one byte a cell; those without
    an address follow the one before."""

    styles: Styles
    of_rows: dict[int, bytearray] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    _row: int = 0
    _column: int = 0
    _attributes: Mapping[str, str] = field(default_factory=dict)
    _formula: bool = False
    _in_value: bool = False
    _valued: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "row":
                given = attributes.get("r", "")
                self._row = int(given) if given.isdecimal() else self._row + 1
                self._column = 0
                if attributes.get("hidden") in ("1", "true"):
                    self.hidden.add(self._row)
            case "c":
                self._at(attributes.get("r"))
                self._attributes = attributes
                self._formula = self._valued = False
            case "v" | "is" | "f":
                if self._row > ROWS_MAX or self._column > COLUMNS_MAX:
                    raise too_many_cells()
                self._formula |= name == "f"
                self._in_value = name != "f"

    def text(self, text: str) -> None:
        self._valued |= self._in_value

    def end(self, name: str) -> None:
        if name in ("v", "is"):
            self._in_value = False
        elif name == "c":
            mark = self._mark()
            if mark and 0 < self._column <= COLUMNS_MAX:
                row = self.of_rows.setdefault(self._row, bytearray())
                row.extend(bytes(self._column - len(row)))
                row[self._column - 1] = mark

    def _mark(self) -> int:
        kind = self._attributes.get("t", "n")
        if kind == "e":
            return 2
        # A text that is empty is a result.
        if self._formula and not self._valued and kind != "str":
            return 1
        return self.styles.of_style.get(self._attributes.get("s", ""), 0) if kind == "n" else 0

    def _at(self, address: str | None) -> None:
        found = _ADDRESS.fullmatch(address or "")
        if found is None:
            self._column += 1
            return
        self._row, self._column = int(found[2]), 0
        for letter in found[1]:
            self._column = self._column * 26 + ord(letter) - ord("A") + 1

    def cell(self, value: object, mark: int) -> Cell:
        if 0 < mark <= len(_FAULTS):
            return Cell(fault=_FAULTS[mark - 1])
        if value == "":
            return EMPTY
        if isinstance(value, float):
            # Sheets keep every number as floating point, and show 15 digits of it.
            return Cell(text=f"{value:.15g}", number=True, shown=self._shown(value, mark))
        if isinstance(value, datetime) and value.time() == datetime.min.time():
            value = value.date()
        return Cell(text=value.isoformat() if isinstance(value, date) else str(value))

    def _shown(self, value: float, mark: int) -> str | None:
        if not mark:
            return None
        whole, places = self.styles.formats[mark - len(_FAULTS) - 1]
        width = whole + (places + 1 if places else 0)
        return f"{value:0{width}.{places}f}"
