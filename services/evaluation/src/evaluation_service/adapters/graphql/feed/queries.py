"""The feed of changes, asked for."""

from typing import Annotated

import strawberry

from congvu_kit.graph import Change, listing, paged
from evaluation_service.application.feed import queries

PROVINCE = Annotated[
    str | None,
    strawberry.argument(description="Two digits, or a ministry's code. Default: the token's."),
]


@strawberry.type
class FeedQuery:
    evaluation_changes = listing(
        queries.list_changes,
        Change,
        arguments={"province": PROVINCE},
        directives=paged(200),
        description="What was published since `after`, oldest first: the same stream as events, "
        "for systems with no Kafka. Periods and results of units for personnel "
        "systems, portals, period admins, review board and auditor; results of people"
        " not for portals. endCursor is always there: keep it for the next call.",
    )
