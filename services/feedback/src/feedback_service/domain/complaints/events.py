"""What other services and partners hear of a complaint; never who filed it."""

from dataclasses import dataclass
from datetime import date

from congvu_kit.domain.aggregate import Event


@dataclass(frozen=True, kw_only=True)
class ComplaintEvent(Event):
    complaint_id: str
    province: str
    unit_id: str
    on: date


@dataclass(frozen=True, kw_only=True)
class ComplaintFiled(ComplaintEvent):
    """A complaint was received."""

    TYPE = "congvu.feedback.complaint.filed.v1"

    answer_by: date


@dataclass(frozen=True, kw_only=True)
class ComplaintClassified(ComplaintEvent):
    """The unit said what the complaint is about."""

    TYPE = "congvu.feedback.complaint.classified.v1"

    category: str


@dataclass(frozen=True, kw_only=True)
class ComplaintAnswered(ComplaintEvent):
    """The unit answered; the complainant may dispute until `dispute_until`."""

    TYPE = "congvu.feedback.complaint.answered.v1"

    late: bool
    dispute_until: date


@dataclass(frozen=True, kw_only=True)
class ComplaintDisputed(ComplaintEvent):
    """The complainant does not accept the answer."""

    TYPE = "congvu.feedback.complaint.disputed.v1"


@dataclass(frozen=True, kw_only=True)
class ComplaintReopened(ComplaintEvent):
    """Somebody outside the unit sent the complaint back for a new answer."""

    TYPE = "congvu.feedback.complaint.reopened.v1"


@dataclass(frozen=True, kw_only=True)
class ComplaintRescheduled(ComplaintEvent):
    """A working calendar was published or corrected: dates that had not passed moved with it."""

    TYPE = "congvu.feedback.complaint.rescheduled.v1"

    answer_by: date
    due_on: date | None
    dispute_until: date | None


@dataclass(frozen=True, kw_only=True)
class ComplaintEscalated(ComplaintEvent):
    """A date passed in silence; the complaint is now before the superior level."""

    TYPE = "congvu.feedback.complaint.escalated.v1"

    overdue_state: str


@dataclass(frozen=True, kw_only=True)
class ComplaintClosed(ComplaintEvent):
    """The complaint ended; `basis` says on whose word."""

    TYPE = "congvu.feedback.complaint.closed.v1"

    state: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class ComplaintUpheld(ComplaintEvent):
    """Somebody outside the unit found the complaint right, in full or in part."""

    TYPE = "congvu.feedback.complaint.upheld.v1"

    verdict: str
    civil_servant_id: str | None
    dossier_code: str | None
