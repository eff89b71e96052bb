"""An initiative from its proposal to its last check."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from congvu_kit.application.documents import adapter
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor, Participant, Role
from evaluation import scenes
from evaluation.people import BOARD, LAN, LAN_ID, person
from evaluation_service.application.initiatives import commands
from evaluation_service.domain.initiatives.initiatives import (
    CheckVerdict,
    EffectCheck,
    Finding,
    Initiative,
    InitiativeFacts,
    InitiativeState,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod

SAID: dict[str, Any] = {
    "kind": "SHORTER_TIME",
    "title": "Hẹn trả kết quả qua tin nhắn",
    "description": "Không phải đến hỏi kết quả",
    "unit_of_measure": "ngày",
    "baseline": "5",
    "claimed": "3",
    "evidence": [{"uri": "dms://sk/1", "hash": None, "source": "DMS", "captured_at": None}],
}
CHECK_ON = (date(2026, 11, 10), date(2027, 5, 10))
CHECKER: Actor = person("checker", Role.REVIEW_BOARD, officer="cs_checker")
LAST: Actor = person("last", Role.REVIEW_BOARD, officer="cs_last")


def facts(**changes: Any) -> InitiativeFacts:
    return adapter(InitiativeFacts).validate_python(SAID | changes)


async def propose(
    uow: UnitOfWork, period: EvaluationPeriod, *, actor: Actor = LAN, **changes: Any
) -> Initiative:
    command = commands.ProposeInitiative(
        actor=actor,
        idempotency_key=scenes.key(),
        period_id=period.id,
        facts=facts(**changes),
    )
    return await perform(commands.propose_initiative, command, uow)


async def decide(
    uow: UnitOfWork,
    initiative: Initiative,
    points: str | None = "2",
    *,
    actor: Actor = BOARD,
    check_on: Sequence[date] = CHECK_ON,
) -> Initiative:
    command = commands.DecideInitiative(
        actor=actor,
        idempotency_key=scenes.key(),
        initiative_id=initiative.id,
        expected_revision=initiative.revision,
        points=None if points is None else Decimal(points),
        check_on=tuple(check_on),
        reason="Hội đồng đã xét",
    )
    return await perform(commands.decide_initiative, command, uow)


async def check(
    uow: UnitOfWork, initiative: Initiative, verdict: str, *, actor: Actor = CHECKER
) -> Initiative:
    command = commands.CheckInitiative(
        actor=actor,
        idempotency_key=scenes.key(),
        initiative_id=initiative.id,
        expected_revision=initiative.revision,
        verdict=CheckVerdict(verdict),
        measured=Decimal(3),
        reason="Đối chiếu sổ theo dõi",
        evidence=(),
    )
    return await perform(commands.check_initiative, command, uow)


def due(initiative: Initiative, day: date) -> tuple[EffectCheck, ...]:
    """One check alone, whose day has come."""
    return (replace(initiative.checks[0], due_on=day),)


def initiative(state: InitiativeState = InitiativeState.PROPOSED) -> Initiative:
    """In any state, for the rules that need no store."""
    return Initiative(
        id="initiative_1",
        civil_servant_id=LAN_ID,
        appointment_id="apt_1",
        period_id="period_1",
        province="56",
        unit_id="unit_1",
        unit_path=("unit_1",),
        facts=facts(),
        proposed_at=scenes.NOW,
        state=state,
        points=Decimal(2),
        checks=(EffectCheck(due_on=scenes.TODAY),),
    )


def found(verdict: CheckVerdict = CheckVerdict.LASTED) -> Finding:
    return Finding(
        verdict=verdict,
        measured=Decimal(3),
        reason="x",
        evidence=(),
        by=Participant.of(CHECKER),
        at=scenes.NOW,
    )
