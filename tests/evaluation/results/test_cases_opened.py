"""A rule of the policy that fires opens one case, for people to decide."""

from decimal import Decimal

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import objective_scenes, scenes
from evaluation import specimens as a
from evaluation.people import CHAIR_ID, COMMUNE, PROVINCE_HEAD
from evaluation_service.application.collections import CASES, RUNS
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.domain.integrity.cases import CaseState, TriggerRaised, case_id
from evaluation_service.domain.results.inputs import Indicator
from evaluation_service.domain.results.runs import run_id


async def test_a_veto_that_calls_for_a_dismissal_opens_one_case(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await keep_shipped(shipped_policy("CN-TARGET@1"), tx)
    period = await scenes.open_period(uow, leader_policy="CN-TARGET")
    target = Indicator(
        code="GDP",
        perspective=None,
        weight=Decimal(100),
        baseline=Decimal(0),
        target=Decimal(100),
        actual=Decimal(100),
        direction="UP",
        shared=False,
        parent=None,
    )
    await objective_scenes.reached(uow, period, CHAIR_ID, target, by=PROVINCE_HEAD)
    await scenes.veto(uow, CHAIR_ID, "INTERNAL_CONFLICT")

    await scenes.reviewed(uow, period)
    async with uow.begin() as tx:
        run = await tx.store(RUNS).get(run_id(period.id, COMMUNE))
        run.again("Sửa bố trí", a.SOMEBODY, tx.now)
        await tx.store(RUNS).save(run)
    await scenes.Pump(uow).run()

    chair = await scenes.evaluation_of(uow, period, CHAIR_ID)
    (case,) = await uow.reading().store(CASES).select()
    assert case.id == case_id(chair.id, "DISMISSAL_CASE")
    assert (case.rule, case.civil_servant_id, case.province) == ("DISMISSAL_CASE", CHAIR_ID, "56")
    assert (case.period_id, case.evaluation_id, case.state) == (
        period.id,
        chair.id,
        CaseState.RAISED,
    )
    assert [event for event in uow.outbox if isinstance(event, TriggerRaised)] == [
        TriggerRaised(
            case_id=case.id,
            rule="DISMISSAL_CASE",
            civil_servant_id=CHAIR_ID,
            province="56",
            period_id=period.id,
            state=CaseState.RAISED,
        )
    ]
