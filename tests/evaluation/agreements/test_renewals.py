"""What ran out is renewed or not, by people: with its last result, or without any."""

from datetime import date

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden
from evaluation import agreement_scenes as g
from evaluation import scenes
from evaluation.people import BOARD, CHAIR_ID, PROVINCE_HEAD, person
from evaluation_service.application.agreements import lives
from evaluation_service.application.collections import AGREEMENTS, CASES
from evaluation_service.application.integrity.commands import (
    ResolveTriggerCase,
    resolve_trigger_case,
)
from evaluation_service.domain.agreements.versions import AgreementState
from evaluation_service.domain.integrity.cases import RENEWAL, CaseState, TriggerCase
from support.clock import FixedClock


async def test_an_output_agreement_that_ran_out_opens_its_renewal(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    """Once, after its last result."""
    begun, over = date(2024, 1, 1), date(2027, 1, 1)
    more = {"starts_on": begun, "ends_on": over, "perspective": "A"}
    agreement = await g.planned(
        uow, "NZ-OUTPUT", "A.QUANTITY", detail={"dimension": "QUANTITY"}, **more
    )
    agreement = await g.sign_all(uow, agreement)
    period = await scenes.now_is_id(uow, agreement.period_id)
    await scenes.move(uow, period, "freeze", signed=False)
    await scenes.indexes_come(uow, period)
    await scenes.Pump(uow).run()
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()
    clock.at = scenes.NOW.replace(year=2027)
    for _ in range(2):
        for id in await lives.agreements_due(uow, clock.at.date()):
            async with uow.begin() as tx:
                await lives.move_on(id, tx)

    ended = await uow.reading().store(AGREEMENTS).get(agreement.id)
    rules = [each.rule for each in await uow.reading().store(CASES).select()]
    assert (ended.state, [each.total for each in ended.assessments]) == (
        AgreementState.ENDED,
        ["0"],
    )
    assert sorted(rules) == ["AGREEMENT_RENEWAL", "NOT_RENEWED"]


async def test_a_term_that_ran_out_without_a_result_opens_its_renewal_too(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    """After the days in which one may still come, once; nobody who signed it decides (E-I4)."""
    more = {"starts_on": date(2024, 1, 1), "ends_on": date(2027, 1, 1), "perspective": "A"}
    agreement = await g.planned(
        uow, "NZ-OUTPUT", "A.QUANTITY", detail={"dimension": "QUANTITY"}, **more
    )
    agreement = await g.sign_all(uow, agreement)

    async def cases(on: date) -> list[TriggerCase]:
        clock.at = scenes.NOW.replace(year=on.year, month=on.month, day=on.day)
        for id in await lives.agreements_due(uow, on):
            async with uow.begin() as tx:
                await lives.move_on(id, tx)
        return await uow.reading().store(CASES).select()

    assert await cases(date(2027, 1, 1)) == []
    assert await cases(date(2027, 3, 31)) == []
    opened = await cases(date(2027, 4, 1))
    assert await cases(date(2027, 6, 1)) == opened
    (case,) = opened
    assert (case.rule, case.evaluation_id, case.agreement_id) == (RENEWAL, None, agreement.id)
    assert (case.period_id, case.civil_servant_id) == (agreement.period_id, CHAIR_ID)

    def resolved(actor: Actor) -> ResolveTriggerCase:
        return ResolveTriggerCase(
            actor=actor,
            idempotency_key=scenes.key(),
            case_id=case.id,
            expected_revision=1,
            state=CaseState.CONFIRMED,
            reason="Gia hạn",
        )

    signer = person("board-too", Role.REVIEW_BOARD, officer=PROVINCE_HEAD.officer)
    with pytest.raises(Forbidden) as refusal:
        await perform(resolve_trigger_case, resolved(signer), uow)
    await perform(resolve_trigger_case, resolved(BOARD), uow)
    assert refusal.value.rule_id == "E-I4"
