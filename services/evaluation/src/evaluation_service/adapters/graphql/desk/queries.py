"""The inbox."""

import strawberry

from congvu_kit.graph import Info
from evaluation_service.adapters.graphql.desk.types import Inbox


@strawberry.type
class DeskQuery:
    @strawberry.field(
        description="What waits for you, by your roles: reports, causes and proposals of those you "
        "lead, people to rate, own work, matters of the board, and the complaints to answer or "
        "decide (việc chờ xử lý)."
    )
    async def inbox(self, info: Info) -> Inbox:
        return Inbox(id=strawberry.ID(info.context.actor.require_login()))
