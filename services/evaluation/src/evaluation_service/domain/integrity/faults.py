"""Process faults (lỗi quy trình): a silence, charged to whoever was silent."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.working_days import Term, WorkingDays


class ProcessStep(StrEnum):
    """Steps whose lateness is charged to whoever was late."""

    APPROVE_WORK = "APPROVE_WORK"
    PASS_STAGE = "PASS_STAGE"
    ANSWER_COMPLAINT = "ANSWER_COMPLAINT"


AWAITED = ""
"""In the place of a period: none is open that could count it, and the next one does."""


@dataclass(frozen=True, kw_only=True)
class ProcessFaultEvent(Event):
    fault_id: str
    civil_servant_id: str
    province: str
    period_id: str
    step: ProcessStep
    assignment_id: str | None
    due_on: date
    evaluation_id: str | None = None
    stage: str | None = None
    complaint_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProcessFaultRecorded(ProcessFaultEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.process_fault.recorded.v1"


@dataclass(frozen=True, kw_only=True)
class ProcessFaultLifted(ProcessFaultEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.process_fault.lifted.v1"


@dataclass(kw_only=True)
class ProcessFault(Aggregate):
    """A manager's silence, charged to the manager and never to the officer who waits.

    `waiting_since` is the day on which the work was handed in. What is lifted is on record and
    counts nowhere. Of a stage it names the file; a person's own stage is theirs and moves no
    score of theirs. Of a complaint `term` is what the date of its answer was counted from.
    """

    civil_servant_id: str
    province: str
    period_id: str
    step: ProcessStep
    assignment_id: str | None
    due_on: date
    evaluation_id: str | None = None
    stage: str | None = None
    own: bool = False
    waiting_since: date | None = None
    ended_on: date | None = None
    lifted_on: date | None = None
    complaint_id: str | None = None
    term: Term | None = None

    def charge(self) -> None:
        self.lifted_on = None
        self.record(self._told(ProcessFaultRecorded))

    def charge_in(self, period_id: str) -> None:
        self.period_id = period_id
        self.charge()

    def lift_if_in_time(self, sla_days: int, days: WorkingDays, today: date) -> bool:
        """By another calendar than the one it was charged by; whether it was lifted."""
        if self.lifted_on is not None:
            return False
        term = self.term
        if self.waiting_since is not None:
            term = Term(since=self.waiting_since, days=sla_days)
        if term is None:
            return False
        if days.moved(self.due_on, term, today, done_on=self.ended_on) == self.due_on:
            return False
        self.lifted_on = today
        self.record(self._told(ProcessFaultLifted))
        return True

    def days_waited(self, today: date, days: WorkingDays) -> int:
        """Working days that the work waited: from the day after it was handed in, or an answer was
        due, to the end of the silence or to `today`. How many are free is the policy's to say."""
        next_day = timedelta(days=1)
        since = self.waiting_since or self.due_on
        return days.between(since + next_day, min(self.ended_on or today, today) + next_day)

    def _told(self, kind: type[ProcessFaultEvent]) -> ProcessFaultEvent:
        return kind(
            fault_id=self.id,
            civil_servant_id=self.civil_servant_id,
            province=self.province,
            period_id=self.period_id,
            step=self.step,
            assignment_id=self.assignment_id,
            due_on=self.due_on,
            evaluation_id=self.evaluation_id,
            stage=self.stage,
            complaint_id=self.complaint_id,
        )


def fault_id(assignment_id: str, report_number: int) -> str:
    return derived_id("fault", assignment_id, str(report_number))


def answer_fault_id(complaint_id: str, round: int) -> str:
    """One for each answer of a complaint that was owed."""
    return derived_id("fault", complaint_id, str(round))
