"""No text becomes an operator or a name of a field: what the database is sent, watched."""

from collections.abc import Iterator
from typing import Any

import pytest
from motor.motor_asyncio import AsyncIOMotorClient
from pymongo.monitoring import (
    CommandFailedEvent,
    CommandListener,
    CommandStartedEvent,
    CommandSucceededEvent,
)

from catalogue.needs import NEEDS as CATALOGUE
from catalogue_service.adapters.graphql.schema import schema as catalogue
from congvu_kit.adapters.mongo import MongoUnitOfWork
from evaluation.needs import NEEDS as EVALUATION
from evaluation_service.adapters.graphql.schema import schema as evaluation
from feedback.scenes import make_needs
from feedback_service.adapters.graphql.schema import schema as feedback
from support.event_keys import signer
from support.graph import Graph
from support.malformed import inputs_of, sent
from support.served import EVERYTHING

GRAPHS: dict[str, Any] = {
    "catalogue": (catalogue, CATALOGUE),
    "evaluation": (evaluation, EVALUATION),
    "feedback": (feedback, make_needs()),
}
MARK = "7f3a9"
TEXTS = [
    f'{{"$ne": "{MARK}"}}', f"$where{MARK}", f"$expr.{MARK}", f"a.{MARK}.$gt", f"__proto__{MARK}",
    f"^({MARK}+)+$", f"{MARK}\x00",
]  # fmt: skip
OURS = {
    "$and", "$clusterTime", "$db", "$exists", "$gt", "$gte", "$in", "$lt", "$or", "$readPreference",
    "$regex",
}  # fmt: skip
SLOW_S = 1.0


class Watch(CommandListener):
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.commands = 0
        self.slowest_s = 0.0

    def started(self, event: CommandStartedEvent) -> None:
        self.commands += 1
        self.names.update(_names(event.command))

    def succeeded(self, event: CommandSucceededEvent) -> None:
        self.slowest_s = max(self.slowest_s, event.duration_micros / 1e6)

    def failed(self, event: CommandFailedEvent) -> None:
        self.slowest_s = max(self.slowest_s, event.duration_micros / 1e6)


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from _names(each)
    elif isinstance(value, list):
        for each in value:
            yield from _names(each)


@pytest.mark.mongo
@pytest.mark.parametrize("name", GRAPHS)
async def test_no_text_becomes_an_operator_or_a_name(
    name: str, mongo_url: str, mongo_database: str
) -> None:
    schema, needs = GRAPHS[name]
    inputs, watch = inputs_of(schema._schema), Watch()
    client: AsyncIOMotorClient[dict[str, Any]] = AsyncIOMotorClient(
        mongo_url, tz_aware=True, event_listeners=[watch]
    )
    graph = Graph(
        schema, MongoUnitOfWork(client[mongo_database], signer=signer("test")), needs=needs
    )

    for field in inputs.good:
        document = next(each.document for each in inputs.places if each.field == field)
        for text in TEXTS:
            result = await graph.execute(document, EVERYTHING, sent(inputs.marked(field, text)))
            codes = {error.extensions["code"] for error in result.errors or ()}
            assert "INTERNAL" not in codes, (field, text)

    client.close()
    assert watch.commands > len(inputs.good)
    assert {each for each in watch.names if each.startswith("$")} <= OURS
    assert not [each for each in watch.names if MARK in each]
    assert watch.slowest_s < SLOW_S


def test_no_input_takes_any_object_at_all() -> None:
    kinds = {
        place.kind for schema, _ in GRAPHS.values() for place in inputs_of(schema._schema).places
    }

    assert not {kind for kind in kinds if "JSON" in kind.upper() or kind == "_Any"}
