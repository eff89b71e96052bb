"""The yearly annex on service to citizens and businesses, beside a score."""

from decimal import Decimal
from typing import Self

import strawberry

from congvu_kit.graph import Shown, by_name
from evaluation_service.domain.copies import unit_indexes
from evaluation_service.domain.results import annexes


@strawberry.type(description="How satisfied citizens and businesses were (hài lòng).")
class AnnexSatisfaction:
    satisfied: int = strawberry.field(description="Satisfied or very satisfied.")
    answers: int = strawberry.field(description="All counted answers (n).")
    minimum_answers: int = strawberry.field(description="Fewer say nothing (F-I5).")
    index: Decimal | None = strawberry.field(
        description="Satisfied of all, to four places; null below the minimum."
    )
    interval_low: Decimal | None = strawberry.field(
        description="Lower end of the 95 % Wilson interval."
    )
    interval_high: Decimal | None = strawberry.field(
        description="Upper end of the 95 % Wilson interval."
    )

    @classmethod
    def of(cls, counts: annexes.AnswerCounts) -> Self:
        share = counts.share
        low, high = (share.wilson if share else None) or (None, None)
        index = share.value if share else None
        return by_name(
            cls,
            counts,
            index=_decimal(index),
            interval_low=_decimal(low),
            interval_high=_decimal(high),
        )


@strawberry.type(description="Complaints, and what came of them (phản ánh, kiến nghị).")
class AnnexComplaints(Shown):
    SHOWS = unit_indexes.ComplaintCounts

    received: int = strawberry.field(description="Received in the year.")
    due: int = strawberry.field(description="Due to be answered in it.")
    answered_in_time: int = strawberry.field(description="Of those due, answered by their day.")
    decided: int = strawberry.field(description="Decided in it.")
    upheld: int = strawberry.field(description="Of those decided, found right, in full or in part.")


@strawberry.type(description="Published commitments that fell due (cam kết công khai).")
class AnnexCommitments(Shown):
    SHOWS = unit_indexes.PromiseCounts

    due: int = strawberry.field(description="That fell due in the year.")
    kept: int = strawberry.field(description="Found kept in time.")
    partly: int = strawberry.field(description="Found kept in part, or late.")
    missed: int = strawberry.field(description="Found not kept.")


@strawberry.type(description="Dossiers of administrative procedures (hồ sơ thủ tục hành chính).")
class AnnexDossiers:
    in_time: int = strawberry.field(description="Completed in the year by their day.")
    late: int = strawberry.field(description="Completed in it after their day.")
    waiting: int = strawberry.field(description="Due in it and not completed by its end.")
    share: Decimal | None = strawberry.field(description="In time of all three; null of none.")

    @classmethod
    def of(cls, counts: annexes.DossierCounts) -> Self:
        return by_name(cls, counts, share=_decimal(counts.share.value))


@strawberry.type(
    description="Service to citizens and businesses in a year (phụ lục phục vụ người dân và doanh "
    "nghiệp), of a unit with all below it, as it was when the year was scored; the seal binds it. "
    "It is beside the score and no part of it. What feedback did not tell of is null."
)
class ServiceAnnex:
    satisfaction: AnnexSatisfaction | None = strawberry.field(description="Answers of citizens.")
    complaints: AnnexComplaints | None = strawberry.field(description="Complaints.")
    commitments: AnnexCommitments | None = strawberry.field(
        description="Commitments: of a unit those made in it, of a leader the leader's own."
    )
    dossiers: AnnexDossiers = strawberry.field(description="Dossiers in time.")

    @classmethod
    def of(cls, annex: annexes.ServiceAnnex) -> Self:
        said, asked, promised = annex.answers, annex.complaints, annex.commitments
        return cls(
            satisfaction=AnnexSatisfaction.of(said) if said else None,
            complaints=AnnexComplaints.of(asked) if asked else None,
            commitments=AnnexCommitments.of(promised) if promised else None,
            dossiers=AnnexDossiers.of(annex.dossiers),
        )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
