"""Proposals in the graph: asking the list above, discussing, deciding."""

from datetime import datetime
from typing import Annotated, Self, TypeAlias

import strawberry

from catalogue_service.adapters.graphql.arguments import After, First
from catalogue_service.adapters.graphql.inputs import KEY, REVISION, WorkProductContentInput
from catalogue_service.adapters.graphql.parts import HistoryStep, OrgUnit, unit_stub
from catalogue_service.adapters.graphql.types import WorkProductVersion
from catalogue_service.application import proposing, queries
from catalogue_service.application.collections import VERSIONS
from catalogue_service.domain import proposals
from catalogue_service.domain.kinds import Group
from catalogue_service.domain.proposals import ProposalKind, ProposalState
from congvu_kit.graph import Connection, Info, Problem, connection, page_size


@strawberry.type(description="A remark in the discussion of a proposal (ý kiến).")
class ProposalComment:
    by: str = strawberry.field(description="Whose.")
    at: datetime = strawberry.field(description="When, UTC.")
    text: str = strawberry.field(description="What.")


@strawberry.type(
    description="A unit asks for an entry of a list above it to come, change or go (đề xuất)."
)
class ChangeProposal:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    kind: ProposalKind = strawberry.field(description="What is asked for.")
    group: Group = strawberry.field(description="To which list.")
    list_province: str = strawberry.field(description="Of which province; 00 is national.")
    code: str = strawberry.field(description="The product's code.")
    name_vi: str | None = strawberry.field(description="Proposed name; null for a removal.")
    justification: str = strawberry.field(description="Why (lý do).")
    unit: OrgUnit | None = strawberry.field(description="Who asks.")
    proposed_by: str = strawberry.field(description="The person's subject.")
    state: ProposalState = strawberry.field(description="Where it stands.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")
    comments: list[ProposalComment] = strawberry.field(description="The discussion, in order.")
    history: list[HistoryStep] = strawberry.field(description="What happened to it, in order.")
    kept: strawberry.Private[proposals.ChangeProposal]

    @classmethod
    def of(cls, proposal: proposals.ChangeProposal) -> Self:
        return cls(
            id=strawberry.ID(proposal.id),
            kind=proposal.kind,
            group=proposal.catalogue.group,
            list_province=proposal.catalogue.province,
            code=proposal.code,
            name_vi=proposal.content.name_vi if proposal.content else None,
            justification=proposal.justification,
            unit=unit_stub(proposal.unit_id),
            proposed_by=proposal.proposed_by,
            state=proposal.state,
            revision=proposal.rev,
            comments=[
                ProposalComment(by=each.by, at=each.at, text=each.text)
                for each in proposal.comments
            ],
            history=[HistoryStep.of(step, named=True) for step in proposal.steps],
            kept=proposal,
        )

    @strawberry.field(description="The draft that accepting it opened.")
    async def version(self, info: Info) -> WorkProductVersion | None:
        if self.kept.version_id is None:
            return None
        version = await info.context.by_id(VERSIONS).load(self.kept.version_id)
        if version is None or not queries.may_read(info.context.actor, version):
            return None
        return WorkProductVersion.of(version)


@strawberry.input(description="Asks for a change of a list above your unit.")
class ProposeChangeInput:
    idempotency_key: str = strawberry.field(description=KEY)
    kind: ProposalKind = strawberry.field(description="What is asked for.")
    group: Group = strawberry.field(description="A, B or D.")
    code: str = strawberry.field(description="The product's code; a free one to add.")
    justification: str = strawberry.field(description="Why.")
    content: WorkProductContentInput | None = strawberry.field(
        default=None, description="What it is to say; none for a removal."
    )
    province: str | None = strawberry.field(
        default=None, description="Your own (default), or 00 for a national list."
    )


@strawberry.input(description="A remark in the discussion.")
class CommentOnProposalInput:
    idempotency_key: str = strawberry.field(description=KEY)
    proposal_id: strawberry.ID = strawberry.field(description="Which one.")
    text: str = strawberry.field(description="1 to 4000 characters.")


