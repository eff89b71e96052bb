"""Trigger cases (hồ sơ xử lý): a rule over several periods fired; people decide."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.vietnamese import vi_text


class CaseState(StrEnum):
    RAISED = "RAISED"
    CONFIRMED = "CONFIRMED"
    ACTED = "ACTED"
    DISMISSED = "DISMISSED"


CASE_DAYS = 30
"""Calendar days in which people decide on a case, and again in which what they confirmed is carried
out; a default of ours, since no source gives one."""


RENEWAL = "AGREEMENT_RENEWAL"
"""Rule of the case that opens when an output agreement has run out: people renew it, or do not."""


@dataclass(frozen=True, kw_only=True)
class CaseStep:
    """What one person made of it, and why."""

    state: CaseState
    reason: str
    by: Participant
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TriggerRaised(Event):
    TYPE: ClassVar[str] = "congvu.evaluation.trigger.raised.v1"

    case_id: str
    rule: str
    civil_servant_id: str
    province: str
    period_id: str
    state: CaseState


@dataclass(frozen=True, kw_only=True)
class TriggerResolved(TriggerRaised):
    TYPE: ClassVar[str] = "congvu.evaluation.trigger.resolved.v1"


_NEXT = {
    CaseState.RAISED: (CaseState.CONFIRMED, CaseState.DISMISSED),
    CaseState.CONFIRMED: (CaseState.ACTED, CaseState.DISMISSED),
}


@dataclass(kw_only=True)
class TriggerCase(Aggregate):
    """The machine proposes, people decide: whoever confirms is not who says that it was carried
    out (E-I4). `agreement_id` is of what ran out, with or without a result. `due_on` is the last
    day of the next step, none when nothing more is to come."""

    rule: str
    civil_servant_id: str
    province: str
    period_id: str
    evaluation_id: str | None
    state: CaseState = CaseState.RAISED
    reason: str | None = None
    decided_by: Participant | None = None
    decided_at: datetime | None = None
    due_on: date | None = None
    steps: tuple[CaseStep, ...] = ()
    agreement_id: str | None = None

    def open_case(self, today: date) -> None:
        self.due_on = today + timedelta(days=CASE_DAYS)
        self.record(self._told(TriggerRaised))

    def resolve(self, state: CaseState, reason: str, by: Participant, now: datetime) -> None:
        if state not in _NEXT.get(self.state, ()):
            raise Conflict(
                en=f"a case that is {self.state} cannot become {state}",
                vi=f"Hồ sơ xử lý {vi_text(self.state)}, không chuyển được thành {vi_text(state)}.",
                field="input.state",
            )
        self.state, self.reason, self.decided_by, self.decided_at = state, reason, by, now
        self.steps += (CaseStep(state=state, reason=reason, by=by, at=now),)
        going_on = timedelta(days=CASE_DAYS) if _NEXT.get(state) else None
        self.due_on = business_date(now) + going_on if going_on else None
        self.record(self._told(TriggerResolved))

    def _told(self, kind: type[TriggerRaised]) -> TriggerRaised:
        return kind(
            case_id=self.id,
            rule=self.rule,
            civil_servant_id=self.civil_servant_id,
            province=self.province,
            period_id=self.period_id,
            state=self.state,
        )


def case_id(evaluation_id: str, rule: str) -> str:
    return derived_id("case", evaluation_id, rule)
