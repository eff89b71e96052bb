"""What somebody asks about the personal data kept with what they sent (yêu cầu của chủ thể dữ liệu;
Law 91/2025/QH15, Decree 356/2025/NĐ-CP)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.working_days import Term, WorkingDays

ANSWER_DAYS = 2
"""Working days within which a request is answered (Decree 356/2025/NĐ-CP)."""

REQUESTS_MAX = 20
"""Requests about one submission or complaint, all told."""


class DataRight(StrEnum):
    SEE = "SEE"
    CORRECT = "CORRECT"
    ERASE = "ERASE"
    OBJECT = "OBJECT"
    RESTRICT = "RESTRICT"


HOLDING = frozenset({DataRight.OBJECT, DataRight.RESTRICT})
"""Once granted, nobody but the sender reads the private part."""


class DataRequestState(StrEnum):
    RECEIVED = "RECEIVED"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


class RefusalGround(StrEnum):
    LEGAL_DUTY = "LEGAL_DUTY"
    ONGOING_CASE = "ONGOING_CASE"
    THIRD_PARTY = "THIRD_PARTY"
    NATIONAL_SECURITY = "NATIONAL_SECURITY"
    NOTHING_KEPT = "NOTHING_KEPT"


@dataclass(kw_only=True)
class DataRequest(Aggregate):
    """About the private part of `owner_id`, a submission or complaint, by who sent it: `person`
    under `salt`, both of the owner. `officers` are whom it is about. `by` is who answered, None
    when nobody did in time: then it is granted."""

    owner_id: str
    province: str
    unit_id: str
    unit_path: tuple[str, ...]
    officers: tuple[str, ...]
    person: str
    salt: str
    right: DataRight
    filed_on: date
    answer_by: date
    log_sequence: int = 0
    state: DataRequestState = DataRequestState.RECEIVED
    ground: RefusalGround | None = None
    reason: str | None = None
    by: str | None = None
    answered_on: date | None = None

    def answer(
        self, *, ground: RefusalGround | None, reason: str | None, by: str | None, on: date
    ) -> None:
        self._require_open()
        self.state = DataRequestState.GRANTED if ground is None else DataRequestState.REFUSED
        self.ground, self.reason, self.by, self.answered_on = ground, reason, by, on

    def withdraw(self, on: date) -> bool:
        """An open one is answered no more; one that holds the data back is lifted: then True."""
        lifts = self.state is DataRequestState.GRANTED and self.right in HOLDING
        if not lifts:
            self._require_open()
        self.state, self.answered_on = DataRequestState.WITHDRAWN, on
        return lifts

    def overdue(self, today: date) -> bool:
        return self.state is DataRequestState.RECEIVED and today > self.answer_by

    def move(self, days: WorkingDays, today: date) -> bool:
        """To another calendar than the one it was given by; whether the date moved."""
        known = self.answer_by
        if self.state is DataRequestState.RECEIVED:
            term = Term(since=self.filed_on, days=ANSWER_DAYS)
            self.answer_by = days.moved(known, term, today)
        return self.answer_by != known

    def _require_open(self) -> None:
        if self.state is not DataRequestState.RECEIVED:
            raise Conflict(
                en=f"the request is {self.state}: it was answered or withdrawn",
                vi="Yêu cầu này đã được trả lời hoặc đã rút.",
            )
