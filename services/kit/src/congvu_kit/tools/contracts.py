"""The committed contracts of a service: its SDL, its event schemas, and what a change breaks."""

import asyncio
import difflib
import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import jsonschema
import strawberry
import yaml
from graphql import GraphQLSchema, build_schema, find_breaking_changes

from congvu_kit.adapters.cloudevents import SIGNATURE, CloudEvent
from congvu_kit.adapters.signatures import SIGNED
from congvu_kit.adapters.subscriptions import AnySubscription
from congvu_kit.application.documents import adapter
from congvu_kit.application.feeds import Feed
from congvu_kit.application.ports import Collection
from congvu_kit.domain.aggregate import Event
from congvu_kit.service.definition import dead_letters_of, service_of, sources_of, topic_of
from congvu_kit.tools.history import files_at

ASYNCAPI = Path("docs/asyncapi.yaml")
COMPOSER = Path("services/gateway/src/compose.mjs")
SUPERGRAPH = Path("services/gateway/supergraph.graphql")


SIGNATURE_HEADER = {
    "type": "string",
    "description": "Who told it: the id of the service's Ed25519 key, a colon, and the signature "
    "in base64 over the ce_ attributes and the body's SHA-256 (decision 0023). Consumers bury what "
    "is not signed.",
    "pattern": "^[0-9a-f]{16}:[A-Za-z0-9+/]{86}==$",
}


@dataclass(frozen=True)
class Published:
    """An event type this service publishes, with one real example."""

    kind: type[Event]
    example: Event

    @property
    def name(self) -> str:
        return self.kind.TYPE

    def schema(self) -> dict[str, object]:
        body = adapter(self.kind).json_schema(mode="serialization")
        return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": self.name, **body}

    def example_data(self) -> dict[str, object]:
        example = self.example.as_of(self.example.revision or 1)
        dumped: dict[str, object] = adapter(self.kind).dump_python(example, mode="json")
        return dumped


