"""Agreements of the commune's chair with the province, by elements and by objectives."""

from datetime import date
from decimal import Decimal
from typing import Any

from congvu_kit.application.documents import adapter
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor, Participant, Role
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import objective_scenes as o
from evaluation import scenes
from evaluation.people import CHAIR_ID, COMMUNE, PROVINCE_HEAD, person
from evaluation_service.application.agreements import commands
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.agreements.content import (
    Party,
)
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.inputs import Indicator

LEADER = person("chair-herself", Role.OFFICER, unit=COMMUNE, officer=CHAIR_ID)
BOTH = (Participant.of(LEADER), Participant.of(PROVINCE_HEAD))
DECISION = Decision(number="45/QĐ-UBND", decided_on=date(2026, 8, 1))
ELEMENTS = [
    {"key": "RESULTS", "title": "Kết quả nhiệm vụ", "weight": "40"},
    {"key": "PEOPLE", "title": "Phát triển nhân sự", "weight": "30"},
    {"key": "CHANGE", "title": "Đổi mới", "weight": "30"},
]

STEPS = ({"title": "Khởi công", "due_on": "2026-09-01"},)


def elements(**weights: str) -> list[dict[str, str]]:
    return [{"key": key, "title": key, "weight": weight} for key, weight in weights.items()]


async def ses(uow: UnitOfWork, policy: str = "US-SES", **changes: object) -> EvaluationPeriod:
    """A commune whose leader is rated by this policy."""
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await keep_shipped(shipped_policy(policy), tx)
    return await scenes.open_period(uow, leader_policy=policy, **changes)


async def draft(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    *,
    actor: Actor = PROVINCE_HEAD,
    **changes: Any,
) -> Agreement:
    said = {
        "actor": actor,
        "idempotency_key": scenes.key(),
        "period_id": period.id,
        "civil_servant_id": CHAIR_ID,
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2027, 1, 1),
        "drafting_since": None,
        "content": {"elements": ELEMENTS},
    }
    command = adapter(commands.DraftAgreement).validate_python(said | changes)
    return await perform(commands.draft_agreement, command, uow)


async def amend(
    uow: UnitOfWork, agreement: Agreement, content: object, *, actor: Actor = PROVINCE_HEAD
) -> Agreement:
    command = adapter(commands.AmendAgreement).validate_python(
        {
            "actor": actor,
            "idempotency_key": scenes.key(),
            "agreement_id": agreement.id,
            "expected_revision": agreement.revision,
            "period_id": None,
            "content": content,
            "reason": "Giao lại nhiệm vụ",
        }
    )
    return await perform(commands.amend_agreement, command, uow)


async def sign(
    uow: UnitOfWork, agreement: Agreement, actor: Actor, *, hash: str | None = None
) -> Agreement:
    command = commands.SignAgreement(
        actor=actor,
        idempotency_key=scenes.key(),
        agreement_id=agreement.id,
        expected_revision=agreement.revision,
        version_hash=hash or agreement.hash_of(agreement.latest),
    )
    return await perform(commands.sign_agreement, command, uow)


async def sign_all(uow: UnitOfWork, agreement: Agreement) -> Agreement:
    """In the order of the policy."""
    for party in agreement.signing:
        actor = LEADER if party is Party.LEADER else PROVINCE_HEAD
        agreement = await sign(uow, agreement, actor)
    return agreement


async def terminate(
    uow: UnitOfWork, agreement: Agreement, *, actor: Actor = PROVINCE_HEAD
) -> Agreement:
    command = commands.TerminateAgreement(
        actor=actor,
        idempotency_key=scenes.key(),
        agreement_id=agreement.id,
        expected_revision=agreement.revision,
        decision=DECISION,
        reason="Điều động",
    )
    return await perform(commands.terminate_agreement, command, uow)


async def planned(uow: UnitOfWork, policy: str, code: str, **more: Any) -> Agreement:
    """An objective of the chair, and the agreement on it."""
    period = await ses(uow, policy)
    row = Indicator(
        code=code,
        perspective=more.pop("perspective", None),
        weight=Decimal(100),
        baseline=Decimal(0),
        target=Decimal(100),
        actual=Decimal(80),
        direction="UP",
        shared=False,
        parent=None,
    )
    await o.reached(uow, period, CHAIR_ID, row, by=PROVINCE_HEAD)
    details = [{"code": code, "steps": STEPS, **more.pop("detail", {})}]
    return await draft(uow, period, content={"details": details}, **more)
