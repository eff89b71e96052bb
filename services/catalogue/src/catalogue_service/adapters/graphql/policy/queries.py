"""The catalogue policy, asked for."""

import strawberry

from catalogue_service.adapters.graphql.common.inputs import Province
from catalogue_service.adapters.graphql.policy.types import CataloguePolicy
from catalogue_service.application.access import policy_of
from congvu_kit.graph import (
    Info,
)


@strawberry.type
class PolicyQuery:
    @strawberry.field(
        description="The policy of a province; the platform's defaults where it enacted none."
    )
    async def catalogue_policy(self, info: Info, province: Province) -> CataloguePolicy:
        return CataloguePolicy.of(await policy_of(info.context.reading(), province))
