"""The shapes that stored documents ever had: `services/NAME/stored/COLLECTION.N.json`, each with
its JSON Schema and documents that have everything it allows. Written once, never changed: whatever
the code becomes, it reads them (decision 0060).
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema

from congvu_kit.adapters.reasons import reason_of
from congvu_kit.application.documents import Codec, adapter
from congvu_kit.application.ports import Collection
from congvu_kit.tools.contracts import Contracts
from congvu_kit.tools.history import folder_at

FOLDER = "stored"

TEXT, NUMBER = "56", 1
"""A text that is a province as well as a name, a code or a figure."""

_FORMATS = {"date": "2026-11-27", "date-time": "2026-11-27T03:00:00Z", "fraction": "5/2"}

REMEDY = "give the new field a default, or add a migration"

Schema = Mapping[str, Any]


def shape_now(collection: Collection[Any]) -> dict[str, object]:
    schema = _untitled(adapter(collection.kind).json_schema(mode="validation"))
    migrations = [each.name for each in collection.migrations]
    return {"schema": schema, "migrations": migrations}


def _untitled(schema: Any, *, names: bool = False) -> Any:
    """Without what only describes; a property may be called so (`names`)."""
    if isinstance(schema, list):
        return [_untitled(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _untitled(value, names=key in {"properties", "$defs"})
        for key, value in schema.items()
        if names or key not in {"title", "description", "default"}
    }


def specimens(collection: Collection[Any]) -> list[dict[str, object]]:
    """As this version stores them: each value of each enumeration, each kind of each union, empty
    and filled. What the domain refuses is left out, and what only operators' steps write."""
    kind, codec = adapter(collection.kind), Codec(collection)
    made = []
    for values in _variants(kind.json_schema(mode="validation")):
        try:
            made.append(codec.dump(kind.validate_python(values)))
        except Exception as exception:  # A rule of the domain, of whatever kind.
            refusal = reason_of(exception)
    if not made:
        raise ValueError(f"no specimen of {collection.name} can be made: {refusal}")
    return [each for each in made if collection.by_operators.isdisjoint(map(str, each.values()))]


def _variants(root: Schema) -> list[Any]:
    """Every choice once: in the n-th of them each part is in its n-th form."""

    def of(schema: Schema, within: tuple[str, ...]) -> list[Any]:  # noqa: PLR0911 - one case a kind
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            # What holds itself ends somewhere.
            return [] if name in within else of(root["$defs"][name], (*within, name))
        if "enum" in schema or "const" in schema:
            return list(schema.get("enum") or [schema["const"]])
        if "anyOf" in schema:
            forms = [each for each in schema["anyOf"] if each.get("type") != "number"]
            return [form for each in forms for form in of(each, within)]
        match schema.get("type"):
            case "object" if "properties" in schema:
                return _together({k: of(v, within) for k, v in schema["properties"].items()})
            case "object":
                inner = schema.get("additionalProperties")
                forms = of(inner if isinstance(inner, Mapping) else {}, within)
                return [{f"{TEXT}{n or ''}": form for n, form in enumerate(forms)}, {}]
            case "array":
                forms = of(schema.get("items") or {}, within)
                return [forms, []] if forms else [[]]
            case "null":
                return [None]
            case "boolean":
                return [True, False]
            case "integer" | "number":
                return [NUMBER]
        return [_FORMATS.get(schema.get("format", ""), TEXT)]

    return of(root, ())


def _together(parts: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    there = {name: forms for name, forms in parts.items() if forms}
    rows = max((len(forms) for forms in there.values()), default=1)
    return [{name: forms[row % len(forms)] for name, forms in there.items()} for row in range(rows)]


def _files(root: Path, service: str, collection: str) -> list[Path]:
    """Its shapes, oldest first."""
    folder = root / "services" / service / FOLDER
    pattern = re.compile(rf"{re.escape(collection)}\.(\d+)\.json")
    found = [
        (match, file) for file in folder.glob("*.json") if (match := pattern.fullmatch(file.name))
    ]
    return [file for _, file in sorted(found, key=lambda each: int(each[0][1]))]


def shapes(root: Path, service: str, collection: str) -> list[dict[str, Any]]:
    return [json.loads(each.read_text()) for each in _files(root, service, collection)]


def write(root: Path, contracts: Sequence[Contracts]) -> None:
    """Add what is new; what is there stays as it is."""
    for each in contracts:
        for collection in each.collections:
            past = _files(root, each.service, collection.name)
            now = shape_now(collection)
            if past and _is_of(json.loads(past[-1].read_text()), now):
                continue
            file = root / each.folder / FOLDER / f"{collection.name}.{len(past) + 1}.json"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_text(now, specimens(collection)))


