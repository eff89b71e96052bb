"""The JSON Schema of the policy language, made from the shapes its readers and operators use."""

from collections.abc import Mapping

from congvu_kit.domain.canonical import Json
from congvu_scoring.expressions.operator import CONDITIONS, NUMBERS, TEXTS
from congvu_scoring.language.reading.policy import POLICY

_NAMED: Mapping[str, Json] = {"type": "string", "minLength": 1}


def policy_schema() -> dict[str, Json]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:congvu:policy:1",
        "title": "Scoring policy",
        "description": "The policy language congvu.policy/1; docs/policies/language.md is its "
        "manual. `congvu policy lint` checks what a schema cannot: names, units, weights that sum "
        "to 100, unreachable rules.",
        **POLICY.schema(),
        "$defs": {**_leaves(), **_expressions()},
    }


def _leaves() -> dict[str, Json]:
    return {
        "exact": {
            "description": 'An exact number: an integer, a decimal, or a ratio such as "4/7".',
            "anyOf": [
                {"type": "number"},
                {"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+|/[0-9]+)?$"},
            ],
        },
        "name": {
            "description": "A text that is not empty; bare integers are their digits.",
            "anyOf": [_NAMED, {"type": "integer"}],
        },
        "bilingual": {
            "description": "A sentence in Vietnamese and in English.",
            "type": "object",
            "properties": {"vi": _NAMED, "en": _NAMED},
            "required": ["vi", "en"],
            "additionalProperties": False,
        },
    }


def _expressions() -> dict[str, Json]:
    numbers = {word: found.argument.schema() for word, found in NUMBERS.items()}
    conditions = {word: found.argument.schema() for word, found in CONDITIONS.items()}
    texts = {word: found.text_argument.schema() for word, found in TEXTS.items()}
    return {
        "number": _expression(
            "An exact number, the name of a measure above, NOT_EVALUABLE, or one operator.",
            [{"type": "number"}, _NAMED],
            numbers,
        ),
        "condition": _expression(
            "true, false, or one operator.", [{"type": "boolean"}], conditions
        ),
        "text": _expression(
            "A text itself, or one operator.", [{"type": ["string", "integer"]}], texts
        ),
    }


def _expression(
    description: str, leaves: list[Json], operators: Mapping[str, Json]
) -> dict[str, Json]:
    one: Json = {
        "type": "object",
        "properties": operators,
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    return {"description": description, "anyOf": [*leaves, one]}
