"""Every way to get a policy wrong: each error with its path and rule, in both languages."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from congvu_scoring import read_policy
from congvu_scoring.documents.yaml_documents import parse_yaml, read_yaml
from congvu_scoring.language.invalid_policy import InvalidPolicy
from scoring.making import tiny_text

CASES = read_yaml(Path(__file__).parent / "refusals.yaml")
assert isinstance(CASES, list)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.get("total", case.get("sections")))
def test_every_error_of_a_policy_is_told(case: Mapping[str, object]) -> None:
    sections = f"{case.get('sections', '')}\n"
    text = tiny_text(str(case.get("total", 1)), sections)

    with pytest.raises(InvalidPolicy) as refusal:
        read_policy(parse_yaml(text, "tiny"), "tiny.yaml")

    faults = refusal.value.faults
    assert [fault.en.removeprefix("tiny.yaml: ") for fault in faults] == case["errors"]
    assert [fault.vi.partition(": ")[0] for fault in faults] == ["tiny.yaml"] * len(faults)
    assert all(fault.vi != fault.en for fault in faults)
    assert all(fault.en.startswith(f"tiny.yaml: {fault.field}: ") for fault in faults)
    assert all(
        f": rule {fault.rule_id}: " in fault.en for fault in faults if fault.rule_id is not None
    )
    assert (refusal.value.field, refusal.value.rule_id) == (faults[0].field, faults[0].rule_id)
