"""Appeals (kiến nghị): the person asks, somebody who never acted in the case decides (E-I4)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.common.evidence import Evidence

GROUNDS_MAX_CHARS = 4000
REASON_MAX_CHARS = 4000


class AppealState(StrEnum):
    FILED = "FILED"
    INADMISSIBLE = "INADMISSIBLE"
    UPHELD = "UPHELD"
    PARTLY = "PARTLY"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"


CORRECTING = (AppealState.UPHELD, AppealState.PARTLY)
VERDICTS = (*CORRECTING, AppealState.REJECTED, AppealState.INADMISSIBLE)


@dataclass(frozen=True, kw_only=True)
class AppealEvent(Event):
    appeal_id: str
    evaluation_id: str
    civil_servant_id: str
    province: str
    period_id: str
    state: AppealState


@dataclass(frozen=True, kw_only=True)
class AppealFiled(AppealEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.appeal.filed.v1"


@dataclass(frozen=True, kw_only=True)
class AppealDecided(AppealEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.appeal.decided.v1"


@dataclass(kw_only=True)
class Appeal(Aggregate):
    evaluation_id: str
    civil_servant_id: str
    province: str
    period_id: str
    grounds: str
    evidence: tuple[Evidence, ...]
    filed_by: Participant
    filed_at: datetime
    state: AppealState = AppealState.FILED
    reason: str | None = None
    decided_by: Participant | None = None
    decided_at: datetime | None = None

    def file(self) -> None:
        if not (self.grounds.strip() and len(self.grounds) <= GROUNDS_MAX_CHARS):
            raise Invalid(
                en=f"grounds must be 1 to {GROUNDS_MAX_CHARS} characters",
                vi=f"Nội dung kiến nghị phải có 1 đến {GROUNDS_MAX_CHARS} ký tự.",
                field="input.grounds",
            )
        self.record(self._told(AppealFiled))

    def decide(self, verdict: AppealState, reason: str, by: Participant, now: datetime) -> None:
        self._require_filed()
        if verdict not in VERDICTS:
            raise Invalid(
                en=f"{verdict} is no verdict",
                vi="Kết luận không hợp lệ. Vui lòng chọn: chấp nhận, chấp nhận một phần, bác "
                "hoặc không thụ lý.",
                field="input.verdict",
            )
        if not (reason.strip() and len(reason) <= REASON_MAX_CHARS):
            raise Invalid(
                en=f"a reason of 1 to {REASON_MAX_CHARS} characters is needed",
                vi=f"Vui lòng nêu lý do, từ 1 đến {REASON_MAX_CHARS} ký tự.",
                field="input.reason",
            )
        self.state, self.reason, self.decided_by, self.decided_at = verdict, reason, by, now
        self.record(self._told(AppealDecided))

    def withdraw(self) -> None:
        self._require_filed()
        self.state = AppealState.WITHDRAWN
        self.record(self._told(AppealDecided))

    def _require_filed(self) -> None:
        if self.state is not AppealState.FILED:
            raise Conflict(
                en=f"the appeal is already {self.state}",
                vi=f"Kiến nghị này đã kết thúc: {vi_text(self.state)}.",
            )

    def _told(self, kind: type[AppealEvent]) -> AppealEvent:
        return kind(
            appeal_id=self.id,
            evaluation_id=self.evaluation_id,
            civil_servant_id=self.civil_servant_id,
            province=self.province,
            period_id=self.period_id,
            state=self.state,
        )
