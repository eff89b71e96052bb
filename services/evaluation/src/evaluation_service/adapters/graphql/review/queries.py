"""Looking appeals and post-audits up."""

import strawberry

from congvu_kit.graph import (
    listing,
)
from evaluation_service.adapters.graphql.review.types import Appeal, PostAudit
from evaluation_service.application.review import queries


@strawberry.type
class ReviewQuery:
    appeals = listing(
        queries.list_appeals,
        Appeal,
        description="Appeals: one's own, or with role review-board or auditor the province's.",
    )

    post_audits = listing(
        queries.list_post_audits,
        PostAudit,
        description="Post-audit requests. Roles review-board, auditor; council for those "
        "that councils asked for.",
    )
