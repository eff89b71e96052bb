"""Every step of a commitment, in every state, until its date and after it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from feedback import people
from feedback.states import refuses
from feedback_service.domain.commitments.commitment import Commitment
from feedback_service.domain.commitments.values import (
    CommitmentOutcome,
    CommitmentState,
    CommitmentVersion,
    Progress,
)

DAY = date(2026, 8, 3)
DUE = date(2026, 9, 30)
C = CommitmentState
OPEN = {C.PUBLISHED, C.IN_PROGRESS}


def version(number: int) -> CommitmentVersion:
    return CommitmentVersion(
        number=number,
        text="t",
        target="98 %",
        due=DUE,
        beneficiaries="b",
        milestones=(),
        published_on=DAY,
        log_sequence=number,
    )


def commitment(state: CommitmentState) -> Commitment:
    return Commitment(
        id="cmt_1",
        province="56",
        unit_id=people.WARD,
        leader_id=people.CHAIR_ID,
        versions=(version(1),),
        salt="00",
        due=DUE,
        state=state,
    )


STEP = Progress(on=DAY, note="n", evidence=(), log_sequence=3)
LATE = date(2026, 10, 1)

COMMITMENT_STEPS: dict[
    str, tuple[Callable[[Commitment, date], object], set[CommitmentState], set[CommitmentState]]
] = {
    "amend": (lambda c, on: c.amend(replace(version(2), due=LATE), on), OPEN, set()),
    "report": (lambda c, on: c.report(STEP, done=False, today=on), OPEN, set()),
    "claim": (lambda c, on: c.report(STEP, done=True, today=on), OPEN, set()),
    "find met": (
        lambda c, on: c.assess(CommitmentOutcome.VERIFIED_MET, "r", on, 9),
        {C.CLAIMED_DONE},
        {C.CLAIMED_DONE},
    ),
    "find partly met": (
        lambda c, on: c.assess(CommitmentOutcome.PARTLY, "r", on, 9),
        {C.CLAIMED_DONE},
        {C.CLAIMED_DONE},
    ),
    "find missed": (
        lambda c, on: c.assess(CommitmentOutcome.MISSED, "r", on, 9),
        {C.CLAIMED_DONE},
        {C.CLAIMED_DONE, *OPEN},
    ),
}
"""The step, the states that allow it until the date, and those that do after it."""
COMMITMENT_ENDS = {
    "report": C.IN_PROGRESS,
    "claim": C.CLAIMED_DONE,
    "find met": C.VERIFIED_MET,
    "find partly met": C.PARTLY,
    "find missed": C.MISSED,
}


@pytest.mark.parametrize("state", C)
@pytest.mark.parametrize("on", [DUE, LATE])
@pytest.mark.parametrize("name", COMMITMENT_STEPS)
def test_F_I8_a_commitment_takes_each_step_in_its_states_and_time_only(
    name: str, on: date, state: CommitmentState
) -> None:
    step, in_time, late = COMMITMENT_STEPS[name]
    allowed = state in (late if on > DUE else in_time)
    it = commitment(state)

    assert refuses(lambda: step(it, on), it) is not allowed
    assert it.state is (COMMITMENT_ENDS.get(name, state) if allowed else state)


@pytest.mark.parametrize("state", C)
def test_only_an_open_commitment_is_overdue_and_only_after_its_date(
    state: CommitmentState,
) -> None:
    it = commitment(state)

    assert it.overdue(DUE) is False
    assert it.overdue(LATE) is (state in OPEN)
