"""A mutation in one statement: from the input's fields to the union with `Problem`."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

import pytest
import strawberry

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.commands import Command
from congvu_kit.application.ports import Transaction
from congvu_kit.graph import (
    CommandInput,
    Info,
    Shown,
    ValueInput,
    at_most,
    by_name,
    describe,
    make_schema,
    mutation,
)
from kit.desk_graph import SCHEMA, Desk, PlaceDeskInput
from kit.desks import DESKS, SOMEBODY, PlaceDesk, place_desk, rename_desk
from kit.desks import Desk as StoredDesk
from support.graph import Graph

PLACED = {"idempotencyKey": "k1", "deskId": "d1", "name": "Bàn"}


async def test_a_mutation_shows_what_the_use_case_answers(graph: Graph) -> None:
    await graph.do("placeDesk", PLACED, SOMEBODY, "... on Desk { id }")
    rename = {"idempotencyKey": "k2", "deskId": "d1", "name": "Ghế", "expectedRevision": 1}

    renamed = await graph.do("renameDesk", rename, SOMEBODY, "... on Desk { id name group }")

    assert renamed == {"__typename": "Desk", "id": "d1", "name": "Ghế", "group": "A"}


async def test_a_refusal_is_the_other_half_of_the_union(graph: Graph) -> None:
    await graph.do("placeDesk", PLACED, SOMEBODY, "... on Desk { id }")
    rename = {"idempotencyKey": "k2", "deskId": "d1", "name": "Ghế", "expectedRevision": 7}

    refused = await graph.do("renameDesk", rename, SOMEBODY, "... on Desk { id }")

    assert refused == {
        "__typename": "Problem",
        "code": "CONFLICT",
        "message": "this is at revision 1, you expected 7: read it again",
        "field": "input.expectedRevision",
        "ruleId": None,
    }


async def test_needs_and_nested_values_reach_the_use_case(
    graph: Graph, uow: MemoryUnitOfWork
) -> None:
    await graph.do("placeDesk", PLACED, SOMEBODY, "... on Desk { id }")
    fill = {
        "idempotencyKey": "k2",
        "deskId": "d1",
        "expectedRevision": 1,
        "drawers": [{"label": "top", "papers": ["a", "b"]}, {"label": "below"}],
    }

    await graph.do("fillDesk", fill, SOMEBODY, "... on Desk { id offer }")

    desk = await uow.reading().store(DESKS).get("d1")
    assert desk.tags == ["top: a, b", "below: "]
    assert desk.price == Decimal(30)


async def test_a_resolver_reads_the_services_own_needs(graph: Graph) -> None:
    await graph.do("placeDesk", PLACED, SOMEBODY, "... on Desk { id }")

    data = await graph.ask("{ desks { edges { node { offer } } } }")

    assert data["desks"]["edges"] == [{"node": {"offer": "30"}}]


def test_the_union_is_named_after_the_operation() -> None:
    sdl = SCHEMA.as_str()

    assert "union PlaceDeskResult = Desk | Problem" in sdl
    assert '"""As it is now."""\nunion RenameDeskResult = Desk | Problem' in sdl
    assert (
        'placeDesk(\n    """A new desk."""\n    input: PlaceDeskInput!\n  ): PlaceDeskResult!'
        in sdl
    )


def test_an_input_with_other_fields_than_its_command_is_refused() -> None:
    @strawberry.input
    class Misspelt(CommandInput):
        COMMAND = PlaceDesk

        desk: str
        name: str
        rank: int

    with pytest.raises(TypeError, match=r"Misspelt has not the fields of PlaceDesk: .*desk_id"):
        mutation(place_desk, Misspelt, Desk, description="x")


def test_an_input_of_another_command_is_refused() -> None:
    with pytest.raises(TypeError, match="PlaceDeskInput becomes no RenameDesk"):
        mutation(rename_desk, PlaceDeskInput, Desk, description="x")


@dataclass(frozen=True, kw_only=True)
class Step(Command):
    desk_id: str


@dataclass(frozen=True, kw_only=True)
class Open(Step):
    operation: ClassVar[str] = "open_desk"


@dataclass(frozen=True, kw_only=True)
class Close(Step):
    operation: ClassVar[str] = "close_desk"


async def open_desk(command: Open, tx: Transaction) -> StoredDesk:
    return StoredDesk(id=command.desk_id, name=command.operation)


async def close_desk(command: Close, tx: Transaction) -> StoredDesk:
    return StoredDesk(id=command.desk_id, name=command.operation)


@strawberry.input
class StepInput(CommandInput):
    COMMAND = Step

    desk_id: str


@strawberry.type(name="Desk")
class SlowDesk:
    """Made by a coroutine that wants to know who asks."""

    name: str

    @classmethod
    async def of(cls, aggregate: StoredDesk, info: Info) -> "SlowDesk":
        return cls(name=f"{aggregate.name} for {info.context.actor.subject}")


@strawberry.type
class Steps:
    open_desk = mutation(open_desk, StepInput, SlowDesk, description="x")
    close_desk = mutation(close_desk, StepInput, SlowDesk, description="x")


@strawberry.type
class Nothing:
    nothing: str = ""


async def test_mutations_may_share_an_input_and_show_by_a_coroutine(uow: MemoryUnitOfWork) -> None:
    graph = Graph(make_schema(query=Nothing, mutation=Steps), uow)
    input = {"idempotencyKey": "k", "deskId": "d1"}

    opened = await graph.do("openDesk", input, SOMEBODY, "... on Desk { name }")
    closed = await graph.do("closeDesk", input, SOMEBODY, "... on Desk { name }")

    assert (opened["name"], closed["name"]) == ("open_desk for somebody", "close_desk for somebody")


class Shape(StrEnum):
    ROUND = "ROUND"
    SQUARE = "SQUARE"


@strawberry.type(name="Query")
class Shapes:
    shape: Shape | None = None


def test_an_enum_is_described_whenever_and_never_forgotten() -> None:
    with pytest.raises(TypeError, match="describe the enums Shape"):
        make_schema(query=Shapes)
    with pytest.raises(ValueError, match="Shape: describe each of"):
        describe(Shape, "What it looks like.", ROUND="Round.")

    describe(Shape, "What it looks like.", name="DeskShape", ROUND="Round.", SQUARE="Square.")

    assert (
        '"""What it looks like."""\nenum DeskShape {\n  """Round."""\n  ROUND\n\n'
        '  """Square."""\n  SQUARE\n}'
    ) in make_schema(query=Shapes).as_str()


def test_a_value_input_unlike_its_value_is_refused() -> None:
    @dataclass(frozen=True)
    class Leg:
        length: int = field(default=1)

    @strawberry.input
    class LegInput(ValueInput):
        VALUE = Leg

        width: int

    @strawberry.type(name="Query")
    class Legs:
        @strawberry.field
        def longest(self, legs: list[LegInput]) -> int:
            return len(legs)

    with pytest.raises(TypeError, match="LegInput has not the fields of Leg"):
        make_schema(query=Legs)


@dataclass(frozen=True)
class StoredLeg:
    length: int
    feet: tuple[str, ...] = ()


@dataclass(frozen=True)
class StoredTable:
    name: str
    legs: tuple[StoredLeg, ...]
    middle: StoredLeg | None = None

    @property
    def stands(self) -> bool:
        return len(self.legs) > 2


@strawberry.type
class Leg(Shown):
    SHOWS = StoredLeg

    length: int
    feet: list[str] = strawberry.field(directives=at_most(2))


@strawberry.type
class Table(Shown):
    SHOWS = StoredTable

    name: str
    stands: bool
    legs: list[Leg] = strawberry.field(directives=at_most(2))
    middle: Leg | None
    aggregate: strawberry.Private[StoredTable]

    @strawberry.field
    def longest(self) -> int:
        return max(leg.length for leg in self.legs)


def test_a_type_is_made_by_name_with_the_types_inside_it() -> None:
    stored = StoredTable(name="x", legs=(StoredLeg(1, ("a", "b")), StoredLeg(2)))

    table = Table.of(stored)

    assert table == Table(
        name="x",
        stands=False,
        legs=[Leg(length=1, feet=["a", "b"]), Leg(length=2, feet=[])],
        middle=None,
        aggregate=stored,
    )
    assert by_name(Table, stored, name="y", middle=Leg(length=3, feet=[])) == replace(
        table, name="y", middle=Leg(length=3, feet=[])
    )
    assert Table.of(replace(stored, middle=StoredLeg(4))).middle == Leg(length=4, feet=[])


def test_a_type_may_keep_what_it_shows() -> None:
    @strawberry.type(name="Query")
    class Room:
        table: Table | None = None

    assert "type Table {\n  name: String!" in make_schema(query=Room).as_str()


def test_a_type_that_shows_what_is_not_there_is_refused() -> None:
    @strawberry.type(name="Query")
    class Broken(Shown):
        SHOWS = StoredLeg

        length: int
        width: int

    with pytest.raises(TypeError, match=r"StoredLeg has no \['width'\], which Query shows"):
        make_schema(query=Broken)
