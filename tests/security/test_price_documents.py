"""The dearest documents that pass the limits, generated from the schemas, against a store that has
everything: nothing works for more than its price."""

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage
from structlog.testing import capture_logs

from catalogue_service.adapters.graphql.schema import schema as catalogue
from congvu_kit.graph.execution import ANSWER_MAX_BYTES, SIZES
from congvu_local.node import node_binary
from docs.test_operations_shown import operations
from evaluation_service.adapters.graphql.schema import schema as evaluation
from feedback.scenes import make_needs
from feedback_service.adapters.graphql.schema import schema as feedback
from support.graph import Graph
from support.plenty import SOMEBODY, Plenty
from support.worst import COST_MAX, Document, documents

GATEWAY = Path(__file__).parents[2] / "services/gateway"
SCHEMAS = {"catalogue": catalogue, "evaluation": evaluation, "feedback": feedback}

BUDGET = 100
"""Of the many small ones; what grows faster than its price shows here already."""

EVERY = 4
"""Of the documents one in so many; all of them take half a minute."""

LOADS_PER_UNIT = 4
"""Documents that one unit of cost may load, and some for a field that costs a tenth."""

TIMES_THE_YARDSTICK = 120
"""Of work for the dearest, where 40 to 80 are measured: about five seconds, on a machine that takes
0.04 s for the yardstick."""


def plenty(service: str) -> Plenty:
    """Lists as long as they are declared; evidence is shared between the reports of one work."""
    sizes: dict[str, int] = {"evidence": 1}
    for (_, name), size in SCHEMAS[service]._schema.extensions[SIZES].items():
        sizes.setdefault(re.sub("([A-Z])", r"_\1", name).lower(), min(size, 200))
    return Plenty(sizes, absent=frozenset({"private_records", "private_keys"}))


async def ask(service: str, document: Document) -> tuple[Plenty, Any]:
    store = plenty(service)
    needs = make_needs() if service == "feedback" else None
    graph = Graph(SCHEMAS[service], store, needs=needs)  # type: ignore[arg-type] # it only reads
    with capture_logs():  # What is made up has no sealed text and no score to explain.
        return store, await graph.execute(document.text, SOMEBODY, {})


def yardstick() -> float:
    """Processor seconds of a fixed piece of work like ours: objects and exact fractions."""
    began = time.process_time()
    sum((Fraction(1, number % 97 + 1) for number in range(20_000)), Fraction(0))
    return time.process_time() - began


@contextmanager
def unmeasured() -> Iterator[None]:
    """Counting covered lines takes as long as the work itself."""
    counting = Coverage.current()
    if counting is not None:
        counting.stop()
    try:
        yield
    finally:
        if counting is not None:
            counting.start()


@pytest.mark.parametrize("service", SCHEMAS)
async def test_no_field_asks_or_loads_more_than_it_costs(service: str) -> None:
    dear: list[tuple[str, float, int, int]] = []
    tried = 0

    for document in islice(documents(SCHEMAS[service]._schema, BUDGET), 0, None, EVERY):
        store, _ = await ask(service, document)
        tried += 1
        allowed = LOADS_PER_UNIT * document.cost + 20
        if store.asks > document.cost + 20 or store.loads > allowed:
            dear.append((document.target, document.cost, store.asks, store.loads))

    assert tried > 10
    assert dear == []


@pytest.mark.parametrize("service", SCHEMAS)
async def test_the_dearest_documents_cost_little(service: str) -> None:
    found = sorted(documents(SCHEMAS[service]._schema), key=lambda each: -each.cost)

    for document in found[:2]:
        with unmeasured():
            before = yardstick()
            began = time.process_time()
            store, result = await ask(service, document)
            took = time.process_time() - began
            allowed = TIMES_THE_YARDSTICK * (before + yardstick()) / 2

        assert took < allowed, document
        assert store.loads <= LOADS_PER_UNIT * COST_MAX, document
        assert len(json.dumps(result.data, ensure_ascii=False)) < 1.5 * ANSWER_MAX_BYTES


COST_OF = """
import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { costOf, readPrices } from './src/prices.mjs';
const prices = readPrices(readFileSync('supergraph.graphql', 'utf8'));
const all = JSON.parse(readFileSync(0, 'utf8')).map((text) => parse(text));
const costs = all.map((document) => document.definitions
  .filter(({ kind }) => kind === 'OperationDefinition')
  .map(({ name }) => costOf(prices, document, name?.value, {})));
console.log(JSON.stringify(costs.map((each) => Math.max(...each))));
"""


def costs_at_the_gateway(texts: list[str]) -> list[int]:
    done = subprocess.run(
        [node_binary(), "--input-type=module", "-e", COST_OF],
        cwd=GATEWAY,
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    costs: list[int] = json.loads(done.stdout)
    return costs


@pytest.mark.parametrize("service", SCHEMAS)
def test_the_gateway_counts_as_the_declarations_say(service: str) -> None:
    """Or more: an entity may weigh something in another service."""
    made = list(documents(SCHEMAS[service]._schema))

    counted = costs_at_the_gateway([each.text for each in made])

    differing = [
        (each.target, each.cost, cost)
        for each, cost in zip(made, counted, strict=True)
        if cost < each.cost - 1
    ]
    assert differing == []
    assert sum(cost <= COST_MAX for cost in counted) > len(made) / 2


def test_what_we_show_and_ship_passes() -> None:
    clients = json.loads((GATEWAY / "documents.json").read_text())
    shown = [*operations(), *clients.items()]
    assert len(shown) > 30

    counted = costs_at_the_gateway([text for _, text in shown])

    dear = [(where, cost) for (where, _), cost in zip(shown, counted, strict=True)]
    assert [each for each in dear if each[1] > COST_MAX] == []
