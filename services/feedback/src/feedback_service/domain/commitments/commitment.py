"""A leader's public commitment (cam kết công khai): amended or missed, never withdrawn (F-I8)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypedDict

from congvu_kit.domain.actor import Actor
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from congvu_kit.domain.shares import Share
from congvu_kit.domain.sizes import require_room
from feedback_service.domain.commitments.events import (
    CommitmentAmended,
    CommitmentAssessed,
    CommitmentPublished,
)

SCORE_MIN, SCORE_MAX = 1, 5
VERSIONS_MAX = 20
PROGRESS_MAX = 50

RATINGS_MINIMUM = 30
"""Ratings below which a commitment's rating says nothing (policy PUBLIC-COMMITMENT)."""


class CommitmentState(StrEnum):
    PUBLISHED = "PUBLISHED"
    IN_PROGRESS = "IN_PROGRESS"
    CLAIMED_DONE = "CLAIMED_DONE"
    VERIFIED_MET = "VERIFIED_MET"
    PARTLY = "PARTLY"
    MISSED = "MISSED"


class CommitmentOutcome(StrEnum):
    VERIFIED_MET = "VERIFIED_MET"
    PARTLY = "PARTLY"
    MISSED = "MISSED"


OPEN = (CommitmentState.PUBLISHED, CommitmentState.IN_PROGRESS)


@dataclass(frozen=True, kw_only=True)
class CommitmentVersion:
    """What was promised; `reason` says why it replaces the one before."""

    number: int
    text: str
    target: str
    due: date
    beneficiaries: str
    milestones: tuple[str, ...]
    published_on: date
    log_sequence: int
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Progress:
    on: date
    note: str
    evidence: tuple[str, ...]
    log_sequence: int


class _About(TypedDict):
    commitment_id: str
    province: str
    unit_id: str
    leader_id: str
    number: int
    due: date


@dataclass(kw_only=True)
class Commitment(Aggregate):
    """`salt` hides who rated it. `ratings` counts the scores from 1 to 5."""

    province: str
    unit_id: str
    leader_id: str
    versions: tuple[CommitmentVersion, ...]
    salt: str
    state: CommitmentState = CommitmentState.PUBLISHED
    due: date
    progress: tuple[Progress, ...] = ()
    assessed_on: date | None = None
    assessment: str | None = None
    assessed_sequence: int | None = None
    ratings: tuple[int, ...] = (0, 0, 0, 0, 0)

    @property
    def current(self) -> CommitmentVersion:
        return self.versions[-1]

    def due_as_of(self, log_sequence: int) -> date:
        """The date that the newest version up to this entry of the public log promised."""
        told = [each for each in self.versions if each.log_sequence <= log_sequence]
        return told[-1].due if told else self.versions[0].due

    @property
    def rating_count(self) -> int:
        return sum(self.ratings)

    @property
    def rating(self) -> str | None:
        """The mean score as a share of the best, 0 to 1; None below the minimum (F-I5)."""
        if self.rating_count < RATINGS_MINIMUM:
            return None
        total = sum(score * n for score, n in enumerate(self.ratings, start=SCORE_MIN))
        return Share(total, SCORE_MAX * self.rating_count).value

    def require_leader(self, actor: Actor) -> None:
        if actor.officer != self.leader_id:
            raise Forbidden(
                en="only the leader who made this commitment",
                vi="chỉ lãnh đạo đã cam kết được thực hiện",
            )

    def require_outside(self, actor: Actor) -> None:
        outside = actor.unit != self.unit_id and actor.officer != self.leader_id
        if actor.province != self.province or not outside:
            raise Forbidden(
                en="a commitment is assessed outside the unit that made it",
                vi="cam kết phải do bên ngoài đơn vị đánh giá",
            )
        actor.require_officer("C-I11")

    def publish(self) -> None:
        self.record(
            CommitmentPublished(**self._about(), text=self.current.text, target=self.current.target)
        )

    def amend(self, version: CommitmentVersion, today: date) -> None:
        """A new version beside the old ones; too late once the date has passed."""
        self.require_open(today)
        require_room(
            self.versions,
            VERSIONS_MAX,
            en="versions of one commitment",
            vi="phiên bản của một cam kết",
        )
        self.versions = (*self.versions, version)
        self.due = version.due
        self.record(
            CommitmentAmended(
                **self._about(),
                text=version.text,
                target=version.target,
                reason=version.reason or "",
            )
        )

    def report(self, progress: Progress, *, done: bool, today: date) -> None:
        self.require_open(today)
        require_room(
            self.progress,
            PROGRESS_MAX,
            en="reports on one commitment",
            vi="báo cáo tiến độ của một cam kết",
        )
        self.progress = (*self.progress, progress)
        self.state = CommitmentState.CLAIMED_DONE if done else CommitmentState.IN_PROGRESS

    def assess(self, outcome: CommitmentOutcome, reason: str, on: date, log_sequence: int) -> None:
        if (
            self.state is not CommitmentState.CLAIMED_DONE
            and outcome is not CommitmentOutcome.MISSED
        ):
            raise self._not_now("assess")
        if self.state not in (*OPEN, CommitmentState.CLAIMED_DONE):
            raise self._not_now("assess")
        if self.state in OPEN and on <= self.due:
            raise Conflict(
                en=f"the commitment runs until {self.due}",
                vi=f"cam kết còn hiệu lực đến {self.due}",
                rule_id="F-I8",
            )
        self.state, self.assessed_on, self.assessment = CommitmentState(outcome), on, reason
        self.assessed_sequence = log_sequence
        self.record(CommitmentAssessed(**self._about(), outcome=outcome))

    def overdue(self, today: date) -> bool:
        return self.state in OPEN and today > self.due

    def rate(self, score: int) -> None:
        if not SCORE_MIN <= score <= SCORE_MAX:
            raise Invalid(
                en=f"a score is {SCORE_MIN} to {SCORE_MAX}, not {score}",
                vi=f"điểm từ {SCORE_MIN} đến {SCORE_MAX}, không phải {score}",
                field="input.score",
            )
        counts = list(self.ratings)
        counts[score - SCORE_MIN] += 1
        self.ratings = tuple(counts)

    def require_open(self, today: date) -> None:
        if self.state not in OPEN:
            raise self._not_now("change")
        if today > self.due:
            raise Conflict(
                en=f"the date {self.due} has passed: the commitment can only be assessed",
                vi=f"đã quá hạn {self.due}: cam kết chỉ còn được đánh giá",
                rule_id="F-I8",
            )

    def _not_now(self, step: str) -> Conflict:
        return Conflict(
            en=f"commitment {self.id!r} is {self.state}: cannot {step}",
            vi=f"cam kết {self.id!r} đang ở trạng thái {self.state}: không thực hiện được",
            rule_id="F-I8",
        )

    def _about(self) -> _About:
        return {
            "commitment_id": self.id,
            "province": self.province,
            "unit_id": self.unit_id,
            "leader_id": self.leader_id,
            "number": self.current.number,
            "due": self.due,
        }
