"""Every description in both languages: what the code says in English, and below it the Vietnamese
of the tables `vi.toml`, one in each room (decision 0070)."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from graphql import GraphQLSchema, is_introspection_type, is_specified_scalar_type

TABLE: Final = "vi.toml"
PARTED_BY: Final = "\n\n"
"""Between the two languages: a paragraph in Markdown."""


@cache
def vietnamese_of(package: str) -> Mapping[str, str]:
    """What the English texts of a graph are in Vietnamese; raise when two rooms differ."""
    said: dict[str, str] = {}
    for table in _tables(files(package)):
        for english, vietnamese in tomllib.loads(table.read_text("utf-8")).items():
            if said.setdefault(english, vietnamese) != vietnamese:
                raise ValueError(f"{package}: two translations of {english!r}")
    return said


def _tables(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _tables(entry)
        elif entry.name == TABLE:
            yield entry


def tell_in_both(schema: GraphQLSchema, package: str | None) -> None:
    """Add the Vietnamese to each description that has one in the kit or in `package`."""
    packages = filter(None, (__package__, package))
    said = {english: text for each in packages for english, text in vietnamese_of(each).items()}
    for _, part in described(schema):
        vietnamese = said.get(part.description or "")
        if vietnamese:
            part.description = f"{part.description}{PARTED_BY}{vietnamese}"


def described(schema: GraphQLSchema) -> Iterator[tuple[str, Any]]:
    """Everything that has a description, by its coordinate; the library's own apart."""
    for kind in schema.type_map.values():
        if is_introspection_type(kind) or is_specified_scalar_type(kind) or "_" in kind.name:
            continue
        yield kind.name, kind
        for name, value in getattr(kind, "values", {}).items():
            yield f"{kind.name}.{name}", value
        for name, field in getattr(kind, "fields", {}).items():
            if not name.startswith("_"):
                yield f"{kind.name}.{name}", field
                for argument, said in getattr(field, "args", {}).items():
                    yield f"{kind.name}.{name}({argument}:)", said
