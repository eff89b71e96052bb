"""Opening a period on rules and catalogue it holds, and moving it on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.domain.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Unauthenticated,
    Unavailable,
)
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import scenes
from evaluation.people import (
    ADMIN,
    CHAIR,
    COMMUNE,
    LAN,
    OFFICE,
    OTHER_ADMIN,
    OTHER_COMMUNE,
)
from evaluation_service.application import reactions
from evaluation_service.application.collections import PERIODS
from evaluation_service.application.periods import commands as periods
from evaluation_service.domain.periods.period_events import PeriodClosed, PeriodOpened
from evaluation_service.domain.periods.states import PeriodState
from support.clock import FixedClock


async def test_an_opened_period_pins_policies_and_releases(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)

    period = await scenes.open_period(
        uow,
        switches=[{"policy": "ND335-2025-STAFF", "name": "quota_base", "value": "HTT_OR_BETTER"}],
    )

    assert period.state is PeriodState.OPEN
    assert period.unit_ids == tuple(sorted((COMMUNE, OFFICE)))
    assert period.policies.references == tuple(
        shipped_policy(f"ND335-2025-{each}").ref for each in ("STAFF", "DEPUTY", "LEADER")
    )
    assert period.policies.staff.switches == {"quota_base": "HTT_OR_BETTER"}
    assert period.release_ids == (scenes.RELEASE,)
    assert [event for event in uow.outbox if isinstance(event, PeriodOpened)] == [
        PeriodOpened(
            period_id=period.id,
            name="Quý III năm 2026",
            kind=period.kind,
            province="56",
            scope_unit_id=COMMUNE,
            unit_ids=period.unit_ids,
            starts_on=scenes.JULY,
            ends_on=scenes.OCTOBER,
            policies=period.policies.references,
            release_ids=(scenes.RELEASE,),
            minimum_answers=30,
            period_code="2026-Q3",
        )
    ]


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"release_ids": ["rel_x"]}, NotFound, "input.releaseIds.0"),
        ({"release_ids": []}, Invalid, "input.releaseIds"),
        ({"staff_policy": "NO-SUCH"}, NotFound, "input.staffPolicy"),
        ({"staff_policy": "ND335-2025-STAFF@9"}, NotFound, "input.staffPolicy"),
        ({"staff_policy": "ND335-2025-LEADER"}, Invalid, "input.staffPolicy"),
        ({"scope_unit_id": "unit_x"}, NotFound, "input.scopeUnitId"),
        ({"ends_on": scenes.JULY}, Invalid, "input.endsOn"),
        ({"name": " "}, Invalid, "input.name"),
        ({"appeal_days": 91}, Invalid, "input.appealDays"),
        (
            {"switches": [{"policy": "OTHER", "name": "x", "value": "y"}]},
            Invalid,
            "input.switches.0.policy",
        ),
        (
            {"switches": [{"policy": "ND335-2025-STAFF", "name": "quota_base", "value": "y"}]},
            Invalid,
            "input.switches.0",
        ),
    ],
)
async def test_a_period_on_anything_unknown_is_refused(
    uow: MemoryUnitOfWork,
    changes: dict[str, object],
    error: type[Exception],
    field: str,
) -> None:
    await scenes.commune(uow)
    told = len(uow.outbox)

    with pytest.raises(error) as refused:
        await scenes.open_period(uow, **changes)

    assert getattr(refused.value, "field", None) == field
    assert (await uow.reading().store(PERIODS).count(), len(uow.outbox)) == (0, told)


@pytest.mark.parametrize(("province", "refused"), [("01", True), ("56", False), (None, False)])
async def test_a_release_of_another_province_opens_no_period(
    uow: MemoryUnitOfWork, province: str | None, refused: bool
) -> None:
    await scenes.commune(uow)
    async with uow.begin() as tx:
        release = replace(scenes.release_fact(0, "rel_2"), province=province)
        await reactions.keep_release(release, tx)

    if not refused:
        assert (await scenes.open_period(uow, release_ids=("rel_2",))).release_ids == ("rel_2",)
        return
    with pytest.raises(Invalid) as told:
        await scenes.open_period(uow, release_ids=("rel_2",))
    assert (told.value.field, told.value.rule_id) == ("input.releaseIds.0", "C-I6")


async def test_a_release_whose_versions_still_arrive_is_unavailable(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await reactions.keep_release(scenes.release_fact(5, "rel_2"), tx)

    with pytest.raises(Unavailable, match="0 of 5 versions"):
        await scenes.open_period(uow, release_ids=["rel_2"])


async def test_two_periods_do_not_rate_the_same_days(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    await scenes.open_period(uow)

    with pytest.raises(Conflict) as refused:
        await scenes.open_period(
            uow, name="Quý trùng", starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 1)
        )
    await scenes.open_period(uow, name="Xã bên", scope_unit_id=OTHER_COMMUNE)
    await scenes.open_period(uow, name="Quý IV", starts_on=scenes.OCTOBER, ends_on=date(2027, 1, 1))

    assert refused.value.rule_id == "E-I10"
    assert await uow.reading().store(PERIODS).count() == 3


async def test_a_period_opened_again_with_the_same_values_is_the_one_that_is_there(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    opened = await scenes.open_period(uow)
    frozen = await scenes.move(uow, opened, "freeze")
    told = len(uow.outbox)

    again = await scenes.open_period(uow)

    assert (again.id, again.state, again.revision) == (opened.id, frozen.state, frozen.revision)
    assert len(uow.outbox) == told


SAYS_ANOTHER: Mapping[str, object] = {
    "name": "Kỳ khác",
    "ends_on": date(2026, 9, 30),
    "minimum_answers": 31,
    "review_sla_days": 4,
    "appeal_days": 11,
    "objectives_until": date(2026, 8, 3),
    "staff_policy": "KHANHHOA-2025",
}


@pytest.mark.parametrize("name", SAYS_ANOTHER)
async def test_a_period_opened_again_with_another_value_is_refused(
    uow: MemoryUnitOfWork, name: str
) -> None:
    await scenes.commune(uow)
    opened = await scenes.open_period(uow)
    told = len(uow.outbox)

    with pytest.raises(Conflict) as refused:
        await scenes.open_period(uow, **{name: SAYS_ANOTHER[name]})

    assert (refused.value.rule_id, len(uow.outbox)) == ("E-I10", told)
    assert await uow.reading().store(PERIODS).get(opened.id) == opened


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        (ANONYMOUS, Unauthenticated),
        (CHAIR, Forbidden),
        (LAN, Forbidden),
        (OTHER_ADMIN, Forbidden),
    ],
)
async def test_only_the_administrator_of_the_province_opens_and_moves(
    uow: MemoryUnitOfWork, actor: Actor, error: type[Exception]
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    told = len(uow.outbox)

    with pytest.raises(error):
        await scenes.open_period(uow, actor=actor, scope_unit_id=OTHER_COMMUNE)
    with pytest.raises(error):
        await scenes.move(uow, period, "freeze", actor=actor)

    assert await scenes.now_is(uow, period) == period
    assert len(uow.outbox) == told


async def test_a_step_on_an_old_revision_is_refused(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    command = periods.FreezePeriod(
        actor=ADMIN, idempotency_key=scenes.key(), period_id=period.id, expected_revision=0
    )

    with pytest.raises(Conflict, match="revision 1, you expected 0"):
        await perform(periods.freeze_period, command, uow)


@pytest.mark.parametrize("step", ["publish", "close"])
async def test_no_step_is_skipped(uow: MemoryUnitOfWork, step: str) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)

    with pytest.raises(Conflict) as refused:
        await scenes.move(uow, period, step)

    assert refused.value.rule_id == "E-I3"
    assert await scenes.now_is(uow, period) == period


async def test_E_I3_a_closed_period_takes_no_step_and_no_input(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    closed = await scenes.move(uow, period, "close")
    told = len(uow.outbox)

    for step in ("freeze", "publish", "close"):
        with pytest.raises(Conflict):
            await scenes.move(uow, period, step)
    with pytest.raises(Conflict) as refused:
        await scenes.assign(uow, period)

    assert refused.value.rule_id == "E-I3"
    assert await scenes.now_is(uow, period) == closed
    assert len(uow.outbox) == told


async def test_it_closes_after_the_last_day_for_appeals(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow, appeal_days=5)
    await scenes.reviewed(uow, period)
    published = await scenes.move(uow, period, "publish")

    with pytest.raises(Conflict, match="appeals may be filed until 2026-08-17"):
        await scenes.move(uow, period, "close")
    clock.at += timedelta(days=8)
    closed = await scenes.move(uow, period, "close")

    assert published.state is PeriodState.APPEAL_WINDOW
    assert closed.state is PeriodState.CLOSED
    assert closed.seal is not None
    told = [event.seal_hash for event in uow.outbox if isinstance(event, PeriodClosed)]
    assert told == [closed.seal.hash]
