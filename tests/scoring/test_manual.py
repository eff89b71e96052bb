"""The manual's own examples are sound, and its whole policy gives the results it says."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from congvu_scoring.conformance import run_file
from congvu_scoring.documents.yaml_documents import parse_yaml
from congvu_scoring.expressions.operator import OPERATORS
from congvu_scoring.language.reading.policy import POLICY
from congvu_scoring.snapshots.sections import ROW_SOURCES, UNITS
from scoring.making import tiny

MANUAL = (Path(__file__).parents[2] / "docs" / "policies" / "language.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)
EXAMPLE = next(block for block in BLOCKS if block.startswith("format: congvu.policy/1"))
CASES = [block for block in BLOCKS if block.startswith("format: congvu.conformance/1")]


@pytest.mark.parametrize(
    ("index", "name"),
    [
        (0, "one delay in two products, one absence"),
        (1, "one of five may be excellent, and the best is"),
        (2, "three quarters worked, one on leave"),
    ],
)
def test_each_conformance_file_passes_as_printed(tmp_path: Path, index: int, name: str) -> None:
    (tmp_path / "my-agency.yaml").write_text(EXAMPLE, encoding="utf-8")
    file = tmp_path / "manual.yaml"
    file.write_text(CASES[index], encoding="utf-8")

    outcomes = list(run_file(file))

    assert [(outcome.text, outcome.notes) for outcome in outcomes] == [(f"{name}: pass", ())]


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_example_is_yaml(block: str) -> None:
    assert isinstance(parse_yaml(block, "language.md"), Mapping)


@pytest.mark.parametrize("operator", ["share", "ledger"])
def test_every_example_expression_is_sound(operator: str) -> None:
    block = next(item for item in BLOCKS if re.search(rf"^{operator}:", item, re.MULTILINE))
    nested = "\n      multiply:\n        - 1\n        - " + "\n          ".join(
        block.rstrip().splitlines()
    )

    assert tiny(nested).total == "total"


def test_every_operator_section_unit_and_field_is_in_the_manual() -> None:
    names = [
        *OPERATORS,
        *POLICY.required,
        *POLICY.optional,
        *UNITS,
        *ROW_SOURCES,
        *(field.name for section in ROW_SOURCES.values() for field in section.fields),
    ]

    assert [name for name in names if not re.search(rf"\b{name}\b", MANUAL)] == []
