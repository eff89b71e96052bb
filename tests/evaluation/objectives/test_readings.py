"""Readings: one enters, another confirms, a correction is a new one (E-I15)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import DomainError
from evaluation import objective_scenes as o
from evaluation import scenes
from evaluation.people import (
    CHAIR,
    COMMUNE,
    DEPUTY,
    LAN,
    MINH,
    NEIGHBOUR_HEAD,
    OFFICE_HEAD,
    PORTAL,
    PROVINCE_HEAD,
    person,
)
from evaluation_service.application.collections import READINGS, SCORECARDS
from evaluation_service.domain.objectives.objectives import Objective
from evaluation_service.domain.objectives.readings import (
    ReadingConfirmed,
    ReadingSource,
    ReadingState,
    last_confirmed,
)


async def set_objective(uow: MemoryUnitOfWork) -> Objective:
    """Lan's, set by the chair."""
    return await o.define(uow, await o.scorecards(uow, switches=(o.WARN,)))


async def refused(uow: MemoryUnitOfWork, step: Any) -> DomainError:
    before, told = await uow.reading().store(READINGS).select(), len(uow.outbox)
    with pytest.raises(DomainError) as error:
        await step
    assert await uow.reading().store(READINGS).select() == before
    assert len(uow.outbox) == told
    return error.value


async def counted(uow: MemoryUnitOfWork, objective: Objective) -> str | None:
    """The figure that the score would read now."""
    [card] = await uow.reading().store(SCORECARDS).select()
    line = next(each for each in card.lines if each.objective_id == objective.id)
    return None if line.reading is None else str(line.reading.value)


ENTERERS = {
    "herself": (LAN, ReadingSource.PERSON),
    "her head": (OFFICE_HEAD, ReadingSource.PERSON),
    "the system": (o.SYSTEM, ReadingSource.SYSTEM),
}


@pytest.mark.parametrize("who", ENTERERS)
async def test_a_reading_counts_once_another_confirmed_it(uow: MemoryUnitOfWork, who: str) -> None:
    actor, source = ENTERERS[who]
    objective = await set_objective(uow)

    entered = await o.record(uow, objective, "92", actor=actor)
    before = await counted(uow, objective)
    confirmed = await o.decide(uow, entered)

    assert (entered.source, entered.state, before) == (source, ReadingState.ENTERED, None)
    assert (confirmed.state, await counted(uow, objective)) == (ReadingState.CONFIRMED, "92")
    assert [type(each) for each in uow.outbox][-1] is ReadingConfirmed


SETTERS = {
    "by the person": replace(CHAIR, subject="another-account"),
    "by the account": replace(CHAIR, officer="cs_somebody"),
}


@pytest.mark.parametrize("how", SETTERS)
async def test_E_I15_whoever_set_the_target_enters_no_figure(
    uow: MemoryUnitOfWork, how: str
) -> None:
    objective = await set_objective(uow)

    refusal = await refused(uow, o.record(uow, objective, actor=SETTERS[how]))

    assert (refusal.code, refusal.rule_id) == ("FORBIDDEN", "E-I15")


async def test_E_I15_whoever_set_an_earlier_version_enters_no_figure(
    uow: MemoryUnitOfWork,
) -> None:
    objective = await set_objective(uow)
    revised = await o.revise(uow, objective, o.eased(o.content(), "110"), actor=DEPUTY)

    for setter in (CHAIR, DEPUTY):
        assert (await refused(uow, o.record(uow, revised, actor=setter))).rule_id == "E-I15"


async def test_E_I15_a_token_that_names_nobody_enters_no_figure(uow: MemoryUnitOfWork) -> None:
    objective = await set_objective(uow)

    step = o.record(uow, objective, actor=replace(OFFICE_HEAD, officer=None))
    assert (await refused(uow, step)).rule_id == "E-I15"


@pytest.mark.parametrize(
    "actor",
    [
        MINH,
        NEIGHBOUR_HEAD,
        PORTAL,
        replace(o.SYSTEM, province="01"),
        replace(OFFICE_HEAD, province="01"),
    ],
    ids=["a colleague", "another unit's head", "another system", "elsewhere", "a head elsewhere"],
)
async def test_a_stranger_enters_no_figure(uow: MemoryUnitOfWork, actor: Actor) -> None:
    objective = await set_objective(uow)

    assert (await refused(uow, o.record(uow, objective, actor=actor))).code == "FORBIDDEN"


async def test_a_units_figure_is_entered_in_the_unit(uow: MemoryUnitOfWork) -> None:
    period = await o.scorecards(uow)
    top = await o.define(uow, period, unit_id=COMMUNE, code="TC", actor=PROVINCE_HEAD)

    entered = await o.record(uow, top, actor=o.CLERK)
    outsider = person("outsider", Role.OFFICER, unit="unit_x", officer="cs_outsider")

    assert entered.civil_servant_id is None
    assert (await refused(uow, o.record(uow, top, actor=outsider))).code == "FORBIDDEN"


