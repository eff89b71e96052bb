"""A unit's objectives in one call: rows fail alone, a copy hangs on what the same call set."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Forbidden, Invalid
from evaluation import objective_scenes as o
from evaluation import scenes
from evaluation.people import (
    CHAIR,
    COMMUNE,
    LAN_ID,
    MINH_ID,
    NEIGHBOUR_HEAD,
    OFFICE,
    OFFICE_HEAD,
    PROVINCE_HEAD,
    PROVINCE_UNIT,
)
from evaluation_service.application.collections import OBJECTIVES, PERIODS, SCORECARDS
from evaluation_service.application.objectives import bulk
from evaluation_service.application.objectives.commands import ObjectiveRow
from evaluation_service.domain.objectives.objectives import Objective
from evaluation_service.domain.periods.periods import EvaluationPeriod


async def set_all(
    uow: MemoryUnitOfWork,
    period: EvaluationPeriod,
    *rows: ObjectiveRow,
    as_in: bulk.SetAsIn | None = None,
    dry_run: bool = False,
    actor: Actor = CHAIR,
) -> bulk.SetReport:
    command = bulk.DefineObjectives(
        actor=actor,
        idempotency_key=scenes.key(),
        period_id=period.id,
        rows=rows,
        as_in=as_in,
        decision=None,
        dry_run=dry_run,
    )
    return await perform(bulk.define_objectives, command, uow)


def row(of: str, code: str, parent_id: str | None = None, **said: Any) -> ObjectiveRow:
    content = o.content(parent_id=parent_id, **said)
    return ObjectiveRow(civil_servant_id=of, unit_id=None, code=code, content=content)


async def there(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> Sequence[Objective]:
    found = await uow.reading().store(OBJECTIVES).select(order=["code"])
    return [each for each in found if each.period_id == period.id]


async def earlier(uow: MemoryUnitOfWork, now: EvaluationPeriod) -> EvaluationPeriod:
    """The same period under another id, as if it had been the quarter before."""
    before = replace(now, id="period_before", revision=0)
    async with uow.begin() as tx:
        await tx.store(PERIODS).save(before)
    return before


async def test_rows_fail_alone_and_leave_nothing_behind(uow: MemoryUnitOfWork) -> None:
    period = await o.scorecards(uow)
    office = await o.cascade(uow, period, "CUSTOMER")

    report = await set_all(
        uow,
        period,
        row(LAN_ID, "MT-01", office.id, weight="60"),
        row(LAN_ID, "MT-02", office.id, weight="60"),
        row(LAN_ID, "MT-03", office.id, weight="40"),
        row(LAN_ID, "MT-04"),
        row("cs_nobody", "MT-05", office.id),
        row(MINH_ID, "MT-01", office.id),
    )

    rules = [each.refusal.rule_id if each.refusal else None for each in report.results]
    assert rules == [None, "E-I6", None, "E-I13", None, None]
    assert [each.objective_id is None for each in report.results] == [
        False, True, False, True, True, False,
    ]  # fmt: skip
    assert [each.code for each in await there(uow, period) if each.civil_servant_id] == [
        "MT-01", "MT-01", "MT-03",
    ]  # fmt: skip


async def test_a_quarter_begins_as_the_last_one_from_the_commune_down(
    uow: MemoryUnitOfWork,
) -> None:
    period = await o.scorecards(uow)
    before = await earlier(uow, period)
    office = await o.cascade(uow, before, "CUSTOMER")
    for id in (LAN_ID, MINH_ID):
        await o.define(uow, before, o.content(parent_id=office.id), of=id)

    as_in = bulk.SetAsIn(period_id=before.id, unit_id=COMMUNE)
    of_province = await set_all(uow, period, as_in=as_in, actor=PROVINCE_HEAD)

    assert [each.refusal for each in of_province.results] == [None] * 4
    top, unit, *people = sorted(await there(uow, period), key=lambda each: each.level.value != "x")
    made = {each.code: each for each in (top, unit, *people)}
    parents = {each.parent_id for each in await there(uow, period) if each.civil_servant_id}
    assert parents == {made["DV-CUSTOMER"].id}
    assert made["DV-CUSTOMER"].parent_id == made["TC-CUSTOMER"].id
    cards = await uow.reading().store(SCORECARDS).select()
    assert sum(each.period_id == period.id for each in cards) == 4


async def test_who_leads_the_unit_copies_what_is_below_what_was_set_above(
    uow: MemoryUnitOfWork,
) -> None:
    period = await o.scorecards(uow)
    before = await earlier(uow, period)
    old = await o.cascade(uow, before, "CUSTOMER")
    await o.define(uow, before, o.content(parent_id=old.id))
    office = await o.cascade(uow, period, "CUSTOMER")

    as_in = bulk.SetAsIn(period_id=before.id, unit_id=OFFICE)
    report = await set_all(uow, period, as_in=as_in, actor=OFFICE_HEAD)

    of_unit, of_lan = report.results
    assert of_unit.refusal is not None  # It is set from above the office.
    assert of_lan.refusal is None
    [lans] = [each for each in await there(uow, period) if each.civil_servant_id]
    assert lans.parent_id == office.id


async def test_the_same_call_again_sets_nothing_twice(uow: MemoryUnitOfWork) -> None:
    period = await o.scorecards(uow)
    office = await o.cascade(uow, period, "CUSTOMER")
    rows = (row(LAN_ID, "MT-01", office.id),)
    await set_all(uow, period, *rows)
    before = await there(uow, period)

    again = await set_all(uow, period, *rows)

    assert [each.refusal.code if each.refusal else None for each in again.results] == ["CONFLICT"]
    assert await there(uow, period) == before


async def test_a_dry_run_keeps_nothing(uow: MemoryUnitOfWork) -> None:
    period = await o.scorecards(uow)
    office = await o.cascade(uow, period, "CUSTOMER")
    before, told = await there(uow, period), len(uow.outbox)

    report = await set_all(uow, period, row(LAN_ID, "MT-01", office.id), dry_run=True)

    assert [(each.refusal, each.objective_id) for each in report.results] == [(None, None)]
    assert (await there(uow, period), len(uow.outbox)) == (before, told)


async def test_of_a_unit_that_one_does_not_lead_nothing_is_copied(uow: MemoryUnitOfWork) -> None:
    period = await o.scorecards(uow, scope_unit_id=PROVINCE_UNIT)
    before = await earlier(uow, period)
    await o.cascade(uow, before, "CUSTOMER")

    as_in = bulk.SetAsIn(period_id=before.id, unit_id=OFFICE)
    with pytest.raises(Forbidden):
        await set_all(uow, period, as_in=as_in, actor=NEIGHBOUR_HEAD)

    assert await there(uow, period) == []


@pytest.mark.parametrize("period_id", ["period_x", "the same"])
async def test_an_earlier_period_is_another_one(uow: MemoryUnitOfWork, period_id: str) -> None:
    period = await o.scorecards(uow)
    named = period.id if period_id == "the same" else period_id

    with pytest.raises(Invalid) as refusal:
        await set_all(uow, period, as_in=bulk.SetAsIn(period_id=named, unit_id=COMMUNE))

    assert refusal.value.field == "input.asIn.periodId"


async def test_a_call_takes_1_to_500(uow: MemoryUnitOfWork) -> None:
    period = await o.scorecards(uow)
    with pytest.raises(Invalid):
        await set_all(uow, period)
    with pytest.raises(Invalid):
        await set_all(uow, period, *[row(LAN_ID, f"MT-{n}") for n in range(bulk.ROWS_MAX + 1)])

    assert await there(uow, period) == []
