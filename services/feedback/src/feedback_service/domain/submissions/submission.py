"""What citizens and businesses say about a service they got."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.errors import Conflict
from feedback_service.domain.common.officers import Handled
from feedback_service.domain.copies.dossier import Dossier


class Kind(StrEnum):
    """A rating of a dossier, which counts; of a visit or a procedure, which tells; words."""

    SATISFACTION = "SATISFACTION"
    VISIT = "VISIT"
    PROCEDURE = "PROCEDURE"
    SUGGESTION = "SUGGESTION"
    PRAISE = "PRAISE"


class Lapse(StrEnum):
    """Why a rating that came before its dossier was never joined to it."""

    NO_DOSSIER = "NO_DOSSIER"
    NOT_THE_APPLICANT = "NOT_THE_APPLICANT"
    OTHER_PORTAL = "OTHER_PORTAL"
    BEFORE_RECEIPT = "BEFORE_RECEIPT"
    RATED_ALREADY = "RATED_ALREADY"


class DossierStanding(StrEnum):
    """Of a rating: whether its dossier is known."""

    KNOWN = "KNOWN"
    AWAITED = "AWAITED"
    LAPSED = "LAPSED"


class Channel(StrEnum):
    PORTAL = "PORTAL"
    APP = "APP"
    HOTLINE = "HOTLINE"
    KIOSK = "KIOSK"
    PAPER = "PAPER"
    MEETING = "MEETING"


class SubmitterType(StrEnum):
    CITIZEN = "CITIZEN"
    BUSINESS = "BUSINESS"


class Answer(StrEnum):
    """The five steps of the satisfaction survey, best first."""

    VERY_SATISFIED = "VERY_SATISFIED"
    SATISFIED = "SATISFIED"
    NEUTRAL = "NEUTRAL"
    DISSATISFIED = "DISSATISFIED"
    VERY_DISSATISFIED = "VERY_DISSATISFIED"


CITIZENS = "citizens"
"""The source of what people send with their own tokens."""

SATISFIED_ANSWERS = (Answer.VERY_SATISFIED, Answer.SATISFIED)
"""The index is the share of these."""


class Driver(StrEnum):
    """What the answer was about."""

    SPEED = "SPEED"
    ATTITUDE = "ATTITUDE"
    GUIDANCE = "GUIDANCE"
    FACILITIES = "FACILITIES"
    COST = "COST"
    RESULT = "RESULT"


@dataclass(frozen=True, kw_only=True)
class SubmissionReceived(Event):
    """A citizen or business sent a rating, suggestion or praise; nothing in it tells who."""

    TYPE = "congvu.feedback.submission.received.v1"

    submission_id: str
    kind: Kind
    province: str
    unit_id: str
    procedure_code: str | None
    channel: Channel
    submitter_type: SubmitterType
    answer: Answer | None
    drivers: tuple[Driver, ...]
    received_on: date
    log_sequence: int


@dataclass(kw_only=True)
class Submission(Aggregate, Handled):
    """`person` is a salted commitment to who sent it, unique per `target`: a dossier, or the
    submission itself where one may speak more than once. `unit_path` is the unit and those above
    it on that day, `civil_servant_id` and `other_officers` who did the work. `source` is the way it
    came, `arrived` the minute, `given` that minute or the earlier day on which a portal collected
    it. `review_id` marks a doubted answer, since `questioned_sequence` of the public log.
    `received_at` is when it was acknowledged; it has a `log_sequence` once it is in the log.
    `awaits` is the code of a dossier that was not told yet, `shown_hash` what its applicant's hash
    must be; `round_id` the survey in which it was asked for."""

    kind: Kind
    province: str
    unit_id: str
    unit_path: tuple[str, ...]
    target: str
    person: str
    salt: str
    procedure_code: str | None
    channel: Channel
    submitter_type: SubmitterType
    answer: Answer | None
    drivers: tuple[Driver, ...]
    received_on: date
    log_sequence: int | None = None
    received_at: str = ""
    source: str = CITIZENS
    arrived: str = ""
    given: str = ""
    review_id: str | None = None
    questioned_sequence: int | None = None
    awaits: str | None = None
    shown_hash: str = ""
    lapsed: Lapse | None = None
    round_id: str | None = None

    @property
    def dossier(self) -> DossierStanding | None:
        if self.kind is not Kind.SATISFACTION:
            return None
        if self.lapsed is not None:
            return DossierStanding.LAPSED
        return DossierStanding.AWAITED if self.awaits else DossierStanding.KNOWN

    def lapse_for(self, dossier: Dossier) -> Lapse | None:
        """Why it is none of this dossier's, now that its applicant is known; None when it is."""
        if self.shown_hash != dossier.applicant_hash:
            return Lapse.NOT_THE_APPLICANT
        if self.source not in (CITIZENS, dossier.portal_id):
            return Lapse.OTHER_PORTAL
        if self.received_on < dossier.received_on:
            return Lapse.BEFORE_RECEIPT
        return Lapse.RATED_ALREADY if dossier.rating_id else None

    def join(self, dossier: Dossier, at: str) -> None:
        """To the dossier that it waited for: from here on it is as any other rating, and is to be
        put into the log as one."""
        self.province, self.unit_path = dossier.province, dossier.unit_path
        self.unit_id, self.target = dossier.unit_path[0], dossier.id
        self.civil_servant_id = dossier.civil_servant_id
        self.other_officers = dossier.other_officers
        self.procedure_code = dossier.procedure_code
        self.awaits, self.log_sequence, self.received_at = None, None, at
        dossier.rating_id = self.id

    @property
    def said(self) -> str:
        """All that its sender chose, as one text."""
        return ",".join((self.answer or "", self.channel, *self.drivers))

    def enter(self, number: int) -> None:
        """Into the public log, as this entry: now it is told, unless its dossier is awaited."""
        self.log_sequence = number
        if self.awaits is not None:
            return
        self.record(
            SubmissionReceived(
                submission_id=self.id,
                kind=self.kind,
                province=self.province,
                unit_id=self.unit_id,
                procedure_code=self.procedure_code,
                channel=self.channel,
                submitter_type=self.submitter_type,
                answer=self.answer,
                drivers=self.drivers,
                received_on=self.received_on,
                log_sequence=number,
            )
        )

    def same_rating_or_conflict(self, person: str, answer: Answer) -> None:
        """A retry is answered with the first rating; a change of mind is refused."""
        if (self.person, self.answer) != (person, answer):
            raise Conflict(
                en="this dossier was rated already, and the first rating stands",
                vi="Hồ sơ này đã được đánh giá; đánh giá đầu tiên được giữ nguyên.",
                field="input.answer",
                rule_id="F-I4",
            )
