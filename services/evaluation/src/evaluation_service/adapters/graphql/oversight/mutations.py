"""Asking for a post-audit."""

import strawberry

from congvu_kit.graph import mutation
from evaluation_service.adapters.graphql.oversight.inputs import RequestPostAuditInput
from evaluation_service.adapters.graphql.review.types import PostAudit
from evaluation_service.application.oversight import commands


@strawberry.type
class OversightMutation:
    request_post_audit = mutation(
        commands.request_post_audit,
        RequestPostAuditInput,
        PostAudit,
        description="Ask the board to look at the results of a unit again, one request about a "
        "unit in a period at a time. The request and what became of it stand in the "
        "public log. Role council.",
    )
