"""Proposals, asked for."""

from typing import Annotated

import strawberry

from catalogue_service.adapters.graphql.proposals.types import ChangeProposal
from catalogue_service.application.proposals import queries
from catalogue_service.domain.proposals.proposals import ProposalState
from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    Info,
    connection,
    page_size,
)


@strawberry.type
class ProposalQuery:
    @strawberry.field(
        description="Proposals to the lists of your province, or with `sent` those of its units. "
        "Roles of the catalogue, unit-head, manager and auditor.",
        directives=PAGED,
    )
    async def change_proposals(
        self,
        info: Info,
        state: Annotated[
            ProposalState | None, strawberry.argument(description="Only those in this state.")
        ] = None,
        sent: Annotated[
            bool, strawberry.argument(description="Those your units sent, to whichever list.")
        ] = False,
        first: First = 20,
        after: After = None,
    ) -> Connection[ChangeProposal]:
        page = await queries.proposals(
            info.context.reading(),
            info.context.actor,
            state,
            asked_of_us=not sent,
            first=page_size(first),
            after=after,
        )
        return await connection(page, ChangeProposal.of)
