"""Writing products."""

import strawberry

from catalogue_service.adapters.graphql.products.inputs import (
    DraftWorkProductInput,
    ReviseWorkProductInput,
)
from catalogue_service.adapters.graphql.products.types import WorkProductVersion
from catalogue_service.application.products import commands
from congvu_kit.graph import mutation


@strawberry.type
class ProductMutation:
    draft_work_product = mutation(
        commands.draft_work_product,
        DraftWorkProductInput,
        WorkProductVersion,
        description="A new product with its first draft. Role catalogue-editor of the province or"
        " unit.",
    )

    revise_work_product = mutation(
        commands.revise_work_product,
        ReviseWorkProductInput,
        WorkProductVersion,
        description="Changes the open draft, or opens the next version; what is in force stays. "
        "Role catalogue-editor.",
    )
