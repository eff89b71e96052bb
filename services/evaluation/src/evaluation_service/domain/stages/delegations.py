"""Delegations (ủy quyền) of a stage: a dated act, by a decision."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.errors import Conflict, Invalid
from evaluation_service.domain.common.decisions import Decision

DELEGATED_MAX_DAYS = 366


@dataclass(frozen=True, kw_only=True)
class DelegationEvent(Event):
    delegation_id: str
    province: str
    period_id: str
    stage: str
    from_civil_servant_id: str | None
    to_civil_servant_id: str
    valid_from: date
    until: date


@dataclass(frozen=True, kw_only=True)
class StageDelegated(DelegationEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.stage.delegated.v1"


@dataclass(frozen=True, kw_only=True)
class StageDelegationEnded(DelegationEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.stage.delegation_ended.v1"


@dataclass(kw_only=True)
class StageDelegation(Aggregate):
    """In the place of `from_civil_servant_id`; without one the acting approver of a unit where
    nobody has the stage. In force from its first day to `until`, or to the day it ended."""

    province: str
    period_id: str
    stage: str
    from_civil_servant_id: str | None
    unit_id: str | None
    to_civil_servant_id: str
    valid_from: date
    until: date
    decision: Decision
    delegated_by: Participant
    ended_on: date | None = None

    def delegate(self, today: date) -> None:
        self.decision.check("input.decision.number")
        if self.from_civil_servant_id == self.to_civil_servant_id:
            raise Invalid(
                en="nobody delegates to themselves",
                vi="Không ai ủy quyền cho chính mình.",
                field="input.toCivilServantId",
                rule_id="E-I4",
            )
        days = (self.until - self.valid_from).days
        if self.valid_from < today or not 0 <= days <= DELEGATED_MAX_DAYS:
            raise Invalid(
                en=f"a delegation begins today or later and lasts at most {DELEGATED_MAX_DAYS} "
                "days",
                vi=f"Ủy quyền bắt đầu từ hôm nay trở đi, dài tối đa {DELEGATED_MAX_DAYS} ngày.",
                field="input.until",
            )
        self.record(self._told(StageDelegated))

    def end(self, today: date) -> None:
        """From today on; what was done under it stays."""
        if self.ended_on is not None or today > self.until:
            raise Conflict(en="this delegation is over", vi="Việc ủy quyền này đã hết.")
        self.ended_on = today
        self.record(self._told(StageDelegationEnded))

    def in_force(self, day: date) -> bool:
        ended = self.ended_on is not None and day >= self.ended_on
        return self.valid_from <= day <= self.until and not ended

    def _told(self, kind: type[DelegationEvent]) -> DelegationEvent:
        return kind(
            delegation_id=self.id,
            province=self.province,
            period_id=self.period_id,
            stage=self.stage,
            from_civil_servant_id=self.from_civil_servant_id,
            to_civil_servant_id=self.to_civil_servant_id,
            valid_from=self.valid_from,
            until=self.until,
        )
