"""Every worked vector of every shipped system."""

from importlib.resources import files
from pathlib import Path

import pytest

from congvu_scoring.conformance import CaseOutcome, run_file
from congvu_scoring.documents.policy_files import shipped_policies

VECTORS = Path(str(files("congvu_scoring.policies").joinpath("vectors")))
OUTCOMES = [outcome for file in sorted(VECTORS.glob("*.yaml")) for outcome in run_file(file)]
SYSTEMS = {
    "ND335-2025-STAFF",
    "ND335-2025-DEPUTY",
    "ND335-2025-LEADER",
    "ND335-2025-AGENCY",
    "KHANHHOA-2025",
    "KHANHHOA-UNIT-2025",
    "UEB-VNU",
    "LEADER-CONTRACT-BSC",
    "BSC-CASCADE",
    "PETITION-57",
    "CN-TARGET",
    "NZ-OUTPUT",
    "US-SES",
    "MY-LAB",
    "IN-SPARROW",
    "PUBLIC-COMMITMENT",
}


def test_every_system_is_shipped() -> None:
    assert set(shipped_policies()) == SYSTEMS


def test_every_system_has_vectors() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in VECTORS.glob("*.yaml"))

    assert {system for system in SYSTEMS if f"policy: {system}\n" not in text} == set()


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.name)
def test_the_vector_holds(outcome: CaseOutcome) -> None:
    assert outcome.text == f"{outcome.name}: pass"
