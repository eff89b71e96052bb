"""What those who supervise may ask for."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import Command
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Participant, Role
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.personal_data import refuse_personal_data
from evaluation_service.application.collections import EVALUATIONS, POST_AUDITS
from evaluation_service.application.periods.commands import own_period
from evaluation_service.domain.common.reasons import require_reason
from evaluation_service.domain.review.post_audits import (
    PostAudit,
    PostAuditOrigin,
    PostAuditState,
)


@dataclass(frozen=True, kw_only=True)
class RequestPostAudit(Command):
    operation: ClassVar[str] = "request_post_audit"

    period_id: str
    unit_id: str
    reason: str


async def request_post_audit(command: RequestPostAudit, tx: Transaction) -> PostAudit:
    """One at a time about a unit in a period; whoever asked decides nothing of it (E-I4). The
    reason is for the public log, so it names nobody (F-I2)."""
    command.actor.require(Role.COUNCIL)
    period = await own_period(command.actor, command.period_id, tx)
    require_reason(command.reason)
    refuse_personal_data(command.reason, "input.reason", rule_id="F-I2")
    period.require_public("input.periodId")
    await _require_rated(command.unit_id, period.id, tx)
    store = tx.store(POST_AUDITS)
    about = (
        Eq("province", period.province),
        Eq("origin", PostAuditOrigin.COUNCIL),
        Eq("unit_id", command.unit_id),
        Eq("period_id", period.id),
    )
    if await store.first(*about, Eq("state", PostAuditState.REQUESTED)) is not None:
        raise Conflict(
            en="a post-audit of this unit in this period already waits for the board",
            vi="Đã có yêu cầu hậu kiểm đơn vị này trong kỳ này đang chờ hội đồng.",
            field="input.unitId",
        )
    audit = PostAudit(
        id=derived_id("audit", period.id, command.unit_id, str(await store.count(*about))),
        origin=PostAuditOrigin.COUNCIL,
        province=period.province,
        unit_id=command.unit_id,
        period_id=period.id,
        reason=command.reason,
        requested_by=Participant.of(command.actor),
    )
    audit.request()
    await store.save(audit)
    return audit


async def _require_rated(unit_id: str, period_id: str, tx: Transaction) -> None:
    found = await tx.store(EVALUATIONS).first(Eq("unit_path", unit_id), Eq("period_id", period_id))
    if found is None:
        raise Invalid(
            en="nobody of this unit was rated in this period",
            vi="Không có ai của đơn vị này được đánh giá trong kỳ này.",
            field="input.unitId",
        )