@strawberry.input(description="Accepts or declines, with a reason.")
class DecideProposalInput:
    idempotency_key: str = strawberry.field(description=KEY)
    proposal_id: strawberry.ID = strawberry.field(description="Which one.")
    expected_revision: int = strawberry.field(description=REVISION)
    accept: bool = strawberry.field(description="False declines it.")
    reason: str = strawberry.field(description="Why.")


@strawberry.input(description="Takes a proposal back.")
class WithdrawProposalInput:
    idempotency_key: str = strawberry.field(description=KEY)
    proposal_id: strawberry.ID = strawberry.field(description="Which one.")
    expected_revision: int = strawberry.field(description=REVISION)


ProposeChangeResult: TypeAlias = Annotated[
    ChangeProposal | Problem, strawberry.union("ProposeChangeResult")
]
CommentOnProposalResult: TypeAlias = Annotated[
    ChangeProposal | Problem, strawberry.union("CommentOnProposalResult")
]
DecideProposalResult: TypeAlias = Annotated[
    ChangeProposal | Problem, strawberry.union("DecideProposalResult")
]
WithdrawProposalResult: TypeAlias = Annotated[
    ChangeProposal | Problem, strawberry.union("WithdrawProposalResult")
]


@strawberry.type
class ProposalQuery:
    @strawberry.field(
        description="Proposals to the lists of your province, or with `sent` those of its units. "
        "Roles of the catalogue, unit-head, manager and auditor."
    )
    async def change_proposals(
        self,
        info: Info,
        state: Annotated[
            ProposalState | None, strawberry.argument(description="Only those in this state.")
        ] = None,
        sent: Annotated[
            bool, strawberry.argument(description="Those your units sent, to whichever list.")
        ] = False,
        first: First = 20,
        after: After = None,
    ) -> Connection[ChangeProposal]:
        page = await proposing.proposals(
            info.context.reading(),
            info.context.actor,
            state,
            asked_of_us=not sent,
            first=page_size(first),
            after=after,
        )
        return await connection(page, ChangeProposal.of)


@strawberry.type
class ProposalMutation:
    @strawberry.mutation(
        description="Asks for a change of a list above your unit. Role catalogue-editor, "
        "unit-head or manager of a unit."
    )
    async def propose_change(self, info: Info, input: ProposeChangeInput) -> ProposeChangeResult:
        command = proposing.ProposeChange(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            kind=input.kind,
            group=input.group,
            province=input.province,
            code=input.code,
            content=input.content.to_draft() if input.content else None,
            justification=input.justification,
        )
        done = await info.context.perform(
            proposing.propose_change, command, proposals.ChangeProposal
        )
        return ChangeProposal.of(done)

    @strawberry.mutation(description="Adds a remark. Whoever may read the proposal.")
    async def comment_on_proposal(
        self, info: Info, input: CommentOnProposalInput
    ) -> CommentOnProposalResult:
        command = proposing.CommentOnProposal(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            proposal_id=str(input.proposal_id),
            text=input.text,
        )
        done = await info.context.perform(
            proposing.comment_on_proposal, command, proposals.ChangeProposal
        )
        return ChangeProposal.of(done)

    @strawberry.mutation(
        description="Accepts, which opens a draft in the proposer's name, or declines. The "
        "steering-committee of the list's province, never the proposer."
    )
    async def decide_proposal(self, info: Info, input: DecideProposalInput) -> DecideProposalResult:
        command = proposing.DecideProposal(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            proposal_id=str(input.proposal_id),
            expected_revision=input.expected_revision,
            accept=input.accept,
            reason=input.reason,
        )
        done = await info.context.perform(
            proposing.decide_proposal, command, proposals.ChangeProposal
        )
        return ChangeProposal.of(done)

    @strawberry.mutation(description="Takes a proposal back. Its proposer only.")
    async def withdraw_proposal(
        self, info: Info, input: WithdrawProposalInput
    ) -> WithdrawProposalResult:
        command = proposing.WithdrawProposal(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            proposal_id=str(input.proposal_id),
            expected_revision=input.expected_revision,
        )
        done = await info.context.perform(
            proposing.withdraw_proposal, command, proposals.ChangeProposal
        )
        return ChangeProposal.of(done)
