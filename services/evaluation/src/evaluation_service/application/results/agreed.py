"""The agreements that a scoring rests on, as they were signed at its freeze."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from congvu_kit.application.ports import Condition, Lt, Transaction
from congvu_scoring import CompiledPolicy
from evaluation_service.application.collections import AGREEMENTS
from evaluation_service.application.results.members import PEOPLE_MAX
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.agreements.counted import SignedItems, signed_items
from evaluation_service.domain.periods.periods import EvaluationPeriod


async def agreements_of(
    people: Condition, period: EvaluationPeriod, tx: Transaction
) -> list[Agreement]:
    """Whose term has a day in the period."""
    began = Lt("starts_on", period.ends_on.isoformat())
    found = await tx.store(AGREEMENTS).select(people, began, limit=PEOPLE_MAX)
    return [each for each in found if period.starts_on < each.ends_on]


def agreed_in(
    agreements: Sequence[Agreement],
    compiled: CompiledPolicy,
    period: EvaluationPeriod,
    at: datetime,
) -> Mapping[str, SignedItems]:
    """By appointment, of one person: whatever is signed or ended later moves nothing."""
    by_post: dict[str, list[Agreement]] = {}
    for each in agreements:
        by_post.setdefault(each.appointment_id, []).append(each)
    days = (period.starts_on, period.ends_on)
    found = {id: signed_items(held, compiled.policy.id, *days, at) for id, held in by_post.items()}
    return {id: each for id, each in found.items() if each is not None}
