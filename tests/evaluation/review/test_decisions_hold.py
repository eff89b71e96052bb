"""What was decided on a result holds in every further scoring of it (E-I3)."""

import json
from collections.abc import Awaitable, Callable
from fractions import Fraction

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Eq
from evaluation import review_scenes, scenes, work_scenes
from evaluation.people import CHAIR_ID, LAN, LAN_ID, MINH_ID, OFFICE_HEAD
from evaluation.review_scenes import decide_audit, post_audit
from evaluation.scenes import Pump, evaluation_of
from evaluation_service.application.collections import ASSIGNMENTS
from evaluation_service.application.results.decided import decisions_on
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.review.corrections import Correction
from evaluation_service.domain.work.assignments import Assignment


async def work_of(uow: MemoryUnitOfWork, civil_servant_id: str) -> Assignment:
    [work] = await uow.reading().store(ASSIGNMENTS).select(Eq("civil_servant_id", civil_servant_id))
    return work


async def audited(uow: MemoryUnitOfWork, civil_servant_id: str, correction: Correction) -> None:
    """By a decision before the publication."""
    audit = await post_audit(uow, civil_servant_id)
    period = (await work_of(uow, civil_servant_id)).period_id
    evaluation = await evaluation_of(uow, await scenes.now_is_id(uow, period), civil_servant_id)
    await decide_audit(uow, audit, evaluation, correction)


Again = Callable[[MemoryUnitOfWork, EvaluationPeriod], Awaitable[None]]


async def scored_again(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> None:
    await review_scenes.rescored(uow, period)
    await Pump(uow).run()


async def frozen_again(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> None:
    opened = await review_scenes.unfrozen(uow, period)
    await Pump(uow).run()
    await scenes.reviewed(uow, opened)


@pytest.mark.parametrize("again", [scored_again, frozen_again])
async def test_E_I3_a_further_scoring_undoes_no_decision(
    uow: MemoryUnitOfWork, again: Again
) -> None:
    period = await review_scenes.reviewed(uow)
    before = await evaluation_of(uow, period, MINH_ID)
    await audited(uow, MINH_ID, await review_scenes.all_done(uow, MINH_ID))
    decided = await evaluation_of(uow, period, MINH_ID)

    await again(uow, period)

    minh = await evaluation_of(uow, period, MINH_ID)
    assert before.sheet is not None
    assert decided.sheet is not None
    assert minh.sheet is not None
    assert before.sheet.total != decided.sheet.total == Fraction(100)
    assert (minh.sheet.total, minh.sheet.basis, minh.sheet.attempt) == (Fraction(100), "pa_1", 2)
    assert (await scenes.now_is(uow, period)).state is PeriodState.REVIEW


async def test_E_I3_a_late_check_undoes_no_decision_on_the_same_work(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period)
    await scenes.report(uow, given, "2")
    await scenes.rate(uow, period, LAN_ID)
    await scenes.reviewed(uow, period)
    await audited(uow, LAN_ID, await review_scenes.all_done(uow, LAN_ID))
    decided = await evaluation_of(uow, period, LAN_ID)

    await scenes.accept(uow, await work_of(uow, LAN_ID), actor=OFFICE_HEAD)

    lan = await evaluation_of(uow, period, LAN_ID)
    assert decided.sheet is not None
    assert lan.sheet is not None
    assert (decided.sheet.total, lan.sheet.total) == (Fraction(100), Fraction(100))
    assert lan.sheet.number == decided.sheet.number + 1


async def test_work_that_a_decision_was_about_may_be_taken_back(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    dropped = await scenes.assign(uow, period, MINH_ID)
    await scenes.rate(uow, period, MINH_ID)
    await scenes.reviewed(uow, period)
    await audited(uow, MINH_ID, await review_scenes.all_done(uow, MINH_ID))
    opened = await review_scenes.unfrozen(uow, period)
    await Pump(uow).run()

    await work_scenes.cancel(uow, dropped)
    await scenes.reviewed(uow, opened)

    minh = await evaluation_of(uow, period, MINH_ID)
    assert minh.sheet is not None
    assert (minh.sheet.outcome, minh.sheet.attempt) == ("NOT_EVALUABLE", 2)


async def test_a_decision_on_who_is_led_is_no_decision_on_the_leader(
    uow: MemoryUnitOfWork,
) -> None:
    """The leader's sheet rests on it; what that one counted is read anew in the next scoring."""
    period = await review_scenes.reviewed(uow)
    await audited(uow, MINH_ID, await review_scenes.all_done(uow, MINH_ID))
    chair, minh = [await evaluation_of(uow, period, id) for id in (CHAIR_ID, MINH_ID)]
    assert [each.sheet and each.sheet.basis for each in (chair, minh)] == ["pa_1", "pa_1"]

    decided = await decisions_on([chair, minh], uow.reading())

    assert decided == {chair.id: frozenset(), minh.id: frozenset({"pa_1"})}


async def test_E_I11_the_leader_is_rated_on_those_led_as_they_are_in_the_next_scoring(
    uow: MemoryUnitOfWork,
) -> None:
    period = await review_scenes.reviewed(uow)
    await audited(uow, MINH_ID, await review_scenes.all_done(uow, MINH_ID))
    opened = await review_scenes.unfrozen(uow, period)
    await Pump(uow).run()
    lans = await scenes.assign(uow, opened, quantity="1000")
    await scenes.report(uow, lans, "1")

    await scenes.reviewed(uow, opened)

    lan, minh, chair = [await evaluation_of(uow, opened, id) for id in (LAN_ID, MINH_ID, CHAIR_ID)]
    assert (lan.band, minh.band) == ("KHT", "HTT")
    assert chair.sheet is not None
    assert json.loads(chair.sheet.snapshot)["unit"]["not_completed"] == "1"
