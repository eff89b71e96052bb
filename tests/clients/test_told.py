"""What changes tell is typed in both clients: every kind that a feed tells, with its example among
the contracts; and what a later release tells is told as well."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Any

import jsonschema

from catalogue_service.application.feed import queries as catalogue
from congvu_client import Unknown, events, told
from congvu_client.generated.events import KINDS
from congvu_client.told import Told
from congvu_kit.tools.changes import CHANGES
from evaluation_service.application.feed import queries as evaluation
from feedback_service.application.collections import FEED
from feedback_service.application.feed import queries as feedback
from support.typescript import compiles

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / CHANGES).read_text())


def _told(name: str) -> dict[str, Any]:
    """An example as a feed tells it: what it hides is not in the schema."""
    [path] = ROOT.glob(f"services/*/events/{name}.example.json")
    shown = SCHEMA["$defs"][KINDS[name].__name__]["properties"]
    return {field: value for field, value in json.loads(path.read_text()).items() if field in shown}


EXAMPLES = {name: _told(name) for name in KINDS}


def test_every_type_that_a_feed_tells_has_a_kind() -> None:
    assert {*catalogue.TOLD, *evaluation.TOLD, *feedback.TOLD} == KINDS.keys()


def test_what_a_feed_hides_is_in_no_kind() -> None:
    for name in feedback.TOLD:
        fields = SCHEMA["$defs"][KINDS[name].__name__]["properties"]
        assert FEED.shown(fields) == fields


def test_a_change_is_read_as_its_kind_and_loses_nothing() -> None:
    for name, example in EXAMPLES.items():
        data = told(name, json.dumps(example))

        assert isinstance(data, Told)
        assert type(data) is KINDS[name]
        assert data.model_dump(mode="json") == example


def test_the_schema_for_other_languages_takes_each_as_its_kind_alone() -> None:
    judge = jsonschema.Draft202012Validator(SCHEMA)

    for name, example in EXAMPLES.items():
        assert judge.is_valid({"type": name, "data": example}), name
        assert not judge.is_valid({"type": name, "data": {}}), name


def test_a_later_release_may_tell_more_of_each() -> None:
    """Another field, and another value of every enumeration."""
    grown = []
    for name, example in EXAMPLES.items():
        schema = SCHEMA["$defs"][KINDS[name].__name__]
        enums = [field for field, kind in schema["properties"].items() if _is_enum(kind)]
        later = example | dict.fromkeys(enums, "OF_A_LATER_RELEASE") | {"of_later": 1}

        data = told(name, later)

        assert isinstance(data, Told), name
        assert data.model_extra == {"of_later": 1}
        grown += [type(getattr(data, field)) for field in enums]
    assert len(grown) > 1
    assert set(grown) == {Unknown}


def _is_enum(kind: dict[str, Any]) -> bool:
    """Also one that may be null; lists of them are not grown here."""
    kinds = kind.get("anyOf", [kind])
    names = [each["$ref"].rpartition("/")[2] for each in kinds if "$ref" in each]
    return any(issubclass(getattr(events, each), StrEnum) for each in names)


def test_what_is_not_known_or_not_so_is_told_as_it_came() -> None:
    name = "congvu.evaluation.evaluation.published.v1"

    assert told("congvu.evaluation.of.later.v1", '{"a": 1}') == {"a": 1}
    assert told(name, {"evaluation_id": "e"}) == {"evaluation_id": "e"}


def test_the_types_of_typescript_take_every_example_and_nothing_else(tmp_path: Path) -> None:
    """But for the types of their own that days and instants have, which no literal is of."""
    written = json.dumps([{"type": name, "data": data} for name, data in EXAMPLES.items()])
    source = ROOT / "clients/typescript/src"
    (tmp_path / "examples.ts").write_text(
        f"import type {{ Day, Instant, Told }} from '{source}/index.js';\n"
        "type Plain<T> = T extends Day | Instant ? string\n"
        "  : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;\n"
        f"export const told: readonly Plain<Told>[] = {written};\n"
        "// @ts-expect-error What another type tells is not told of this one.\n"
        "export const other: Plain<Told> = { ...told[0]!, data: { complaint_id: '1' } };\n"
    )
    (tmp_path / "package.json").write_text('{"type": "module"}')
    settings = json.loads((source.parent / "tsconfig.json").read_text())
    types = [str(source.parent / "node_modules/@types")]
    settings["compilerOptions"] |= {"noEmit": True, "rootDir": "/", "typeRoots": types}
    settings["include"] = ["*.ts"]
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings))

    compiles("-p", str(tmp_path))
