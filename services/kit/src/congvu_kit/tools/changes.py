"""The changes that feeds tell, as one schema for whoever reads them and as types of clients."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from congvu_kit.tools.contracts import Contracts

CHANGES = Path("clients/changes.schema.json")
REF = "#/$defs/"

Schema = Mapping[str, Any]
"""Any: JSON Schema, as pydantic writes it."""


PYTHON = {
    "string": "str",
    "integer": "int",
    "boolean": "bool",
    "null": "None",
    "date": "date",
    "date-time": "datetime",
    "enum": "Growing[{}]",
    "array": "list[{}]",
    "object": "dict[str, {}]",
}
TYPESCRIPT = {
    "string": "string",
    "integer": "number",
    "boolean": "boolean",
    "null": "null",
    "date": "Day",
    "date-time": "Instant",
    "enum": "{} | Unknown",
    "array": "ReadonlyArray<{}>",
    "object": "Readonly<Record<string, {}>>",
}


def files(contracts: Sequence[Contracts]) -> dict[Path, str]:
    return {CHANGES: schema_of(contracts)}


def schema_of(contracts: Sequence[Contracts]) -> str:
    """Each kind by its type, with what leaves the service by the feed and nothing else."""
    kinds: dict[str, str] = {}
    defined: dict[str, Schema] = {}
    for each in contracts:
        for event in each.events:
            if event.name not in each.told:
                continue
            own = each.shown(event.schema())
            body = {name: value for name, value in own.items() if not name.startswith("$")}
            for name, inner in {**own.get("$defs", {}), own["title"]: body}.items():
                if defined.setdefault(name, inner) != inner:
                    raise ValueError(f"two changes mean something else by {name}")
            kinds[event.name] = own["title"]
    told = json.dumps([*defined.values(), *({"$ref": f"{REF}{each}"} for each in kinds.values())])
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "congvu.changes",
        "description": "What streams, subscriptions and webhooks tell. There may be other types, "
        "and other fields of these: take what you know.",
        "oneOf": [_told(name, title) for name, title in sorted(kinds.items())],
        # What only a hidden field spoke of is not told.
        "$defs": {name: defined[name] for name in sorted(defined) if f'"{REF}{name}"' in told},
    }
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _told(name: str, title: str) -> Schema:
    told = {"type": {"const": name}, "data": {"$ref": f"{REF}{title}"}}
    return {"type": "object", "properties": told, "required": ["type", "data"]}


def types_of(text: str) -> dict[str, str]:
    """The Python module and the TypeScript module of that schema."""
    schema = json.loads(text)
    return {"python": "\n".join(_python(schema)), "typescript": "\n".join(_typescript(schema))}


def _kinds(schema: Schema) -> Iterator[tuple[str, str]]:
    for each in schema["oneOf"]:
        told = each["properties"]
        yield told["type"]["const"], told["data"]["$ref"].removeprefix(REF)


def _python(schema: Schema) -> Iterator[str]:
    yield '"""What changes tell, by their type: written from `changes.schema.json`."""\n'
    yield "from __future__ import annotations\n"
    yield "from datetime import date, datetime"
    yield "from enum import StrEnum"
    yield "from typing import TypeAlias\n"
    yield "from congvu_client.told import Told"
    yield "from congvu_client.unknown import Growing\n"
    for name, each in schema["$defs"].items():
        yield f"\nclass {name}({'StrEnum' if 'enum' in each else 'Told'}):"
        if "enum" in each:
            yield from (f"    {_member(value)} = {value!r}" for value in each["enum"])
        else:
            yield from _python_fields(schema, each)
        yield ""
    classes = sorted({name for _, name in _kinds(schema)})
    yield f"\nKnown: TypeAlias = {' | '.join(classes)}\n"
    yield "KINDS: dict[str, type[Known]] = {"
    yield from (f"    {kind!r}: {name}," for kind, name in _kinds(schema))
    yield "}\n"


def _python_fields(schema: Schema, each: Schema) -> Iterator[str]:
    for name, field in each["properties"].items():
        promised = "" if name in each.get("required", ()) else f" = {field.get('default')!r}"
        yield f"    {name}: {_type(schema, field, PYTHON)}{promised}"


def _member(value: str) -> str:
    return re.sub(r"\W", "_", value).upper()


def _typescript(schema: Schema) -> Iterator[str]:
    yield "/** What changes tell, by their type: written from `changes.schema.json`. */"
    yield "import type { Day, Instant, Unknown } from './scalars.js';\n"
    for name, each in schema["$defs"].items():
        if "enum" in each:
            yield f"export type {name} = {' | '.join(map(repr, each['enum']))};\n"
            continue
        yield f"export interface {name} {{"
        for field, kind in each["properties"].items():
            optional = "" if field in each.get("required", ()) else "?"
            yield f"  readonly {field}{optional}: {_type(schema, kind, TYPESCRIPT)};"
        yield "}\n"
    yield "/** What is told of each type. */"
    yield "export interface Kinds {"
    yield from (f"  readonly '{kind}': {name};" for kind, name in _kinds(schema))
    yield "}\n"


def _type(schema: Schema, field: Schema, words: Mapping[str, str]) -> str:
    """Raise `KeyError` for a shape that no change has had yet."""
    match field:
        case {"$ref": str(ref)}:
            name = ref.removeprefix(REF)
            return words["enum"].format(name) if "enum" in schema["$defs"][name] else name
        case {"anyOf": kinds}:
            return " | ".join(_type(schema, each, words) for each in kinds)
        case {"type": "array", "items": inner}:
            return words["array"].format(_type(schema, inner, words))
        case {"type": "object", "additionalProperties": inner}:
            return words["object"].format(_type(schema, inner, words))
    return words[field.get("format") or field["type"]]
