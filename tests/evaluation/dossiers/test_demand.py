"""Work whose volume the citizens decide: as much is assigned as dossiers are due (E-I17, E-I7)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.errors import Conflict, Invalid
from evaluation import scenes, work_scenes
from evaluation.dossier_scenes import IN_TIME, TOO_LATE, event, record
from evaluation.people import CHAIR, LAN, LAN_ID, MINH_ID
from evaluation_service.application.collections import ASSIGNMENTS, TALLIES
from evaluation_service.application.work import commands as work
from evaluation_service.domain.dossiers.facts import DossierEnd
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodKind, PeriodState
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.reports import QuantityFrom, WorkSource
from evaluation_service.domain.work.tallies import tally_id

IN_OCTOBER = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
AFTER = datetime(2026, 10, 6, 9, 0, tzinfo=UTC)
MONTHS = {
    7: {"starts_on": scenes.JULY, "ends_on": date(2026, 8, 1)},
    8: {"starts_on": date(2026, 8, 1), "ends_on": date(2026, 9, 1)},
}


async def desk(uow: MemoryUnitOfWork) -> tuple[EvaluationPeriod, Assignment]:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    return period, await scenes.assign_by_dossiers(uow, period)


async def counts(uow: MemoryUnitOfWork, given: Assignment) -> tuple[str, ...]:
    """Assigned, completed, late."""
    found = await uow.reading().store(ASSIGNMENTS).get(given.id)
    return tuple(format(Decimal(n), "f") for n in (found.quantity, found.completed, found.late))


async def line(uow: MemoryUnitOfWork, given: Assignment) -> tuple[str, str] | None:
    tally = await uow.reading().store(TALLIES).find(tally_id(given.period_id, given.appointment_id))
    found = tally.lines.get(given.id) if tally else None
    return (found.assigned, found.completed) if found else None


async def test_as_much_is_assigned_as_is_due_in_the_period(uow: MemoryUnitOfWork) -> None:
    _, given = await desk(uow)

    await record(
        uow,
        event(1, completed_at=None),
        event(2),
        event(3, completed_at=TOO_LATE),
        event(4, completed_at=None, due_at=IN_OCTOBER),
        event(5, civil_servant_id=MINH_ID),
    )

    assert await counts(uow, given) == ("3", "2", "1")
    assert await line(uow, given) == ("3", "2")


async def test_those_that_came_before_are_counted_when_it_is_assigned(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await record(uow, event(1, completed_at=None), event(2), event(3, completed_at=TOO_LATE))

    given = await scenes.assign_by_dossiers(uow, period)
    await scenes.Pump(uow).run()
    await scenes.Pump(uow).run()

    assert await counts(uow, given) == ("3", "2", "1")


async def test_E_I7_nobody_is_rated_on_dossiers_that_did_not_come(uow: MemoryUnitOfWork) -> None:
    period, given = await desk(uow)
    assert await line(uow, given) is None

    await scenes.rate(uow, period, LAN_ID)
    await scenes.reviewed(uow, period)

    lan = await scenes.evaluation_of(uow, period, LAN_ID)
    assert lan.sheets[-1].outcome == "NOT_EVALUABLE"


async def test_what_is_changed_while_open_moves(uow: MemoryUnitOfWork) -> None:
    period, given = await desk(uow)
    other = await scenes.assign_by_dossiers(uow, period, MINH_ID)
    open_one = event(1, completed_at=None)
    await record(uow, open_one)

    for changed, expected in (
        (replace(open_one, due_at=IN_OCTOBER), ("0", "0")),
        (open_one, ("1", "0")),
        (replace(open_one, civil_servant_id=MINH_ID), ("0", "1")),
        (replace(open_one, procedure_code="9.999999"), ("0", "0")),
        (open_one, ("1", "0")),
        (replace(open_one, completed_at=IN_TIME, ended_as=DossierEnd.WITHDRAWN), ("0", "0")),
    ):
        await record(uow, changed)
        assert ((await counts(uow, given))[0], (await counts(uow, other))[0]) == expected
    assert (await counts(uow, given), await line(uow, given)) == (("0", "0", "0"), None)


async def test_a_freeze_fixes_what_was_due_and_the_next_period_takes_what_is_done_later(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    months = [
        await scenes.open_period(uow, kind=PeriodKind.MONTH, name=f"Tháng {month}", **days)
        for month, days in MONTHS.items()
    ]
    given, then = [
        await scenes.assign_by_dossiers(uow, month, due_on=month.starts_on) for month in months
    ]
    july = datetime(2026, 7, 20, 3, tzinfo=UTC)
    due_then = replace(event(1, completed_at=None), received_at=july, due_at=july)
    await record(uow, due_then)
    await work_scenes.put_period_in(uow, months[0], PeriodState.DATA_FROZEN)

    await record(uow, replace(due_then, completed_at=IN_TIME))

    assert await counts(uow, given) == ("1", "0", "0")
    assert await counts(uow, then) == ("1", "1", "1")


async def test_one_done_before_it_was_due_counts_where_there_is_work(
    uow: MemoryUnitOfWork,
) -> None:
    _, given = await desk(uow)

    await record(uow, event(1, due_at=AFTER))

    assert await counts(uow, given) == ("1", "1", "0")


async def test_nothing_is_reported_by_hand(uow: MemoryUnitOfWork) -> None:
    _, given = await desk(uow)

    with pytest.raises(Conflict) as refused:
        await scenes.report(uow, given, "1", actor=LAN)

    assert refused.value.rule_id == "E-I17"
    assert await counts(uow, given) == ("0", "0", "0")


@pytest.mark.parametrize(
    ("version_id", "quantity", "quantity_from", "field"),
    [
        (scenes.BIRTH, Decimal(4), QuantityFrom.DOSSIERS, "input.quantity"),
        (scenes.BIRTH, None, QuantityFrom.GIVEN, "input.quantity"),
        (scenes.PLAN, None, QuantityFrom.DOSSIERS, "input.quantityFrom"),
    ],
)
async def test_who_decides_is_said_once(
    uow: MemoryUnitOfWork,
    version_id: str,
    quantity: Decimal | None,
    quantity_from: QuantityFrom,
    field: str,
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    command = work.AssignWork(
        actor=CHAIR,
        idempotency_key=scenes.key(),
        period_id=period.id,
        civil_servant_id=LAN_ID,
        appointment_id=None,
        version_id=version_id,
        quantity=quantity,
        quantity_from=quantity_from,
        due_on=date(2026, 9, 1),
        source=WorkSource.PORTAL,
    )

    with pytest.raises(Invalid) as refused:
        await perform(work.assign_work, command, uow)

    assert refused.value.field == field
    assert await uow.reading().store(ASSIGNMENTS).count() == 0


async def test_what_citizens_ask_for_is_not_changed_by_hand(uow: MemoryUnitOfWork) -> None:
    period, given = await desk(uow)
    await record(uow, event(1), event(2, completed_at=None))
    later = await work_scenes.next_quarter(uow)
    before = await uow.reading().store(ASSIGNMENTS).get(given.id)

    for step in (
        work_scenes.reduce_to(uow, before, "1"),
        work_scenes.raise_to(uow, before, "5", actor=CHAIR),
        work_scenes.transfer(uow, before, MINH_ID),
        work_scenes.carry_over(uow, before, later),
    ):
        with pytest.raises(Conflict) as refused:
            await step
        assert refused.value.rule_id == "E-I17"

    assert await uow.reading().store(ASSIGNMENTS).get(given.id) == before
    assert await uow.reading().store(ASSIGNMENTS).count() == 1
    assert period.state is PeriodState.OPEN


async def test_work_is_saved_once_for_a_dossier_that_is_due_and_done(
    uow: MemoryUnitOfWork,
) -> None:
    _, given = await desk(uow)

    await record(uow, event(1))

    found = await uow.reading().store(ASSIGNMENTS).get(given.id)
    assert found.quantity == found.completed == 1
    assert found.revision == given.revision + 1
