"""Who is asking."""

from typing import Self

import strawberry

from congvu_kit.domain.actor import Actor, Role
from congvu_kit.graph import Info, at_most
from evaluation_service.adapters.graphql.personnel.types import (
    CivilServant,
    OrgUnit,
    shown_servant,
    unit_of,
)

SCOPES_MAX = 100


@strawberry.type(description="You, as your token says.")
class Me:
    actor: strawberry.Private[Actor]
    subject: str = strawberry.field(description="The name of the account: `sub` of the token.")
    roles: list[str] = strawberry.field(
        description="What you may act as: officer, manager, unit-head, period-admin and so on; "
        "roles that are not known here are left out.",
        directives=at_most(len(Role)),
    )
    scopes: list[str] = strawberry.field(
        description="What the token is good for besides.", directives=at_most(SCOPES_MAX)
    )
    province: str | None = strawberry.field(
        description="Where the roles hold: two digits; a ministry's code, as G09."
    )

    @classmethod
    def of(cls, actor: Actor) -> Self:
        return cls(
            actor=actor,
            subject=actor.require_login(),
            roles=sorted(actor.roles & set(Role)),
            scopes=sorted(actor.scopes)[:SCOPES_MAX],
            province=actor.province,
        )

    @strawberry.field(description="The person you are; null for the account of a system.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.actor.officer)

    @strawberry.field(description="The unit in which, and below which, your roles hold.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.actor.unit) if self.actor.unit else None
