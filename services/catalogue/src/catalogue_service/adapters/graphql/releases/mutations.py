"""Putting versions in force, and ending products."""

import strawberry

from catalogue_service.adapters.graphql.products.types import CatalogueRelease, WorkProduct
from catalogue_service.adapters.graphql.releases.inputs import (
    PublishReleaseInput,
    RetireWorkProductInput,
)
from catalogue_service.application.releases import commands
from congvu_kit.graph import mutation


@strawberry.type
class ReleaseMutation:
    publish_release = mutation(
        commands.publish_release,
        PublishReleaseInput,
        CatalogueRelease,
        description="Puts approved versions in force by one decision, all or none. The authority,"
        " as for approveVersion.",
    )

    retire_work_product = mutation(
        commands.retire_work_product,
        RetireWorkProductInput,
        WorkProduct,
        description="Ends a product: nothing open uses it, or a replacement is named. The "
        "authority.",
    )
