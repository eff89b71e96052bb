"""Work ends with its reason: a caller who is gone, or the time limit."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

import pytest
import strawberry
from fastapi import FastAPI
from starlette.types import Message
from strawberry.fastapi import GraphQLRouter

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Transaction
from congvu_kit.graph import Context, Info, make_schema, mutation
from congvu_kit.service.deadlines import Deadline
from kit import desks
from kit.desk_graph import Desk, PlaceDeskInput
from kit.desks import DESKS, SOMEBODY

SHELF: "dict[str, Shelf]" = {}

WALK = "{ walk }"
PLACE_TWO = """mutation {
  first: placeDesk(input: {idempotencyKey: "k1", deskId: "d1", name: "Bàn", rank: 1}) { ...It }
  second: placeDesk(input: {idempotencyKey: "k2", deskId: "d2", name: "Ghế", rank: 2}) { ...It }
} fragment It on PlaceDeskResult { ... on Desk { id } }"""


@dataclass
class Shelf:
    """One service, what it has done so far, and a request that can be let go."""

    uow: MemoryUnitOfWork = field(default_factory=MemoryUnitOfWork)
    reads: int = 0
    begun: list[str] = field(default_factory=list)
    under_way: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    sent: list[Message] = field(default_factory=list)

    async def call(self, query: str, within_s: float = 30.0, told: bytes = b"") -> None:
        SHELF["now"] = self
        app = Deadline(service(self), within_s)
        body = json.dumps({"query": query}).encode()
        heard = iter([{"type": "http.request", "body": body}])

        async def receive() -> Message:
            message = next(heard, None)
            if message is None:
                await self.gone.wait()
                return {"type": "http.disconnect"}
            return message

        async def send(message: Message) -> None:
            self.sent.append(message)

        headers = [(b"content-type", b"application/json"), (b"x-deadline-ms", told)]
        scope: dict[str, Any] = {
            "type": "http",
            "method": "POST",
            "path": "/graphql",
            "query_string": b"",
            "headers": headers,
        }
        await app(scope, receive, send)


async def place_slowly(command: desks.PlaceDesk, tx: Transaction) -> desks.Desk:
    shelf = SHELF["now"]
    shelf.begun.append(command.desk_id)
    placed = await desks.place_desk(command, tx)
    shelf.under_way.set()
    await shelf.go_on.wait()
    return placed


@strawberry.type
class Mutation:
    place_desk = mutation(place_slowly, PlaceDeskInput, Desk, description="Place a desk.")


@strawberry.type
class Query:
    @strawberry.field(description="Reads for ever.")
    async def walk(self, info: Info) -> int:
        shelf = SHELF["now"]
        while True:
            await info.context.reading().store(DESKS).find("d1")
            shelf.reads += 1
            if shelf.reads > 5:
                shelf.under_way.set()
            await asyncio.sleep(0)


SCHEMA = make_schema(query=Query, mutation=Mutation)


def service(shelf: Shelf) -> FastAPI:
    async def context() -> Context[None]:
        return Context(actor=SOMEBODY, language="en", uow=shelf.uow, needs=None)

    app = FastAPI()
    app.include_router(GraphQLRouter(SCHEMA, context_getter=context), prefix="/graphql")
    return app


async def let_everybody_run() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


async def test_reading_stops_when_the_caller_is_gone() -> None:
    shelf = Shelf()
    call = asyncio.create_task(shelf.call(WALK))
    await shelf.under_way.wait()

    shelf.gone.set()
    await asyncio.wait_for(call, 5)
    reads = shelf.reads
    await let_everybody_run()

    assert (shelf.reads, shelf.sent) == (reads, [])


async def test_reading_stops_when_the_time_has_passed() -> None:
    shelf = Shelf()

    await asyncio.wait_for(shelf.call(WALK, within_s=0.05), 5)
    reads = shelf.reads
    await let_everybody_run()

    start, body = shelf.sent
    assert (shelf.reads, start["status"]) == (reads, 503)
    [error] = json.loads(body["body"])["errors"]
    assert error["extensions"] == {"code": "UNAVAILABLE", "ruleId": "TIME_LIMIT"}


@pytest.mark.parametrize("told", [b"50", b"-1", b"1e9", b""])
async def test_a_request_takes_no_longer_than_its_caller_waits(told: bytes) -> None:
    shelf = Shelf()

    call = asyncio.create_task(shelf.call(WALK, within_s=0.5, told=told))
    done, _ = await asyncio.wait({call}, timeout=0.25)
    await call

    assert bool(done) is (told == b"50")
    assert shelf.sent[0]["status"] == 503


async def test_who_waits_for_a_mutation_is_answered_in_time_and_the_mutation_finishes() -> None:
    shelf = Shelf()

    call = asyncio.create_task(shelf.call(PLACE_TWO, told=b"50"))
    while len(shelf.sent) < 2:
        await asyncio.sleep(0.01)
    answered = list(shelf.sent)
    shelf.go_on.set()
    await asyncio.wait_for(call, 5)

    assert answered == shelf.sent
    assert (answered[0]["status"], len(answered)) == (503, 2)
    assert shelf.begun == ["d1"]
    assert await shelf.uow.reading().store(DESKS).find("d1") is not None


async def test_a_mutation_that_has_begun_finishes_and_the_next_does_not_begin() -> None:
    shelf = Shelf()
    call = asyncio.create_task(shelf.call(PLACE_TWO))
    await shelf.under_way.wait()

    shelf.gone.set()
    await let_everybody_run()
    assert not call.done()
    shelf.go_on.set()
    await asyncio.wait_for(call, 5)

    found = await shelf.uow.reading().store(DESKS).find_many(["d1", "d2"])
    assert [each.name if each else None for each in found] == ["Bàn", None]
    assert (shelf.begun, len(shelf.uow.outbox), shelf.sent) == (["d1"], 1, [])
    again = Shelf(uow=shelf.uow, gone=asyncio.Event())
    again.go_on.set()
    await again.call(PLACE_TWO)
    assert again.begun == ["d2"]
    assert json.loads(again.sent[1]["body"])["data"] == {
        "first": {"id": "d1"},
        "second": {"id": "d2"},
    }


async def test_an_answer_in_time_is_untouched() -> None:
    shelf = Shelf()

    await shelf.call("{ __typename }")

    assert [message["type"] for message in shelf.sent[:2]] == [
        "http.response.start",
        "http.response.body",
    ]
    assert json.loads(shelf.sent[1]["body"]) == {"data": {"__typename": "Query"}}
