"""A province's own policies, from draft to force."""

import strawberry

from congvu_kit.graph import (
    mutation,
)
from evaluation_service.adapters.graphql.policies.inputs import (
    ApprovePolicyInput,
    DerivePolicyInput,
    DraftPolicyInput,
    PublishPolicyInput,
    RevisePolicyInput,
)
from evaluation_service.adapters.graphql.policies.types import ScoringPolicy
from evaluation_service.application.policies import commands


@strawberry.type
class PolicyMutation:
    draft_policy = mutation(
        commands.draft_policy,
        DraftPolicyInput,
        ScoringPolicy,
        first=commands.read_draft,
        description="Draft a version of an own policy. Role period-admin.",
    )
    derive_policy = mutation(
        commands.derive_policy,
        DerivePolicyInput,
        ScoringPolicy,
        description="Draft an own policy from a published one. Role period-admin.",
    )
    revise_policy = mutation(
        commands.revise_policy,
        RevisePolicyInput,
        ScoringPolicy,
        first=commands.read_revision,
        description="Write a draft anew. Role period-admin.",
    )
    approve_policy = mutation(
        commands.approve_policy,
        ApprovePolicyInput,
        ScoringPolicy,
        description="Approve a draft; never its drafter (C-I3). Role steering-committee.",
    )
    publish_policy = mutation(
        commands.publish_policy,
        PublishPolicyInput,
        ScoringPolicy,
        description="Publish an approved policy; immutable from then on. Role steering-committee.",
    )
