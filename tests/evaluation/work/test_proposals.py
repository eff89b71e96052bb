"""Ad-hoc work that the officer proposed counts once it is approved, and never before."""

from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Participant
from congvu_kit.domain.errors import Conflict
from evaluation import scenes, work_scenes
from evaluation.people import CHAIR, LAN
from evaluation_service.application.collections import ASSIGNMENTS, TALLIES
from evaluation_service.domain.work.assignment_events import (
    AssignmentCreated,
    AssignmentProposed,
    AssignmentRefused,
)
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.reports import AssignmentState, WorkSource
from evaluation_service.domain.work.tallies import TallyLine, tally_id


async def lines(uow: MemoryUnitOfWork, work: Assignment) -> dict[str, TallyLine]:
    id = tally_id(work.period_id, work.appointment_id)
    return (await uow.reading().store(TALLIES).get(id)).lines


async def test_proposed_work_counts_once_it_is_approved(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)

    proposed = await work_scenes.propose(uow, period)
    before = await lines(uow, proposed)
    approved = await work_scenes.decide_proposal(uow, proposed)

    assert (proposed.state, proposed.source, before) == (
        AssignmentState.PROPOSED,
        WorkSource.AD_HOC,
        {},
    )
    assert approved.state is AssignmentState.ASSIGNED
    assert approved.assigned_by == Participant.of(CHAIR)
    assert list(await lines(uow, approved)) == [approved.id]
    done = await scenes.accept(uow, await scenes.report(uow, approved, "4", actor=LAN))
    assert (done.state, done.completed) == (AssignmentState.ACCEPTED_AS_DONE, Decimal(4))
    told = [type(e) for e in uow.outbox if isinstance(e, AssignmentProposed | AssignmentCreated)]
    assert told == [AssignmentProposed, AssignmentCreated]


async def test_refused_work_counts_nowhere(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    proposed = await work_scenes.propose(uow, period)

    refused = await work_scenes.decide_proposal(uow, proposed, approved=False)

    assert refused.state is AssignmentState.REFUSED
    assert refused.proposal is not None
    assert (refused.proposal.decided_by, refused.proposal.decision_reason) == (
        Participant.of(CHAIR),
        "Đúng việc được giao",
    )
    assert await lines(uow, refused) == {}
    assert isinstance(uow.outbox[-1], AssignmentRefused)


async def test_nobody_works_on_what_is_only_proposed(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    proposed = await work_scenes.propose(uow, await scenes.open_period(uow))

    with pytest.raises(Conflict):
        await scenes.report(uow, proposed, "1")
    with pytest.raises(Conflict):
        await work_scenes.cancel(uow, proposed)

    assert await uow.reading().store(ASSIGNMENTS).get(proposed.id) == proposed
