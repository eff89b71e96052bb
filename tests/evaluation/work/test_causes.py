"""Objective causes cancel deductions once another person confirms them."""

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from evaluation.people import EVERY_ROLE, MINH, NEIGHBOUR_HEAD
from evaluation.work_scenes import claim, decide_cause, two_failures
from evaluation_service.application.collections import ASSIGNMENTS, TALLIES
from evaluation_service.domain.work.causes import CauseState
from evaluation_service.domain.work.tallies import tally_id


async def test_a_confirmed_cause_cancels_the_deduction(uow: MemoryUnitOfWork) -> None:
    assignment = await two_failures(uow)

    decided = await decide_cause(uow, await claim(uow, assignment, count=2))

    tally = (
        await uow.reading()
        .store(TALLIES)
        .get(tally_id(assignment.period_id, assignment.appointment_id))
    )
    assert decided.causes[0].state is CauseState.CONFIRMED
    assert (decided.quality_failures, decided.quality_exempt) == (2, 2)
    assert tally.lines[assignment.id].quality_exempt == 2


async def test_a_refused_cause_leaves_it(uow: MemoryUnitOfWork) -> None:
    assignment = await two_failures(uow)

    decided = await decide_cause(uow, await claim(uow, assignment), confirmed=False)

    assert decided.causes[0].state is CauseState.REFUSED
    assert decided.quality_exempt == 0


async def test_E_I12_the_claimant_never_confirms(uow: MemoryUnitOfWork) -> None:
    claimed = await claim(uow, await two_failures(uow), actor=EVERY_ROLE)

    with pytest.raises(Forbidden) as refused:
        await decide_cause(uow, claimed, actor=EVERY_ROLE)

    assert refused.value.rule_id == "E-I12"
    assert await uow.reading().store(ASSIGNMENTS).get(claimed.id) == claimed


@pytest.mark.parametrize("actor", [MINH, NEIGHBOUR_HEAD])
async def test_only_a_superior_of_the_person_decides(uow: MemoryUnitOfWork, actor: Actor) -> None:
    claimed = await claim(uow, await two_failures(uow))

    with pytest.raises(Forbidden):
        await decide_cause(uow, claimed, actor=actor)

    assert await uow.reading().store(ASSIGNMENTS).get(claimed.id) == claimed


@pytest.mark.parametrize("count", [0, -1, 3])
async def test_no_more_is_claimed_than_was_charged(uow: MemoryUnitOfWork, count: int) -> None:
    assignment = await two_failures(uow)

    with pytest.raises(Invalid) as refused:
        await claim(uow, assignment, count=count)

    assert refused.value.field == "input.count"
    assert await uow.reading().store(ASSIGNMENTS).get(assignment.id) == assignment


async def test_open_claims_count_against_the_charge(uow: MemoryUnitOfWork) -> None:
    claimed = await claim(uow, await two_failures(uow), count=2)

    with pytest.raises(Invalid):
        await claim(uow, claimed, count=1)


async def test_a_cause_is_decided_once(uow: MemoryUnitOfWork) -> None:
    decided = await decide_cause(uow, await claim(uow, await two_failures(uow)))

    with pytest.raises(Conflict):
        await decide_cause(uow, decided, confirmed=False)


async def test_only_own_work_is_claimed_for(uow: MemoryUnitOfWork) -> None:
    assignment = await two_failures(uow)

    with pytest.raises(Forbidden):
        await claim(uow, assignment, actor=MINH)
