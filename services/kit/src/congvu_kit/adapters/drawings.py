"""What lies on the sheets of a workbook beside its cells, and what a copy of it has lost."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import IO, Final
from zipfile import ZipFile

DRAWN: Final = re.compile(rb"<(?:[A-Za-z0-9]+:)?(pic|graphicFrame|sp|cxnSp|sparkline|control)[ />]")
"""Elements of a drawing or of a sheet that somebody sees."""

_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "pic": ("hình ảnh", "pictures"),
    "graphicFrame": ("biểu đồ, sơ đồ", "charts or diagrams"),
    "sp": ("hình vẽ, hộp chữ", "shapes or text boxes"),
    "cxnSp": ("đường nối", "connecting lines"),
    "sparkline": ("biểu đồ nhỏ trong ô", "sparklines"),
    "control": ("nút, ô chọn", "buttons or boxes to tick"),
    "slicers": ("bộ lọc trực quan", "slicers"),
    "embeddings": ("tệp nhúng", "embedded files"),
    "threadedComments": ("chuỗi thảo luận", "threads of comments"),
}
_FOLDERS: Final = ("slicers", "embeddings", "threadedComments")
_LOOKED_AT: Final = ("xl/drawings/drawing", "xl/worksheets/sheet")


def lost_in(before: IO[bytes], after: IO[bytes], language: str) -> str:
    """In a sentence what of `before` is not in its copy; empty where everything is."""
    lost = _counted(before) - _counted(after)
    if not lost:
        return ""
    if language == "vi":
        parts = ", ".join(f"{lost[name]} {vi}" for name, (vi, _) in _NAMES.items() if lost[name])
        return f"Bản sao này không có {parts} của tệp gốc."
    parts = ", ".join(f"{lost[name]} {en}" for name, (_, en) in _NAMES.items() if lost[name])
    return f"This copy is without what the file has besides: {parts}."


def _counted(content: IO[bytes]) -> Counter[str]:
    found: Counter[str] = Counter()
    with ZipFile(content) as book:
        for part in book.namelist():
            found.update(each for each in _FOLDERS if part.startswith(f"xl/{each}/"))
            if part.startswith(_LOOKED_AT) and part.endswith(".xml"):
                found.update(each.decode() for each in DRAWN.findall(book.read(part)))
    return found
