"""Systems that are in no shipped policy take one policy and no code."""

from pathlib import Path

import pytest

from congvu_scoring.conformance import CaseOutcome, run_file

FOLDER = Path(__file__).parent / "systems"
OUTCOMES = [outcome for file in sorted(FOLDER.glob("*.yaml")) for outcome in run_file(file)]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.name)
def test_the_new_system_scores_as_its_rules_say(outcome: CaseOutcome) -> None:
    assert outcome.text == f"{outcome.name}: pass"


def test_there_are_cases() -> None:
    assert len(OUTCOMES) == 11
