"""A list of a row as a table of its own."""

from collections.abc import Iterator
from dataclasses import replace

from congvu_kit.tools.exports.columns import Column, Kind
from pages_service.exports.common_columns import WHOLE

Of = tuple[str, str, int, tuple[Column, ...]]
"""A list: its table, where it lies in the row, how many rows one question asks for, its columns;
paths begin at an element, those with a slash at the row, of which the element is."""


def start(of: Kind) -> str:
    """What the names of its tables begin with: it in the singular."""
    name = of.name
    return f"{name.removesuffix('es' if name.endswith('xes') else 's')}-"


def tables(of: Kind, keys: tuple[Column, ...], lists: tuple[Of, ...]) -> tuple[Kind, ...]:
    """`keys` tell the row that an element is of."""
    return tuple(_tables(of, keys, lists))


def _tables(of: Kind, keys: tuple[Column, ...], lists: tuple[Of, ...]) -> Iterator[Kind]:
    for name, each, page, columns in lists:
        inside = [replace(column, path=_path(each, column.path)) for column in columns]
        yield replace(
            of,
            name=f"{start(of)}{name}",
            version=1,
            each=each,
            page=page,
            columns=(*keys, Column("element", f"{each}.#", WHOLE), *inside),
        )


def _path(each: str, path: str) -> str:
    return path[1:] if path.startswith("/") else f"{each}.{path}"
