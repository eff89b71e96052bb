"""General criteria and self-assessment."""

from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.domain.errors import Conflict, DomainError, Forbidden, Invalid, Unauthenticated
from evaluation import scenes
from evaluation.people import (
    CHAIR_ID,
    DEPUTY_ID,
    EVERY_ROLE,
    LAN,
    LAN_ID,
    MINH,
    NEIGHBOUR_HEAD,
    NEIGHBOUR_ID,
    OFFICE_HEAD,
    PROVINCE_HEAD,
)
from evaluation_service.application.collections import EVALUATIONS
from evaluation_service.application.results import commands as ratings
from evaluation_service.domain.results.inputs import GivenInputs, Organising, Rating, Unity
from evaluation_service.domain.results.states import EvaluationState


def points(key: str, value: str) -> GivenInputs:
    return GivenInputs(general=(Rating(key=key, points=Decimal(value)),))


async def test_a_superior_rates_and_later_ratings_replace_one_by_one(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    first = await scenes.rate(uow, period, LAN_ID)

    second = await scenes.rate(
        uow, period, LAN_ID, inputs=points("III.1", "0"), revision=first.revision, actor=OFFICE_HEAD
    )

    given = {rating.key: rating.points for rating in second.given.general}
    assert second.state is EvaluationState.MANAGER_SCORED
    assert (len(given), given["III.1"], given["I.1"]) == (10, Decimal(0), Decimal(5))
    assert [each.subject for each in second.involved] == ["chair", "office-head"]


@pytest.mark.parametrize("inputs", [points("I.1", "5.5"), points("I.1", "-1"), points("IX.9", "1")])
async def test_points_outside_the_policy_are_refused(
    uow: MemoryUnitOfWork, inputs: GivenInputs
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)

    with pytest.raises(Invalid):
        await scenes.rate(uow, period, LAN_ID, inputs=inputs)

    assert await uow.reading().store(EVALUATIONS).count() == 0


async def test_organising_and_unity_are_for_leaders(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    led = GivenInputs(organising=Organising.FULL, unity=Unity.CONFLICT)

    with pytest.raises(Invalid):
        await scenes.rate(uow, period, LAN_ID, inputs=led)
    deputy = await scenes.rate(uow, period, DEPUTY_ID, inputs=led)

    assert (deputy.given.organising, deputy.given.unity) == (Organising.FULL, Unity.CONFLICT)


@pytest.mark.parametrize(
    ("actor", "civil_servant_id", "error"),
    [
        (ANONYMOUS, LAN_ID, Unauthenticated),
        (MINH, LAN_ID, Forbidden),
        (NEIGHBOUR_HEAD, LAN_ID, Forbidden),
        (OFFICE_HEAD, CHAIR_ID, Forbidden),
        (PROVINCE_HEAD, NEIGHBOUR_ID, Invalid),
    ],
)
async def test_nobody_else_rates(
    uow: MemoryUnitOfWork, actor: Actor, civil_servant_id: str, error: type[DomainError]
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    told = len(uow.outbox)

    with pytest.raises(error):
        await scenes.rate(uow, period, civil_servant_id, actor=actor)

    assert (await uow.reading().store(EVALUATIONS).count(), len(uow.outbox)) == (0, told)


async def test_E_I4_nobody_rates_themself_whatever_the_roles(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)

    with pytest.raises(Forbidden) as refused:
        await scenes.rate(uow, period, LAN_ID, actor=EVERY_ROLE)

    assert refused.value.rule_id == "E-I4"


async def test_two_superiors_at_once_do_not_overwrite_each_other(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.rate(uow, period, LAN_ID)

    with pytest.raises(Conflict):
        await scenes.rate(uow, period, LAN_ID, actor=OFFICE_HEAD, inputs=points("I.1", "1"))


async def test_self_assessment_stands_beside_the_superiors(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    command = ratings.SelfAssess(
        actor=LAN,
        idempotency_key=scenes.key(),
        period_id=period.id,
        expected_revision=0,
        ratings=points("III.1", "2.5"),
    )

    assessed = await perform(ratings.self_assess, command, uow)
    rated = await scenes.rate(uow, period, LAN_ID, revision=assessed.revision)

    assert assessed.state is EvaluationState.SELF_ASSESSED
    assert assessed.given == GivenInputs()
    assert (rated.state, rated.self_assessed) == (
        EvaluationState.MANAGER_SCORED,
        points("III.1", "2.5"),
    )
