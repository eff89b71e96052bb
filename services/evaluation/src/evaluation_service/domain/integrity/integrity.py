"""Veto events (phủ quyết), process faults (lỗi quy trình), trigger cases (hồ sơ xử lý)."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.ids import derived_id
from evaluation_service.domain.common.calendar import working_days
from evaluation_service.domain.common.hands import Hand

DECISION_MAX_CHARS = 60
"""Longest decision number, such as 283/QĐ-UBND (codes.md)."""

_EVENT_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,59}")


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The document that a veto, or its lifting, rests on."""

    number: str
    decided_on: date
    uri: str | None = None

    def check(self, field: str) -> None:
        if not 0 < len(self.number.strip()) <= DECISION_MAX_CHARS:
            raise Invalid(
                en=f"a decision number of 1 to {DECISION_MAX_CHARS} characters is needed",
                vi=f"cần số quyết định có 1 đến {DECISION_MAX_CHARS} ký tự",
                field=field,
                rule_id="E-I9",
            )


@dataclass(frozen=True, kw_only=True)
class VetoApplied(Event):
    TYPE: ClassVar[str] = "congvu.evaluation.veto.applied.v1"

    veto_id: str
    servant_id: str
    province: str
    event: str
    decision_number: str


@dataclass(frozen=True, kw_only=True)
class VetoLifted(VetoApplied):
    TYPE: ClassVar[str] = "congvu.evaluation.veto.lifted.v1"


@dataclass(kw_only=True)
class VetoEvent(Aggregate):
    """An event code of the policies (DISCIPLINED ...) in force [valid_from, valid_to)."""

    servant_id: str
    province: str
    event: str
    decision: Decision
    valid_from: date
    valid_to: date | None
    recorded_by: Hand
    lifted: Decision | None = None

    def apply(self) -> None:
        self.decision.check("input.decision.number")
        if not _EVENT_CODE.fullmatch(self.event):
            raise Invalid(
                en=f"{self.event!r} is no event code such as DISCIPLINED",
                vi=f"{self.event!r} không phải mã sự kiện như DISCIPLINED",
                field="input.event",
                rule_id="E-I9",
            )
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise Invalid(
                en="validTo must be after validFrom",
                vi="validTo phải sau validFrom",
                field="input.validTo",
            )
        self.record(self._told(VetoApplied, self.decision))

    def lift(self, decision: Decision) -> None:
        """Only a new decision lifts it."""
        if self.lifted is not None:
            raise Conflict(
                en=f"already lifted by {self.lifted.number!r}",
                vi=f"đã được gỡ bởi {self.lifted.number!r}",
                rule_id="E-I9",
            )
        decision.check("input.decision.number")
        if decision.number == self.decision.number:
            raise Invalid(
                en="a new decision is needed to lift it",
                vi="cần một quyết định mới để gỡ bỏ",
                field="input.decision.number",
                rule_id="E-I9",
            )
        self.lifted = decision
        self.record(self._told(VetoLifted, decision))

    def in_force(self, starts_on: date, ends_on: date) -> bool:
        over = self.valid_to is not None and self.valid_to <= starts_on
        return self.lifted is None and self.valid_from < ends_on and not over

    def _told(self, kind: type[VetoApplied], decision: Decision) -> VetoApplied:
        return kind(
            veto_id=self.id,
            servant_id=self.servant_id,
            province=self.province,
            event=self.event,
            decision_number=decision.number,
        )


class ProcessStep(StrEnum):
    """Steps whose lateness is charged to whoever was late."""

    APPROVE_WORK = "APPROVE_WORK"


@dataclass(frozen=True, kw_only=True)
class ProcessFaultRecorded(Event):
    TYPE: ClassVar[str] = "congvu.evaluation.process_fault.recorded.v1"

    fault_id: str
    servant_id: str
    province: str
    period_id: str
    step: ProcessStep
    assignment_id: str
    due_on: date


@dataclass(kw_only=True)
class ProcessFault(Aggregate):
    """A manager's silence, charged to the manager and never to the officer who waits."""

    servant_id: str
    province: str
    period_id: str
    step: ProcessStep
    assignment_id: str
    due_on: date
    ended_on: date | None = None

    def charge(self) -> None:
        self.record(
            ProcessFaultRecorded(
                fault_id=self.id,
                servant_id=self.servant_id,
                province=self.province,
                period_id=self.period_id,
                step=self.step,
                assignment_id=self.assignment_id,
                due_on=self.due_on,
            )
        )

    def days_late(self, today: date, holidays: tuple[date, ...]) -> int:
        """Working days from the last day in time to the end of the silence, or to `today`."""
        end = self.ended_on or today
        return max(0, working_days(self.due_on, end, holidays))


def fault_id(assignment_id: str, report_number: int) -> str:
    return derived_id("fault", assignment_id, str(report_number))


class CaseState(StrEnum):
    RAISED = "RAISED"
    CONFIRMED = "CONFIRMED"
    ACTED = "ACTED"
    DISMISSED = "DISMISSED"


@dataclass(frozen=True, kw_only=True)
class TriggerRaised(Event):
    TYPE: ClassVar[str] = "congvu.evaluation.trigger.raised.v1"

    case_id: str
    rule: str
    servant_id: str
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
    """The machine proposes, people decide."""

    rule: str
    servant_id: str
    province: str
    period_id: str
    evaluation_id: str
    state: CaseState = CaseState.RAISED
    reason: str | None = None
    decided_by: Hand | None = None
    decided_at: datetime | None = None

    def raise_(self) -> None:
        self.record(self._told(TriggerRaised))

    def resolve(self, state: CaseState, reason: str, by: Hand, now: datetime) -> None:
        if state not in _NEXT.get(self.state, ()):
            raise Conflict(
                en=f"a case that is {self.state} cannot become {state}",
                vi=f"hồ sơ đang là {self.state}, không thể chuyển thành {state}",
                field="input.state",
            )
        self.state, self.reason, self.decided_by, self.decided_at = state, reason, by, now
        self.record(self._told(TriggerResolved))

    def _told(self, kind: type[TriggerRaised]) -> TriggerRaised:
        return kind(
            case_id=self.id,
            rule=self.rule,
            servant_id=self.servant_id,
            province=self.province,
            period_id=self.period_id,
            state=self.state,
        )


def case_id(evaluation_id: str, rule: str) -> str:
    return derived_id("case", evaluation_id, rule)
