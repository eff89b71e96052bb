"""Every step in every state: it leads to the one right state and event, or it is refused."""

from enum import StrEnum

import pytest

from evaluation.machines import MACHINES
from support.states import Machine, pairs, take


@pytest.mark.parametrize(("machine", "step", "state"), pairs(MACHINES))
def test_each_step_in_each_state(machine: Machine, step: str, state: StrEnum) -> None:
    take(machine, step, state)
