"""What a leader shares with the unit counts in the unit's scorecard, as it was signed."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from congvu_kit.domain.errors import Invalid
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import agreement_scenes as agreed
from evaluation import objective_scenes as o
from evaluation import scenes
from evaluation.people import (
    CHAIR_ID,
    COMMUNE,
    DEPUTY,
    LAN_ID,
    OFFICE,
    OFFICE_HEAD_ID,
    PROVINCE_HEAD,
    person,
)
from evaluation_service.application.collections import OBJECTIVES, SCORECARDS
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.objectives.content import ObjectiveContent
from evaluation_service.domain.objectives.objectives import Objective
from evaluation_service.domain.objectives.scorecards import Scorecard, scorecard_id
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.readiness.gaps import GapKind

SECOND = person("province-second", Role.UNIT_HEAD, unit=PROVINCE_HEAD.unit, officer="cs_second")


async def contracts(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    async with uow.begin() as tx:
        for reference in ("LEADER-CONTRACT-BSC", "KHANHHOA-UNIT-2025@3"):
            await keep_shipped(shipped_policy(reference), tx)
    return await scenes.open_period(
        uow,
        leader_policy="LEADER-CONTRACT-BSC",
        deputy_policy="LEADER-CONTRACT-BSC",
        unit_policy="KHANHHOA-UNIT-2025",
    )


def shared(weight: str = "100") -> ObjectiveContent:
    said = o.content(perspective="SOCIAL", weight=weight)
    return replace(said, shared=True, unit_perspective="SOCIO_ECONOMIC")


async def card(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, unit_id: str, appointment_id: str | None = None
) -> Scorecard:
    id = scorecard_id(period.id, unit_id, appointment_id)
    return await uow.reading().store(SCORECARDS).get(id)


async def of_the_chair(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> tuple[Objective, Objective]:
    """One of their own in each perspective, and one that is shared: the social ones."""
    made = {
        name: await o.define(
            uow,
            period,
            o.content(perspective=name),
            of=CHAIR_ID,
            code=name,
            actor=PROVINCE_HEAD,
        )
        for name in ("OPERATIONS", "SOCIAL", "CAPACITY_INTEGRITY")
    }
    joint = await o.define(uow, period, shared(), of=CHAIR_ID, code="C-2", actor=PROVINCE_HEAD)
    return made["SOCIAL"], joint


def proof(row: Any) -> list[dict[str, str]]:
    found: list[dict[str, str]] = row["evidence"]
    return found


async def signed(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> Agreement:
    return await agreed.sign_all(uow, await agreed.draft(uow, period, content={}))


async def test_a_shared_target_counts_in_the_units_scorecard_alone(uow: MemoryUnitOfWork) -> None:
    period = await contracts(uow)
    _, joint = await of_the_chair(uow, period)
    await o.decide(uow, await o.record(uow, joint, "50", actor=DEPUTY), actor=PROVINCE_HEAD)
    before = await card(uow, period, COMMUNE)
    contract = await signed(uow, period)

    units = await card(uow, period, COMMUNE)
    chairs = await card(uow, period, COMMUNE, joint.appointment_id)

    (row,) = units.rows()
    assert before.rows() == []
    assert (row["code"], row["perspective"], row["actual"]) == ("C-2", "SOCIO_ECONOMIC", "50")
    assert row["shared"] is False
    assert proof(row)[1] == {"ref": f"{contract.id}@1", "hash": contract.hash_of(contract.latest)}
    assert [(each["code"], each["shared"]) for each in chairs.rows()] == [
        ("C-2", True),
        ("CAPACITY_INTEGRITY", False),
        ("OPERATIONS", False),
        ("SOCIAL", False),
    ]
    assert GapKind.UNBALANCED_WEIGHTS not in (*chairs.lacking, *units.lacking)


async def test_what_is_shared_counts_in_the_units_as_it_was_signed(uow: MemoryUnitOfWork) -> None:
    """A target that is lowered counts once both signed it, and one that ended counts no more."""
    period = await contracts(uow)
    _, joint = await of_the_chair(uow, period)
    contract = await signed(uow, period)

    async def target() -> tuple[object, object, object]:
        (row,) = (await card(uow, period, COMMUNE)).rows()
        return row["target"], row["weight"], proof(row)[0]["ref"]

    first = await target()
    easier = replace(joint.content.indicator, target=Decimal(60))
    lower = replace(joint.content, indicator=easier)
    joint = await o.revise(uow, joint, lower, actor=SECOND)
    revised = await target()
    await o.record(uow, joint, "50", actor=DEPUTY)
    read = await target()
    contract = await agreed.amend(uow, contract, {})
    proposed = await target()
    contract = await agreed.sign_all(uow, contract)
    amended = await target()
    await agreed.terminate(uow, contract)

    assert first == revised == read == proposed == ("100", "100", f"{joint.id}@1")
    assert amended == ("60", "100", f"{joint.id}@2")
    assert (await card(uow, period, COMMUNE)).rows() == []


async def test_what_is_signed_after_the_freeze_moves_no_scorecard_of_a_unit(
    uow: MemoryUnitOfWork,
) -> None:
    period = await contracts(uow)
    await of_the_chair(uow, period)
    contract = await agreed.draft(uow, period, content={})
    await scenes.move(uow, period, "freeze", signed=False)

    await agreed.sign_all(uow, contract)

    assert (await card(uow, period, COMMUNE)).rows() == []


async def test_a_target_that_is_not_shared_any_more_leaves_the_units_once_that_is_signed(
    uow: MemoryUnitOfWork,
) -> None:
    period = await contracts(uow)
    social, joint = await of_the_chair(uow, period)
    contract = await signed(uow, period)
    own = replace(joint.content, shared=False, unit_perspective=None, weight=Decimal(60))

    lighter = replace(social.content, weight=Decimal(40))
    await o.revise(uow, social, lighter, actor=SECOND)
    await o.revise(uow, joint, own, actor=SECOND)
    before = (await card(uow, period, COMMUNE)).lines
    await agreed.sign_all(uow, await agreed.amend(uow, contract, {}))

    assert len(before) == 1
    assert (await card(uow, period, COMMUNE)).lines == ()


@pytest.mark.parametrize(
    ("of", "said", "field"),
    [
        (LAN_ID, shared(), "input.content.perspective"),
        (OFFICE_HEAD_ID, replace(shared(), unit_perspective=None), "input.content.unitPerspective"),
    ],
)
async def test_shared_is_refused_where_no_rule_reads_it(
    uow: MemoryUnitOfWork, of: str, said: ObjectiveContent, field: str
) -> None:
    period = await contracts(uow)

    with pytest.raises(Invalid) as refusal:
        await o.define(uow, period, said, of=of)

    assert refusal.value.field == field
    assert await uow.reading().store(OBJECTIVES).select() == []


async def test_shared_is_refused_under_a_policy_that_does_not_tell_them_apart(
    uow: MemoryUnitOfWork,
) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))

    with pytest.raises(Invalid) as refusal:
        await o.define(uow, period, replace(o.content(), shared=True))

    assert (refusal.value.field, refusal.value.rule_id) == ("input.content.shared", "BSC-CASCADE")


async def test_weights_of_the_unit_count_what_its_leaders_share(uow: MemoryUnitOfWork) -> None:
    period = await contracts(uow)
    said = o.content(perspective="SOCIO_ECONOMIC", weight="50")
    await o.define(uow, period, said, unit_id=OFFICE, code="U-1")

    with pytest.raises(Invalid) as refusal:
        await o.define(uow, period, shared("60"), of=OFFICE_HEAD_ID)

    assert refusal.value.rule_id == "E-I6"
    assert [each.weight for each in (await card(uow, period, OFFICE)).lines] == [Decimal(50)]
