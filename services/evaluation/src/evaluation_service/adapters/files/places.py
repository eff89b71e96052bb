"""Where in a sheet of personnel something lies that the graph says of a row."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from congvu_kit.adapters.marking import Remark
from congvu_kit.tools.speech import said
from evaluation_service.adapters.files.columns import COLUMNS, POST, Column

T = TypeVar("T")

_FIELD = re.compile(
    r"(?:input\.)?(?:(?:units|positions|people)\[[0-9]+\])?\.?"
    r"(?:(appointments|leaves)(?:\[([0-9]+)\])?)?\.?(.*)"
)


_OF_JSON = re.compile(r"(units|positions|people)\[([0-9]+)\]")


def in_words(place: str) -> str:
    """In the language of whoever reads it."""
    return place.replace(", line ", said(vi=", dòng ", en=", line "))


def named(field: str | None, by_field: Mapping[str, T]) -> T | None:
    """What `by_field` has for a field of a row: `appointments[0].unitRef.id` is of `unitRef`."""
    _, _, rest = _parts(field)
    outer = rest.partition(".")[0]
    return by_field.get(rest, by_field.get(outer))


def _parts(field: str | None) -> tuple[str, int | None, str]:
    found = _FIELD.fullmatch(field or "")
    if found is None:
        return "", None, ""
    part, at, rest = found.groups()
    return part or "", None if at is None else int(at), rest


def columns_missing(kind: str, field: str | None, headings: Mapping[str, str]) -> list[Column]:
    """Those that a refusal of `field` asks for and the sheet does not have at all: without the ones
    of a post nobody can be new. Of a file without headings none."""
    part, _, rest = _parts(field)
    if not headings or named(field, headings) is not None:
        return []
    columns = {"appointments": POST, "leaves": COLUMNS["leaves"]}.get(part, COLUMNS[kind])
    return [
        each
        for each in columns
        if each.needed
        and each.field not in headings
        and rest.partition(".")[0] in ("", each.field.partition(".")[0])
    ]


def lines_of(row: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Of a sheet those that it is made of, of JSON its kind and its number, from 1."""
    if row["lines"]:
        return [(each["sheet"], each["line"]) for each in row["lines"]]
    return [(kind, int(at) + 1) for kind, at in _OF_JSON.findall(row["place"])]


def remarks_of(row: Mapping[str, Any], field: str | None, text: str) -> Iterator[Remark]:
    """One on each line that it may be about: a person's appointments are lines of their own."""
    part, at, _ = _parts(field)
    lines = [each for each in row["lines"] if part in ("", each["part"])] or row["lines"]
    title = named(field, row["headings"]) or ""
    if part and at is not None:
        lines = lines[at : at + 1] or lines
    elif not part:
        lines = [each for each in lines if named(field, each["columns"]) is not None][:1] or lines
    for each in lines:
        column = named(field, each["columns"])
        yield Remark(sheet=each["sheet"], line=each["line"], column=column, title=title, text=text)
