"""The satisfaction index, and where it hangs on evaluation's units."""

from datetime import datetime
from decimal import Decimal
from typing import Self

import strawberry
from strawberry.dataloader import DataLoader

from feedback_service.adapters.graphql.context import FeedbackContext, Info
from feedback_service.application.collections import UNITS
from feedback_service.application.indexes import indexes_of
from feedback_service.domain import satisfaction_index
from feedback_service.domain.satisfaction_index import IndexState, Share


def exact(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


@strawberry.type(description="A share of counted things (tỷ lệ).")
class Ratio:
    part: int = strawberry.field(description="How many of them.")
    whole: int = strawberry.field(description="Of how many.")
    share: Decimal | None = strawberry.field(
        description="Part of whole, to four places, half up; null of nothing."
    )

    @classmethod
    def of(cls, part: int, whole: int) -> Self:
        return cls(part=part, whole=whole, share=exact(Share(part, whole).value))


@strawberry.type(
    description="Satisfaction with a unit (and the units below it) in a period (chỉ số hài lòng)."
)
class SatisfactionIndex:
    index: Decimal | None = strawberry.field(
        description="Share of the first two answers, to four places; null below the minimum."
    )
    satisfied: int = strawberry.field(description="Answers of the first two steps.")
    answers: int = strawberry.field(description="All answers of the period: the n.")
    minimum: int = strawberry.field(
        description="Answers below which the index is INSUFFICIENT, pinned when the period opened."
    )
    state: IndexState = strawberry.field(description="Live, measured or insufficient.")
    interval_low: Decimal | None = strawberry.field(
        description="Lower end of the 95 % Wilson interval."
    )
    interval_high: Decimal | None = strawberry.field(
        description="Upper end of the 95 % Wilson interval."
    )
    coverage: Ratio = strawberry.field(
        description="Answers, of the dossiers completed in the period (tỷ lệ phản hồi)."
    )
    answered_in_time: Ratio = strawberry.field(
        description="Complaints answered by their date, of those due (trả lời đúng hạn)."
    )
    confirmed: Ratio = strawberry.field(
        description="Complaints whose sender confirmed the answer, of those settled."
    )
    policies: list[str] = strawberry.field(
        description="Scoring policies pinned when the period opened; they hold the weight (F-I9)."
    )
    computed_at: datetime = strawberry.field(description="When it was counted, UTC.")
    log_seq: int | None = strawberry.field(description="Its entry in the public log, once frozen.")

    @classmethod
    def of(cls, index: satisfaction_index.SatisfactionIndex) -> Self:
        low, high = index.interval or (None, None)
        evidence = index.evidence
        return cls(
            index=exact(index.index),
            satisfied=evidence.satisfied,
            answers=evidence.answers,
            minimum=index.minimum_answers,
            state=index.state,
            interval_low=exact(low),
            interval_high=exact(high),
            coverage=Ratio.of(min(evidence.answers, evidence.completed), evidence.completed),
            answered_in_time=Ratio.of(evidence.answered_in_time, evidence.complaints_due),
            confirmed=Ratio.of(evidence.confirmed, evidence.complaints_settled),
            policies=list(index.policies),
            computed_at=index.computed_at,
            log_seq=index.log_seq,
        )


IndexLoader = DataLoader[tuple[str, str], satisfaction_index.SatisfactionIndex | None]


def index_by_unit_and_period(context: FeedbackContext) -> IndexLoader:
    async def load(
        keys: list[tuple[str, str]],
    ) -> list[satisfaction_index.SatisfactionIndex | None]:
        tx = context.reading()
        units = await tx.store(UNITS).find_many([unit_id for unit_id, _ in keys])
        return await indexes_of(tx, keys, units)

    return context.loader("index by unit and period", load)


async def satisfaction_of(info: Info, unit_id: str, period_id: str) -> SatisfactionIndex | None:
    found = await index_by_unit_and_period(info.context).load((unit_id, period_id))
    return SatisfactionIndex.of(found) if found is not None else None


@strawberry.federation.type(
    keys=["id"], description="An agency or department (đơn vị), with what citizens say of it."
)
class OrgUnit:
    id: strawberry.ID = strawberry.field(description="Opaque id, given by evaluation.")

    @strawberry.field(
        description="Satisfaction in a period; null for a unit or period that is not known here."
    )
    async def satisfaction(self, info: Info, period: strawberry.ID) -> SatisfactionIndex | None:
        return await satisfaction_of(info, self.id, period)

    @classmethod
    def resolve_reference(cls, id: strawberry.ID, **_: object) -> Self:
        return cls(id=id)
