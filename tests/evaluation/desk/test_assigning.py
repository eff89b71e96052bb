"""A quarter begins: a unit gets its work in one call, each piece by the rules of assignWork."""

from collections import Counter
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.documents import adapter
from congvu_kit.application.ports import Eq
from congvu_kit.domain.errors import DomainError
from evaluation import desk_scenes as desk
from evaluation import dossier_scenes as dossiers
from evaluation import scenes
from evaluation.people import (
    CHAIR_ID,
    COMMUNE,
    DEPUTY_ID,
    LAN_ID,
    MINH_ID,
    NEIGHBOUR_ID,
    OFFICE,
    OFFICE_HEAD_ID,
    OTHER_COMMUNE,
)
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    MATCHINGS,
    PERIODS,
    TALLIES,
    VERSIONS,
)
from evaluation_service.application.desk.prepared import ROWS_MAX
from evaluation_service.application.desk.repeating import AsIn
from evaluation_service.application.work.commands import WorkRow
from evaluation_service.domain.dossiers.matching import MatchingRequested
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.assignment_events import AssignmentCreated
from evaluation_service.domain.work.assignments import ASSIGNMENTS_MAX, Assignment
from evaluation_service.domain.work.reports import WorkSource

OTHER = "1.000001"
"""A procedure."""


def row(civil_servant_id: str = LAN_ID, version_id: str = scenes.BIRTH) -> WorkRow:
    return WorkRow(
        civil_servant_id=civil_servant_id,
        appointment_id=None,
        version_id=version_id,
        quantity=Decimal(4),
        due_on=desk.DUE,
        source=WorkSource.PLAN,
    )


def as_of_anybody(assignment: Assignment) -> Assignment:
    return replace(assignment, id="", civil_servant_id="", appointment_id="")


