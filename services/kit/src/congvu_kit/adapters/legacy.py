"""Vietnamese from before Unicode: told by what its letters come to, converted when asked to."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from congvu_kit.adapters.sheets import Fault

_LOWER: Final = "àảãáạ ăằẳẵắặ âầẩẫấậ èẻẽéẹ êềểễếệ ìỉĩíị òỏõóọ ôồổỗốộ ơờởỡớợ ùủũúụ ưừửữứự ỳỷỹýỵ đ"
_TCVN3_BYTES: Final = (
    "b5b6b7b8b9 a8bbbcbdbec6 a9c7c8c9cacb cccecfd0d1 aad2d3d4d5d6 d7d8dcddde dfe1e2e3e4 "
    "abe5e6e7e8e9 aceaebecedee eff1f2f3f4 adf5f6f7f8f9 fafbfcfdfe ae"
)
_TCVN3: Final = {
    **dict(
        zip(
            bytes.fromhex(_TCVN3_BYTES).decode("latin-1"),
            _LOWER.replace(" ", ""),
            strict=True,
        )
    ),
    **dict(zip("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ", strict=True)),
}

_VNI_TONES: Final = {"ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ù": "\u0301", "ï": "\u0323"}
_VNI_MARKED: Final = {
    **_VNI_TONES,
    "â": "\u0302", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "á": "\u0302\u0301", "ä": "\u0302\u0323",
    "ê": "\u0306", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303",
    "é": "\u0306\u0301", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_ALONE: Final = {
    "ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ì": "ì", "í": "í",
}  # fmt: skip
_VNI_PAIR = re.compile(r"([aeoôuöyAEOÔUÖY])([øûõùïâàåãáäêèúüéëØÛÕÙÏÂÀÅÃÁÄÊÈÚÜÉË])")

_SYLLABLE = re.compile(
    r"(?:b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x)?"
    r"(?:oai|oay|oeo|uay|uây|uôi|uya|uyê|uyu|iêu|yêu|ươi|ươu|oa|oă|oe|oo|ua|uâ|uê|uô|uơ|uy|iê|yê|ươ|"
    r"ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ui|ưa|ưi|ưu|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)"
    r"(?:ch|ng|nh|c|m|n|p|t)?"
)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_VIETNAMESE = frozenset("".join(_LOWER.split()) + "".join(_LOWER.split()).upper())


class Encoding(StrEnum):
    """What text was written in before Unicode; `UNICODE` says that it is none of these, whatever
    its letters look like."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    CP1258 = "cp1258"
    UNICODE = "unicode"


def _of_tcvn3(text: str) -> str:
    return "".join(_TCVN3.get(letter, letter) for letter in text)


def _of_vni(text: str) -> str:
    def pair(found: re.Match[str]) -> str:
        base, mark = found[1], _VNI_MARKED[found[2].lower()]
        return unicodedata.normalize("NFC", _alone(base) + mark)

    return "".join(
        piece if at % 2 else "".join(map(_alone, piece))
        for at, piece in enumerate(_split_pairs(text, pair))
    )


def _split_pairs(text: str, pair: Callable[[re.Match[str]], str]) -> list[str]:
    """What lies between pairs, and each pair as the letter it is, in turn."""
    pieces, last = [], 0
    for found in _VNI_PAIR.finditer(text):
        pieces += [text[last : found.start()], pair(found)]
        last = found.end()
    return [*pieces, text[last:]]


def _alone(letter: str) -> str:
    known = _VNI_ALONE.get(letter.lower(), letter)
    return known.upper() if letter.isupper() else known


def _of_cp1258(text: str) -> str:
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:
        raw = text.encode("cp1252")
    return unicodedata.normalize("NFC", raw.decode("cp1258"))


CONVERT: Final[Mapping[Encoding, Callable[[str], str]]] = {
    Encoding.TCVN3: _of_tcvn3,
    Encoding.VNI: _of_vni,
    Encoding.CP1258: _of_cp1258,
}


def converted(text: str, encoding: Encoding) -> str:
    """`text`, whose letters are bytes of the Western alphabet, as Unicode. What cannot have come
    from such bytes is Unicode already."""
    if encoding is Encoding.UNICODE or _has_unicode(text):
        return text
    return _safe(CONVERT[encoding], text)


def legacy_of(text: str) -> Encoding | None:
    """What `text` was written in, where a letter that Vietnamese has not makes a Vietnamese word
    of its word; None for Unicode, also for names of other languages, where the words beside one
    tell."""
    if text.isascii() or _tells_unicode(text):
        return None
    for word in text.split():
        if word.isascii() or not any(letter.isascii() and letter.isalpha() for letter in word):
            continue
        if all(letter.isascii() or letter in _VIETNAMESE for letter in word):
            continue
        meant = (_safe(convert, word) for convert in CONVERT.values())
        if not _is_syllable(_letters(word)) and any(_is_syllable(_letters(each)) for each in meant):
            return most_likely(text)
    return None


def _has_unicode(text: str) -> bool:
    return any(letter > "ÿ" and letter in _VIETNAMESE for letter in text)


def _tells_unicode(text: str) -> bool:
    """Letters that the old sets have not, or a word that is foreign as it stands: then so may be
    the one beside it. A sign inside of a word is none of a name."""
    if any(not letter.isalpha() and letter > "\x7f" and letter not in "–—“”’…" for letter in text):
        return False
    foreign = (
        each.isascii() and each.isalpha() and len(each) > 1 and not _is_syllable(each.lower())
        for each in re.split(r"[^\w]+", text)
    )
    return _has_unicode(text) or any(foreign)


def most_likely(text: str) -> Encoding:
    """Of text that is no Unicode: under which encoding most of its words are Vietnamese."""

    def right(encoding: Encoding) -> int:
        said = _safe(CONVERT[encoding], text)
        return sum(_is_syllable(_letters(word)) for word in said.split() if not word.isascii())

    return max(CONVERT, key=right)


def _safe(convert: Callable[[str], str], text: str) -> str:
    try:
        return convert(text)
    except UnicodeError:
        return text


def _letters(word: str) -> str:
    return word.strip(".,;:!?()[]\"'“”-/").lower()


def _is_syllable(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word)
    bare = unicodedata.normalize("NFC", _TONES.sub("", apart))
    return len(_TONES.findall(apart)) <= 1 and bool(_SYLLABLE.fullmatch(bare))


def legacy_fault(encoding: Encoding) -> Fault:
    name = encoding.value.upper()
    return Fault(
        f"is text in {name}, not in Unicode: convert it, or say --encoding {encoding}; a foreign "
        "name is kept with --encoding unicode",
        f"được gõ bằng bảng mã {name}, không phải Unicode: hãy chuyển mã, hoặc chọn --encoding "
        f"{encoding}; tên nước ngoài thì chọn --encoding unicode",
    )
