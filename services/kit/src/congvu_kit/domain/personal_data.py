"""Finds what tells who somebody is: citizen numbers, telephone numbers, e-mail addresses, however
they are spelled. One form and one list of patterns for every service."""

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum

from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.text import fold

CITIZEN_NUMBER = re.compile(r"0(?:0[1-9]|[1-8]\d|9[0-6])[0-3]\d{8}")
"""Twelve digits: province of birth 001 to 096, sex and century of who may live today, year of
birth, running number (Decree 137/2015/NĐ-CP, Article 13; its Circular 59/2021/TT-BCA)."""

_TELEPHONE = re.compile(r"(?:0|84|0084|840|00840)(?:[35789]\d{8}|2\d{9})")

_LONGEST = 15
_SHORTEST = 9

_MAIL = re.compile(
    r"[^\s@]\s{0,2}(?:@|[\[({]\s?(?:at|a cong)\s?[\])}]|\sa cong\s)\s{0,2}"
    r"[^\s@.\[({]+\s?(?:\.|[\[({]\s?(?:dot|cham)\s?[\])}]|\scham\s)\s?[^\W\d_]{2}"
)

_DIGITS = ("khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")
_WORDS = {
    **dict(
        zip(
            ["khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin"],
            "0123456789",
            strict=True,
        )
    ),
    **{"tu": "4", "lam": "5"},
}
_SPOKEN = re.compile(rf"\b(?:(?:{'|'.join(_WORDS)}|\d)\b[\s,.\-]*){{{_SHORTEST},}}")
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")

_LOOKS_LIKE = str.maketrans({"о": "o", "ο": "o", "і": "i", "ı": "i"})
_AS_DIGITS = re.compile(r"(?<=\d)[oil]+(?![a-z])|(?<![a-z])[oil]+(?=\d)")
_LETTERS = str.maketrans("oil", "011")

_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_INNOCENT = re.compile(
    rf"(?<![\d.\-/]){_DAY}([./-]){_MONTH}\1(?:(?:19|20)\d\d|\d\d)(?![.\-/]?\d)"
    r"|(?<![\d-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!-?\d)"
    r"|(?<!\d)(?:[01]?\d|2[0-3])[:h][0-5]\d(?:[:m][0-5]\d)?(?!\d)"
    r"|(?<![\d.,])[1-9]\d{0,2}(?:([.,])\d{3})(?:\2\d{3})*(?!\d)"
    r"|(?<![\w.])(?:[0-9a-z]{1,4}\.)*[a-z]\d\d(?:\.\d{1,4})*"
    r"-\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-\d{4,}"
    r"|(?<![0-9a-z])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-z])"
    r"|(?<![0-9a-z])[0-9a-f]{32,}(?![0-9a-z])"
)
"""What holds many digits and nobody's number: dates, times, amounts with thousands, dossier codes
(Circular 01/2018/TT-VPCP), UUIDs, hashes, our own ids."""

_GAP = re.compile(r"\s?[^\w\s,;]?\s?|\s{1,3}|[,;_]")
_NUMBER = re.compile(r"\d+")


class PersonalData(Enum):
    """What a text shows; the value is how to say it, in English and Vietnamese."""

    CITIZEN_NUMBER = ("a citizen identity number", "số định danh cá nhân")
    TELEPHONE = ("a telephone number", "số điện thoại")
    MAIL = ("an e-mail address", "địa chỉ thư điện tử")


def personal_data_in(text: str) -> PersonalData | None:
    """The first of the kinds that `text` shows."""
    plain = _folded(text)
    numbers = list(_numbers(plain))
    if any(CITIZEN_NUMBER.fullmatch(number) for number in numbers):
        return PersonalData.CITIZEN_NUMBER
    if any(_TELEPHONE.fullmatch(number) for number in numbers):
        return PersonalData.TELEPHONE
    return PersonalData.MAIL if _MAIL.search(plain) else None


def refuse_personal_data(text: str, field: str, *, rule_id: str = "PERSONAL-ID") -> None:
    """Raise `Invalid` when `text`, which everybody may read, shows any of it."""
    shown = personal_data_in(text)
    if shown is not None:
        en, vi = shown.value
        raise Invalid(
            en=f"public text must not contain {en}",
            vi=f"Nội dung công khai không được chứa {vi}.",
            field=field,
            rule_id=rule_id,
        )


def refuse_citizen_number(text: str, field: str) -> None:
    """Raise `Invalid` when `text` is or holds a citizen number: none is ever stored in clear
    (codes of the domain, Civil servant)."""
    if len(text) >= _SHORTEST and personal_data_in(text) is PersonalData.CITIZEN_NUMBER:
        raise Invalid(
            en="a citizen identity number is never stored; use the system's own number",
            vi="Nền tảng không lưu số định danh cá nhân. Vui lòng dùng mã của hệ thống nhân sự.",
            field=field,
            rule_id="PERSONAL-ID",
        )


def _folded(text: str) -> str:
    """Compatible forms made one, nothing invisible, every digit an ASCII one, spoken digits too."""
    plain = fold(text) if text.isascii() and text.isprintable() else _compatible(text)
    written = _SPOKEN.sub(lambda run: _WORD.sub(lambda word: _WORDS[word[0]], run[0]), plain)
    return _AS_DIGITS.sub(lambda letters: letters[0].translate(_LETTERS), written)


def _compatible(text: str) -> str:
    visible = "".join(each for each in text if each.isspace() or not _invisible(each))
    plain = fold(unicodedata.normalize("NFKC", visible)).translate(_LOOKS_LIKE)
    return "".join(str(unicodedata.decimal(each, each)) for each in plain)


def _invisible(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cf", "Cc", "Me")


def _numbers(plain: str) -> Iterator[str]:
    """Every run of digits that may be one number, pieces joined over what people put between."""
    pieces = list(_NUMBER.finditer(_INNOCENT.sub(" | ", plain)))
    for start, first in enumerate(pieces):
        number, last = first[0], first
        yield number
        for piece in pieces[start + 1 :]:
            between = piece.string[last.end() : piece.start()]
            number += piece[0]
            if len(number) > _LONGEST or not _GAP.fullmatch(between):
                break
            yield number
            last = piece
