"""Vietnamese text for searching and sorting where the database knows no Vietnamese."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[0-9a-z.]+")


def fold(text: str) -> str:
    """Lower case, no diacritics, đ as d, single spaces: `Đăng ký  Sinh` is `dang ky sinh`."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(bare.split())


def canonical_text(text: str) -> str:
    """The one form in which codes, ids of other systems and names are kept and compared: composed
    letters (NFC), nothing invisible, single spaces, none at the ends."""
    if text.isascii():
        return " ".join(text.split())
    seen = (letter for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join(unicodedata.normalize("NFC", "".join(seen)).split())


def canonical_lines(text: str) -> str:
    """As `canonical_text`, with the line breaks that stand between lines of words."""
    return "\n".join(map(canonical_text, text.splitlines())).strip()


@lru_cache(maxsize=4_096)
def camel(name: str) -> str:
    """A Python name as the graph writes it: `full_name` is `fullName`."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def words(text: str) -> list[str]:
    """The distinct folded words of `text`, in order of first appearance."""
    return list(dict.fromkeys(word.strip(".") for word in _WORD.findall(fold(text))))


_ALPHABET = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
)
_RANK = {letter: f"{rank:02x}" for rank, letter in enumerate(_ALPHABET)}


def sort_key(text: str) -> str:
    """A string whose byte order is the Vietnamese alphabetical order (a ă â … d đ …)."""
    letters = unicodedata.normalize("NFC", text.casefold())
    return "".join(_RANK.get(letter, f"!{letter}") for letter in letters)
