"""The yearly annex (phụ lục phục vụ người dân và doanh nghiệp) beside the score of a leader and of
a unit: what citizens and businesses got, as it was when the year was scored."""

from dataclasses import dataclass

from congvu_kit.domain.shares import Share
from evaluation_service.domain.copies.unit_indexes import ComplaintCounts, PromiseCounts


@dataclass(frozen=True, kw_only=True)
class AnswerCounts:
    """Answers of the year; below the minimum they say nothing (F-I5)."""

    satisfied: int
    answers: int
    minimum_answers: int

    @property
    def share(self) -> Share | None:
        enough = 0 < self.answers >= self.minimum_answers
        return Share(self.satisfied, self.answers) if enough else None


@dataclass(frozen=True, kw_only=True)
class DossierCounts:
    """Completed in the year in time and late, and due in it and not completed by its end."""

    in_time: int
    late: int
    waiting: int

    @property
    def whole(self) -> int:
        return self.in_time + self.late + self.waiting

    @property
    def share(self) -> Share:
        return Share(self.in_time, self.whole)


@dataclass(frozen=True, kw_only=True)
class ServiceAnnex:
    """Of a unit with all below it; `commitments` of a leader are the leader's own. What feedback
    did not tell of is None, and is no zero."""

    unit_id: str
    dossiers: DossierCounts
    answers: AnswerCounts | None = None
    complaints: ComplaintCounts | None = None
    commitments: PromiseCounts | None = None
