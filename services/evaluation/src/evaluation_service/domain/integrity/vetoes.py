"""Veto events (phủ quyết): what annuls or caps a result, as a decision says."""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.common.decisions import Decision

_EVENT_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,59}")


@dataclass(frozen=True, kw_only=True)
class VetoApplied(Event):
    TYPE: ClassVar[str] = "congvu.evaluation.veto.applied.v1"

    veto_id: str
    civil_servant_id: str
    province: str
    event: str
    decision_number: str


@dataclass(frozen=True, kw_only=True)
class VetoLifted(VetoApplied):
    TYPE: ClassVar[str] = "congvu.evaluation.veto.lifted.v1"


@dataclass(kw_only=True)
class VetoEvent(Aggregate):
    """An event code of the policies (DISCIPLINED ...) in force [valid_from, valid_to)."""

    civil_servant_id: str
    province: str
    event: str
    decision: Decision
    valid_from: date
    valid_to: date | None
    recorded_by: Participant
    lifted: Decision | None = None

    def apply(self) -> None:
        self.decision.check("input.decision.number")
        if not _EVENT_CODE.fullmatch(self.event):
            raise Invalid(
                en="this is no event code such as DISCIPLINED",
                vi="Mã sự kiện không đúng dạng: chỉ gồm chữ hoa, chữ số và dấu gạch dưới.",
                field="input.event",
                rule_id="E-I9",
            )
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise Invalid(
                en="validTo must be after validFrom",
                vi="Ngày hết hiệu lực phải sau ngày có hiệu lực.",
                field="input.validTo",
            )
        self.record(self._told(VetoApplied, self.decision))

    def lift(self, decision: Decision) -> None:
        """Only a new decision lifts it."""
        if self.lifted is not None:
            raise Conflict(
                en=f"already lifted by {self.lifted.number!r}",
                vi=f"Sự kiện đã được gỡ bỏ theo quyết định số {vi_text(self.lifted.number)}.",
                rule_id="E-I9",
            )
        decision.check("input.decision.number")
        if decision.number == self.decision.number:
            raise Invalid(
                en="a new decision is needed to lift it",
                vi="Cần một quyết định mới để gỡ bỏ.",
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
            civil_servant_id=self.civil_servant_id,
            province=self.province,
            event=self.event,
            decision_number=decision.number,
        )
