"""Who did what, when and why: the history that every decision leaves behind."""

from collections.abc import Iterable, Sized
from dataclasses import dataclass
from datetime import datetime

from congvu_kit.domain.actor import Actor, Participant
from congvu_kit.domain.errors import Forbidden, Invalid
from congvu_kit.domain.personal_data import refuse_personal_data
from congvu_kit.domain.sizes import require_room

REASON_MAX_CHARS = 2_000

DECISION_MAX_CHARS = 60
"""Longest decision number (codes.md: `283/QĐ-UBND`)."""


STEPS_MAX = 100
"""Entries of one history."""

STEPS_TO_DECIDE = 10
"""Of these, kept free for those who judge: what was begun can always be ended."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One entry of a history. `by` is the account, `officer` the person it speaks for."""

    action: str
    by: str
    at: datetime
    reason: str | None = None
    decision_number: str | None = None
    officer: str | None = None


@dataclass(frozen=True, kw_only=True)
class Act:
    """What a person does now: becomes a `Step` when it is allowed."""

    by: str
    at: datetime
    reason: str | None = None
    decision_number: str | None = None
    officer: str | None = None

    @classmethod
    def of(
        cls,
        actor: Actor,
        at: datetime,
        *,
        reason: str | None = None,
        decision_number: str | None = None,
    ) -> "Act":
        return cls(
            by=actor.require_login(),
            at=at,
            reason=reason,
            decision_number=decision_number,
            officer=actor.officer,
        )

    def step(self, action: str) -> Step:
        return Step(
            action=action,
            by=self.by,
            at=self.at,
            reason=self.reason,
            decision_number=self.decision_number,
            officer=self.officer,
        )

    def is_by_whoever_took(self, step: Step) -> bool:
        """C-I11: the same person, if under another account."""
        taken = Participant(subject=step.by, officer=step.officer)
        return Participant(subject=self.by, officer=self.officer).same_person(taken)

    def require_reason(self) -> str:
        if not self.reason or not self.reason.strip() or len(self.reason) > REASON_MAX_CHARS:
            raise Invalid(
                en=f"a reason of at most {REASON_MAX_CHARS} characters is needed",
                vi=f"Vui lòng nêu lý do, tối đa {REASON_MAX_CHARS} ký tự.",
                field="input.reason",
            )
        refuse_personal_data(self.reason, "input.reason")
        return self.reason

    def require_decision(self) -> str:
        number = self.decision_number
        if not number or not number.strip() or len(number) > DECISION_MAX_CHARS:
            raise Invalid(
                en=f"a decision number of at most {DECISION_MAX_CHARS} characters is needed",
                vi=f"Vui lòng nêu số quyết định, tối đa {DECISION_MAX_CHARS} ký tự.",
                field="input.decisionNumber",
            )
        return number

    def require_room(self, steps: Sized) -> None:
        """A matter that went back and forth without end is drafted anew."""
        require_room(
            steps,
            STEPS_MAX - STEPS_TO_DECIDE,
            en="steps before a decision; draft it anew",
            vi="bước trước khi quyết định; hãy soạn lại từ đầu",
        )

    def require_other_than(self, steps: Iterable[Step]) -> None:
        """C-I3, C-I11: nobody judges what they had a part in, whatever roles and accounts."""
        if any(self.is_by_whoever_took(step) for step in steps):
            raise Forbidden(
                en="whoever proposed or judged this before cannot decide it",
                vi="Người đề xuất hoặc đã thẩm định không được tự quyết định.",
                rule_id="C-I3",
            )
