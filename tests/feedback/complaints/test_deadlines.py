"""Dates that pass: escalation, closing, and what only then may be decided."""

from datetime import date

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from feedback import people
from feedback.complaints.steps import confirm
from feedback.scenes import (
    all_of,
    answered,
    classify,
    decide,
    disputed,
    everything,
    file,
    log_of,
    make_needs,
    sweep,
    verdict,
)
from feedback_service.application import collections
from feedback_service.application.needs import Needs
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.complaints.events import ComplaintEscalated
from feedback_service.domain.complaints.values import ClosingBasis, ComplaintState, Terms
from support.clock import FixedClock


async def only(uow: UnitOfWork) -> Complaint:
    [complaint] = await all_of(uow, collections.COMPLAINTS)
    return complaint


async def test_an_unclassified_complaint_is_escalated_once(
    any_uow: UnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await file(any_uow, needs)
    clock.pass_days(2)
    assert await sweep(any_uow) == 0
    clock.pass_days(1)

    assert await sweep(any_uow) == 1
    assert await sweep(any_uow) == 0

    complaint = await only(any_uow)
    assert [(each.state, each.on) for each in complaint.escalations] == [
        ("RECEIVED", date(2026, 8, 6))
    ]
    assert [entry.type for entry in await log_of(any_uow)] == [
        "COMPLAINT_FILED",
        "COMPLAINT_ESCALATED",
    ]


async def test_each_step_has_its_date(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await classify(uow, needs, await file(uow, needs))
    clock.pass_days(14)
    assert await sweep(uow) == 0
    clock.pass_days(1)
    assert await sweep(uow) == 1

    [event] = [each for each in uow.outbox if isinstance(each, ComplaintEscalated)]
    assert (event.overdue_state, event.on) == ("CLASSIFIED", date(2026, 8, 18))


async def test_a_dispute_nobody_decides_is_escalated_too(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await disputed(uow, needs)
    clock.pass_days(22)

    assert await sweep(uow) == 1

    complaint = await only(uow)
    assert complaint.state is ComplaintState.DISPUTED
    assert complaint.escalations[-1].state is ComplaintState.DISPUTED


async def test_a_unit_that_keeps_silent_can_be_overruled(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await file(uow, needs)
    clock.pass_days(3)
    await sweep(uow)

    decided = await decide(uow, needs, verdict(await only(uow)))

    assert decided.state is ComplaintState.CLOSED_RESOLVED
    assert (await log_of(uow))[-1].type == "COMPLAINT_DECIDED"


async def test_an_answer_met_with_silence_is_closed_and_says_so(
    any_uow: UnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await answered(any_uow, needs)
    clock.pass_days(14)
    assert await sweep(any_uow) == 0
    clock.pass_days(1)

    assert await sweep(any_uow) == 1
    assert await sweep(any_uow) == 0

    complaint = await only(any_uow)
    assert (complaint.state, complaint.basis) == (
        ComplaintState.CLOSED_RESOLVED,
        ClosingBasis.SILENCE,
    )


async def test_a_confirmed_answer_is_closed(uow: MemoryUnitOfWork, needs: Needs) -> None:
    await confirm(uow, needs, await answered(uow, needs), people.CITIZEN)

    assert await sweep(uow) == 1

    assert (await only(uow)).basis is ClosingBasis.CONFIRMED


async def test_F_I6_time_alone_never_ends_a_dispute(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await disputed(uow, needs)

    for _ in range(20):
        clock.pass_days(30)
        await sweep(uow)

    assert (await only(uow)).state is ComplaintState.DISPUTED


async def test_terms_are_those_of_the_day_of_filing(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    before = make_needs(Terms(classify_days=2, answer_days=10, dispute_days=10, decide_days=15))
    after = make_needs(Terms(classify_days=1, answer_days=1, dispute_days=1, decide_days=1))

    filed = await answered(uow, before)
    rows = await everything(uow)
    clock.pass_days(5)
    await sweep(uow)

    assert await everything(uow) == rows
    assert filed.dispute_until == date(2026, 8, 17)
    assert after.terms != filed.terms
