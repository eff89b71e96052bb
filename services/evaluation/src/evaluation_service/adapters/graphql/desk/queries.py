"""The caller, and what waits for them."""

import strawberry

from congvu_kit.graph import Info
from evaluation_service.adapters.graphql.desk.types import Inbox
from evaluation_service.adapters.graphql.desk.values import Me


@strawberry.type
class DeskQuery:
    @strawberry.field(
        description="Who you are and what you may do here, as the token says and as the personnel "
        "systems told; null without a login."
    )
    async def me(self, info: Info) -> Me | None:
        actor = info.context.actor
        return None if actor.subject is None else Me.of(actor)

    @strawberry.field(
        description="What waits for you, by your roles: reports, causes and proposals of those "
        "you lead, people to rate, own work, matters of the board, and the complaints"
        " to answer or decide."
    )
    async def inbox(self, info: Info) -> Inbox:
        return Inbox(id=strawberry.ID(info.context.actor.require_login()))
