"""The official form as a PDF: what its HTML says, set by Typst, and tagged to be read aloud."""

import json
import re
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import typst

PDF = "application/pdf"
TEMPLATE = (files("pages_service") / "static" / "form.typ").read_bytes()
SETTING: Any = {"format": "pdf", "ignore_system_fonts": True}
UNTITLED = "Mẫu số 01"
INDENT = re.compile(r"padding-left:([\d.]+)em")
HEADINGS = {"h1": 1, "h2": 2}
STYLES = "b", "i", "small"


@dataclass(kw_only=True)
class Run:
    """Some text of one kind, or a line break."""

    kind: str = "text"
    text: str = ""
    bold: bool = False
    italic: bool = False
    small: bool = False


@dataclass(kw_only=True)
class Cell:
    content: list[Run] = field(default_factory=list)
    header: bool = False
    figure: bool = False
    indent: float = 0.0


@dataclass(kw_only=True)
class Block:
    """`cells` are the columns of a letterhead or of signatures, `rows` those of a table."""

    kind: str
    level: int = 0
    content: list[Run] = field(default_factory=list)
    cells: list[list[Run]] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        runs = [self.content, *self.cells, *(cell.content for row in self.rows for cell in row)]
        return not any(run.text.strip() for each in runs for run in each)

    def told(self) -> dict[str, Any]:
        """A table's first row is its head when nothing but headings is in it."""
        told = asdict(self)
        if self.kind == "table":
            headed = bool(self.rows) and all(cell.header for cell in self.rows[0])
            told["columns"] = max((len(row) for row in self.rows), default=0)
            told["head"] = told["rows"][0] if headed else []
            told["rows"] = told["rows"][headed:]
        return told


class FormReader(HTMLParser):
    """The blocks of the form's HTML. What it does not know is text of the block it stands in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.blocks: list[Block] = []
        self._styles: list[str] = []
        self._into: list[Run] | None = None
        self._in_title = False
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in STYLES:
            self._styles.append(tag)
        elif tag == "title":
            self._in_title = True
        elif tag == "br" and self._into is not None:
            self._into.append(Run(kind="break"))
        elif tag == "div":
            self._column()
        elif tag == "tr":
            self.blocks[-1].rows.append([])
        elif tag in ("td", "th"):
            self._cell(tag, given)
        elif tag in (*HEADINGS, "p", "table"):
            self._begin(tag)

    def _begin(self, tag: str) -> None:
        kind = "heading" if tag in HEADINGS else "table" if tag == "table" else "paragraph"
        self.blocks.append(Block(kind=kind, level=HEADINGS.get(tag, 0)))
        self._into = None if kind == "table" else self.blocks[-1].content

    def _column(self) -> None:
        self._depth += 1
        if self._depth == 1:
            self.blocks.append(Block(kind="columns"))
        else:
            self._into = []
            self.blocks[-1].cells.append(self._into)

    def _cell(self, tag: str, given: dict[str, str]) -> None:
        indent = INDENT.search(given.get("style", ""))
        cell = Cell(
            header=tag == "th",
            figure=given.get("class") == "n",
            indent=float(indent[1]) if indent else 0.0,
        )
        self.blocks[-1].rows[-1].append(cell)
        self._into = cell.content

    def handle_endtag(self, tag: str) -> None:
        if tag in STYLES and tag in self._styles:
            self._styles.remove(tag)
        elif tag == "title":
            self._in_title = False
        elif tag == "div":
            self._depth -= 1
            self._into = None
        elif tag in (*HEADINGS, "p", "td", "th", "table"):
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif self._into is not None:
            bold, italic, small = (each in self._styles for each in STYLES)
            self._into.append(Run(text=data, bold=bold, italic=italic, small=small))


def pdf_of(html: str) -> bytes:
    """One form, one PDF: the same HTML makes the same bytes."""
    reader = FormReader()
    reader.feed(html)
    blocks = [each.told() for each in reader.blocks if not each.empty]
    form = {"title": reader.title or UNTITLED, "blocks": blocks}
    given = {"form": json.dumps(form, ensure_ascii=False)}
    try:
        return bytes(typst.compile(TEMPLATE, pdf_standards="ua-1", **SETTING, sys_inputs=given))
    except typst.TypstError:
        # Letters that no font here has: shown as boxes, and so no PDF/UA; tagged all the same.
        return bytes(typst.compile(TEMPLATE, **SETTING, sys_inputs=given))
