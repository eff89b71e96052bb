"""The parts of a commitment: what is promised, what is reported, what is found."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

SCORE_MIN, SCORE_MAX = 1, 5
VERSIONS_MAX = 20
PROGRESS_MAX = 50

RATINGS_MINIMUM = 30
"""Ratings below which a commitment's rating says nothing (policy PUBLIC-COMMITMENT)."""

CONTENTED_FROM = 4
"""Scores from here on say that a promise is kept."""

MET_PERCENT, PARTLY_PERCENT = 80, 50
"""Of those who rated: how many are contented with a promise that citizens find met, or partly."""


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


class CommitmentKind(StrEnum):
    PROMISE = "PROMISE"
    KEY_TASK = "KEY_TASK"


class Verdict(NamedTuple):
    """What the superior found, what citizens say (None below the minimum), and what counts."""

    found: CommitmentOutcome
    citizens: CommitmentOutcome | None

    @property
    def counts(self) -> CommitmentOutcome:
        """The lower of both: nobody's word stands over the citizens'."""
        worst = list(CommitmentOutcome)
        return max(filter(None, self), key=worst.index)


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
    milestone_dates: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Progress:
    """`milestone` is the text of one that was reached by it."""

    on: date
    note: str
    evidence: tuple[str, ...]
    log_sequence: int
    percent: int | None = None
    milestone: str | None = None


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A step on the way, and the report by which it was reached."""

    number: int
    text: str
    due: date | None
    reached: Progress | None
