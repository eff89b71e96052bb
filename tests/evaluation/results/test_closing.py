"""From the freeze to the seal."""

from datetime import date
from fractions import Fraction

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Eq
from congvu_kit.domain.actor import Role
from congvu_kit.domain.errors import Conflict, Invalid
from evaluation import review_scenes, scenes
from evaluation.people import (
    CHAIR,
    CHAIR_ID,
    COMMUNE,
    DEPUTY,
    DEPUTY_ID,
    LAN,
    LAN_ID,
    MINH,
    MINH_ID,
    NEIGHBOUR_ID,
    OFFICE,
    OFFICE_HEAD_ID,
    PROVINCE_HEAD,
    person,
)
from evaluation.scenes import Pump, evaluation_of
from evaluation_service.application.collections import EVALUATIONS, PERIODS, RUNS
from evaluation_service.application.results.queries import recompute
from evaluation_service.application.results.scoring import STEP_PEOPLE
from evaluation_service.domain.periods.imprints import Imprint
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.events import EvaluationPublished, EvaluationScored
from evaluation_service.domain.results.runs import RankingRun, RunState, ScoringRequested, run_id
from evaluation_service.domain.results.sheets import EvaluationOutcome
from evaluation_service.domain.results.states import EvaluationState


async def the_run(uow: MemoryUnitOfWork, period_id: str) -> RankingRun:
    return await uow.reading().store(RUNS).get(run_id(period_id, COMMUNE))


