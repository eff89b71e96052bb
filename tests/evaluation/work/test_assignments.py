"""Work is given, reported and checked; the counters follow."""

from datetime import date
from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid, Unauthenticated
from evaluation import scenes
from evaluation.people import (
    CHAIR,
    CHAIR_ID,
    DEPUTY,
    EVERY_ROLE,
    LAN,
    LAN_ID,
    MINH,
    NEIGHBOUR_HEAD,
    NEIGHBOUR_ID,
    OFFICE_HEAD,
    OFFICE_HEAD_ID,
    PROVINCE_HEAD,
    STRANGER_HEAD,
    person,
)
from evaluation.work_scenes import cancel, send_back
from evaluation_service.application import reactions
from evaluation_service.application.collections import ASSIGNMENTS, TALLIES
from evaluation_service.application.work import commands as assignments
from evaluation_service.domain.work.assignment_events import AssignmentCompleted, AssignmentReturned
from evaluation_service.domain.work.reports import AssignmentState, WorkSource
from evaluation_service.domain.work.tallies import tally_id


async def test_accepted_work_moves_the_counters_with_it(any_uow: UnitOfWork) -> None:
    await scenes.commune(any_uow)
    period = await scenes.open_period(any_uow)
    given = await scenes.assign(any_uow, period, quantity="4")
    reported = await scenes.report(any_uow, given, "3")

    accepted = await scenes.accept(any_uow, reported, quality_failures=1)

    id = tally_id(period.id, accepted.appointment_id)
    line = (await any_uow.reading().store(TALLIES).get(id)).lines[accepted.id]
    assert (accepted.state, accepted.completed) == (AssignmentState.IN_PROGRESS, Decimal(3))
    assert (line.item, line.coefficient) == (scenes.BIRTH, "5/2")
    assert (line.assigned, line.completed) == ("4", "3")
    assert (line.quality_failures, line.late) == (1, 0)
    assert line.confirmed_by == "chair"


async def test_all_accepted_is_done(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)

    done = await scenes.do_all(uow, period, LAN)

    assert done.state is AssignmentState.ACCEPTED_AS_DONE
    completed = [event for event in uow.outbox if isinstance(event, AssignmentCompleted)]
    assert [(event.assignment_id, event.open) for event in completed] == [(done.id, False)]


async def test_work_done_after_the_due_date_is_late(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period, due_on=date(2026, 8, 1))
    reported = await scenes.report(uow, given, "3", completed_on=date(2026, 8, 2))

    accepted = await scenes.accept(uow, reported)

    assert accepted.late == 3


