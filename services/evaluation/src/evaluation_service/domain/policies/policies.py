"""Scoring policies (quy chế chấm điểm) as kept: versions that never change once in force."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from congvu_kit.domain.actor import Actor, Participant
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.common.separation import refuse_participant


class PolicyState(StrEnum):
    DRAFT = "DRAFT"
    APPROVED = "APPROVED"
    PUBLISHED = "PUBLISHED"


@dataclass(kw_only=True)
class StoredPolicy(Aggregate):
    """`document` is JSON in the policy language; `province` is None for shipped ones.

    `id` is policy@version. `derived_from` names the version whose bounds it keeps. `involved` are
    the people who wrote it anew.
    """

    policy_id: str
    version: int
    province: str | None
    document: str
    hash: str
    state: PolicyState = PolicyState.DRAFT
    derived_from: str | None = None
    drafted_by: Participant | None = None
    approved_by: Participant | None = None
    decision: Decision | None = None
    effective_from: date | None = None
    published_at: datetime | None = None
    involved: list[Participant] = field(default_factory=list)

    def redraft(self, document: str, hash_: str, by: Participant) -> None:
        self._require(PolicyState.DRAFT)
        self.document, self.hash = document, hash_
        self.involved.append(by)

    def approve(self, actor: Actor) -> None:
        """No author approves: neither who drafted it nor who wrote it anew (C-I3)."""
        self._require(PolicyState.DRAFT)
        drafter = [self.drafted_by] if self.drafted_by else []
        refuse_participant(actor, [*drafter, *self.involved], "C-I3")
        self.approved_by = Participant.of(actor)
        self.state = PolicyState.APPROVED

    def publish(self, decision: Decision, effective_from: date, now: datetime) -> None:
        self._require(PolicyState.APPROVED)
        decision.check("input.decision.number")
        self.decision, self.effective_from, self.published_at = decision, effective_from, now
        self.state = PolicyState.PUBLISHED

    def require_usable(self, province: str, field_name: str) -> None:
        """Raise `Invalid` when a period of `province` cannot be rated by it."""
        if self.state is not PolicyState.PUBLISHED:
            raise Invalid(
                en=f"policy {self.id} is {self.state}, not PUBLISHED",
                vi=f"Quy chế {vi_text(self.id)} {vi_text(self.state)}; chỉ dùng được quy chế "
                "đã ban hành.",
                field=field_name,
                rule_id="E-I1",
            )
        if self.province not in (None, province):
            raise Invalid(
                en=f"policy {self.id} is of province {self.province!r}",
                vi=f"Quy chế {vi_text(self.id)} thuộc tỉnh khác.",
                field=field_name,
                rule_id="E-I1",
            )

    def _require(self, state: PolicyState) -> None:
        if self.state is not state:
            raise Conflict(
                en=f"policy {self.id} is {self.state}, not {state}; published ones never change",
                vi=f"Quy chế {vi_text(self.id)} {vi_text(self.state)}; thao tác này chỉ thực "
                f"hiện với quy chế {vi_text(state)}.",
                rule_id="C-I1",
            )


def stored_policy_id(policy_id: str, version: int) -> str:
    return f"{policy_id}@{version}"