async def test_a_quarter_runs_to_its_seal(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.do_all(uow, period, MINH, done="4", assigned="7")
    for civil_servant_id in (LAN_ID, MINH_ID):
        await scenes.rate(uow, period, civil_servant_id)

    reviewed = await scenes.reviewed(uow, period)
    lan = await evaluation_of(uow, period, LAN_ID)
    minh = await evaluation_of(uow, period, MINH_ID)

    assert reviewed.state is PeriodState.REVIEW
    assert lan.sheet is not None
    assert (lan.sheet.total, lan.sheet.raw_band) == (Fraction(100), "HTXS")
    assert (lan.band, lan.rank_reasons) == ("HTT", ("QUOTA",))
    assert minh.sheet is not None
    assert (minh.sheet.total, minh.band) == (Fraction(70), "HTT")

    await scenes.move(uow, period, "publish")
    closed = await scenes.move(uow, period, "close")

    assert closed.state is PeriodState.CLOSED
    assert closed.seal is not None
    assert closed.seal.counts == {"evaluations": 6, "HTT": 2, "NONE": 4}
    assert closed.seal.signer == "admin"


async def test_E_I2_recomputing_gives_the_identical_hash(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    closed = await scenes.move(uow, period, "close")

    for civil_servant_id in (LAN_ID, MINH_ID, CHAIR_ID):
        sheet = (await evaluation_of(uow, period, civil_servant_id)).sheet
        assert sheet is not None
        assert (await recompute(uow.reading(), sheet)).identical
    assert closed.seal is not None
    assert Imprint.of(closed.sealed_record) == closed.seal.imprint


async def test_E_I7_nothing_assigned_is_not_evaluable(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.rate(uow, period, LAN_ID)

    await scenes.reviewed(uow, period)

    lan = await evaluation_of(uow, period, LAN_ID)
    assert lan.sheet is not None
    assert (lan.sheet.outcome, lan.sheet.total, lan.band) == (
        EvaluationOutcome.NOT_EVALUABLE,
        None,
        None,
    )


async def test_E_I8_the_quota_holds_on_final_counts(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period_id, *ids = await review_scenes.crowd(uow, 12, 6)
    period = await uow.reading().store(PERIODS).get(period_id)

    await scenes.reviewed(uow, period)

    bands = [(await evaluation_of(uow, period, id)).band for id in ids]
    run = await the_run(uow, period_id)
    assert bands.count("HTXS") == 2
    assert bands[:2] == ["HTXS", "HTXS"]
    assert bands.count("HTXS") <= Fraction("0.2") * bands.count("HTT")
    assert {(use.people, use.allowed, use.kept) for use in run.quota} == {(12, 2, 2)}


async def test_E_I9_a_veto_changes_the_band_and_keeps_the_raw_score(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.rate(uow, period, LAN_ID)
    await scenes.veto(uow, LAN_ID, "DISCIPLINED")

    await scenes.reviewed(uow, period)

    lan = await evaluation_of(uow, period, LAN_ID)
    assert lan.sheet is not None
    assert (lan.sheet.total, lan.sheet.raw_band) == (Fraction(100), "HTXS")
    assert (lan.band, lan.sheet.reasons) == ("KHT", ("DISCIPLINED",))


async def test_a_lifted_or_past_veto_has_no_effect(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.veto(uow, LAN_ID, "DISCIPLINED", valid_to=scenes.JULY)

    await scenes.reviewed(uow, period)

    assert (await evaluation_of(uow, period, LAN_ID)).band == "HTT"


async def test_E_I10_a_transferred_person_is_rated_once_with_all_their_work(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    moved = scenes.person_row(
        "cb-011",
        "Nguyễn Thị Lan",
        scenes.appointment_row("H32.31.07.1", "HO-TICH", valid_to=date(2026, 8, 15)),
        scenes.appointment_row("H32.31.07", "HO-TICH", valid_from=date(2026, 8, 15)),
    )
    await scenes.sync(uow, people=[moved])
    await scenes.assign(uow, period, LAN_ID, quantity="4")

    await scenes.reviewed(uow, period)

    found = await uow.reading().store(EVALUATIONS).select(Eq("civil_servant_id", LAN_ID))
    assert len(found) == 1
    assert found[0].unit_id != OFFICE
    assert found[0].sheets[0].components["a"] == Fraction(1, 2)
    assert found[0].sheets[0].snapshot.count('"assignment"') == 2


async def test_what_was_entered_before_a_transfer_is_kept(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    before = await scenes.rate(uow, period, LAN_ID)
    moved = scenes.person_row(
        "cb-011",
        "Nguyễn Thị Lan",
        scenes.appointment_row("H32.31.07.1", "HO-TICH", valid_to=date(2026, 8, 15)),
        scenes.appointment_row("H32.31.07", "HO-TICH", valid_from=date(2026, 8, 15)),
    )
    await scenes.sync(uow, people=[moved])

    await scenes.reviewed(uow, period)

    lan = await evaluation_of(uow, period, LAN_ID)
    assert lan.sheet is not None
    assert lan.sheet.total == Fraction(100)
    assert lan.id != before.id
    assert before.involved
    assert set(before.involved) <= set(lan.involved)


async def test_leaders_are_rated_on_everybody_they_lead(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.rate(uow, period, LAN_ID)
    await scenes.do_all(uow, period, MINH, done="1", assigned="100")
    for actor, superior in ((CHAIR, PROVINCE_HEAD), (DEPUTY, CHAIR)):
        officer = person(actor.subject or "", Role.OFFICER, officer=actor.officer)
        await scenes.do_all(uow, period, officer, manager=superior)
        await scenes.rate(
            uow, period, actor.officer or "", actor=superior, inputs=review_scenes.LED_WELL
        )

    await scenes.reviewed(uow, period)

    chair = await evaluation_of(uow, period, CHAIR_ID)
    deputy = await evaluation_of(uow, period, DEPUTY_ID)
    assert (await evaluation_of(uow, period, MINH_ID)).band == "KHT"
    assert chair.sheet is not None
    assert deputy.sheet is not None
    assert chair.role is AppointmentRole.HEAD
    assert '"unit":{"not_completed":"1","organising":"FULL","subordinates":"3"' in (
        chair.sheet.snapshot
    )
    assert '"not_completed":"1","organising":"FULL","subordinates":"2"' in deputy.sheet.snapshot
    assert chair.sheet.components["d"] == Fraction(1, 2)
    assert chair.sheet.total == 30 + 70 * Fraction(11, 12)


async def test_scoring_waits_for_every_index(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    frozen = await scenes.move(uow, period, "freeze")
    await Pump(uow).run()
    assert (await the_run(uow, period.id)).state is RunState.WAITING

    await scenes.index_comes(uow, period, frozen.unit_ids[0])
    assert (await the_run(uow, period.id)).state is RunState.WAITING
    await scenes.index_comes(uow, period, frozen.unit_ids[1])
    assert (await the_run(uow, period.id)).state is RunState.REQUESTED
    await Pump(uow).run()

    run = await the_run(uow, period.id)
    assert (run.state, run.missing_unit_ids) == (RunState.RANKED, ())
    assert (await scenes.now_is(uow, period)).state is PeriodState.REVIEW


async def test_people_of_other_units_are_not_rated(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)

    await scenes.reviewed(uow, period)

    rated = {each.civil_servant_id for each in await uow.reading().store(EVALUATIONS).select()}
    assert NEIGHBOUR_ID not in rated
    assert OFFICE_HEAD_ID in rated


async def test_events_handed_in_twice_score_once(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.reviewed(uow, period)
    before = await evaluation_of(uow, period, LAN_ID)

    await Pump(uow).run()

    assert await evaluation_of(uow, period, LAN_ID) == before


async def test_published_results_are_told_one_by_one(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")

    await Pump(uow, done=0).run()

    told = [each for each in uow.outbox if isinstance(each, EvaluationPublished)]
    assert len(told) == len({each.evaluation_id for each in told}) == 6
    assert (await evaluation_of(uow, period, LAN_ID)).state is EvaluationState.PUBLISHED


async def test_people_tied_at_the_cut_are_decided_by_the_board(uow: MemoryUnitOfWork) -> None:
    run = await review_scenes.tied(uow)
    others = [each for each in run.results if each.evaluation_id not in run.ties]
    assert len(run.ties) == 3

    with pytest.raises(Invalid) as too_many:
        await scenes.decide_ties(uow, run, run.ties)
    with pytest.raises(Invalid) as not_tied:
        await scenes.decide_ties(uow, run, (others[0].evaluation_id,))
    decided = await scenes.decide_ties(uow, run, run.ties[:2])

    assert (too_many.value.rule_id, not_tied.value.rule_id) == ("E-I8", "E-I8")
    assert decided.ties == ()
    top = [each.evaluation_id for each in decided.results if each.band == "HTXS"]
    assert sorted(top) == sorted(run.ties[:2])
    assert {(use.allowed, use.kept) for use in decided.quota} == {(2, 2)}


async def test_ties_are_decided_in_review_only(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")

    with pytest.raises(Conflict):
        await scenes.decide_ties(uow, await the_run(uow, period.id), ())


async def test_a_large_agency_is_scored_step_by_step(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    rows = [
        scenes.person_row(
            f"cb-3{n:03d}", f"Người {n:03d}", scenes.appointment_row("H32.31.07.1", "HO-TICH")
        )
        for n in range(STEP_PEOPLE + 10)
    ]
    await scenes.sync(uow, people=rows)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)

    reviewed = await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    await Pump(uow, done=len(uow.outbox) - 2).run()

    run = await the_run(uow, period.id)
    evaluations = await uow.reading().store(EVALUATIONS).select(limit=1000)
    published = [event for event in uow.outbox if isinstance(event, EvaluationPublished)]
    steps = [event for event in uow.outbox if isinstance(event, ScoringRequested)]
    scored = [event for event in uow.outbox if isinstance(event, EvaluationScored)]
    assert reviewed.state is PeriodState.REVIEW
    assert len(run.results) == len(evaluations) == len(scored) == STEP_PEOPLE + 16
    assert len(published) == STEP_PEOPLE + 16
    assert len(steps) == 1
    assert (run.people, run.scored) == (STEP_PEOPLE + 16, STEP_PEOPLE + 16)
    assert {each.sealed() for each in evaluations} == set(run.results)