def _text(now: Mapping[str, object], documents: Sequence[object]) -> str:
    """A document is a line: what is new in the next shape is seen by comparing two files."""
    lines = ",\n  ".join(json.dumps(each, ensure_ascii=False, sort_keys=True) for each in documents)
    head = json.dumps(now, ensure_ascii=False, indent=1, sort_keys=True).removesuffix("\n}")
    return f'{head},\n "documents": [\n  {lines}\n ]\n}}\n'


def _is_of(past: Mapping[str, object], now: Mapping[str, object]) -> bool:
    return {key: past[key] for key in now} == now


def problems(root: Path, contracts: Sequence[Contracts], base: str | None) -> Iterator[str]:
    """What a document of the past, a replica of the version before, or a reviewer would meet."""
    for each in contracts:
        for collection in each.collections:
            name = f"{each.folder / FOLDER / collection.name}"
            past = shapes(root, each.service, collection.name)
            if not past or not _is_of(past[-1], shape_now(collection)):
                yield f"{name}: its shape is not on record: run `congvu contracts write`"
            unread = list(not_read(collection, past))
            # What cannot be read cannot be converted.
            others = () if unread else not_read_before(collection, past)
            yield from (f"{name}: {what}" for what in (*unread, *others))
        known = {each.name for each in each.collections}
        yield from (
            f"{file.relative_to(root)} is of no collection: documents of it may still be there"
            for file in sorted((root / each.folder / FOLDER).glob("*.json"))
            if file.name.split(".")[0] not in known
        )
        if base:
            yield from _rewritten(root, each, base)


def not_read(collection: Collection[Any], past: Sequence[Schema]) -> Iterator[str]:
    """Documents of a past shape that this version cannot load, or would carry a lost field of."""
    codec = Codec(collection)
    for number, shape in enumerate(past, start=1):
        for document in shape["documents"]:
            try:
                codec.load(document)
            except Exception as exception:
                yield f"shape {number} is not read ({reason_of(exception)}): {REMEDY}"
                break
            if lost := codec.unknown(document):
                names = ", ".join(sorted(lost))
                yield f"shape {number}: {names} would stay for ever: a migration takes it out"
                break


def not_read_before(collection: Collection[Any], past: Sequence[Schema]) -> Iterator[str]:
    """What replicas of the version before could not read beside this one."""
    for number, (before, after) in enumerate(pairwise(past), start=1):
        for document in after["documents"]:
            if why := _not_valid(document, before["schema"]):
                yield f"shape {number} does not read what shape {number + 1} writes: {why}"
                break
    if len(past) > 1:
        codec = Codec(collection)
        for document in past[-2]["documents"]:
            converted = codec.dump(codec.load(document))
            if why := _not_valid(converted, past[-2]["schema"]):
                yield f"shape {len(past) - 1} does not read what the migration makes of it: {why}"
                break


def _not_valid(document: Mapping[str, object], schema: Schema) -> str | None:
    values = {**document, "id": document["_id"]}
    error = next(iter(jsonschema.Draft202012Validator(schema).iter_errors(values)), None)
    return f"{error.json_path} is not {error.validator}" if error else None


def _rewritten(root: Path, contracts: Contracts, base: str) -> Iterator[str]:
    """A shape that was on record at `base` and reads otherwise now, or is gone."""
    folder = contracts.folder / FOLDER
    for path, text in folder_at(root, base, folder).items():
        file = root / path
        if not file.exists() or file.read_text() != text:
            yield f"{path} was written down for ever and is changed"
