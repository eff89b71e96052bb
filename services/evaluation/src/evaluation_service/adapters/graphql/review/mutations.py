"""Appealing, and what the board decides."""

import strawberry

from congvu_kit.graph import (
    mutation,
)
from evaluation_service.adapters.graphql.review.inputs import (
    DecideAppealInput,
    DecidePostAuditInput,
    FileAppealInput,
    WithdrawAppealInput,
)
from evaluation_service.adapters.graphql.review.types import Appeal, PostAudit
from evaluation_service.application.review import commands


@strawberry.type
class ReviewMutation:
    file_appeal = mutation(
        commands.file_appeal,
        FileAppealInput,
        Appeal,
        description="Appeal against one's own published result. Role officer.",
    )
    withdraw_appeal = mutation(
        commands.withdraw_appeal,
        WithdrawAppealInput,
        Appeal,
        description="Take one's own appeal back. Role officer.",
    )
    decide_appeal = mutation(
        commands.decide_appeal,
        DecideAppealInput,
        Appeal,
        description="Decide an appeal; never somebody who acted earlier in the case (E-I4). "
        "Role review-board.",
    )
    decide_post_audit = mutation(
        commands.decide_post_audit,
        DecidePostAuditInput,
        PostAudit,
        description="Decide a post-audit request after an upheld complaint. Role review-board.",
    )
