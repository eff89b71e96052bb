"""The feed of changes, asked for."""

from typing import Annotated

import strawberry

from congvu_kit.graph import Change, listing, paged
from feedback_service.application.feed import queries

PROVINCE = Annotated[
    str | None,
    strawberry.argument(description="Two digits, or a ministry's code. Default: the token's."),
]


@strawberry.type
class FeedQuery:
    feedback_changes = listing(
        queries.list_changes,
        Change,
        arguments={"province": PROVINCE},
        directives=paged(200),
        description="What was told since `after`, oldest first: the same stream as the events, "
        "for systems with no Kafka. Indexes and commitments for personnel systems, "
        "portals, period admins, review board and auditor; complaints for portals, "
        "review board and auditor. It names no officer and nobody who sent something."
        " endCursor is always set.",
    )
