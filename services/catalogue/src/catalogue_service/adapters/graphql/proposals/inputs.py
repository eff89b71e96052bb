"""What proposes a change, and what answers it."""

import strawberry

from catalogue_service.adapters.graphql.products.inputs import WorkProductContentInput
from catalogue_service.application.proposals import commands
from catalogue_service.domain.common.kinds import Group
from catalogue_service.domain.proposals.proposals import ProposalKind
from congvu_kit.graph import (
    CommandInput,
    RevisedInput,
)


@strawberry.input(description="Asks for a change of a list above your unit.")
class ProposeChangeInput(CommandInput):
    COMMAND = commands.ProposeChange

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
class CommentOnProposalInput(CommandInput):
    COMMAND = commands.CommentOnProposal

    proposal_id: strawberry.ID = strawberry.field(description="Which one.")
    text: str = strawberry.field(description="1 to 4000 characters.")


@strawberry.input(description="Accepts or declines, with a reason.")
class DecideProposalInput(RevisedInput):
    COMMAND = commands.DecideProposal

    proposal_id: strawberry.ID = strawberry.field(description="Which one.")
    accept: bool = strawberry.field(description="False declines it.")
    reason: str = strawberry.field(description="Why.")


@strawberry.input(description="Takes a proposal back.")
class WithdrawProposalInput(RevisedInput):
    COMMAND = commands.WithdrawProposal

    proposal_id: strawberry.ID = strawberry.field(description="Which one.")
