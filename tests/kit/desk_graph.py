"""The desks as a subgraph and a service, to drive the schema and app factories."""

from typing import Annotated, Self

import strawberry

from congvu_kit.domain.errors import Forbidden
from congvu_kit.graph import Connection, Info, Problem, connection, make_schema, page_size
from congvu_kit.service.app import ServiceDefinition
from congvu_kit.service.settings import ServiceSettings
from kit.desks import DESKS, Desk, PlaceDesk, place_desk


@strawberry.federation.type(name="Desk", keys=["id"], description="A desk.")
class DeskNode:
    id: strawberry.ID
    name: str

    @classmethod
    def of(cls, desk: Desk) -> Self:
        return cls(id=strawberry.ID(desk.id), name=desk.name)

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        desk = await info.context.by_id(DESKS).load(id)
        return cls.of(desk) if desk else None

    @strawberry.field(description="The desk itself, as deep as one likes.")
    def again(self) -> Annotated["DeskNode", strawberry.lazy("kit.desk_graph")]:
        return self


@strawberry.input
class PlaceDeskInput:
    idempotency_key: str
    desk_id: str
    name: str


PlaceDeskResult = Annotated[DeskNode | Problem, strawberry.union("PlaceDeskResult")]


@strawberry.type
class Query:
    @strawberry.field
    async def desks(
        self, info: Info, first: int = 20, after: str | None = None
    ) -> Connection[DeskNode]:
        store = info.context.reading().store(DESKS)
        return connection(await store.page(first=page_size(first), after=after), DeskNode.of)

    @strawberry.field
    async def secret(self, info: Info) -> str:
        raise Forbidden(en="not for you", vi="không dành cho bạn", rule_id="X-1")

    @strawberry.field
    async def broken(self, info: Info) -> str:
        raise RuntimeError("password=hunter2")


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def place_desk(self, info: Info, input: PlaceDeskInput) -> PlaceDeskResult:
        command = PlaceDesk(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            desk_id=input.desk_id,
            name=input.name,
        )
        return DeskNode.of(await info.context.perform(place_desk, command, Desk))


SCHEMA = make_schema(query=Query, mutation=Mutation)


class DeskSettings(ServiceSettings):
    PREFIX = "DESKS_"
    DEFAULT_PORT = 4199


DEFINITION = ServiceDefinition(name="desks", schema=SCHEMA, collections=[DESKS])
