"""The feed of changes, asked for."""

from typing import Annotated

import strawberry

from catalogue_service.adapters.graphql.feed.types import CatalogueChange
from catalogue_service.application.feed import queries
from congvu_kit.graph import (
    After,
    Connection,
    First,
    Info,
    connection,
    page_size,
    paged,
)


@strawberry.type
class FeedQuery:
    @strawberry.field(
        description="What was published, superseded, retired, released or adjusted since `after`, "
        "oldest first: the same stream as the events. endCursor is always there: keep it for the "
        "next call. With a province, its changes and the national ones: a page may be short.",
        directives=paged(400),
    )
    async def catalogue_changes(
        self,
        info: Info,
        after: After = None,
        first: First = 100,
        province: Annotated[
            str | None,
            strawberry.argument(description="Two digits, or a ministry's code. Default: all."),
        ] = None,
    ) -> Connection[CatalogueChange]:
        page = await queries.catalogue_changes(
            info.context.reading(), province, first=page_size(first), after=after
        )
        return await connection(page, CatalogueChange.of)
