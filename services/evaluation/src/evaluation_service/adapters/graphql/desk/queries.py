"""The inbox."""

import strawberry

from evaluation_service.adapters.graphql.desk.types import Inbox


@strawberry.type
class DeskQuery:
    @strawberry.field(
        description="What waits for you, by your roles: reports, causes and proposals of those you "
        "lead, people to rate, own work, matters of the board (việc chờ xử lý)."
    )
    async def inbox(self) -> Inbox:
        return Inbox()