async def work(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> list[Assignment]:
    return await uow.reading().store(ASSIGNMENTS).select(Eq("period_id", period.id))


@pytest.fixture
async def period(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    return await scenes.open_period(uow)


async def test_a_row_is_assigned_as_alone(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> None:
    await desk.assign(uow, period, rows=(row(),))
    (many,) = await work(uow, period)
    bulk_tally = (await uow.reading().store(TALLIES).select())[0]
    alone = await scenes.assign(uow, period, MINH_ID)
    tallies = {each.civil_servant_id: each for each in await uow.reading().store(TALLIES).select()}

    assert as_of_anybody(many) == as_of_anybody(alone)
    assert list(bulk_tally.lines.values()) == list(tallies[MINH_ID].lines.values())
    by_bulk, by_itself = [each for each in uow.outbox if isinstance(each, AssignmentCreated)]
    asked = [each for each in uow.outbox if isinstance(each, MatchingRequested)]
    assert {each.civil_servant_id for each in asked} >= {LAN_ID, MINH_ID}
    of_lan = {"assignment_id": many.id, "civil_servant_id": LAN_ID}
    assert by_bulk == adapter(AssignmentCreated).validate_python(asdict(by_itself) | of_lan)


async def test_E_I17_who_gets_work_of_several_procedures_is_asked_for_once(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    async with uow.begin() as tx:
        version = await tx.store(VERSIONS).get(scenes.PLAN)
        version.procedure_code = OTHER
        await tx.store(VERSIONS).save(version)
    await dossiers.record(uow, dossiers.event(1), dossiers.event(2, procedure_code=OTHER))

    await desk.assign(uow, period, rows=(row(), row(version_id=scenes.PLAN)))
    asked = [each for each in uow.outbox if isinstance(each, MatchingRequested)]
    kept = {each.procedure for each in await uow.reading().store(MATCHINGS).select()}
    await scenes.Pump(uow).run()

    assert [(each.civil_servant_id, each.procedure) for each in asked] == [(LAN_ID, None)]
    assert kept == {None, "1.001193", OTHER}  # Whoever leaves one waiting now meets us there.
    assert [each.completed for each in await work(uow, period)] == [1, 1]


async def test_without_a_day_a_row_is_due_as_alone(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    async with uow.begin() as tx:
        version = await tx.store(VERSIONS).get(scenes.BIRTH)
        version.lead_days = 7
        await tx.store(VERSIONS).save(version)
    rows = (replace(row(), due_on=None), replace(row(version_id=scenes.PLAN), due_on=None))

    report = await desk.assign(uow, period, rows=rows)
    alone = await scenes.assign(uow, period, MINH_ID, due_on=None)

    assert {each.due_on for each in await work(uow, period)} == {alone.due_on}
    refusal = report.results[1].refusal  # The catalogue names no lead days of it.
    assert refusal is not None
    assert (refusal.code, refusal.field) == ("INVALID", "input.dueOn")


async def test_each_row_succeeds_or_is_refused_on_its_own(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    rows = (
        row(),
        row("cs_nobody"),
        row(version_id="no such@1"),
        row(NEIGHBOUR_ID),
        row(CHAIR_ID),
        replace(row(), quantity=Decimal(0)),
        replace(row(), due_on=date(2026, 10, 1)),
        replace(row(), appointment_id="apt_of_nobody"),
        row(MINH_ID, scenes.PLAN),
    )

    report = await desk.assign(uow, period, rows=rows)

    codes = [each.refusal and (each.refusal.code, each.refusal.field) for each in report.results]
    assert codes == [
        None,
        ("NOT_FOUND", "input.civilServantId"),
        ("INVALID", "input.versionId"),
        ("FORBIDDEN", None),
        ("FORBIDDEN", None),
        ("INVALID", "quantity"),
        ("INVALID", "input.dueOn"),
        ("INVALID", "input.appointmentId"),
        None,
    ]
    assert {each.civil_servant_id for each in await work(uow, period)} == {LAN_ID, MINH_ID}


async def test_everybody_led_in_the_unit_gets_the_template(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    template = desk.everybody(desk.line(), desk.line(scenes.PLAN), unit_id=COMMUNE)

    report = await desk.assign(uow, period, everybody=template)

    given = Counter(each.civil_servant_id for each in await work(uow, period))
    assert all(each.refusal is None for each in report.results)
    assert set(given.values()) == {2}
    assert {LAN_ID, MINH_ID, OFFICE_HEAD_ID} <= given.keys()
    assert CHAIR_ID not in given


async def test_only_the_position_asked_for(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> None:
    template = desk.everybody(unit_id=COMMUNE, position="HO-TICH")

    await desk.assign(uow, period, everybody=template)

    given = {each.civil_servant_id for each in await work(uow, period)}
    assert OFFICE_HEAD_ID not in given
    assert {LAN_ID, MINH_ID} <= given


async def test_a_template_gives_nobody_the_same_product_twice(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    await scenes.assign(uow, period, LAN_ID)

    report = await desk.assign(uow, period, everybody=desk.everybody(desk.line(), desk.line()))

    refused = [each.civil_servant_id for each in report.results if each.refusal]
    assert refused.count(LAN_ID) == 2
    assert refused.count(MINH_ID) == 1
    assert {each.refusal.code for each in report.results if each.refusal} == {"CONFLICT"}


async def test_a_dry_run_says_the_same_and_keeps_nothing(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    what: dict[str, Any] = {
        "everybody": desk.everybody(unit_id=COMMUNE),
        "rows": (row("cs_nobody"), row()),
    }
    before, told = await work(uow, period), len(uow.outbox)

    dry = await desk.assign(uow, period, dry_run=True, **what)
    nothing = (await work(uow, period), len(uow.outbox), await uow.reading().store(TALLIES).count())
    real = await desk.assign(uow, period, **what)

    assert nothing == (before, told, 0)
    assert [each.assignment_id for each in dry.results] == [None] * len(dry.results)
    assert [(each.row, each.refusal) for each in dry.results] == [
        (each.row, each.refusal) for each in real.results
    ]
    assert len(await work(uow, period)) == sum(each.refusal is None for each in real.results)


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({}, "input"),
        ({"rows": (row(),) * (ROWS_MAX + 1)}, "input"),
        ({"everybody": replace(desk.everybody(), work=())}, "input.everybody.work"),
        ({"everybody": desk.everybody(position="NONE")}, "input.everybody"),
        ({"everybody": desk.everybody(unit_id=OTHER_COMMUNE)}, "input.everybody"),
        ({"as_in": AsIn(period_id="period_x", unit_id=OFFICE)}, "input.asIn.periodId"),
    ],
)
async def test_what_gives_nobody_anything_is_refused_whole(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, what: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        await desk.assign(uow, period, **what)

    assert refused.value.field == field
    assert await work(uow, period) == []


async def test_a_frozen_period_takes_no_work(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    await scenes.move(uow, period, "freeze")

    with pytest.raises(DomainError) as refused:
        await desk.assign(uow, await uow.reading().store(PERIODS).get(period.id), rows=(row(),))

    assert refused.value.rule_id == "E-I3"


async def test_a_unit_that_the_period_does_not_rate_gets_nothing(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow, scope_unit_id=OFFICE)

    report = await desk.assign(uow, period, rows=(row(DEPUTY_ID), row()))

    fields = [each.refusal and each.refusal.field for each in report.results]
    assert fields == ["input.periodId", None]
    assert {each.civil_servant_id for each in await work(uow, period)} == {LAN_ID}


async def test_nobody_gets_more_than_one_person_can_have(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    report = await desk.assign(uow, period, rows=(row(),) * (ASSIGNMENTS_MAX + 1))

    refused = [number for number, each in enumerate(report.results) if each.refusal]
    assert refused == [ASSIGNMENTS_MAX]
    assert len(await work(uow, period)) == ASSIGNMENTS_MAX
