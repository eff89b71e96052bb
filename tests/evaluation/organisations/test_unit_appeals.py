"""Who heads a unit appeals for it; a decision makes a linked sheet (E-I3)."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden, Invalid
from evaluation import review_scenes, scenes
from evaluation import unit_scenes as u
from evaluation.organisations.test_rated_units import a_quarter
from evaluation.people import (
    CHAIR_ID,
    COMMUNE,
    LAN,
    LAN_ID,
    OFFICE,
    OFFICE_HEAD_ID,
    PROVINCE_HEAD,
    person,
)
from evaluation.sealed import Closed
from evaluation_service.domain.organisations.org_evaluations import OrgEvaluationCorrected
from evaluation_service.domain.results.inputs import GivenInputs, Organising, Rating, Unity
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.review.appeals import AppealState
from evaluation_service.domain.review.corrections import Correction, ReadingCorrection
from evaluation_service.domain.review.post_audits import PostAuditState
from support.graph import Graph

HEAD = person("office-head", Role.OFFICER, unit=OFFICE, officer=OFFICE_HEAD_ID)
CHAIR_OFFICER = person("chair", Role.OFFICER, unit=COMMUNE, officer=CHAIR_ID)
FULL = GivenInputs(general=scenes.FULL_MARKS, organising=Organising.FULL, unity=Unity.FULL)
ENVIRONMENT = Rating(key="ENVIRONMENT", points=Decimal(1))
RIGHT = Correction(
    general=(ENVIRONMENT,), readings=(ReadingCorrection(code="MANAGEMENT", value=Decimal(90)),)
)


async def appealed(uow: MemoryUnitOfWork) -> tuple[Any, Any]:
    period = await a_quarter(uow)
    await u.published(uow, period)
    office = await u.result_of(uow, period, OFFICE)
    return period, await review_scenes.file(uow, office, actor=HEAD)


async def test_a_decision_makes_a_linked_sheet_of_the_unit(uow: MemoryUnitOfWork) -> None:
    period, appeal = await appealed(uow)
    before = (await u.result_of(uow, period, OFFICE)).sheets[-1]

    await review_scenes.decide(uow, appeal, correction=RIGHT)

    office = await u.result_of(uow, period, OFFICE)
    assert office.state is EvaluationState.CORRECTED
    assert (office.sheets[0], office.sheets[-1].basis) == (before, appeal.id)
    assert office.sheets[-1].components["general"] == 30
    assert office.sheets[-1].components["MANAGEMENT"] == Decimal("0.9")
    told = [each for each in uow.outbox if isinstance(each, OrgEvaluationCorrected)]
    assert [(each.unit_id, each.basis) for each in told] == [(OFFICE, appeal.id)]


@pytest.mark.parametrize("actor", [LAN, CHAIR_OFFICER])
async def test_only_who_heads_the_unit_appeals_for_it(uow: MemoryUnitOfWork, actor: Actor) -> None:
    period = await a_quarter(uow)
    await u.published(uow, period)
    office = await u.result_of(uow, period, OFFICE)

    with pytest.raises(Forbidden):
        await review_scenes.file(uow, office, actor=actor)


@pytest.mark.parametrize("officer", [OFFICE_HEAD_ID, CHAIR_ID])
async def test_E_I4_who_appealed_or_rated_the_unit_decides_nothing(
    uow: MemoryUnitOfWork, officer: str
) -> None:
    _, appeal = await appealed(uow)
    board = person("board", Role.REVIEW_BOARD, officer=officer)

    with pytest.raises(Forbidden):
        await review_scenes.decide(uow, appeal, correction=RIGHT, actor=board)


async def audited(uow: MemoryUnitOfWork, unit_id: str = OFFICE, of: str | None = None) -> Any:
    period = await a_quarter(uow)
    await u.published(uow, period)
    return period, await review_scenes.post_audit(uow, of, unit_id=unit_id)


async def test_a_post_audit_corrects_the_unit(uow: MemoryUnitOfWork) -> None:
    period, audit = await audited(uow)
    office = await u.result_of(uow, period, OFFICE)

    correction = Correction(general=(ENVIRONMENT,))
    done = await review_scenes.decide_audit(uow, audit, office, correction)

    office = await u.result_of(uow, period, OFFICE)
    assert (done.state, office.state) == (PostAuditState.CORRECTED, EvaluationState.CORRECTED)
    assert office.sheets[-1].basis == audit.id
    assert office.sheets[-1].components["general"] == 30


@pytest.mark.parametrize(
    ("of", "audited_unit", "corrected"),
    [(LAN_ID, OFFICE, OFFICE), (None, OFFICE, COMMUNE)],
    ids=["of a person", "of the unit below"],
)
async def test_a_post_audit_corrects_no_unit_but_the_one_complained_of(
    uow: MemoryUnitOfWork, of: str | None, audited_unit: str, corrected: str
) -> None:
    period, audit = await audited(uow, audited_unit, of)
    other = await u.result_of(uow, period, corrected)

    with pytest.raises(Invalid) as refusal:
        await review_scenes.decide_audit(uow, audit, other, RIGHT)

    assert refusal.value.field == "input.evaluationId"
    assert len((await u.result_of(uow, period, corrected)).sheets) == 1


async def test_E_I4_who_heads_the_unit_decides_no_post_audit_of_it(uow: MemoryUnitOfWork) -> None:
    period, audit = await audited(uow)
    office = await u.result_of(uow, period, OFFICE)
    board = person("board", Role.REVIEW_BOARD, officer=OFFICE_HEAD_ID)

    with pytest.raises(Forbidden):
        await review_scenes.decide_audit(uow, audit, office, RIGHT, actor=board)


async def test_the_data_of_a_unit_are_corrected_by_nobody(uow: MemoryUnitOfWork) -> None:
    _, appeal = await appealed(uow)

    with pytest.raises(Invalid) as refusal:
        await review_scenes.decide(uow, appeal, correction=Correction(working_days=3))

    assert refusal.value.rule_id == "E-I3"


async def test_what_is_rejected_stays(uow: MemoryUnitOfWork) -> None:
    period, appeal = await appealed(uow)

    await review_scenes.decide(uow, appeal, verdict=AppealState.REJECTED)

    office = await u.result_of(uow, period, OFFICE)
    assert (office.state, len(office.sheets)) == (EvaluationState.PUBLISHED, 1)


async def test_a_head_follows_the_unit_whose_band_a_decision_moves(uow: MemoryUnitOfWork) -> None:
    period = await u.opened(uow, switches=(u.CAPPED,))
    await scenes.do_all(uow, period, LAN)
    himself = person("chair", Role.OFFICER, unit=COMMUNE, officer=CHAIR_ID)
    await scenes.do_all(uow, period, himself, manager=PROVINCE_HEAD)
    await scenes.rate(uow, period, CHAIR_ID, actor=PROVINCE_HEAD, inputs=FULL)
    await u.managed(uow, period, COMMUNE, "100")
    await u.rate(uow, period, COMMUNE, u.criteria("0"))
    period = await u.scored(uow, period, {})
    await u.published(uow, period)
    before = await scenes.evaluation_of(uow, period, CHAIR_ID)
    commune = await u.result_of(uow, period, COMMUNE)
    appeal = await review_scenes.file(uow, commune, actor=himself)

    await review_scenes.decide(uow, appeal, correction=Correction(general=u.criteria()))

    after = await scenes.evaluation_of(uow, period, CHAIR_ID)
    moved = await u.result_of(uow, period, COMMUNE)
    assert (commune.band, before.band) == ("HTT", "HTT")
    last = after.sheets[-1]  # Its quota keeps the person below it.
    assert (moved.band, last.band, last.basis) == ("HTXS", "HTXS", appeal.id)


def test_E_I18_a_corrected_unit_is_sealed_with_its_reading(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    async def closed() -> str:
        period, appeal = await appealed(uow)
        await review_scenes.decide(uow, appeal, correction=RIGHT)
        return (await scenes.move(uow, period, "close")).id

    assert Closed(uow, graph, asyncio.run(closed())).findings() == []
