"""Who read whose data is on record: nothing leaves before it is, and no entry goes unnoticed."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from strawberry.types.base import StrawberryObjectDefinition

from congvu_kit.adapters.memory import MemoryTransaction, MemoryUnitOfWork
from congvu_kit.application.ports import Collection
from congvu_kit.application.reads import READ_CHAINS, READ_ENTRIES
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Unavailable
from congvu_kit.domain.reads import ReadEntry
from congvu_kit.graph.personal import _OnRecord
from congvu_kit.tools import reads
from congvu_kit.tools.cli import Failure
from congvu_kit.tools.client import Gateway
from evaluation.readers import READERS, Sights, sights
from evaluation.scenes import NOW
from evaluation_service.adapters.graphql.schema import schema as evaluation_schema
from evaluation_service.application.collections import ALL
from feedback_service.adapters.graphql.schema import schema as feedback_schema
from support.clock import FixedClock
from support.graph import Graph

WHY = (
    "query Why($person: ID!) { civilServant(id: $person) "
    "{ id fullName evaluations: evaluation(periodId: $period) { id total } } }"
).replace("$person: ID!", "$person: ID!, $period: ID!")
NAME = "query Name($person: ID!) { civilServant(id: $person) { fullName } }"
ONLY_ID = "query($person: ID!) { civilServant(id: $person) { id } }"
MINE = """query($person: ID!) { civilServantReads(civilServantId: $person, first: 100) { edges {
    node { account readerId roles operation purpose fields } } } }"""

FIVE = ("her head", "admin", "board", "auditor", "national hrm")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def collections() -> Sequence[Collection[Any]]:
    return ALL


@pytest.fixture
def graph(uow: MemoryUnitOfWork) -> Graph:
    return Graph(evaluation_schema, uow, purpose="Rà soát quý III")


@pytest.fixture
async def there(uow: MemoryUnitOfWork) -> Sights:
    return await sights(uow)


async def ask(graph: Graph, there: Sights, document: str, actor: Actor) -> Any:
    names = ("person", "period")
    wanted = {name: there.ids[name] for name in names if f"${name}" in document}
    return await graph.ask(document, actor, **wanted)


async def entries(uow: MemoryUnitOfWork) -> list[ReadEntry]:
    found = await uow.reading().store(READ_ENTRIES).select(order=["chain", "number"])
    return [entry for entry in found if "-" in entry.chain]


async def test_a_hundred_reads_in_five_roles_are_a_hundred_entries(
    uow: MemoryUnitOfWork, graph: Graph, there: Sights
) -> None:
    for reader in FIVE * 20:
        await ask(graph, there, WHY, READERS[reader])

    found = await entries(uow)
    assert len(found) == 100
    assert {entry.reader.subject for entry in found} == {READERS[reader].subject for reader in FIVE}
    for entry in found:
        (read,) = entry.reads
        assert read.subject == there.ids["person"]
        assert read.fields == (
            "CivilServant.evaluation",
            "CivilServant.fullName",
            "Evaluation.total",
        )
        assert (entry.operation, entry.purpose) == ("Why", "Rà soát quý III")
    assert await verified(graph) == "the record of reads is whole: 105 entries"


@pytest.mark.parametrize("number", [1, 2, 3], ids=["first", "middle", "last"])
@pytest.mark.parametrize("chain", ["a reader's", "the province's"])
async def test_a_missing_entry_is_found(
    uow: MemoryUnitOfWork, graph: Graph, there: Sights, number: int, chain: str
) -> None:
    for reader in FIVE[:3] * 3:
        await ask(graph, there, NAME, READERS[reader])
    rows = uow.rows(READ_ENTRIES)
    chains = sorted({str(row["chain"]) for row in rows.values()}, key=len)
    wanted = chains[-1] if chain == "a reader's" else chains[0]
    (gone,) = [id for id, row in rows.items() if (row["chain"], row["number"]) == (wanted, number)]
    del rows[gone]

    assert "broken" in await verified(graph)


async def test_a_missing_chain_is_found(uow: MemoryUnitOfWork, graph: Graph, there: Sights) -> None:
    await ask(graph, there, NAME, READERS["her head"])
    await ask(graph, there, NAME, READERS["auditor"])
    for collection in (READ_ENTRIES, READ_CHAINS):
        rows = uow.rows(collection)
        for id in [id for id, row in rows.items() if "-" in str(row.get("chain", id))]:
            del rows[id]
            break

    assert "broken" in await verified(graph)


async def test_every_changed_field_of_an_entry_is_found(
    uow: MemoryUnitOfWork, graph: Graph, there: Sights
) -> None:
    await ask(graph, there, NAME, READERS["her head"])
    rows = uow.rows(READ_ENTRIES)
    (id,) = [id for id, row in rows.items() if "-" in str(row["chain"])]
    whole = rows[id]
    bookkeeping = {"_id", "revision", "sequence", "extra"}

    for name in whole.keys() - bookkeeping:
        changed = {**whole, name: other(whole[name])}
        rows[id] = changed
        assert "broken" in await verified(graph), name
    rows[id] = whole
    assert "whole" in await verified(graph)


def other(value: Any) -> Any:
    match value:
        case None:
            return "x"
        case int():
            return value + 1
        case str() if value.startswith("2026"):
            return value.replace("2026", "2025", 1)
        case str():
            return f"{value}x"
        case dict():
            return {**value, "subject": "somebody else"}
        case _:
            return [{**each, "fields": ["x"]} for each in value]


async def test_what_tells_of_nobody_else_is_not_on_record(
    uow: MemoryUnitOfWork, graph: Graph, there: Sights
) -> None:
    await ask(graph, there, ONLY_ID, READERS["auditor"])
    await ask(graph, there, WHY, READERS["Lan"])
    hidden = await ask(graph, there, NAME, READERS["another unit's head"])

    assert hidden == {"civilServant": None}
    assert await entries(uow) == []


async def test_the_person_sees_who_read_and_why(graph: Graph, there: Sights) -> None:
    await ask(graph, there, NAME, READERS["her head"])
    await ask(graph, there, NAME, READERS["auditor"])

    seen = (await ask(graph, there, MINE, READERS["Lan"]))["civilServantReads"]["edges"]

    head = READERS["her head"]
    assert {edge["node"]["account"] for edge in seen} == {
        READERS["auditor"].subject,
        head.subject,
    }
    (by_head,) = [edge["node"] for edge in seen if edge["node"]["account"] == head.subject]
    assert by_head == {
        "account": head.subject,
        "readerId": head.officer,
        "roles": sorted(head.roles),
        "operation": "Name",
        "purpose": "Rà soát quý III",
        "fields": ["CivilServant.fullName"],
    }


class OutOfOrder(MemoryUnitOfWork):
    """Can be read and no longer be written."""

    broken = False

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[MemoryTransaction]:
        if self.broken:
            raise Unavailable(en="the database is away", vi="cơ sở dữ liệu không phản hồi")
        async with super().begin() as tx:
            yield tx


async def test_nothing_is_shown_that_could_not_be_recorded(clock: FixedClock) -> None:
    uow = OutOfOrder(clock)
    there = await sights(uow)
    uow.broken = True
    graph = Graph(evaluation_schema, uow)

    result = await graph.execute(NAME, READERS["her head"], {"person": there.ids["person"]})

    assert result.data is None
    assert [error.extensions["code"] for error in result.errors] == ["UNAVAILABLE"]


NOT_ON_RECORD = {
    "Assignment": "work, seen by those who gave it; the person is read through civilServant",
    "HandedOverPart": "read through an evaluation, which is on record",
    "PublishedAgreement": "the policy publishes it, with the leader and the office",
    "SealedResult": "ids of evaluations only; whoever asks whose they are is on record",
}


def personal_types() -> Mapping[str, StrawberryObjectDefinition]:
    """Those made of something that names a civil servant or was written by a citizen."""
    found = {}
    for schema in (evaluation_schema, feedback_schema):
        for kind in schema.schema_converter.type_map.values():
            definition = kind.definition
            if not isinstance(definition, StrawberryObjectDefinition) or definition.is_input:
                continue
            aggregate = definition.origin.__annotations__.get("aggregate")
            made_of = getattr(aggregate, "__args__", (None,))[0] if aggregate else None
            names = {*getattr(made_of, "__dataclass_fields__", {}), *dir(made_of)}
            if names & {"civil_servant_id", "appointments", "person"}:
                found[definition.name] = definition
    return found


def test_every_type_that_tells_of_a_person_is_on_record() -> None:
    kinds = personal_types()
    assert {"CivilServant", "Evaluation", "Appeal", "Complaint", "Submission"} <= kinds.keys()

    open_kinds = {
        name
        for name, definition in kinds.items()
        if not any(isinstance(e, _OnRecord) for f in definition.fields for e in f.extensions)
    }

    assert open_kinds <= NOT_ON_RECORD.keys()


PERSON, RESULT = {"civil_servant"}, {"evaluation", "evaluation_id"}
OF_ITSELF = {"CivilServant": "civil_servant", "Evaluation": "evaluation"}


def test_nothing_leads_from_a_person_to_the_id_of_a_result_unrecorded() -> None:
    """Bands of sealed results stand beside ids of evaluations alone."""
    told = {}
    for name, definition in personal_types().items():
        is_open = {
            field.python_name
            for field in definition.fields
            if not any(isinstance(each, _OnRecord) for each in field.extensions)
        }
        known = {OF_ITSELF.get(name)} | is_open
        if name not in NOT_ON_RECORD and known & PERSON and known & RESULT:
            told[name] = sorted(is_open)

    assert told == {}


class InProcess(Gateway):
    """Evaluation's subgraph in this process; feedback has told of nothing."""

    def __init__(self, graph: Graph) -> None:
        super().__init__("http://test", "")
        self._graph = graph

    def query(self, document: str, variables: Mapping[str, object]) -> dict[str, Any]:
        if "feedback" in document:
            return {"chains": {"edges": [], "pageInfo": {"endCursor": None, "hasNextPage": False}}}
        wanted = {name: value for name, value in variables.items() if f"${name}" in document}
        asked = self._graph.ask(document, READERS["auditor"], **wanted)
        data: dict[str, Any] = asyncio.run(asked)
        return data


async def verified(graph: Graph) -> str:
    """What the command says in the end."""
    return await asyncio.to_thread(_verified, graph)


def _verified(graph: Graph) -> str:
    try:
        return reads.summary(InProcess(graph), lambda rows: None)
    except Failure as failure:
        return str(failure)
