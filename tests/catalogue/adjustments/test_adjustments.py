"""A place asks for another norm; the unit above decides; one query tells what holds."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from catalogue import facts, scenes
from catalogue.adjustment_steps import NEXT_YEAR, decide, expire, in_place, propose, stored
from catalogue.people import (
    APPRAISER,
    COMMITTEE,
    COMMUNE,
    EVERY_ROLE,
    HEAD,
    OTHER_COMMITTEE,
    OTHER_HEAD,
    person,
)
from catalogue_service.application.adjustments.queries import effective_norms
from catalogue_service.application.collections import ADJUSTMENTS
from catalogue_service.domain.adjustments.adjustments import (
    AdjustmentApproved,
    AdjustmentExpired,
    AdjustmentState,
    Norm,
)
from catalogue_service.domain.common.kinds import LocalityType
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from support.clock import FixedClock


@pytest.fixture
async def placed(any_uow: UnitOfWork) -> UnitOfWork:
    return await in_place(any_uow)


async def coefficient(uow: UnitOfWork, unit: str, day: date) -> tuple[Decimal, str | None]:
    norms = await effective_norms(uow.reading(), scenes.PLAN, unit, day)
    assert norms is not None
    adjusted = norms.adjusted(Norm.COEFFICIENT)
    common = norms.version.content.coefficient
    return (adjusted.value, adjusted.id) if adjusted else (common, None)


async def test_an_approved_adjustment_holds_in_its_unit_and_below_for_its_time(
    placed: UnitOfWork,
) -> None:
    adjustment = await decide(placed, await propose(placed))

    assert adjustment.state is AdjustmentState.APPROVED
    assert await coefficient(placed, COMMUNE, scenes.JULY) == (Decimal(3), adjustment.id)
    assert await coefficient(placed, "unit_team", scenes.JULY) == (Decimal(3), adjustment.id)
    assert await coefficient(placed, "unit_province", scenes.JULY) == (Decimal("2.5"), None)
    assert await coefficient(placed, COMMUNE, NEXT_YEAR) == (Decimal("2.5"), None)


async def test_a_proposed_or_refused_adjustment_holds_nowhere(placed: UnitOfWork) -> None:
    adjustment = await propose(placed)
    before = await coefficient(placed, COMMUNE, scenes.JULY)
    refused = await decide(placed, adjustment, approve=False, reason="Chưa có căn cứ")

    assert before == (Decimal("2.5"), None)
    assert refused.state is AdjustmentState.REJECTED
    assert await coefficient(placed, COMMUNE, scenes.JULY) == (Decimal("2.5"), None)


async def test_the_nearest_unit_decides_what_holds(placed: UnitOfWork) -> None:
    await decide(placed, await propose(placed))
    team_head = person("team-head", Role.UNIT_HEAD, unit="unit_team")
    near = await decide(placed, await propose(placed, "2", actor=team_head), actor=HEAD)

    assert await coefficient(placed, "unit_team", scenes.JULY) == (Decimal(2), near.id)


@pytest.mark.parametrize(
    ("value", "norm"),
    [
        ("3.26", Norm.COEFFICIENT),
        ("1.74", Norm.COEFFICIENT),
        ("2.5", Norm.COEFFICIENT),
        ("0.66", Norm.STANDARD_HOURS),
        ("1.2", Norm.LEAD_DAYS),
        ("2", Norm.LEAD_DAYS),
        ("NaN", Norm.COEFFICIENT),
    ],
)
async def test_C_I7_a_local_norm_stays_within_reach_of_the_common_one(
    placed: UnitOfWork, value: str, norm: Norm
) -> None:
    with pytest.raises(Invalid) as refusal:
        await propose(placed, value, norm)

    assert (refusal.value.rule_id, refusal.value.field) == ("C-I7", "input.value")
    assert await placed.reading().store(ADJUSTMENTS).count() == 0


@pytest.mark.parametrize("actor", [ANONYMOUS, APPRAISER, COMMITTEE, OTHER_HEAD])
async def test_only_the_units_own_people_ask(placed: UnitOfWork, actor: Actor) -> None:
    with pytest.raises((Unauthenticated, Forbidden, NotFound)):
        await propose(placed, actor=actor)

    assert await placed.reading().store(ADJUSTMENTS).count() == 0


@pytest.mark.parametrize("actor", [HEAD, OTHER_HEAD, OTHER_COMMITTEE, APPRAISER])
async def test_only_the_unit_above_decides(placed: UnitOfWork, actor: Actor) -> None:
    adjustment = await propose(placed)

    with pytest.raises(Forbidden):
        await decide(placed, adjustment, actor=actor)

    assert await stored(placed, adjustment.id) == adjustment


async def test_C_I3_whoever_asked_does_not_decide(placed: UnitOfWork) -> None:
    adjustment = await propose(placed, actor=EVERY_ROLE)

    with pytest.raises(Forbidden) as refusal:
        await decide(placed, adjustment, actor=EVERY_ROLE)

    assert refusal.value.rule_id == "C-I3"


async def test_C_I2_two_adjustments_of_one_norm_never_overlap(placed: UnitOfWork) -> None:
    await decide(placed, await propose(placed))
    other = await propose(placed, "2.8", valid_from=date(2027, 6, 30), valid_to=date(2028, 1, 1))
    later = await propose(placed, "2.8", valid_from=NEXT_YEAR, valid_to=date(2028, 1, 1))

    with pytest.raises(Conflict) as refusal:
        await decide(placed, other)

    assert refusal.value.rule_id == "C-I2"
    assert (await decide(placed, later)).state is AdjustmentState.APPROVED


async def test_C_I2_an_adjustment_may_end_on_the_day_the_next_one_starts(
    placed: UnitOfWork,
) -> None:
    await decide(
        placed, await propose(placed, "2.8", valid_from=NEXT_YEAR, valid_to=date(2028, 1, 1))
    )
    overlapping = await propose(placed, "3", valid_to=NEXT_YEAR + timedelta(days=1))
    before = await propose(placed, "3", valid_to=NEXT_YEAR)

    with pytest.raises(Conflict):
        await decide(placed, overlapping)

    assert (await decide(placed, before)).state is AdjustmentState.APPROVED
    eve = await coefficient(placed, COMMUNE, NEXT_YEAR - timedelta(days=1))
    assert [eve[0], (await coefficient(placed, COMMUNE, NEXT_YEAR))[0]] == [
        Decimal(3),
        Decimal("2.8"),
    ]


async def test_C_I5_an_adjustment_never_starts_in_the_past(placed: UnitOfWork) -> None:
    with pytest.raises(Invalid) as refusal:
        await propose(placed, valid_from=scenes.TODAY - timedelta(days=1))

    assert refusal.value.rule_id == "C-I5"
    with pytest.raises(Invalid, match="not after it starts"):
        await propose(placed, valid_to=scenes.JULY)


async def test_C_I8_an_adjustment_is_of_a_published_version_in_its_reach(
    placed: UnitOfWork,
) -> None:
    draft = await scenes.draft(placed)

    for unknown in (draft.id, f"{scenes.PLAN}@9"):
        with pytest.raises(NotFound) as refusal:
            await propose(placed, version_id=unknown)
        assert refusal.value.rule_id == "C-I8"


async def test_a_unit_without_a_kind_of_locality_cannot_ask(uow: MemoryUnitOfWork) -> None:
    await facts.tell_units(uow, replace(facts.UNIT, locality_type=None))
    await scenes.published(uow, scenes.PLAN)

    with pytest.raises(Invalid, match="no kind of locality"):
        await propose(uow)


async def test_an_adjustment_ends_by_itself_and_tells(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    await facts.tell_units(uow, facts.UNIT, facts.PROVINCE)
    await scenes.published(uow, scenes.PLAN)
    adjustment = await decide(uow, await propose(uow))
    clock.at = clock.at.replace(year=2027, month=6, day=30)
    early = await expire(uow)
    clock.at = clock.at.replace(month=7, day=1)
    due = await expire(uow)

    kept = await stored(uow, adjustment.id)
    assert (early, due, kept.state) == (0, 1, AdjustmentState.EXPIRED)
    assert [type(event) for event in uow.outbox[-2:]] == [AdjustmentApproved, AdjustmentExpired]
    assert await coefficient(uow, COMMUNE, scenes.JULY) == (Decimal(3), adjustment.id)


async def test_kinds_of_locality_reach_differently_far(placed: UnitOfWork) -> None:
    urban = replace(facts.UNIT, locality_type=LocalityType.URBAN, revision=3)
    await facts.tell_units(placed, urban)

    with pytest.raises(Invalid, match=r"2\.25 to 2\.75"):
        await propose(placed, "3")

    assert (await propose(placed, "2.75")).locality is LocalityType.URBAN
