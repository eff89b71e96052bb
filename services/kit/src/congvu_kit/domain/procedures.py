"""Codes of administrative procedures (mã thủ tục hành chính), in one form."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from congvu_kit.domain.errors import Invalid

PROCEDURE_MAX_CHARS = 60

_BOTTOM_UP = re.compile(r"(\d{3})\.(\d{2})\.(\d{2})\.([A-Z]\d{2})")
_NATIONAL = re.compile(r"(\d{1,2}\.\d{4,7})(?:\.(.+))?")


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """`national` is the code of the national database, 1.012753; `agency` is what may stand behind
    it: the agency whose variant it is, H19, as it was given."""

    national: str
    agency: str | None = None

    @classmethod
    def of(cls, text: str | None) -> Self | None:
        """None for a text that says nothing."""
        code = _canonical(text or "")
        if not code:
            return None
        found = _NATIONAL.fullmatch(code)
        return cls(national=found[1], agency=found[2]) if found else cls(national=code)

    @property
    def code(self) -> str:
        return self.national if self.agency is None else f"{self.national}.{self.agency}"

    def fits(self, unit_codes: Iterable[str]) -> bool:
        """Whether a unit is of the agency: its code, or that of one above it, is the agency's or
        goes on from it, level by level."""
        if self.agency is None:
            return True
        levels = _levels(self.agency)
        return any(_levels(_canonical(code))[: len(levels)] == levels for code in unit_codes)


def procedure_in(text: str, field: str = "procedureCode") -> Procedure:
    """Raise `Invalid` for none at all."""
    procedure = Procedure.of(text)
    if procedure is None or len(procedure.code) > PROCEDURE_MAX_CHARS:
        raise Invalid(
            en=f"procedureCode must be 1 to {PROCEDURE_MAX_CHARS} characters, such as 1.012753 or "
            "1.012753.H19",
            vi=f"Mã thủ tục phải có từ 1 đến {PROCEDURE_MAX_CHARS} ký tự, dạng 1.012753 hoặc "
            "1.012753.H19.",
            field=field,
        )
    return procedure


def _levels(agency: str) -> list[str]:
    """From the top down: 000.07.31.H32, as QCVN 102:2016/BTTTT writes it, is H32.31.07. Of levels
    nothing else is read."""
    found = _BOTTOM_UP.fullmatch(agency)
    if found is None:
        return agency.split(".")
    return [each for each in reversed(found.groups()) if each.strip("0")]


def canonical_code(text: str | None) -> str | None:
    """The one form of a code; None when it says nothing."""
    procedure = Procedure.of(text)
    return procedure.code if procedure else None


def _canonical(text: str) -> str:
    """Composed letters (NFC), upper case, nothing blank or invisible."""
    if not text.isascii():
        seen = (letter for letter in text if unicodedata.category(letter) != "Cf")
        text = unicodedata.normalize("NFC", "".join(seen))
    return "".join(text.upper().split())
