"""Who learns of a result early, what is corrected after the close, and what a unit needs."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Invalid
from congvu_scoring import compile_policy
from congvu_scoring.documents.policy_files import shipped_policies
from congvu_scoring.engine.head_cap import HEAD_NOT_ABOVE_UNIT
from evaluation import review_scenes, scenes
from evaluation import unit_scenes as u
from evaluation.organisations.test_rated_units import a_quarter
from evaluation.organisations.test_unit_appeals import ENVIRONMENT
from evaluation.people import AUDITOR, CHAIR, COMMUNE, DEPUTY_ID, LAN, LAN_ID, OFFICE, PROVINCE_HEAD
from evaluation.sealed import Closed
from evaluation_service.application.collections import EVALUATIONS, POST_AUDITS, SCORECARDS
from evaluation_service.application.desk.kinds import InboxKind
from evaluation_service.application.desk.queries import list_waiting
from evaluation_service.application.organisations.queries import (
    OrgEvaluationFilter,
    list_org_evaluations,
)
from evaluation_service.domain.copies.unit_indexes import PromiseCounts
from evaluation_service.domain.objectives.scorecards import scorecard_id
from evaluation_service.domain.organisations.needs import UnitNeeds
from evaluation_service.domain.organisations.org_evaluations import org_evaluation_id
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.readiness.gaps import GapKind
from evaluation_service.domain.results.rating import Rules, unit_cap
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.review.corrections import Correction
from support.graph import Graph

ONE = """query($id: ID!) { orgEvaluation(id: $id) { band } }"""


@pytest.mark.parametrize(
    ("reader", "units"),
    [
        (AUDITOR, {COMMUNE, OFFICE}),
        (PROVINCE_HEAD, {COMMUNE, OFFICE}),
        (CHAIR, {OFFICE}),
        (LAN, set[str]()),
        (replace(AUDITOR, province="01"), set[str]()),
    ],
    ids=["auditor", "above", "head", "officer", "of another province"],
)
async def test_before_the_publication_results_are_for_who_leads_above(
    uow: MemoryUnitOfWork, graph: Graph, reader: Actor, units: set[str]
) -> None:
    period = await a_quarter(uow)

    page = await list_org_evaluations(
        reader, uow.reading(), period.id, OrgEvaluationFilter(), first=100, after=None
    )
    alone = {
        unit
        for unit in (COMMUNE, OFFICE)
        if (await graph.ask(ONE, reader, id=org_evaluation_id(period.id, unit)))["orgEvaluation"]
    }

    assert {each.unit_id for each in page.items} == alone == units


def test_E_I3_after_the_close_only_the_unit_moves_under_the_next_seal(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    async def corrected() -> tuple[Any, ...]:
        period = await a_quarter(uow, appeal_days=0)
        await u.published(uow, period)
        closed = await scenes.move(uow, period, "close")
        audit = await review_scenes.post_audit(uow, None)
        commune = await u.result_of(uow, period, COMMUNE)
        office = await u.result_of(uow, period, OFFICE)
        correction = Correction(general=(ENVIRONMENT,))
        await review_scenes.decide_audit(uow, audit, office, correction)
        return closed, commune, await u.result_of(uow, period, COMMUNE)

    closed, before, after = asyncio.run(corrected())
    now = asyncio.run(scenes.now_is(uow, closed))

    assert after.revision == before.revision
    assert (closed.seal.number, now.seal and now.seal.number) == (1, 2)
    assert Closed(uow, graph, closed.id).findings() == []


async def test_a_post_audit_of_another_period_corrects_nothing(uow: MemoryUnitOfWork) -> None:
    period = await a_quarter(uow)
    await u.published(uow, period)
    audit = await review_scenes.post_audit(uow, None)
    uow.rows(POST_AUDITS)[audit.id]["period_id"] = "period_of_before"
    office = await u.result_of(uow, period, OFFICE)

    with pytest.raises(Invalid):
        await review_scenes.decide_audit(uow, audit, office, Correction(general=(ENVIRONMENT,)))


@pytest.mark.parametrize(
    ("reader", "waits"), [(CHAIR, [OFFICE]), (replace(CHAIR, roles=frozenset({Role.MANAGER})), [])]
)
async def test_a_unit_waits_for_whoever_may_rate_it(
    uow: MemoryUnitOfWork, reader: Actor, waits: list[str]
) -> None:
    await u.opened(uow)

    page = await list_waiting(reader, uow.reading(), InboxKind.UNIT_RATING, first=100, after=None)

    assert [each.subject_id for each in page.items] == waits


async def test_an_objective_without_a_figure_is_not_enough(uow: MemoryUnitOfWork) -> None:
    period = await u.opened(uow)
    await u.managed(uow, period, OFFICE)
    store = uow.reading().store(SCORECARDS)
    card = await store.get(scorecard_id(period.id, OFFICE, None))
    needs = UnitNeeds(compile_policy(shipped_policies()[u.AGENCY]))
    unit = await u.rate(uow, period, OFFICE)

    assert needs.gaps_of(OFFICE, unit, card) == ()
    card.lacking = (GapKind.MISSING_READING,)
    assert needs.gaps_of(OFFICE, unit, card) == (GapKind.UNIT_OBJECTIVES,)


def test_nothing_is_missing_outside_a_pilot_or_of_what_no_rating_can_give() -> None:
    """A policy that reads work is not asked what people owe the unit."""
    agency = compile_policy(shipped_policies()[u.AGENCY])
    pilot = replace(agency, policy=replace(agency.policy, units=("unit_of_the_pilot",)))
    staff = compile_policy(shipped_policies()["ND335-2025-STAFF"])

    assert len(UnitNeeds(agency).gaps_of(OFFICE, None, None)) == 2
    assert UnitNeeds(pilot).gaps_of(OFFICE, None, None) == ()
    assert UnitNeeds(staff).gaps_of(OFFICE, None, None) == ()


@pytest.mark.parametrize(
    ("role", "switch", "held"),
    [
        (AppointmentRole.HEAD, "YES", "HT"),
        (AppointmentRole.HEAD, "NO", None),
        (AppointmentRole.DEPUTY, "YES", None),
        (AppointmentRole.STAFF, "YES", None),
    ],
)
async def test_the_switch_holds_the_head_and_nobody_else(
    uow: MemoryUnitOfWork, role: AppointmentRole, switch: str, held: str | None
) -> None:
    period = await a_quarter(uow)
    lan = await scenes.evaluation_of(uow, period, LAN_ID)
    leaders = shipped_policies()["ND335-2025-LEADER"]
    compiled = compile_policy(leaders, {HEAD_NOT_ABOVE_UNIT.name: switch})
    rules = dict.fromkeys(AppointmentRole, Rules(pin=period.policies.leader, compiled=compiled))

    assert unit_cap(replace(lan, role=role), rules, {OFFICE: "HT"}) == held


async def test_no_quarter_has_an_annex(uow: MemoryUnitOfWork) -> None:
    period = await a_quarter(uow)

    assert (await u.result_of(uow, period, COMMUNE)).annex is None
    assert not any(each["annex"] for each in uow.rows(EVALUATIONS).values())


async def test_a_leader_answers_for_the_own_commitments_alone(uow: MemoryUnitOfWork) -> None:
    await review_scenes.published(uow, appeal_days=10)
    year = await u.a_year(uow)
    await u.scored(uow, year, {}, kept=(2, 1, 1))

    deputy = await scenes.evaluation_of(uow, year, DEPUTY_ID)

    assert deputy.annex is not None
    assert deputy.annex.commitments == PromiseCounts(due=0, kept=0, partly=0, missed=0)


async def test_the_work_of_a_quarter_that_is_not_published_is_none_of_the_year(
    uow: MemoryUnitOfWork,
) -> None:
    await review_scenes.reviewed(uow)
    year = await u.a_year(uow)
    await u.scored(uow, year, {})

    snapshot = (await u.result_of(uow, year, OFFICE)).sheets[-1].snapshot

    assert '"quantity"' not in snapshot


async def test_a_period_that_is_opened_again_takes_points_of_units_again(
    uow: MemoryUnitOfWork,
) -> None:
    period = await a_quarter(uow)
    await review_scenes.unfrozen(uow, period)

    office = await u.result_of(uow, period, OFFICE)

    assert (office.state, office.band) == (EvaluationState.MANAGER_SCORED, None)
    await u.rate(uow, period, OFFICE, u.criteria("0.5"), revision=office.revision)
