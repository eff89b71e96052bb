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
    round: int = 0


@dataclass(frozen=True, kw_only=True)
class ComplaintDisputed(ComplaintEvent):
    """The complainant does not accept the answer."""

    TYPE = "congvu.feedback.complaint.disputed.v1"


@dataclass(frozen=True, kw_only=True)
class ComplaintReopened(ComplaintEvent):
    """Somebody outside the unit, or the complainant after it had ended, sent the complaint back
    for a new answer."""

    TYPE = "congvu.feedback.complaint.reopened.v1"

    by_complainant: bool = False


@dataclass(frozen=True, kw_only=True)
class ComplaintForwarded(ComplaintEvent):
    """The unit passed the complaint on to the one whose business it is, which is `unit_id` now and
    has the whole term from that day on."""

    TYPE = "congvu.feedback.complaint.forwarded.v1"

    from_unit_id: str
    answer_by: date


@dataclass(frozen=True, kw_only=True)
class ComplaintRescheduled(ComplaintEvent):
    """A working calendar was published or corrected: dates that had not passed moved with it."""

    TYPE = "congvu.feedback.complaint.rescheduled.v1"

    answer_by: date
    due_on: date | None
    dispute_until: date | None
    reopen_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class ComplaintEscalated(ComplaintEvent):
    """A date passed in silence; the complaint is now before the superior level: the head of
    `to_unit_id` by name, or the review board."""

    TYPE = "congvu.feedback.complaint.escalated.v1"

    overdue_state: str
    to_unit_id: str | None = None
    civil_servant_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ComplaintAnswerOverdue(ComplaintEvent):
    """The date of the answer passed without one: a process fault of `civil_servant_id`, who owed it
    for `term_days` working days after `since`. `round` counts the answers disputed before."""

    TYPE = "congvu.feedback.complaint.answer_overdue.v1"

    civil_servant_id: str
    since: date
    due_on: date
    term_days: int
    round: int


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