@pytest.mark.parametrize("how", ["by the person", "by the account"])
async def test_E_I15_whoever_entered_a_figure_does_not_confirm_it(
    uow: MemoryUnitOfWork, how: str
) -> None:
    objective = await set_objective(uow)
    entered = await o.record(uow, objective, actor=DEPUTY)
    herself = {
        "by the person": replace(DEPUTY, subject="another-account"),
        "by the account": replace(DEPUTY, officer="cs_somebody"),
    }

    refusal = await refused(uow, o.decide(uow, entered, actor=herself[how]))

    assert (refusal.code, refusal.rule_id) == ("FORBIDDEN", "E-I15")


async def test_E_I15_a_system_does_not_confirm_its_own_figure(uow: MemoryUnitOfWork) -> None:
    objective = await set_objective(uow)
    entered = await o.record(uow, objective, actor=o.SYSTEM)

    refusal = await refused(uow, o.decide(uow, entered, actor=o.SYSTEM))

    assert refusal.rule_id == "E-I15"


async def test_the_system_that_the_indicator_names_confirms_what_a_person_entered(
    uow: MemoryUnitOfWork,
) -> None:
    objective = await set_objective(uow)
    entered = await o.record(uow, objective, "92", actor=LAN)

    stranger = await refused(uow, o.decide(uow, entered, actor=PORTAL))
    await o.decide(uow, entered, actor=o.SYSTEM)

    assert stranger.code == "FORBIDDEN"
    assert await counted(uow, objective) == "92"


async def test_E_I4_nobody_confirms_a_figure_about_themselves(uow: MemoryUnitOfWork) -> None:
    objective = await set_objective(uow)
    entered = await o.record(uow, objective, actor=OFFICE_HEAD)
    herself = replace(DEPUTY, officer=LAN.officer)

    assert (await refused(uow, o.decide(uow, entered, actor=herself))).rule_id == "E-I4"


async def test_what_is_refused_counts_nowhere(uow: MemoryUnitOfWork) -> None:
    objective = await set_objective(uow)
    entered = await o.record(uow, objective)

    decided = await o.decide(uow, entered, confirmed=False)

    assert (decided.state, decided.decision_reason) == (
        ReadingState.REFUSED,
        "Không khớp hệ thống",
    )
    assert await counted(uow, objective) is None


async def test_a_reading_is_decided_on_once(uow: MemoryUnitOfWork) -> None:
    objective = await set_objective(uow)
    decided = await o.decide(uow, await o.record(uow, objective))

    assert (await refused(uow, o.decide(uow, decided))).rule_id == "E-I15"


async def test_the_newest_figure_counts_and_not_the_last_entered(uow: MemoryUnitOfWork) -> None:
    objective = await set_objective(uow)
    for day, value in ((8, "92"), (5, "40")):
        await o.read(uow, objective, value, measured_on=date(2026, 8, day))

    assert await counted(uow, objective) == "92"


async def test_a_correction_is_a_new_reading_and_counts_once_confirmed(
    uow: MemoryUnitOfWork,
) -> None:
    objective = await set_objective(uow)
    wrong = await o.read(uow, objective, "92")
    earlier = date(2026, 8, 1)

    right = await o.record(uow, objective, "29", corrects_id=wrong.id, measured_on=earlier)
    before = await counted(uow, objective)
    await o.decide(uow, right)

    assert (before, await counted(uow, objective)) == ("92", "29")
    assert await o.reading_now(uow, wrong) == wrong


async def test_a_correction_names_a_reading_of_the_same_objective(uow: MemoryUnitOfWork) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))
    first = await o.define(uow, period, o.content(weight="50"))
    other = await o.define(uow, period, o.content(weight="50"), code="MT-02")
    wrong = await o.record(uow, first)

    refusal = await refused(uow, o.record(uow, other, corrects_id=wrong.id))

    assert refusal.field == "input.correctsId"


@pytest.mark.parametrize("day", [date(2026, 6, 30), date(2026, 8, 11)])
async def test_a_reading_is_of_a_day_of_the_period_that_has_come(
    uow: MemoryUnitOfWork, day: date
) -> None:
    objective = await set_objective(uow)

    refusal = await refused(uow, o.record(uow, objective, measured_on=day))

    assert (refusal.field or "").endswith("measuredOn")


async def test_an_objective_with_a_figure_is_not_withdrawn(uow: MemoryUnitOfWork) -> None:
    objective = await set_objective(uow)
    await o.record(uow, objective)

    assert (await refused(uow, o.withdraw(uow, objective))).code == "CONFLICT"


async def test_of_two_figures_of_one_day_the_one_entered_later_counts(
    uow: MemoryUnitOfWork,
) -> None:
    objective = await set_objective(uow)
    first = await o.read(uow, objective, "92")
    second = replace(first, id="reading_0", entered_at=first.entered_at.replace(hour=4))

    assert last_confirmed([second, first]) == second
    assert scenes.NOW.hour == 3
