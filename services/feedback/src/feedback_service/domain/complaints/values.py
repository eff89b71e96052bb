"""The parts of a complaint: its states, verdicts, terms and texts."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self


class ComplaintState(StrEnum):
    RECEIVED = "RECEIVED"
    CLASSIFIED = "CLASSIFIED"
    ASSIGNED = "ASSIGNED"
    IN_PROGRESS = "IN_PROGRESS"
    ANSWERED = "ANSWERED"
    CONFIRMED_RESOLVED = "CONFIRMED_RESOLVED"
    DISPUTED = "DISPUTED"
    REOPENED = "REOPENED"
    CLOSED_RESOLVED = "CLOSED_RESOLVED"
    CLOSED_UNRESOLVED = "CLOSED_UNRESOLVED"
    CLOSED_NOT_COMPETENT = "CLOSED_NOT_COMPETENT"
    CLOSED_DUPLICATE = "CLOSED_DUPLICATE"
    CLOSED_UNFOUNDED = "CLOSED_UNFOUNDED"


S = ComplaintState
CONTESTABLE = (S.ANSWERED, S.CLOSED_NOT_COMPETENT, S.CLOSED_DUPLICATE)
"""The unit's own word, which the complainant may dispute within the window."""
DECIDABLE = (S.ANSWERED, S.DISPUTED, S.REOPENED)
OF_THE_UNIT = (S.RECEIVED, S.CLASSIFIED, S.ASSIGNED, S.IN_PROGRESS, S.REOPENED)
"""States in which the unit owes the next step."""
REOPENABLE = ("CONFIRMED", "SILENCE")
"""On whose word it ended when the complainant may reopen it: their own, or their silence."""
TIMED = (*OF_THE_UNIT, S.DISPUTED)
"""States that somebody must end by `due_on`; in every other one `due_on` is None."""


class Category(StrEnum):
    PROCEDURE = "PROCEDURE"
    ATTITUDE = "ATTITUDE"
    DELAY = "DELAY"
    EXTRA_PAPERS = "EXTRA_PAPERS"
    EXTRA_COST = "EXTRA_COST"
    INTEGRITY = "INTEGRITY"
    OTHER = "OTHER"


class Verdict(StrEnum):
    UPHELD = "UPHELD"
    PARTLY = "PARTLY"
    NOT_UPHELD = "NOT_UPHELD"


class ClosingBasis(StrEnum):
    """On whose word a complaint ended. Silence is not consent, so it is told apart."""

    CONFIRMED = "CONFIRMED"
    SILENCE = "SILENCE"
    DECISION = "DECISION"
    UNIT = "UNIT"


DISPUTES_MAX = 10
ANSWERS_MAX = DISPUTES_MAX + 1
ESCALATIONS_MAX = 50
"""What is kept of them; a level above that kept silent that often has been told."""
FORWARDS_MAX = 5
"""Units a complaint may pass through: more are a quarrel, which the level above ends."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Working days for each step; they are fixed on a complaint when it is filed."""

    classify_days: int = 2
    answer_days: int = 10
    dispute_days: int = 10
    decide_days: int = 15
    reopen_days: int = 20
    escalate_days: int = 3


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """Where a file lies and what it was: the SHA-256 in hexadecimal."""

    uri: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class PublicText:
    """`text` is None once hidden in the log entry `log_sequence`."""

    text: str | None
    log_sequence: int
    on: date

    def without(self, log_sequence: int) -> Self:
        """With its text hidden, if it is of this log entry."""
        return replace(self, text=None) if self.log_sequence == log_sequence else self


@dataclass(frozen=True, kw_only=True)
class ComplaintDecision:
    verdict: Verdict
    remedied: bool
    reason: PublicText
    by: str


@dataclass(frozen=True, kw_only=True)
class Escalation:
    """Who was told of it: somebody by name with the unit they head, else the review board."""

    state: ComplaintState
    on: date
    unit_id: str | None = None
    civil_servant_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One to whom an overdue step is escalated; of the review board both are None."""

    unit_id: str | None = None
    civil_servant_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Forward:
    """The unit that passed it on, and why."""

    from_unit_id: str
    reason: PublicText

    def without(self, log_sequence: int) -> Self:
        return replace(self, reason=self.reason.without(log_sequence))


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """Who was shown the complainant's identity, and when; the public log tells it too."""

    to: str
    on: date
