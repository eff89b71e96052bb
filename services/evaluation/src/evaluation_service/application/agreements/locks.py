"""What was signed holds an objective in its place."""

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.errors import Conflict
from evaluation_service.application.collections import AGREEMENTS
from evaluation_service.domain.agreements.content import RULE
from evaluation_service.domain.agreements.versions import FIXED, OVER
from evaluation_service.domain.objectives.objectives import Objective


async def refuse_locked(objective: Objective, tx: Transaction) -> bool:
    """Raise `Conflict` where it stands in a locked plan; else whether it stands in an agreement
    that was signed and is not over."""
    if objective.civil_servant_id is None:
        return False
    theirs = Eq("civil_servant_id", objective.civil_servant_id)
    held = [e for e in await tx.store(AGREEMENTS).select(theirs) if e.fixes(objective.id)]
    if any(each.state in FIXED for each in held):
        raise Conflict(
            en="it stands in a locked plan: nobody changes or reopens it",
            vi="Mục tiêu thuộc kế hoạch đã khóa: không ai sửa hoặc mở lại được.",
            rule_id=RULE,
        )
    return any(each.state not in OVER for each in held)