@dataclass(frozen=True)
class Contracts:
    """Found through the entry point group `congvu.contracts`."""

    service: str
    schema: strawberry.federation.Schema
    events: Sequence[Published]
    subscriptions: Sequence[AnySubscription] = ()
    collections: Sequence[Collection[Any]] = ()
    feed: Feed | None = None
    told: Sequence[str] = ()
    """The types of its events that its feed tells."""

    def shown(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Of an event, what leaves by the feed."""
        assert self.feed is not None
        fields = self.feed.shown(schema["properties"])
        promised = [each for each in schema.get("required", ()) if each in fields]
        return {**schema, "properties": fields, "required": promised}

    @property
    def consumes(self) -> Sequence[str]:
        """The services whose events it reads."""
        return sources_of(self.subscriptions)

    @property
    def folder(self) -> Path:
        return Path("services") / self.service

    def files(self) -> Iterator[tuple[Path, str]]:
        yield self.folder / "schema.graphql", self.sdl()
        for event in self.events:
            stem = self.folder / "events" / event.name
            yield stem.with_name(f"{stem.name}.schema.json"), _json(event.schema())
            yield stem.with_name(f"{stem.name}.example.json"), _json(event.example_data())

    def sdl(self) -> str:
        result = asyncio.run(self.schema.execute("{ _service { sdl } }"))
        if result.data is None:
            raise RuntimeError(f"{self.service} prints no SDL: {result.errors}")
        return str(result.data["_service"]["sdl"]).strip() + "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def all_contracts() -> list[Contracts]:
    points = entry_points(group="congvu.contracts")
    return sorted((point.load() for point in points), key=lambda each: str(each.service))


def expected_files(contracts: Sequence[Contracts]) -> dict[Path, str]:
    files = {path: text for each in contracts for path, text in each.files()}
    files[ASYNCAPI] = asyncapi(contracts)
    return files


def asyncapi(contracts: Sequence[Contracts]) -> str:
    """An AsyncAPI 3 document of every topic and message."""
    channels: dict[str, object] = {}
    operations: dict[str, object] = {}
    for each in contracts:
        channels[each.service] = {
            "address": topic_of(each.service),
            "description": "Keyed by aggregate id, in order per key; CloudEvents 1.0, binary mode. "
            f"What cannot be read goes to {dead_letters_of(each.service)}.",
            "messages": {event.name: _message(each, event) for event in each.events},
        }
        operations[f"publish_{each.service}"] = {
            "action": "send",
            "channel": {"$ref": f"#/channels/{each.service}"},
        }
        for source in each.consumes:
            operations[f"read_{source}_by_{each.service}"] = _reading(each, source)
    document = {
        "asyncapi": "3.0.0",
        "info": {"title": "Công vụ KPI", "version": "1.0.0"},
        "defaultContentType": "application/json",
        "channels": channels,
        "operations": operations,
    }
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=True, width=100)


def _reading(contracts: Contracts, source: str) -> dict[str, object]:
    kinds = {each.event_type for each in contracts.subscriptions}
    mine = sorted(kind for kind in kinds if service_of(kind) == source)
    return {
        "action": "receive",
        "channel": {"$ref": f"#/channels/{source}"},
        "messages": [{"$ref": f"#/channels/{source}/messages/{kind}"} for kind in mine],
    }


def _message(contracts: Contracts, event: Published) -> dict[str, object]:
    header = {"type": "string"}
    headers = {f"ce_{name}": header for name in SIGNED} | {SIGNATURE: SIGNATURE_HEADER}
    payload = event.example_data()
    return {
        "name": event.name,
        "summary": _summary(event),
        "headers": {
            "type": "object",
            "properties": {**headers, "traceparent": header, "content-type": header},
            "required": [*headers, "content-type"],
        },
        "payload": {"$ref": f"../{contracts.folder}/events/{event.name}.schema.json"},
        "examples": [{"headers": _example_headers(contracts, event), "payload": payload}],
    }


def _example_headers(contracts: Contracts, event: Published) -> dict[str, str]:
    """As on the topic; the signature has the form of one, and nobody's key."""
    ids = (id for name, id in event.example_data().items() if name.endswith("_id"))
    told = CloudEvent(
        id="evt_0198f0c2a4d17e5b8c3d2e1f0a9b",
        type=event.name,
        source=f"//congvu/{contracts.service}",
        subject=str(next(ids, contracts.service)),
        time=datetime(2026, 10, 8, 2, 30, tzinfo=UTC),
        sequence=1,
        data={},
        signature=f"0123456789abcdef:{'A' * 86}==",
    )
    return {name: value.decode() for name, value in told.headers()}


def _summary(event: Published) -> str:
    """What somebody wrote about it; a dataclass describes itself by its Python names."""
    text = (event.kind.__doc__ or "").strip()
    return (
        text.splitlines()[0]
        if text and not text.startswith(f"{event.kind.__name__}(")
        else event.name
    )


def stale(root: Path, files: Mapping[Path, str]) -> Iterator[str]:
    """What differs between the code and the committed files, as a short diff each."""
    for path, text in files.items():
        committed = root / path
        old = committed.read_text() if committed.exists() else ""
        if old != text:
            diff = difflib.unified_diff(
                old.splitlines(), text.splitlines(), str(path), "from the code", n=1, lineterm=""
            )
            yield "\n".join(list(diff)[:20])
    for folder in {path.parent for path in files if path.parent.name == "events"}:
        for left in sorted((root / folder).glob("*.json")):
            if folder / left.name not in files:
                yield f"{folder / left.name} belongs to no event"


def write(root: Path, files: Mapping[Path, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def examples_not_valid(contracts: Sequence[Contracts]) -> Iterator[str]:
    for event in (event for each in contracts for event in each.events):
        try:
            jsonschema.validate(event.example_data(), event.schema())
        except jsonschema.ValidationError as exception:
            yield f"the example of {event.name} is not valid: {exception.message}"


def breaking(root: Path, base: str, files: Mapping[Path, str]) -> Iterator[str]:
    """What clients of the contracts at `base` would lose."""
    past = files_at(root, base, [*files, *map(example_of, files)])
    for path, text in files.items():
        old = past.get(path)
        if old is None:
            continue
        if path.suffix == ".graphql":
            yield from (f"{path}: {change}" for change in breaking_sdl(old, text))
        elif path.name.endswith(".schema.json"):
            changes = breaking_event(old, text, past.get(example_of(path)))
            yield from (f"{path}: {change}" for change in changes)


def example_of(schema: Path) -> Path:
    return schema.with_name(schema.name.replace(".schema.json", ".example.json"))


def breaking_sdl(old: str, new: str) -> Iterator[str]:
    """Lost or narrowed types and fields, and lost entity keys, which graphql-core cannot see."""
    before, after = _schema(old), _schema(new)
    for change in find_breaking_changes(before, after):
        yield change.description
    for name, keys in _keys(before).items():
        for key in keys - _keys(after).get(name, set()):
            yield f"{name} lost its @key({key})"


def _schema(sdl: str) -> GraphQLSchema:
    return build_schema(sdl, assume_valid=True, assume_valid_sdl=True)


def _keys(schema: GraphQLSchema) -> dict[str, set[str]]:
    keys: dict[str, set[str]] = {}
    for name, kind in schema.type_map.items():
        node = kind.ast_node
        for directive in getattr(node, "directives", None) or ():
            if directive.name.value == "key":
                fields = next(a for a in directive.arguments if a.name.value == "fields")
                keys.setdefault(name, set()).add(str(getattr(fields.value, "value", "")))
    return keys


def breaking_event(old: str, new: str, old_example: str | None) -> Iterator[str]:
    """Within a version fields are only added: the old example must stay valid, and nothing that
    was promised may go."""
    before, after = json.loads(old), json.loads(new)
    for name in before.get("required", []):
        if name not in after.get("required", []):
            yield f"{name!r} is promised no longer"
    for name, kind in before.get("properties", {}).items():
        now = after.get("properties", {}).get(name)
        if now is not None and now.get("type") != kind.get("type"):
            yield f"{name!r} changed its type from {kind.get('type')} to {now.get('type')}"
    if old_example is not None:
        added = {name: value for name, value in after.items() if name != "required"}
        try:
            jsonschema.validate(json.loads(old_example), added)
        except jsonschema.ValidationError as exception:
            yield f"the old example is no longer valid: {exception.message}"


def compose(root: Path, node: str, *, check: bool) -> str | None:
    """Compose the supergraph from the committed SDLs; None, or what is wrong."""
    command = [node, str(COMPOSER), *(["--check"] if check else [])]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else done.stdout + done.stderr
