"""The reference of the events, made from the AsyncAPI document and the schemas it names."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from congvu_kit.tools.contracts import ASYNCAPI
from deploy.site.words import Words, cell

Schema = Mapping[str, Any]


def pages(root: Path, words: Words) -> dict[str, str]:
    document = yaml.load((root / ASYNCAPI).read_text(), Loader=yaml.CSafeLoader)
    return {"reference/events.md": "\n".join(_page(root, words, document))}


def _page(root: Path, words: Words, document: Schema) -> Iterator[str]:
    yield f"# {words('Events', 'Sự kiện')}\n"
    yield words(
        "Made from [asyncapi.yaml](../files/asyncapi.yaml) and the schemas it names. How versions "
        "of an event come and go: [changes](../changes.md).\n",
        "Lập từ [asyncapi.yaml](../files/asyncapi.yaml) và các lược đồ kèm theo. Việc thay đổi "
        "phiên bản sự kiện: [thay đổi](../changes.md).\n",
    )
    for channel in document["channels"].values():
        yield f"## {channel['address']} {{#{channel['address']}}}\n"
        yield f"{channel['description']}\n"
        for name, message in sorted(channel["messages"].items()):
            yield from _message(root, words, name, message)


def _message(root: Path, words: Words, name: str, message: Schema) -> Iterator[str]:
    schema = json.loads(((root / ASYNCAPI).parent / message["payload"]["$ref"]).read_text())
    yield f"### {name} {{#{name}}}\n"
    yield f"{words.of(message['summary'])}\n"
    yield words.row("field", "type", "meaning")
    promised = schema.get("required", ())
    for field, told in schema["properties"].items():
        mark = "" if field in promised else words(" (may be missing)", " (có thể không có)")
        meaning = cell(words.of(told.get("description")))
        yield f"| `{field}` | `{cell(_typed(told))}`{mark} | {meaning} |"
    yield ""
    for example in message["examples"]:
        shown = json.dumps(example["payload"], ensure_ascii=False, indent=2)
        yield f"```json\n{shown}\n```\n"


def _typed(schema: Schema) -> str:
    told = "any"
    match schema:
        case {"$ref": ref}:
            told = str(ref).rpartition("/")[2]
        case {"anyOf": kinds}:
            told = " or ".join(_typed(each) for each in kinds)
        case {"type": "array", "items": items}:
            told = f"[{_typed(items)}]"
        case {"type": kind, "format": form}:
            told = f"{kind} ({form})"
        case {"type": kind}:
            told = str(kind)
        case {"const": value}:
            told = json.dumps(value)
    return told
