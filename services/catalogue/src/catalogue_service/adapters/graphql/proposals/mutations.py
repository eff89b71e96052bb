"""Proposing a change, discussing and deciding it."""

import strawberry

from catalogue_service.adapters.graphql.proposals.inputs import (
    CommentOnProposalInput,
    DecideProposalInput,
    ProposeChangeInput,
    WithdrawProposalInput,
)
from catalogue_service.adapters.graphql.proposals.types import ChangeProposal
from catalogue_service.application.proposals import commands
from congvu_kit.graph import mutation


@strawberry.type
class ProposalMutation:
    propose_change = mutation(
        commands.propose_change,
        ProposeChangeInput,
        ChangeProposal,
        description="Asks for a change of a list above your unit. Role catalogue-editor, unit-head "
        "or manager of a unit.",
    )

    comment_on_proposal = mutation(
        commands.comment_on_proposal,
        CommentOnProposalInput,
        ChangeProposal,
        description="Adds a remark. Whoever may read the proposal.",
    )

    decide_proposal = mutation(
        commands.decide_proposal,
        DecideProposalInput,
        ChangeProposal,
        description="Accepts, which opens a draft in the proposer's name, or declines. The "
        "steering-committee of the list's province, never the proposer.",
    )

    withdraw_proposal = mutation(
        commands.withdraw_proposal,
        WithdrawProposalInput,
        ChangeProposal,
        description="Takes a proposal back. Its proposer only.",
    )
