"""What an export has as columns: where each is in an answer of the graph, its type, its heading."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from congvu_kit.domain.labels import capital, known, label

Row = tuple[Any, ...]
"""Any: values as the graph gives them, None for what is not there; one a column."""

Node = Mapping[str, Any]

POSITION = "#"
"""The last step of a path: the number of the element in its list, from 1."""


class Type(StrEnum):
    """What a column holds."""

    TEXT = "text"
    TEXTS = "texts"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DAY = "day"
    MOMENT = "moment"
    FLAG = "flag"


class Headings(StrEnum):
    """How columns are called, and in a sheet how values are written."""

    VI = "vi"
    EN = "en"


@dataclass(frozen=True)
class Column:
    """`path` leads to the value in a node: fields, and numbers of elements of lists; without a
    number a list gives the values of all its elements. `words` is the
    vocabulary of a code in the table of labels, `title` the heading where an import has its own.
    A day that is `iso` stays so in every CSV: an import refuses 01/07/2026. A `figure` is a number
    that is text: 88.30, 265/3; in a sheet with Vietnamese headings it has the comma."""

    name: str
    path: str
    type: Type = Type.TEXT
    words: str | None = None
    title: str | None = None
    iso: bool = False
    figure: bool = False

    def heading(self, headings: Headings) -> str:
        if headings is Headings.EN:
            return self.name
        if self.title is not None:
            return self.title
        table = "column" if known("column", self.name) else "field"
        return capital(label(table, self.name, "vi"))


@dataclass(frozen=True)
class Inside:
    """A connection of a node, so many at a time; `one` gives the node again for the rest of it. It
    is asked by ids: under which name each, and where in the node it stands."""

    connection: str
    page: int
    one: str
    by: Mapping[str, str] = field(default_factory=lambda: {"id": "id"})
    arguments: str = ""

    def asked(self, node: Node) -> dict[str, object]:
        """What gives the node again, behind what was read of its connection."""
        ids = {name: value_at(node, path) for name, path in self.by.items()}
        return {**ids, "after": node[self.connection]["pageInfo"]["endCursor"]}

    def called(self, after: str) -> str:
        given = f"{self.arguments}, " if self.arguments else ""
        return f"{self.connection}({given}first: {self.page}{after})"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Something that is exported. `version` counts the changes of its columns; `page` is how many
    nodes one question asks for; with `each` the elements of the list at that path are the rows, of
    lists on the way each element in turn, and where that leads through a connection `inside` is
    which."""

    name: str
    version: int
    field: str
    columns: tuple[Column, ...]
    variables: Mapping[str, str]
    arguments: str
    page: int
    each: str | None = None
    inside: Inside | None = None

    @property
    def documents(self) -> Iterator[str]:
        """Every question of it."""
        yield self.document
        if self.inside is not None:
            yield self.further(self.inside)

    @property
    def document(self) -> str:
        """The question that gives every column."""
        declared = "".join(f", ${name}: {type}" for name, type in self.variables.items())
        return (
            f"query Export{self._operation}($after: String{declared}) {{\n"
            f"  {self.field}({self.arguments}, first: {self.page}, after: $after) {{\n"
            f"    edges {{ node {self._fields()} }}\n"
            "    pageInfo { hasNextPage endCursor }\n"
            "  }\n"
            "}"
        )

    def further(self, inside: Inside) -> str:
        """The same of one node, with what comes later in its connection."""
        declared = "".join(f"${name}: ID!, " for name in inside.by)
        ids = ", ".join(f"{name}: ${name}" for name in inside.by)
        return (
            f"query Export{self._operation}Further({declared}$after: String) {{\n"
            f"  {inside.one}({ids}) {self._fields(', after: $after')}\n"
            "}"
        )

    @property
    def _operation(self) -> str:
        return "".join(part.capitalize() for part in self.name.split("-"))

    def _fields(self, after: str = "") -> str:
        paths = [each.path for each in self.columns]
        if self.inside is None:
            return _written(_selected(paths))
        name = self.inside.connection
        ends = [f"{name}.pageInfo.{each}" for each in ("hasNextPage", "endCursor")]
        called, selected = self.inside.called(after), _selected([*paths, *ends])
        return _written({called if at == name else at: each for at, each in selected.items()})

    def rows(self, node: Node, before: int = 0) -> Iterator[Row]:
        """`before` elements of the node were read already."""
        path = self.each.split(".") if self.each else []
        for each in _one_by_one(node, path, before) if path else [node]:
            yield self._row(each)

    def _row(self, node: Node) -> Row:
        return tuple(value_at(node, each.path) for each in self.columns)


def _one_by_one(node: Node, path: Sequence[str], before: int) -> Iterator[Node]:
    """The node with one element in place of each list on the path, which knows its number there,
    behind those `before` in the first of them; what a connection's edge leads to has that of the
    edge."""
    first, *rest = path
    there, is_list = node[first], isinstance(node[first], list)
    for number, element in enumerate(there if is_list else [there], start=before + 1):
        if element is not None:
            numbered = {POSITION: number if is_list else node.get(POSITION), **element}
            for one in (
                _one_by_one(numbered, rest, 0 if is_list else before) if rest else [numbered]
            ):
                yield {**node, first: one}


def value_at(node: Any, path: str) -> Any:
    """Any: JSON. None where a step of the path is not there; of a list the values of all."""
    for step in path.split("."):
        if node is None:
            return None
        if step.isdecimal():
            node = node[int(step)] if int(step) < len(node) else None
        elif isinstance(node, list):
            node = [each[step] for each in node]
        else:
            node = node[step]
    return node


Selection = dict[str, "Selection"]


def _selected(paths: Sequence[str]) -> Selection:
    selection: Selection = {}
    for path in paths:
        inside = selection
        for step in path.split("."):
            if not step.isdecimal() and step != POSITION:
                inside = inside.setdefault(step, {})
    return selection


def _written(selection: Selection) -> str:
    fields = [
        f"{name} {_written(inside)}" if inside else name for name, inside in selection.items()
    ]
    return f"{{ {' '.join(fields)} }}"
