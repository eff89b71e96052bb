"""Which bands a filter may name."""

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.errors import Invalid
from congvu_scoring.engine.vocabulary import not_known
from evaluation_service.application.collections import POLICIES
from evaluation_service.application.policies.pins import known_bands
from evaluation_service.domain.periods.periods import EvaluationPeriod

POLICIES_MAX = 1000
"""Versions of policies, a handful of each province."""


async def require_known_band(
    band: str, period: EvaluationPeriod | None, field: str, tx: Transaction
) -> None:
    """A band that no policy gives would find nobody for ever, and tell nobody why."""
    stored = (
        await tx.store(POLICIES).select(limit=POLICIES_MAX)
        if period is None
        else await tx.store(POLICIES).find_many(period.policies.references)
    )
    known = sorted({code for each in stored if each for code in known_bands(each.document)})
    if band not in known:
        hint = not_known(band, known)
        raise Invalid(
            en=f"no policy here has this band{hint.en}",
            vi=f"Không có quy chế nào ở đây có mức xếp loại này{hint.vi}.",
            field=field,
        )
