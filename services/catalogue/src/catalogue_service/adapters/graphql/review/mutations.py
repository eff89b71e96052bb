"""The steps from a draft to its approval."""

import strawberry

from catalogue_service.adapters.graphql.products.types import WorkProductVersion
from catalogue_service.adapters.graphql.review.inputs import (
    AdvanceVersionsInput,
    AppraiseVersionInput,
    ApproveVersionInput,
    RejectVersionInput,
    RequestChangesInput,
    SubmitVersionInput,
    WithdrawVersionInput,
)
from catalogue_service.adapters.graphql.review.types import BulkReport
from catalogue_service.application.review import commands
from congvu_kit.graph import mutation


@strawberry.type
class ReviewMutation:
    submit_version = mutation(
        commands.submit_version,
        SubmitVersionInput,
        WorkProductVersion,
        description="Asks for appraisal; refused while anything SMART is missing. Role catalogue-"
        "editor.",
    )

    withdraw_version = mutation(
        commands.withdraw_version,
        WithdrawVersionInput,
        WorkProductVersion,
        description="Takes a submitted version back. Role catalogue-editor.",
    )

    appraise_version = mutation(
        commands.appraise_version,
        AppraiseVersionInput,
        WorkProductVersion,
        description="The professional check. Role catalogue-appraiser, never an author.",
    )

    request_changes = mutation(
        commands.request_changes,
        RequestChangesInput,
        WorkProductVersion,
        description="Sends a version back with a reason. Its appraiser or its authority.",
    )

    approve_version = mutation(
        commands.approve_version,
        ApproveVersionInput,
        WorkProductVersion,
        description="Agrees to an appraised version. Groups A, B, D: steering-committee of the "
        "province; group C: unit-head of the unit; never an author or the appraiser.",
    )

    reject_version = mutation(
        commands.reject_version,
        RejectVersionInput,
        WorkProductVersion,
        description="Refuses a version with a reason; what is in force stays. Its appraiser or "
        "its authority.",
    )

    advance_versions = mutation(
        commands.advance_versions,
        AdvanceVersionsInput,
        BulkReport,
        description="Submits, appraises or approves many versions by filter: a preview first, then "
        "exactly that. Each version meets the rules of the single step.",
    )
