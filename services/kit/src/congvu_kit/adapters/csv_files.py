"""CSV in, as spreadsheets of any country write it: UTF-8, UTF-16, a comma, a semicolon or a tab."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Final

from congvu_kit.adapters.legacy import Encoding, converted, most_likely
from congvu_kit.adapters.sheets import (
    COLUMNS_MAX,
    ROWS_MAX,
    Cell,
    Line,
    UnreadableSheet,
    as_text,
    too_many_cells,
    unguarded,
)

SEPARATORS: Final = ",;\t|"
SAMPLE_BYTES: Final = 65_536
SAMPLE_LINES: Final = 20


def csv_lines(content: IO[bytes], encoding: Encoding | None = None) -> Iterator[Line]:
    """As written, or as `write_sheet` guarded it; from its beginning each time. `encoding` is what
    somebody said of text that is no Unicode. Raise `UnreadableSheet`."""
    with csv_text(content, encoding) as (separator, lines):
        for number, line in enumerate(lines, start=1):
            if number > ROWS_MAX + 1 or len(line) > COLUMNS_MAX:
                raise too_many_cells()
            if number == 1 and "".join(line).lower() in ("sep=", f"sep={separator}"):
                continue
            cells = [Cell(text=unguarded(cell)) for cell in line]
            yield Line(number=number, cells=cells)


@contextmanager
def csv_text(
    content: IO[bytes], encoding: Encoding | None = None
) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """What parts its cells, and its lines, converted. Raise `UnreadableSheet`."""
    content.seek(0)
    start = content.read(SAMPLE_BYTES)
    content.seek(0)
    unicode = _unicode_of(start)
    if unicode is None and encoding in (None, Encoding.UNICODE):
        likely = most_likely(start.decode("cp1252", "replace"))
        raise _no_unicode(likely, _first_line_in_no_unicode(content))
    try:
        with as_text(content, unicode or "latin-1") as text:
            separator = _separator(text)
            lines = csv.reader(text, delimiter=separator)
            if unicode is None and encoding is not None:
                yield separator, ([converted(each, encoding) for each in line] for line in lines)
            else:
                yield separator, iter(lines)
    except (UnicodeError, csv.Error) as exception:
        number = _first_line_in_no_unicode(content) if unicode == "utf-8-sig" else None
        en, vi = (f", see line {number}", f", xem dòng {number}") if number else ("", "")
        raise UnreadableSheet(
            f"not a CSV file in Unicode (UTF-8 or UTF-16){en}",
            f"không phải tệp CSV mã Unicode (UTF-8 hoặc UTF-16){vi}",
        ) from exception


def _unicode_of(start: bytes) -> str | None:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in start:
        return "utf-16-be" if start[::2].count(0) > start[1::2].count(0) else "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return None
    return "utf-8-sig"


def _first_line_in_no_unicode(content: IO[bytes]) -> int | None:
    content.seek(0)
    for number, line in enumerate(content, start=1):
        try:
            line.decode()
        except UnicodeDecodeError:
            return number
    return None


def _no_unicode(encoding: Encoding, line: int | None) -> UnreadableSheet:
    name = encoding.value.upper()
    return UnreadableSheet(
        f"a CSV file in no Unicode (see line {line}), by its letters in {name}: save it as UTF-8, "
        f"or say --encoding {encoding}",
        f"tệp CSV không dùng Unicode (xem dòng {line}), có vẻ dùng bảng mã {name}: hãy lưu lại "
        f"bằng UTF-8, hoặc chọn --encoding {encoding}",
    )


def _separator(text: io.TextIOWrapper) -> str:
    """What parts the widest of the first lines: a title may hold commas, a heading has columns."""
    sample = [text.readline(SAMPLE_BYTES) for _ in range(SAMPLE_LINES)]
    text.seek(0)
    first = sample[0].strip().lower()
    if first.startswith("sep=") and first[4:5] in SEPARATORS and first[4:5]:
        return first[4]
    return max(SEPARATORS, key=lambda each: _widest(sample, each))


def _widest(sample: Sequence[str], separator: str) -> tuple[int, int]:
    """And how many lines are as wide: a sentence has commas too, but not each the same number."""
    widths = [len(line) for line in csv.reader(sample, delimiter=separator)]
    most = max(widths, default=0)
    return most, widths.count(most)
