"""The JSON Schema and the reader speak of the same language."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from congvu_scoring import plain
from congvu_scoring.conformance.schema import conformance_schema
from congvu_scoring.documents.policy_files import shipped_policies
from congvu_scoring.documents.yaml_documents import parse_own, parse_yaml, read_yaml
from congvu_scoring.expressions.operator import CONDITIONS, NUMBERS, TEXTS
from congvu_scoring.language.schema import policy_schema
from scoring.making import tiny_text


def operators(definition: str) -> set[str]:
    schema = policy_schema()["$defs"]
    assert isinstance(schema, dict)
    return set(schema[definition]["anyOf"][-1]["properties"])


def test_the_schema_has_every_operator_and_no_other() -> None:
    assert operators("number") == set(NUMBERS)
    assert operators("condition") == set(CONDITIONS)
    assert operators("text") == set(TEXTS)


def test_the_committed_schema_is_the_one_of_the_readers() -> None:
    committed = json.loads((SHIPPED / "policy.schema.json").read_text(encoding="utf-8"))

    assert committed == policy_schema()
    jsonschema.Draft202012Validator.check_schema(committed)


@pytest.mark.parametrize("policy", shipped_policies())
def test_every_shipped_policy_is_valid(policy: str) -> None:
    document = plain(shipped_policies()[policy].document)

    jsonschema.validate(document, dict(policy_schema()))


@pytest.mark.parametrize(
    "total", ["{sqrt: 4}", "{add: 5}", "{divide: {of: 1, by: 2}}", "{add: [1], min: [1, 2]}"]
)
def test_a_broken_expression_is_not(total: str) -> None:
    document = plain(parse_yaml(tiny_text(total), "tiny"))

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, dict(policy_schema()))


SHIPPED = Path(str(files("congvu_scoring.policies")))
VECTORS = [*SHIPPED.glob("vectors/*.yaml"), *(Path(__file__).parent / "systems").glob("*.yaml")]


def test_the_committed_conformance_schema_is_the_one_of_the_runner() -> None:
    committed = json.loads((SHIPPED / "conformance.schema.json").read_text(encoding="utf-8"))

    assert committed == conformance_schema()
    jsonschema.Draft202012Validator.check_schema(committed)


@pytest.mark.parametrize("file", VECTORS, ids=lambda file: file.stem)
def test_every_vector_file_is_valid(file: Path) -> None:
    jsonschema.validate(plain(read_yaml(file)), conformance_schema())


@pytest.mark.parametrize(
    "case",
    [
        "{policy: P, snapshot: {wrk: []}, expect: {}}",
        "{policy: P, snapshot: {work: [{item: a, coefficient: 1}]}, expect: {}}",
        "{policy: P, snapshot: {subject: {kind: HEAD}}, expect: {}}",
        "{policy: P, snapshot: {}, expect: {totl: 1}}",
        "{policy: P, expect: {}}",
    ],
)
def test_a_wrong_case_is_not(case: str) -> None:
    document = plain(parse_yaml(f"format: congvu.conformance/1\ncases: [{case}]", "x"))

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, conformance_schema())


def test_what_is_shipped_is_read_alike_by_the_quick_reader() -> None:
    """To the kind of each number: a decimal, not a fraction of two."""
    texts = {
        each.name: each.read_text(encoding="utf-8")
        for each in files("congvu_scoring.policies").iterdir()
        if each.name.endswith(".yaml")
    }

    different = [
        name
        for name, text in texts.items()
        if repr(parse_own(text)) != repr(parse_yaml(text, name))
    ]

    assert len(texts) == len(shipped_policies())
    assert different == []


def test_the_quick_reader_knows_the_traps_too() -> None:
    assert repr(parse_own("{a: 0.10, b: no, c: 2026-01-01, d: 7}")) == (
        "{'a': Decimal('0.10'), 'b': 'no', 'c': '2026-01-01', 'd': 7}"
    )
