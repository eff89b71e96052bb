"""Enacting a policy."""

import strawberry

from catalogue_service.adapters.graphql.policy.inputs import EnactCataloguePolicyInput
from catalogue_service.adapters.graphql.policy.types import CataloguePolicy
from catalogue_service.application.policy import commands
from congvu_kit.graph import mutation


@strawberry.type
class PolicyMutation:
    enact_catalogue_policy = mutation(
        commands.enact_catalogue_policy,
        EnactCataloguePolicyInput,
        CataloguePolicy,
        description="Enacts the policy by decision; binds what is written from then on. Role "
        "steering-committee of the province.",
    )
