"""What is not as it was sealed, told in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass

from congvu_kit.domain.labels import label, path_in_words


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is not as it was sealed, in both languages."""

    vi: str
    en: str

    def of(self, where: "Finding") -> "Finding":
        return Finding(vi=f"{where.vi}: {self.vi}", en=f"{where.en}: {self.en}")

    def inside(self, path: str) -> "Finding":
        return Finding(vi=f"{_in_words(path)}, {self.vi}", en=f"{path}.{self.en}")


Findings = Iterator[Finding]


def _in_words(path: str) -> str:
    return path_in_words(path, "sealed", "field", "column")


def at(path: str, *, vi: str, en: str) -> Finding:
    return Finding(vi=f"{_in_words(path)}: {vi}", en=f"{path}: {en}")


def one(kind: str, id: object) -> Finding:
    """What it is about."""
    return Finding(vi=f"{label('sealed', kind, 'vi')} {id}", en=f"{kind} {id}")


def not_under(who: Finding) -> Finding:
    return Finding(vi="không thuộc dấu niêm phong", en="it is not under the seal").of(who)


def missing(who: Finding) -> Finding:
    return Finding(vi="không còn", en="it is missing").of(who)


def other(path: str, sealed: object, found: object) -> Finding:
    return at(
        path,
        vi=f"đã niêm phong {_value_vi(sealed)}, nay là {_value_vi(found)}",
        en=f"sealed {_short(sealed)}, found {_short(found)}",
    )


def not_as_stored(path: str) -> Finding:
    return at(
        path,
        vi="giá trị hiển thị khác giá trị đã lưu",
        en="what is shown is not what is stored",
    )


def _value_vi(value: object) -> str:
    return "không có" if value is None else f"«{_short(value).strip(chr(39))}»"


def _short(value: object) -> str:
    """Enough of a long text to recognise it."""
    text = repr(value)
    return text if len(text) <= 72 else f"{text[:69]}..."  # noqa: PLR2004 - one line of a terminal
