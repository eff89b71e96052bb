"""The faults that `make faults` tries for long, as shortly as they tell anything at all."""

import os
from pathlib import Path

import pytest

from congvu_faults.running import Trial, ran
from congvu_faults.scenarios import SCENARIOS

pytestmark = [pytest.mark.system, pytest.mark.timeout(400)]

SHORT = ("kills", "disk")
"""Replicas that end under load are also asked for by `gateway/test_rolling.py`."""


@pytest.mark.parametrize("name", SHORT)
async def test_nothing_is_lost_untrue_or_double(tmp_path: Path, name: str) -> None:
    [scenario] = [each for each in SCENARIOS if each.name == name]

    run = await ran(scenario, Trial(folder=tmp_path, long=False))

    if run.not_run and not os.environ.get("CI"):
        pytest.skip(run.not_run)
    assert (run.not_run, run.broke) == ("", "")
    assert [each for each in run.figures if not each.holds] == []
    assert {"lost", "phantom", "doubled"} <= {each.what for each in run.figures}
