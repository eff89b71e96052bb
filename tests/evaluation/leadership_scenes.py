"""Steps of crises and ballots, each as one call."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from evaluation import scenes
from evaluation.people import BOARD, CHAIR_ID, LAN
from evaluation_service.application.leadership import commands
from evaluation_service.domain.leadership.ballots import BallotBox
from evaluation_service.domain.leadership.crises import Crisis, CrisisOutcome
from evaluation_service.domain.periods.periods import EvaluationPeriod

BEGAN, ENDED = datetime(2026, 8, 1, 1, tzinfo=UTC), datetime(2026, 8, 1, 5, 30, tzinfo=UTC)


async def opened(uow: UnitOfWork, **changes: object) -> EvaluationPeriod:
    await scenes.commune(uow)
    return await scenes.open_period(uow, **changes)


async def record(
    uow: UnitOfWork, period: EvaluationPeriod, actor: Actor = LAN, **changes: Any
) -> Crisis:
    said: dict[str, Any] = {
        "civil_servant_id": CHAIR_ID,
        "title": "Lũ quét thôn Đồng Trăng",
        "began_at": BEGAN,
        "ended_at": ENDED,
        "hours_allowed": Decimal(4),
        "outcome": CrisisOutcome.RESOLVED,
        "evidence": (),
    }
    command = commands.RecordCrisis(
        actor=actor, idempotency_key=scenes.key(), period_id=period.id, **{**said, **changes}
    )
    return await perform(commands.record_crisis, command, uow)


async def confirm(
    uow: UnitOfWork, crisis: Crisis, actor: Actor = BOARD, *, confirmed: bool = True
) -> Crisis:
    command = commands.ConfirmCrisis(
        actor=actor,
        idempotency_key=scenes.key(),
        expected_revision=crisis.revision,
        crisis_id=crisis.id,
        confirmed=confirmed,
        reason=None if confirmed else "Chưa đối chiếu",
    )
    return await perform(commands.confirm_crisis, command, uow)


async def rate_leader(
    uow: UnitOfWork, period: EvaluationPeriod, actor: Actor, *, of: str = CHAIR_ID, **said: Any
) -> BallotBox:
    said = {"development": 4, "sharing": 3, "trained": True, **said}
    command = commands.RateLeader(
        actor=actor, idempotency_key=scenes.key(), period_id=period.id, civil_servant_id=of, **said
    )
    return await perform(commands.rate_leader, command, uow)
