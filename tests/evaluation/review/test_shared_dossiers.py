"""A complaint about a dossier that several officers handled: each is audited, none decides."""

from dataclasses import replace
from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.errors import Forbidden, Invalid
from evaluation import dossier_scenes, review_scenes, scenes
from evaluation.people import BOARD, DEPUTY_ID, LAN_ID, MINH_ID
from evaluation_service.application.collections import POST_AUDITS
from evaluation_service.domain.dossiers.facts import Handler
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.review.post_audits import PostAuditState

CODE = "H32.31.07-260805-0001"


@pytest.fixture
async def period(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    """The dossier is of the office; the deputy, who leads from the commune, had a part in it."""
    period = await review_scenes.published(uow)
    handlers = tuple(
        Handler(civil_servant_id=each, part=Decimal("0.5")) for each in (LAN_ID, DEPUTY_ID)
    )
    row = dossier_scenes.event(civil_servant_id=None, handlers=handlers)
    report = await dossier_scenes.record(uow, row)
    assert [each.refusal for each in report.results] == [None]
    return period


async def test_each_with_a_part_is_corrected_wherever_they_work(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    for id in (LAN_ID, DEPUTY_ID):
        audit = await review_scenes.post_audit(uow, id, dossier_code=CODE, id=f"pa_{id}")
        evaluation = await scenes.evaluation_of(uow, period, id)

        decided = await review_scenes.decide_audit(uow, audit, evaluation, review_scenes.LOWER)

        again = await scenes.evaluation_of(uow, period, id)
        assert (decided.state, decided.evaluation_id) == (PostAuditState.CORRECTED, evaluation.id)
        assert [each.basis for each in again.sheets] == [None, audit.id]


async def test_E_I4_who_had_a_part_decides_on_no_other(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    audit = await review_scenes.post_audit(uow, LAN_ID, dossier_code=CODE)
    member = replace(BOARD, officer=DEPUTY_ID)

    with pytest.raises(Forbidden) as refused:
        await review_scenes.decide_audit(uow, audit, None, None, actor=member)

    assert refused.value.rule_id == "E-I4"
    assert await uow.reading().store(POST_AUDITS).get(audit.id) == audit


async def test_nobody_else_of_another_unit_is_corrected(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    """Without the dossier, and for who had no part in it."""
    deputys = await scenes.evaluation_of(uow, period, DEPUTY_ID)
    minhs = await scenes.evaluation_of(uow, period, MINH_ID)
    plain = await review_scenes.post_audit(uow, DEPUTY_ID)
    shared = await review_scenes.post_audit(uow, DEPUTY_ID, dossier_code=CODE, id="pa_2")

    for audit, evaluation in ((plain, deputys), (shared, minhs)):
        with pytest.raises(Invalid) as refused:
            await review_scenes.decide_audit(uow, audit, evaluation, review_scenes.LOWER)
        assert refused.value.field == "input.evaluationId"
