"""What a leader means to promise: theirs alone until it is published."""

from dataclasses import dataclass
from datetime import date

from congvu_kit.domain.actor import Actor
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict, Forbidden
from feedback_service.domain.commitments.values import CommitmentKind


@dataclass(frozen=True, kw_only=True)
class Pledge:
    """What is promised: measurable, dated, and for whom. Milestones have a date each, or none;
    without a kind it is a promise, or what it was."""

    text: str
    target: str
    due: date
    beneficiaries: str
    milestones: tuple[str, ...]
    kind: CommitmentKind | None = None
    milestone_dates: tuple[date, ...] = ()


@dataclass(kw_only=True)
class CommitmentDraft(Aggregate):
    """Not bound to the log: nothing is promised by it."""

    province: str
    unit_id: str
    leader_id: str
    pledge: Pledge
    commitment_id: str | None = None

    def require_leader(self, actor: Actor) -> None:
        if actor.officer != self.leader_id or actor.unit != self.unit_id:
            raise Forbidden(
                en="only the leader who drafted it", vi="Chỉ lãnh đạo đã soạn được thực hiện."
            )

    def revise(self, pledge: Pledge) -> None:
        self.require_open()
        self.pledge = pledge

    def publish(self, commitment_id: str) -> None:
        self.require_open()
        self.commitment_id = commitment_id

    def require_open(self) -> None:
        if self.commitment_id is not None:
            raise Conflict(
                en="this draft is published: amend the commitment",
                vi="Dự thảo đã công khai. Vui lòng sửa đổi cam kết.",
                rule_id="F-I8",
            )
