"""Who is shown what: every query and field by every reader, made from the schema itself.

What it finds is compared with a file that was looked at. A field that is added, or shown to one
more reader, changes the file, and whoever changes it says so in a diff that can be read.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_required_argument,
)

from congvu_kit.domain.actor import Actor
from support.graph import Graph

DEPTH = 4
"""How far a selection goes; a type that is on the way already is not entered again."""

ENVELOPES = ("edges", "node", "pageInfo", "cursor", "hasNextPage", "endCursor")


def selection(kind: GraphQLOutputType, way: tuple[str, ...] = ()) -> str:
    """All that can be asked of a type without arguments of its own."""
    named = get_named_type(kind)
    if isinstance(named, GraphQLUnionType):
        kinds = (f"... on {each.name} {selection(each, way)}" for each in named.types)
        return "{ __typename " + " ".join(kinds) + " }"
    if not isinstance(named, GraphQLObjectType | GraphQLInterfaceType):
        return ""
    fields = [
        f"{name} {inner}".strip()
        for name, field in named.fields.items()
        if (inner := _inner(field, (*way, named.name))) is not None
    ]
    return "{ " + " ".join(fields or ["__typename"]) + " }"


def _inner(field: GraphQLField, way: tuple[str, ...]) -> str | None:
    if any(is_required_argument(each) for each in field.args.values()):
        return None
    named = get_named_type(field.type)
    if not isinstance(named, GraphQLObjectType | GraphQLUnionType):
        return ""
    entered = [each for each in way if not each.endswith(("Connection", "Edge"))]
    if named.name in way or len(entered) >= DEPTH:
        return None
    return selection(named, way)


def shown(value: Any, path: str) -> Iterator[str]:
    """The paths under which there is a value."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("pageInfo", "cursor", "__typename"):
                yield from shown(inner, path if name in ENVELOPES else f"{path}.{name}")
    elif isinstance(value, list):
        for each in value:
            yield from shown(each, path)
    elif value is not None:
        yield path


async def matrix(
    graph: Graph,
    schema: GraphQLSchema,
    arguments: Mapping[str, str],
    readers: Mapping[str, Actor],
) -> dict[str, dict[str, list[str]]]:
    """For each query: what is shown, under the readers that are shown just that."""
    assert schema.query_type is not None
    fields = {n: f for n, f in schema.query_type.fields.items() if not n.startswith("_")}
    found = {}
    for name, field in fields.items():
        asked = arguments.get(name, "")
        assert asked or not any(is_required_argument(each) for each in field.args.values()), name
        document = f"{{ {name}{asked} {selection(field.type)} }}"
        paths: dict[str, set[str]] = defaultdict(set)
        for reader, actor in readers.items():
            for path in await _told(graph, document, actor, name):
                paths[path].add(reader)
        alike: dict[str, list[str]] = defaultdict(list)
        for path, seen_by in paths.items():
            alike[_names(seen_by, readers)].append(path)
        found[name] = {who: sorted(paths) for who, paths in sorted(alike.items())}
    return found


async def _told(graph: Graph, document: str, actor: Actor, name: str) -> set[str]:
    result = await graph.execute(document, actor, {})
    refused = {f"{name}: {error.extensions['code']}" for error in result.errors or ()}
    return refused | set(shown((result.data or {}).get(name), name))


def _names(seen_by: set[str], readers: Mapping[str, Actor]) -> str:
    everybody = set(readers)
    if seen_by == everybody:
        return "everybody"
    if len(seen_by) > len(everybody) / 2:
        return "everybody but " + ", ".join(each for each in readers if each not in seen_by)
    return ", ".join(each for each in readers if each in seen_by)


def compare(found: object, golden: Path) -> None:
    """With CONGVU_WRITE_GOLDEN=1 the file is written anew, to be looked at."""
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("CONGVU_WRITE_GOLDEN") == "1":
        golden.write_text(text)
    assert json.loads(golden.read_text()) == found
