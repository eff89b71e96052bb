"""What other services and partners hear of a leader's public commitment."""

from dataclasses import dataclass
from datetime import date

from congvu_kit.domain.aggregate import Event


@dataclass(frozen=True, kw_only=True)
class CommitmentEvent(Event):
    commitment_id: str
    province: str
    unit_id: str
    leader_id: str
    number: int
    due: date


@dataclass(frozen=True, kw_only=True)
class CommitmentPublished(CommitmentEvent):
    """A leader promised something measurable, in public."""

    TYPE = "congvu.feedback.commitment.published.v1"

    text: str
    target: str
    kind: str = "PROMISE"
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CommitmentAmended(CommitmentEvent):
    """A new public version of a commitment, with its reason; the old one stays readable."""

    TYPE = "congvu.feedback.commitment.amended.v1"

    text: str
    target: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CommitmentAssessed(CommitmentEvent):
    """Somebody outside the unit, or the passing of the date, said whether it was met (`found`);
    `outcome` is what counts: the lower of that and of what `citizens` say, where enough rated."""

    TYPE = "congvu.feedback.commitment.assessed.v1"

    outcome: str
    found: str | None = None
    citizens: str | None = None
    contented: int = 0
    ratings: int = 0
