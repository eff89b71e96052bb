"""What an index is made of, and the index for serving citizens and businesses."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Self

import strawberry

from congvu_kit.domain.shares import Share
from congvu_kit.graph import at_most, describe
from feedback_service.adapters.graphql.common.types import Ratio, exact
from feedback_service.application.indexes.queries import TrendPoint
from feedback_service.domain.indexes import satisfaction_index, service_index
from feedback_service.domain.indexes.details import IndexDimension
from feedback_service.domain.indexes.satisfaction_index import IndexState
from feedback_service.domain.indexes.service_index import WEIGHTS, ServicePart

describe(
    IndexDimension,
    "What answers are told apart by.",
    PROCEDURE="The administrative procedure.",
    CHANNEL="How the answer came.",
    DRIVER="What the answer was about; one answer may name several.",
)
describe(
    ServicePart,
    "A part of the index for serving citizens and businesses (Decision No. 766/QĐ-TTg of 2022, "
    "article and clause not known).",
    OPENNESS="Openness and transparency: 18 points.",
    PROGRESS="Progress and results: 20 points.",
    DIGITISATION="Digitised dossiers: 22 points.",
    ONLINE="Online service and payment: 22 points.",
    SATISFACTION="Satisfaction: 18 points.",
)


@strawberry.type(description="Satisfaction of one procedure, channel or driver.")
class IndexPart:
    value: str = strawberry.field(description="The procedure's code, the channel or the driver.")
    satisfied: int = strawberry.field(description="Answers of the first two steps.")
    answers: int = strawberry.field(description="Answers that count: the n.")
    population: int | None = strawberry.field(
        description="Dossiers completed; null for channels and drivers, of which nobody knows."
    )
    offered: int | None = strawberry.field(
        description="Those of them whose owner could rate; null for channels and drivers."
    )
    state: IndexState = strawberry.field(description="Live, measured or insufficient.")
    index: Decimal | None = strawberry.field(
        description="Share of the first two answers, to four places; null below the minimum."
    )
    interval_low: Decimal | None = strawberry.field(
        description="Lower end of the 95 % Wilson interval."
    )
    interval_high: Decimal | None = strawberry.field(
        description="Upper end of the 95 % Wilson interval."
    )

    @classmethod
    def of(cls, part: satisfaction_index.IndexPart) -> Self:
        low, high = part.interval or (None, None)
        return cls(
            value=part.value,
            satisfied=part.satisfied,
            answers=part.answers,
            population=part.population,
            offered=part.offered,
            state=part.state,
            index=exact(part.index),
            interval_low=exact(low),
            interval_high=exact(high),
        )


@strawberry.type(description="A unit's frozen figure of one period, in its trend.")
class SatisfactionPoint:
    period_id: strawberry.ID = strawberry.field(description="The period.")
    period_name: str = strawberry.field(description="Its name.")
    starts_on: date = strawberry.field(description="Its first day.")
    ends_on: date = strawberry.field(description="The first day after it.")
    state: IndexState = strawberry.field(description="Measured or insufficient.")
    answers: int = strawberry.field(description="Answers that count: the n.")
    index: Decimal | None = strawberry.field(
        description="Share of the first two answers, to four places; null below the minimum."
    )
    interval_low: Decimal | None = strawberry.field(
        description="Lower end of the 95 % Wilson interval."
    )
    interval_high: Decimal | None = strawberry.field(
        description="Upper end of the 95 % Wilson interval."
    )

    @classmethod
    def of(cls, point: TrendPoint) -> Self:
        low, high = point.index.interval or (None, None)
        return cls(
            period_id=strawberry.ID(point.period.id),
            period_name=point.period.name,
            starts_on=point.period.starts_on,
            ends_on=point.period.ends_on,
            state=point.index.state,
            answers=point.index.evidence.answers,
            index=exact(point.index.index),
            interval_low=exact(low),
            interval_high=exact(high),
        )


@strawberry.type(description="Points of one part of the service index.")
class ServicePartPoints:
    part: ServicePart = strawberry.field(description="Which part.")
    points: Decimal = strawberry.field(description="Points, to two places, half up.")
    out_of: int = strawberry.field(description="The most it can have.")


@strawberry.type(
    description="The index for serving citizens and businesses (Decision No. 766/QĐ-TTg of "
    "2022, article and clause not known), of the parts that there is data for here. A part "
    "without data is missing, and not "
    "zero."
)
class ServiceIndex:
    points: Decimal = strawberry.field(
        description="Points of the parts that are there, to two places, half up."
    )
    out_of: int = strawberry.field(description="The most that these parts can have; 100 of all.")
    parts: list[ServicePartPoints] = strawberry.field(
        description="The parts that there is data for.", directives=at_most(len(ServicePart))
    )
    missing: list[ServicePart] = strawberry.field(
        description="The parts without data.", directives=at_most(len(ServicePart))
    )
    answered_in_time: Ratio = strawberry.field(
        description="Complaints answered by their date, of those due: the first ratio."
    )
    contented: Ratio = strawberry.field(
        description="Complaints neither overdue nor disputed, of those due: the second ratio."
    )
    satisfied: Ratio = strawberry.field(
        description="Satisfied answers about dossiers, of those that count: the third ratio; of "
        "nothing below the minimum."
    )
    dossiers_in_time: Ratio = strawberry.field(
        description="Dossiers completed by their date, of those completed."
    )

    @classmethod
    def of(cls, index: service_index.ServiceIndex) -> Self:
        return cls(
            points=_points(index.total),
            out_of=index.out_of,
            parts=[
                ServicePartPoints(part=part, points=_points(points), out_of=WEIGHTS[part])
                for part, points in index.points.items()
            ],
            missing=[*index.missing],
            answered_in_time=_ratio(index.answered_in_time),
            contented=_ratio(index.contented),
            satisfied=_ratio(index.satisfied),
            dossiers_in_time=_ratio(index.dossiers_in_time),
        )


def _ratio(share: Share) -> Ratio:
    return Ratio.of(share.part, share.whole)


def _points(exactly: Fraction) -> Decimal:
    quotient = Decimal(exactly.numerator) / Decimal(exactly.denominator)
    return quotient.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
