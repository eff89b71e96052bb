"""The satisfaction index (chỉ số hài lòng) of a unit and period: a share, with n and interval."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.shares import Share
from feedback_service.domain.commitments.values import RATINGS_MINIMUM
from feedback_service.domain.indexes.details import (
    CountedPart,
    IndexDetails,
    IndexDimension,
    parts_of,
)
from feedback_service.domain.indexes.figures import (
    ComplaintFigures,
    LeaderPromises,
    LeaderPublished,
    OfficerComplaints,
    ProcedureAnswers,
)
from feedback_service.domain.indexes.service_index import ServiceIndex


class IndexAnomaly(StrEnum):
    MORE_ANSWERS_THAN_DOSSIERS = "MORE_ANSWERS_THAN_DOSSIERS"
    ANSWERS_UNDER_REVIEW = "ANSWERS_UNDER_REVIEW"
    ANSWERS_SET_ASIDE = "ANSWERS_SET_ASIDE"


class IndexState(StrEnum):
    PENDING = "PENDING"
    MEASURED = "MEASURED"
    INSUFFICIENT = "INSUFFICIENT"


@dataclass(frozen=True, kw_only=True)
class IndexEvidence:
    """What was counted for a unit and period. `answers` of the `completed` dossiers' owners came
    back; of the complaints due in the period `answered_in_time` were answered by their date;
    of the decided ones `confirmed` were settled to the complainant's own satisfaction. Answers
    `under_review` and `set_aside` came on top and are not among `answers`."""

    satisfied: int
    answers: int
    completed: int
    complaints_due: int
    answered_in_time: int
    complaints_settled: int
    confirmed: int
    under_review: int = 0
    under_review_satisfied: int = 0
    set_aside: int = 0

    @property
    def received(self) -> int:
        """Every answer that came, whatever became of it."""
        return self.answers + self.under_review + self.set_aside

    @property
    def anomalies(self) -> tuple[IndexAnomaly, ...]:
        """What whoever reads the figure should know."""
        found = {
            IndexAnomaly.MORE_ANSWERS_THAN_DOSSIERS: self.received > self.completed,
            IndexAnomaly.ANSWERS_UNDER_REVIEW: self.under_review > 0,
            IndexAnomaly.ANSWERS_SET_ASIDE: self.set_aside > 0,
        }
        return tuple(anomaly for anomaly, there in found.items() if there)


@dataclass(frozen=True, kw_only=True)
class LeaderRating:
    """How citizens rated the commitments of a leader of the unit in the period: `score_sum` over
    all `ratings`, each 1 to 5; `satisfied` gave 4 or 5, with the 95 % Wilson interval of their
    share where enough rated (F-I5)."""

    leader_id: str
    ratings: int
    score_sum: int
    satisfied: int = 0
    ci_low: str | None = None
    ci_high: str | None = None

    @property
    def told(self) -> str:
        """As the public log has it beside the sums."""
        interval = f"/{self.ci_low}/{self.ci_high}" if self.ci_low else ""
        return f"{self.leader_id}={self.satisfied}/{self.ratings}{interval}"


def rating_of(leader_id: str, ratings: int, score_sum: int, satisfied: int) -> LeaderRating:
    share = Share(satisfied, ratings)
    low, high = (share.wilson or (None, None)) if ratings >= RATINGS_MINIMUM else (None, None)
    return LeaderRating(
        leader_id=leader_id,
        ratings=ratings,
        score_sum=score_sum,
        satisfied=satisfied,
        ci_low=low,
        ci_high=high,
    )


@dataclass(frozen=True, kw_only=True)
class IndexComputed(Event):
    """What citizens said of a unit in a frozen period. It does not change afterwards; when the
    period is opened and frozen again, another one follows with a higher `freeze`. `complaints` and
    what follows it are not told by events of before; `period_code` is as "2026-Q3"."""

    TYPE = "congvu.feedback.index.computed.v1"

    index_id: str
    unit_id: str
    period_id: str
    province: str
    satisfied: int
    answers: int
    index: str | None
    minimum_answers: int
    state: IndexState
    ci_low: str | None
    ci_high: str | None
    log_sequence: int
    under_review: int = 0
    under_review_satisfied: int = 0
    set_aside: int = 0
    freeze: int = 1
    leaders: tuple[LeaderRating, ...] = ()
    complaints: ComplaintFigures | None = None
    officers: tuple[OfficerComplaints, ...] = ()
    procedures: tuple[ProcedureAnswers, ...] = ()
    promises: tuple[LeaderPromises, ...] = ()
    published: tuple[LeaderPublished, ...] | None = None
    period_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class IndexPart(CountedPart):
    """A part as it may be shown: too few answers of it say nothing (F-I5)."""

    state: IndexState
    minimum_answers: int

    @property
    def index(self) -> str | None:
        return Share(self.satisfied, self.answers).value if self.enough else None

    @property
    def interval(self) -> tuple[str, str] | None:
        return Share(self.satisfied, self.answers).wilson if self.enough else None

    @property
    def enough(self) -> bool:
        return self.answers >= max(1, self.minimum_answers)

    def settled(self) -> "IndexPart":
        """Of a frozen figure each part is measured, or insufficient, for itself."""
        if self.state is IndexState.PENDING:
            return self
        state = IndexState.MEASURED if self.enough else IndexState.INSUFFICIENT
        return replace(self, state=state)


@dataclass(kw_only=True)
class SatisfactionIndex(Aggregate):
    unit_id: str
    period_id: str
    province: str
    minimum_answers: int
    policies: tuple[str, ...]
    evidence: IndexEvidence
    state: IndexState
    computed_at: datetime
    leaders: tuple[LeaderRating, ...] = ()
    complaints: ComplaintFigures | None = None
    officers: tuple[OfficerComplaints, ...] = ()
    procedures: tuple[ProcedureAnswers, ...] = ()
    promises: tuple[LeaderPromises, ...] = ()
    published: tuple[LeaderPublished, ...] | None = None
    details: IndexDetails | None = None
    log_sequence: int | None = None

    @property
    def share(self) -> Share:
        return Share(self.evidence.satisfied, self.evidence.answers)

    @property
    def index_with_review(self) -> str | None:
        """As if every answer under review counted."""
        answers = self.evidence.answers + self.evidence.under_review
        if answers < max(1, self.minimum_answers):
            return None
        return Share(self.evidence.satisfied + self.evidence.under_review_satisfied, answers).value

    @property
    def enough(self) -> bool:
        """Whether the answers suffice to say anything (F-I5)."""
        return self.evidence.answers >= max(1, self.minimum_answers)

    @property
    def index(self) -> str | None:
        return self.share.value if self.enough else None

    @property
    def interval(self) -> tuple[str, str] | None:
        return self.share.wilson if self.enough else None

    def parts(self, by: IndexDimension) -> list[IndexPart]:
        """None of a figure that is older than what it is made of."""
        if self.details is None:
            return []
        made = (
            IndexPart(**vars(each), state=self.state, minimum_answers=self.minimum_answers)
            for each in parts_of(by, self.details, self.procedures)
        )
        return [each.settled() for each in made]

    @property
    def service_index(self) -> ServiceIndex | None:
        """None where the figure is older than what it is made of."""
        if self.details is None:
            return None
        counted = self.complaints
        due = counted.due if counted else self.evidence.complaints_due
        in_time = counted.answered_in_time if counted else self.evidence.answered_in_time
        return ServiceIndex(
            answered_in_time=Share(in_time, due),
            contented=Share(self.details.contented, due),
            satisfied=self.share if self.enough else Share(0, 0),
            dossiers_in_time=Share(self.details.in_time, self.details.in_time + self.details.late),
        )

    def take_over(self, earlier: "SatisfactionIndex") -> None:
        """Stand in the place of the figure of an earlier freeze."""
        self.revision, self.sequence = earlier.revision, earlier.sequence

    def freeze(self) -> None:
        """From a live figure to the one that counts."""
        self.state = IndexState.MEASURED if self.enough else IndexState.INSUFFICIENT

    def announce(self, log_sequence: int, freeze: int, period_code: str | None) -> None:
        self.log_sequence = log_sequence
        low, high = self.interval or (None, None)
        self.record(
            IndexComputed(
                index_id=self.id,
                unit_id=self.unit_id,
                period_id=self.period_id,
                province=self.province,
                satisfied=self.evidence.satisfied,
                answers=self.evidence.answers,
                index=self.index,
                minimum_answers=self.minimum_answers,
                state=self.state,
                ci_low=low,
                ci_high=high,
                log_sequence=log_sequence,
                under_review=self.evidence.under_review,
                under_review_satisfied=self.evidence.under_review_satisfied,
                set_aside=self.evidence.set_aside,
                freeze=freeze,
                leaders=self.leaders,
                complaints=self.complaints,
                officers=self.officers,
                procedures=self.procedures,
                promises=self.promises,
                published=self.published,
                period_code=period_code,
            )
        )
