"""A proposal (đề xuất): any unit may ask for an entry of a list above it to come, change or go."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from catalogue_service.domain.common.kinds import Catalogue, Group
from catalogue_service.domain.common.steps import Act, Step
from catalogue_service.domain.products.content import TEXT_MAX_CHARS, Draft
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from congvu_kit.domain.personal_data import refuse_personal_data
from congvu_kit.domain.vietnamese import vi_text

COMMENTS_MAX = 200


class ProposalKind(StrEnum):
    """What is asked for."""

    ADD = "ADD"
    CHANGE = "CHANGE"
    REMOVE = "REMOVE"


class ProposalState(StrEnum):
    """An accepted proposal leads to a draft, or lets the authority retire the product."""

    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, kw_only=True)
class Comment:
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class ProposalDecided(Event):
    """The owner of a list answered a proposal to add, change or remove an entry."""

    TYPE: ClassVar[str] = "congvu.catalogue.proposal.decided.v1"

    proposal_id: str
    province: str
    group: Group
    code: str
    accepted: bool
    reason: str


@dataclass(kw_only=True)
class ChangeProposal(Aggregate):
    """`catalogue` is the list it is about; `province` and `unit_id` are who asks."""

    kind: ProposalKind
    catalogue: Catalogue
    code: str
    content: Draft | None
    justification: str
    province: str
    unit_id: str
    proposed_by: str
    state: ProposalState = ProposalState.OPEN
    comments: tuple[Comment, ...] = ()
    steps: tuple[Step, ...] = ()
    version_id: str | None = None

    @property
    def proposed(self) -> Step:
        return self.steps[0]

    def comment(self, text: str, by: str, at: datetime) -> None:
        self._require_open()
        if not (text.strip() and len(text) <= TEXT_MAX_CHARS) or len(self.comments) >= COMMENTS_MAX:
            raise Invalid(
                en=f"a comment has 1 to {TEXT_MAX_CHARS} characters, a proposal at most "
                f"{COMMENTS_MAX} of them",
                vi=f"Ý kiến có từ 1 đến {TEXT_MAX_CHARS} ký tự; mỗi đề xuất có tối đa "
                f"{COMMENTS_MAX} ý kiến.",
                field="input.text",
            )
        refuse_personal_data(text, "input.text")
        self.comments = (*self.comments, Comment(by=by, at=at, text=text.strip()))

    def decide(self, *, accept: bool, act: Act) -> None:
        """With a reason, and never by whoever proposed it (C-I3)."""
        self._require_open()
        act.require_other_than([self.proposed])
        reason = act.require_reason()
        self.state = ProposalState.ACCEPTED if accept else ProposalState.DECLINED
        self.steps = (*self.steps, act.step(self.state.value))
        self.record(
            ProposalDecided(
                proposal_id=self.id,
                province=self.catalogue.province,
                group=self.catalogue.group,
                code=self.code,
                accepted=accept,
                reason=reason,
            )
        )

    def withdraw(self, act: Act) -> None:
        """By whoever proposed it."""
        self._require_open()
        if not act.is_by_whoever_took(self.proposed):
            raise Forbidden(
                en="only the proposer withdraws it", vi="Chỉ người đề xuất được rút đề xuất này."
            )
        self.state = ProposalState.WITHDRAWN
        self.steps = (*self.steps, act.step(self.state.value))

    def _require_open(self) -> None:
        if self.state is not ProposalState.OPEN:
            raise Conflict(
                en=f"this proposal is {self.state}",
                vi=f"Đề xuất này {vi_text(self.state)}.",
                field="input.proposalId",
            )
