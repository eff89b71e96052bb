"""The desks as a subgraph and a service: the example of how the graph is written."""

from decimal import Decimal
from typing import Annotated, Self, TypeAlias

import strawberry
from pydantic_settings import SettingsConfigDict

from congvu_kit.domain.errors import Forbidden
from congvu_kit.graph import (
    CommandInput,
    Context,
    RevisedInput,
    ValueInput,
    describe,
    found,
    listing,
    make_schema,
    mutation,
)
from congvu_kit.service.app import ServiceDefinition
from congvu_kit.service.settings import Port, ServiceSettings
from kit import desks
from kit.desks import DESKS, DeskNeeds, Group

Info: TypeAlias = strawberry.Info[Context[DeskNeeds], None]

describe(Group, "Who sits there.", name="DeskGroup", A="Managers.", B="Everybody else.")


@strawberry.federation.type(keys=["id"], description="A desk.")
class Desk:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    name: str = strawberry.field(description="Its name.")
    group: Group = strawberry.field(description="Who sits there.")
    aggregate: strawberry.Private[desks.Desk]

    @classmethod
    def of(cls, aggregate: desks.Desk) -> Self:
        return cls(
            id=strawberry.ID(aggregate.id),
            name=aggregate.name,
            group=aggregate.group,
            aggregate=aggregate,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        desk = await info.context.by_id(DESKS).load(id)
        return cls.of(desk) if desk else None

    @strawberry.field(description="The desk itself, as deep as one likes.")
    def again(self) -> Annotated["Desk", strawberry.lazy("kit.desk_graph")]:
        return self

    @strawberry.field(description="What the carpenter would ask for it today.")
    def offer(self, info: Info) -> Decimal:
        return info.context.needs.carpenter.price(self.aggregate.name)


@strawberry.input(description="A new desk.")
class PlaceDeskInput(CommandInput):
    COMMAND = desks.PlaceDesk

    desk_id: strawberry.ID = strawberry.field(description="Its id.")
    name: str = strawberry.field(description="Its name.")
    rank: int = strawberry.field(default=0, description="Its place in the row.")


@strawberry.input(description="Another name for a desk.")
class RenameDeskInput(RevisedInput):
    COMMAND = desks.RenameDesk

    desk_id: strawberry.ID = strawberry.field(description="Which desk.")
    name: str = strawberry.field(description="The new name.")


@strawberry.input(description="A drawer and what is in it.")
class DrawerInput(ValueInput):
    VALUE = desks.Drawer

    label: str = strawberry.field(description="What it says.")
    papers: list[str] = strawberry.field(default_factory=list, description="What is in it.")


@strawberry.input(description="Drawers full of papers.")
class FillDeskInput(RevisedInput):
    COMMAND = desks.FillDesk

    desk_id: strawberry.ID = strawberry.field(description="Which desk.")
    drawers: list[DrawerInput] = strawberry.field(description="From the top down.")


@strawberry.input(description="Which desks.")
class DeskFilter(ValueInput):
    VALUE = desks.DeskFilter

    group: Group | None = strawberry.field(default=None, description="Of these people.")


@strawberry.type
class Mutation:
    place_desk = mutation(desks.place_desk, PlaceDeskInput, Desk, description="Place a desk.")
    rename_desk = mutation(
        desks.rename_desk, RenameDeskInput, Desk, description="Rename it.", result="As it is now."
    )
    fill_desk = mutation(desks.fill_desk, FillDeskInput, Desk, description="Fill its drawers.")


@strawberry.type
class Query:
    desk = found(desks.find_desks, Desk, description="One of them; null when there is none.")
    desks = listing(desks.list_desks, Desk, filter=DeskFilter, description="All desks.")

    @strawberry.field
    async def secret(self, info: Info) -> str:
        raise Forbidden(en="not for you", vi="không dành cho bạn", rule_id="X-1")

    @strawberry.field
    async def broken(self, info: Info) -> str:
        raise RuntimeError("password=hunter2")


SCHEMA = make_schema(query=Query, mutation=Mutation)


class DeskSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="DESKS_")

    port: Port = 4199


def define(settings: DeskSettings) -> ServiceDefinition:
    del settings
    return ServiceDefinition(name="desks", schema=SCHEMA, collections=[DESKS])


DEFINITION = ServiceDefinition(name="desks", schema=SCHEMA, collections=[DESKS])
