"""The JSON Schema of conformance files, made from the lists and keys the runner reads."""

from collections.abc import Iterable, Mapping

from congvu_scoring import TIE_AT_CUT, Json
from congvu_scoring.conformance.reading import FORMAT
from congvu_scoring.conformance.running import PERSON_KEYS
from congvu_scoring.language.reading.consequences import PERIODS as KINDS
from congvu_scoring.language.schema import policy_schema
from congvu_scoring.snapshots.sections import (
    EVENTS,
    MADE_OF,
    NUMBER_INPUTS,
    PARTS_OF_A_YEAR,
    PERIODS,
    SNAPSHOT_LISTS,
    STATES,
    TEXT_INPUTS,
    Field,
    Section,
)

_EXACT: Json = {"$ref": "#/$defs/exact"}
_TEXT: Json = {"type": ["string", "integer"], "minLength": 1}
_CODES: Json = {"type": "array", "items": _TEXT}
_PERSON_TEXTS = ("id", "duty_group", "unit", "band")


def conformance_schema() -> dict[str, Json]:
    exact = policy_schema()["$defs"]
    assert isinstance(exact, Mapping)  # the schema beside this module
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:congvu:conformance:1",
        "title": "Conformance file of the scoring engine",
        **_object(
            {
                "format": {"const": FORMAT},
                "policies": _list({"type": ["string", "object"]}),
                "cases": _list(_entry("snapshot", _snapshot(), _expect_case())),
                "rankings": _list(_entry("people", _list(_person()), _expect_ranking())),
                "rollups": _list(_entry("periods", _rows(PERIODS), _expect_roll_up())),
            },
            ["format"],
        ),
        "$defs": {"exact": exact["exact"]},
    }


def _object(properties: Mapping[str, Json], required: Iterable[str] = ()) -> dict[str, Json]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: Json) -> dict[str, Json]:
    return {"type": "array", "items": items}


def _maybe(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _entry(given: str, schema: Json, expect: Json) -> dict[str, Json]:
    values: Json = {"type": "object", "additionalProperties": {"anyOf": [_EXACT, _TEXT]}}
    return _object(
        {"name": _TEXT, "policy": _TEXT, "switches": values, given: schema, "expect": expect},
        ["policy", given, "expect"],
    )


_NESTED = ("subject", "unit", "satisfaction", "citizens", "colleagues")


def _snapshot() -> dict[str, Json]:
    element = _object({"value": _element(), "weight": _EXACT}, ["value"])
    lists: dict[str, Json] = {name: _rows(section) for name, section in SNAPSHOT_LISTS.items()}
    return _object(
        {
            "period": _TEXT,
            MADE_OF: {"enum": list(PARTS_OF_A_YEAR)},
            "general_total": _EXACT,
            "working_days": _EXACT,
            "general": {"type": "object", "additionalProperties": _EXACT},
            "elements": {
                "type": "object",
                "additionalProperties": {"anyOf": [_element(), element]},
            },
            **{key: _nested(key) for key in _NESTED},
            **lists,
        }
    )


def _element() -> Json:
    return {"anyOf": [_EXACT, {"type": "boolean"}, _TEXT]}


def _nested(key: str) -> Json:
    fields: dict[str, Json] = {}
    for path in sorted(path for path in NUMBER_INPUTS if path.startswith(f"{key}.")):
        fields[path.removeprefix(f"{key}.")] = _EXACT
    for path, choices in TEXT_INPUTS.items():
        if path.startswith(f"{key}."):
            fields[path.removeprefix(f"{key}.")] = {"enum": list(choices)} if choices else _TEXT
    return _object(fields)


def _rows(section: Section) -> dict[str, Json]:
    required = [item.name for item in section.fields if item.default is None and not item.optional]
    row: Json = _object({item.name: _field(item) for item in section.fields}, required)
    return _list({"anyOf": [_TEXT, row]} if section is EVENTS else row)


def _field(item: Field) -> Json:
    if item.kind == "number":
        return _maybe(_EXACT) if item.optional else _EXACT
    if item.kind == "flag":
        return {"type": "boolean"}
    if item.kind == "evidence":
        return _list(_object({"ref": _TEXT, "hash": _TEXT, "confirmed_by": _TEXT}, ["ref"]))
    schema: Json = {"enum": list(item.choices)} if item.choices else _TEXT
    return _maybe(schema) if item.optional else schema


def _person() -> dict[str, Json]:
    fields: dict[str, Json] = {
        key: _TEXT if key in _PERSON_TEXTS else _EXACT for key in PERSON_KEYS
    }
    return _object(fields, ["id", "total"])


def _expect_roll_up() -> dict[str, Json]:
    return _object(
        {
            "total": _maybe(_EXACT),
            "total_display": _maybe(_TEXT),
            "band": _maybe(_TEXT),
            "state": {"enum": list(STATES)},
            "refused": _TEXT,
        }
    )


def _expect_case() -> dict[str, Json]:
    shared = _expect_roll_up()["properties"]
    assert isinstance(shared, dict)  # made above
    return _object(
        {
            **shared,
            "components": {"type": "object", "additionalProperties": _maybe(_EXACT)},
            "counted_total": _maybe(_EXACT),
            "raw_band": _maybe(_TEXT),
            "triggers": _CODES,
            "reasons": _CODES,
            "consequences": _object(
                {
                    "period": {"enum": list(KINDS)},
                    "pay": {"type": "object", "additionalProperties": _maybe(_EXACT)},
                    "proposals": _CODES,
                    "weak": _CODES,
                },
                ["period"],
            ),
        }
    )


def _expect_ranking() -> Json:
    """Lists of people by band code, and who was tied."""
    return {
        "type": "object",
        "properties": {TIE_AT_CUT: _CODES, "refused": _TEXT},
        "additionalProperties": _CODES,
    }