async def test_returned_work_is_one_quality_failure(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    reported = await scenes.report(uow, await scenes.assign(uow, period), "4")

    returned = await send_back(uow, reported)

    assert (returned.state, returned.completed) == (AssignmentState.RETURNED, Decimal(0))
    assert returned.quality_failures == 1
    assert [type(event) for event in uow.outbox[-1:]] == [AssignmentReturned]
    again = await scenes.report(uow, returned, "4")
    assert again.state is AssignmentState.SUBMITTED


async def test_E_I1_an_assignment_keeps_the_version_it_was_given_with(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period)
    revised = scenes.version_fact("C.56.22363.1.001193@2", coefficient="9", release_id="rel_2")
    async with uow.begin() as tx:
        await reactions.keep_version(revised, tx)
        await reactions.keep_version(scenes.version_fact(coefficient="9"), tx)

    kept = await uow.reading().store(ASSIGNMENTS).get(given.id)
    with pytest.raises(Invalid) as refused:
        await scenes.assign(uow, period, version_id="C.56.22363.1.001193@2")
    later = await scenes.assign(uow, period)

    assert kept.version == given.version
    assert str(kept.version.coefficient) == "5/2"
    assert later.version == given.version
    assert refused.value.rule_id == "E-I1"


async def test_an_unknown_version_is_an_error(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)

    with pytest.raises(Invalid) as refused:
        await scenes.assign(uow, period, version_id="C.56.NONE@1")

    assert refused.value.rule_id == "C-I8"
    assert await uow.reading().store(ASSIGNMENTS).count() == 0


@pytest.mark.parametrize(
    ("quantity", "due_on", "field"),
    [
        ("0", date(2026, 9, 1), "input.quantity"),
        ("-1", date(2026, 9, 1), "input.quantity"),
        ("NaN", date(2026, 9, 1), "input.quantity"),
        ("1000001", date(2026, 9, 1), "input.quantity"),
        ("1", scenes.OCTOBER, "input.dueOn"),
    ],
)
async def test_impossible_work_is_refused(
    uow: MemoryUnitOfWork, quantity: str, due_on: date, field: str
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    told = len(uow.outbox)

    with pytest.raises(Invalid) as refused:
        await scenes.assign(uow, period, quantity=quantity, due_on=due_on)

    assert refused.value.field == field
    assert (await uow.reading().store(ASSIGNMENTS).count(), len(uow.outbox)) == (0, told)


@pytest.mark.parametrize("actor", [CHAIR, DEPUTY, OFFICE_HEAD, PROVINCE_HEAD])
async def test_superiors_of_the_unit_and_above_assign(uow: MemoryUnitOfWork, actor: Actor) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)

    given = await scenes.assign(uow, period, LAN_ID, actor=actor)

    assert given.assigned_by.subject == actor.subject


@pytest.mark.parametrize(
    ("actor", "civil_servant_id", "error"),
    [
        (ANONYMOUS, LAN_ID, Unauthenticated),
        (MINH, LAN_ID, Forbidden),
        (NEIGHBOUR_HEAD, LAN_ID, Forbidden),
        (STRANGER_HEAD, LAN_ID, Forbidden),
        (OFFICE_HEAD, CHAIR_ID, Forbidden),
        (person("nameless", Role.UNIT_HEAD, unit=CHAIR.unit), LAN_ID, Forbidden),
        (CHAIR, NEIGHBOUR_ID, Forbidden),
    ],
)
async def test_nobody_else_assigns(
    uow: MemoryUnitOfWork, actor: Actor, civil_servant_id: str, error: type[Exception]
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    told = len(uow.outbox)

    with pytest.raises(error):
        await scenes.assign(uow, period, civil_servant_id, actor=actor)

    assert (await uow.reading().store(ASSIGNMENTS).count(), len(uow.outbox)) == (0, told)


async def test_a_head_is_led_from_above_only(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)

    for actor in (DEPUTY, OFFICE_HEAD):
        with pytest.raises(Forbidden):
            await scenes.assign(uow, period, CHAIR_ID, actor=actor)
    with pytest.raises(Forbidden):
        await scenes.assign(uow, period, OFFICE_HEAD_ID, actor=OFFICE_HEAD)

    assert (
        await scenes.assign(uow, period, CHAIR_ID, actor=PROVINCE_HEAD)
    ).civil_servant_id == CHAIR_ID
    given = await scenes.assign(uow, period, OFFICE_HEAD_ID, actor=DEPUTY)
    assert given.civil_servant_id == OFFICE_HEAD_ID


async def test_E_I4_nobody_assigns_or_accepts_own_work_whatever_the_roles(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    reported = await scenes.report(uow, await scenes.assign(uow, period), "4", actor=EVERY_ROLE)

    with pytest.raises(Forbidden) as assigning:
        await scenes.assign(uow, period, LAN_ID, actor=EVERY_ROLE)
    with pytest.raises(Forbidden) as accepting:
        await scenes.accept(uow, reported, actor=EVERY_ROLE)

    assert (assigning.value.rule_id, accepting.value.rule_id) == ("E-I4", "E-I4")
    assert await uow.reading().store(ASSIGNMENTS).get(reported.id) == reported


async def test_an_officer_reports_only_own_work(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period, LAN_ID)

    with pytest.raises(Forbidden):
        await scenes.report(uow, given, "1", actor=MINH)

    assert await uow.reading().store(ASSIGNMENTS).get(given.id) == given


async def test_work_cannot_be_reported_before_it_is_done(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period, LAN_ID)

    with pytest.raises(Invalid) as refused:
        await scenes.report(uow, given, "1", completed_on=date(2026, 8, 11))

    assert refused.value.field == "input.completedOn"


async def test_unreported_work_cannot_be_accepted(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period, LAN_ID)

    with pytest.raises(Conflict):
        await scenes.accept(uow, given)

    assert await uow.reading().store(ASSIGNMENTS).get(given.id) == given


async def test_cancelled_work_leaves_the_counters(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period, LAN_ID)

    cancelled = await cancel(uow, given)

    tally = await uow.reading().store(TALLIES).get(tally_id(period.id, given.appointment_id))
    assert cancelled.state is AssignmentState.CANCELLED
    assert tally.lines == {}


async def test_the_same_key_assigns_once(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    command = assignments.AssignWork(
        actor=CHAIR,
        idempotency_key="once",
        period_id=period.id,
        civil_servant_id=LAN_ID,
        appointment_id=None,
        version_id=scenes.BIRTH,
        quantity=Decimal(4),
        due_on=date(2026, 9, 1),
        source=WorkSource.PLAN,
    )

    first = await perform(assignments.assign_work, command, uow)
    second = await perform(assignments.assign_work, command, uow)

    assert second == first
    assert await uow.reading().store(ASSIGNMENTS).count() == 1
