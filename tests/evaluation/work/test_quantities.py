"""More is accepted after it was assigned only, and who is relieved is rated on what was left."""

from decimal import Decimal
from fractions import Fraction

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.errors import Conflict, Invalid
from evaluation import scenes, work_scenes
from evaluation import specimens as a
from evaluation.people import CHAIR, DEPUTY, LAN, LAN_ID
from evaluation.scenes import evaluation_of
from evaluation_service.application.collections import ASSIGNMENTS, TALLIES
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.work.assignment_events import (
    AssignmentCancelled,
    AssignmentCompleted,
    AssignmentRaised,
    AssignmentReduced,
)
from evaluation_service.domain.work.changes import ChangeKind, ReductionKind
from evaluation_service.domain.work.reports import AssignmentState
from evaluation_service.domain.work.tallies import tally_id

DECISION = Decision(number="77/QĐ-UBND", decided_on=scenes.TODAY)


async def test_E_I5_no_more_is_accepted_than_was_assigned(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    reported = await scenes.report(uow, await scenes.assign(uow, period, quantity="2"), "500")
    told = len(uow.outbox)

    with pytest.raises(Invalid) as refused:
        await scenes.accept(uow, reported)

    assert (refused.value.rule_id, refused.value.field) == ("E-I5", "input.quantity")
    assert await uow.reading().store(ASSIGNMENTS).get(reported.id) == reported
    assert len(uow.outbox) == told

    raised = await work_scenes.raise_to(uow, reported, "500", actor=DEPUTY)
    accepted = await scenes.accept(uow, raised)

    assert (accepted.state, accepted.completed) == (
        AssignmentState.ACCEPTED_AS_DONE,
        Decimal(500),
    )
    (change,) = accepted.changes
    assert (change.kind, change.before, change.after, change.changed_by.subject) == (
        ChangeKind.RAISED,
        Decimal(2),
        Decimal(500),
        "deputy",
    )
    tally = await uow.reading().store(TALLIES).get(tally_id(period.id, accepted.appointment_id))
    assert [each.subject for each in tally.involved] == ["chair", "deputy"]
    assert [type(each) for each in uow.outbox if isinstance(each, AssignmentRaised)] == [
        AssignmentRaised
    ]


async def test_what_is_left_bounds_the_next_acceptance(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period, quantity="4")
    three = await scenes.accept(uow, await scenes.report(uow, given, "3"))
    two_more = await scenes.report(uow, three, "2")

    with pytest.raises(Invalid) as refused:
        await scenes.accept(uow, two_more)

    assert refused.value.rule_id == "E-I5"
    assert two_more.deemed == Decimal(1)


async def test_relief_counts_in_the_score_and_is_seen_with_it(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period, quantity="30")
    three = await scenes.accept(uow, await scenes.report(uow, given, "3"))

    relieved = await work_scenes.reduce_to(uow, three, "3", decision=DECISION)
    await scenes.rate(uow, period, LAN_ID)
    await scenes.reviewed(uow, period)

    lan = await evaluation_of(uow, period, LAN_ID)
    assert relieved.state is AssignmentState.ACCEPTED_AS_DONE
    assert lan.sheet is not None
    assert (lan.sheet.total, lan.sheet.raw_band) == (Fraction(100), "HTXS")
    assert '{"ref":"77/QĐ-UBND: giảm từ 30 xuống 3, nghỉ"}' in lan.sheet.snapshot
    assert "Nghỉ thai sản" not in lan.sheet.snapshot
    told = [each for each in uow.outbox if isinstance(each, AssignmentReduced)]
    assert [(each.quantity, each.open) for each in told] == [(Decimal(3), True)]
    assert [each.quantity for each in uow.outbox if isinstance(each, AssignmentCompleted)] == [
        Decimal(3)
    ]


async def test_relief_of_what_never_began_takes_it_back(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period)

    gone = await work_scenes.reduce_to(uow, given, "0", kind=ReductionKind.WITHDRAWN)

    tally = await uow.reading().store(TALLIES).get(tally_id(period.id, given.appointment_id))
    assert (gone.state, tally.lines) == (AssignmentState.CANCELLED, {})
    assert isinstance(uow.outbox[-1], AssignmentCancelled)


@pytest.mark.parametrize("state", [AssignmentState.SUBMITTED, AssignmentState.IN_PROGRESS])
@pytest.mark.parametrize("after", ["0", "0.5", "4", "5"])
def test_relief_never_goes_below_what_was_done_or_reported(
    state: AssignmentState, after: str
) -> None:
    work = a.begun_work(state)

    with pytest.raises(Invalid) as refused:
        work.reduce(a.change(after))

    assert refused.value.field == "input.quantity"
    assert (work, work.pull_events()) == (a.begun_work(state), [])


def test_what_waits_for_the_check_is_not_cut_off() -> None:
    waiting, checked = (
        a.begun_work(AssignmentState.SUBMITTED),
        a.begun_work(AssignmentState.IN_PROGRESS),
    )

    with pytest.raises(Invalid):
        waiting.reduce(a.change("1"))
    waiting.reduce(a.change("2"))
    checked.reduce(a.change("1"))

    assert (waiting.state, checked.state) == (
        AssignmentState.SUBMITTED,
        AssignmentState.ACCEPTED_AS_DONE,
    )


@pytest.mark.parametrize("after", ["3", "4", "1000001", "NaN"])
def test_raising_asks_for_more(after: str) -> None:
    work = a.assignment()

    with pytest.raises(Invalid) as refused:
        work.increase(a.change(after))

    assert refused.value.field == "input.quantity"
    assert (work, work.pull_events()) == (a.assignment(), [])


@pytest.mark.parametrize("reason", ["", " ", "x" * 2001])
async def test_a_change_has_a_reason(uow: MemoryUnitOfWork, reason: str) -> None:
    desk = await work_scenes.desk(uow)

    with pytest.raises(Invalid) as raising:
        await work_scenes.raise_to(uow, desk.given, "9", reason=reason)
    with pytest.raises(Invalid) as reducing:
        await work_scenes.reduce_to(uow, desk.given, "1", reason=reason)

    assert (raising.value.field, reducing.value.field) == ("input.reason", "input.reason")
    assert await uow.reading().store(ASSIGNMENTS).get(desk.given.id) == desk.given


async def test_a_decision_has_a_number(uow: MemoryUnitOfWork) -> None:
    desk = await work_scenes.desk(uow)
    nameless = Decision(number=" ", decided_on=scenes.TODAY)

    with pytest.raises(Invalid) as refused:
        await work_scenes.reduce_to(uow, desk.given, "1", decision=nameless)

    assert refused.value.field == "input.decision.number"


async def test_work_that_ended_moves_no_more(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    done = await scenes.do_all(uow, period, LAN, manager=CHAIR)

    with pytest.raises(Conflict):
        await work_scenes.raise_to(uow, done, "9")
    with pytest.raises(Conflict):
        await work_scenes.reduce_to(uow, done, "1")

    assert await uow.reading().store(ASSIGNMENTS).get(done.id) == done
