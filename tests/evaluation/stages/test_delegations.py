"""A stage is delegated by a dated act, and nobody has two of one file."""

from datetime import date, timedelta

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden
from evaluation import scenes
from evaluation.people import (
    CHAIR,
    CHAIR_ID,
    DEPUTY,
    DEPUTY_ID,
    LAN_ID,
    OFFICE_HEAD_ID,
    PROVINCE_HEAD,
    ref,
)
from evaluation.stage_scenes import (
    ACCEPTING,
    LAST_DAYS,
    REPORTING,
    REVIEWING,
    assess,
    delegate,
    file_of,
    grades,
    last_minute,
    pass_stage,
    score,
    watched,
    year,
)
from support.clock import FixedClock


async def test_a_delegate_acts_in_the_place_of_who_has_the_stage(uow: MemoryUnitOfWork) -> None:
    period = await year(uow)
    await assess(uow, period, grades(9, 9, 9))
    await score(uow, period, grades(7, 7, 7))
    await delegate(uow, period, REVIEWING, DEPUTY_ID, actor=CHAIR, from_civil_servant_id=CHAIR_ID)

    evaluation = await pass_stage(uow, period, REVIEWING, DEPUTY, grades(8))

    assert evaluation.file is not None
    entry = evaluation.file.entry(REVIEWING)
    assert entry is not None
    assert entry.by is not None
    assert (entry.by.officer, entry.in_place_of) == (DEPUTY_ID, CHAIR_ID)


async def test_a_delegate_never_has_two_stages_of_one_file(uow: MemoryUnitOfWork) -> None:
    """E-I4."""
    period = await year(uow)
    await assess(uow, period, grades(9, 9, 9))
    of = {REPORTING: OFFICE_HEAD_ID, REVIEWING: CHAIR_ID}
    for stage, named in of.items():
        await delegate(uow, period, stage, DEPUTY_ID, from_civil_servant_id=named)
    await pass_stage(uow, period, REPORTING, DEPUTY, grades(7, 7, 7))

    with pytest.raises(Forbidden) as refused:
        await pass_stage(uow, period, REVIEWING, DEPUTY, grades(8))

    assert refused.value.rule_id == "E-I4"


async def test_who_has_a_stage_of_the_file_is_no_delegate_in_it(uow: MemoryUnitOfWork) -> None:
    """E-I4: else the own stage of theirs would be nobody's."""
    period = await year(uow)
    await assess(uow, period, grades(9, 9, 9))
    await delegate(uow, period, REPORTING, CHAIR_ID, from_civil_servant_id=OFFICE_HEAD_ID)

    with pytest.raises(Forbidden):
        await pass_stage(uow, period, REPORTING, CHAIR, grades(7, 7, 7))


async def test_nobody_delegates_what_is_anothers(uow: MemoryUnitOfWork) -> None:
    period = await year(uow)

    with pytest.raises(Forbidden):
        await delegate(
            uow, period, REPORTING, DEPUTY_ID, actor=CHAIR, from_civil_servant_id=OFFICE_HEAD_ID
        )


async def test_a_delegation_is_over_after_its_last_day(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await year(uow)
    await assess(uow, period, grades(9, 9, 9))
    await delegate(uow, period, REPORTING, DEPUTY_ID, from_civil_servant_id=OFFICE_HEAD_ID)
    clock.pass_days(1)

    with pytest.raises(Forbidden):
        await pass_stage(uow, period, REPORTING, DEPUTY, grades(7, 7, 7))


async def test_the_delegate_is_charged_who_was_late(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await year(uow)
    await delegate(
        uow,
        period,
        REVIEWING,
        DEPUTY_ID,
        from_civil_servant_id=CHAIR_ID,
        valid_from=LAST_DAYS[REVIEWING],
        until=LAST_DAYS[REVIEWING],
    )
    clock.at = last_minute(LAST_DAYS[REVIEWING]) + timedelta(minutes=1)
    await watched(uow)

    file = await file_of(uow, period)

    assert file.file is not None
    assert [each.charged for each in file.file.entries] == [LAN_ID, OFFICE_HEAD_ID, DEPUTY_ID]


async def test_where_nobody_has_a_stage_an_acting_approver_has(uow: MemoryUnitOfWork) -> None:
    period = await year(uow)
    head = scenes.appointment_row("H32", "LANH-DAO", valid_to=date(2026, 8, 1))
    await scenes.sync(uow, people=[scenes.person_row("cb-100", "Ngô Thị Tỉnh", head)])
    await assess(uow, period, grades(9, 9, 9))
    await score(uow, period, grades(7, 7, 7))
    await pass_stage(uow, period, REVIEWING, CHAIR)
    waiting = await file_of(uow, period)
    assert waiting.file is not None
    assert (waiting.file.current, waiting.file.waits_for) == (ACCEPTING, None)
    acting = Actor(
        subject="acting",
        roles=frozenset({Role.MANAGER}),
        province="56",
        unit=PROVINCE_HEAD.unit,
        officer=ref("cb-021").ours("cs"),
    )
    await delegate(uow, period, ACCEPTING, acting.officer or "", unit_id=period.scope_unit_id)

    evaluation = await pass_stage(uow, period, ACCEPTING, acting)

    assert evaluation.file is not None
    assert evaluation.file.current is None
