"""Ratings, suggestions and praise, asked for."""

import strawberry

from congvu_kit.application.reads import list_chains, list_entries
from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    PersonalRead,
    ReadChain,
    ReadEntry,
    connection,
    found,
    listing,
    page_size,
    shown_to,
)
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.submissions.types import Submission
from feedback_service.application.submissions import queries


@strawberry.type
class SubmissionQuery:
    submissions = listing(
        queries.list_submissions,
        Submission,
        description="What was said of a unit and those below it, newest first. For its management, "
        "the review board and the auditor; nothing in it tells who spoke.",
    )

    submission = found(
        queries.find_submissions,
        Submission,
        description="One rating, suggestion or praise, by the id its sender got: for the sender, "
        "and for those who may list it; null for everybody else.",
    )

    @strawberry.field(
        description="Who was shown the private words of a submission or complaint, latest first. "
        "Whoever sent it, and role auditor; a citizen's own reads are not in it.",
        directives=PAGED,
    )
    async def submitter_reads(
        self, info: Info, owner_id: strawberry.ID, first: First = 20, after: After = None
    ) -> Connection[PersonalRead]:
        page = await queries.list_reads(
            info.context.actor,
            info.context.reading(),
            owner_id,
            vault=info.context.needs.vault,
            first=page_size(first),
            after=after,
        )
        return await connection(page, shown_to(owner_id))

    feedback_read_chains = listing(
        list_chains,
        ReadChain,
        description="The chains of reads of what the province's citizens wrote, for verifying that "
        "no entry is missing (congvu verify-reads). Role auditor.",
    )

    feedback_read_entries = listing(
        list_entries,
        ReadEntry,
        description="The entries of a chain of reads, oldest first. Role auditor of the province.",
    )
