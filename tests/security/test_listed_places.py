"""A listing of a unit, a period or a product that is not there is refused: an empty page would look
like one without rows, and an export of it like a good one. Made from the three schemas."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import get_named_type, is_non_null_type

from catalogue.needs import NEEDS as CATALOGUE
from congvu_kit.adapters.memory import MemoryUnitOfWork
from evaluation import scenes
from security.test_rows import EVERYBODY, GRAPHS, INPUTS
from support.clock import FixedClock
from support.graph import Graph
from support.malformed import CANARY, Place, sent

NAMES = ("unitId", "periodId", "code")
LOOKED_FOR = {("orgUnits", "code")}
"""Of the rows themselves, not of what they belong to: whether there are any is what is asked."""


def listings() -> Iterator[tuple[str, Place]]:
    """Every place of a connection's arguments, and of its filter, that names one of those."""
    for name, inputs in INPUTS.items():
        root = GRAPHS[name]._schema.query_type
        assert root is not None
        for place in inputs.places:
            listed = place.operation == "query" and get_named_type(
                root.fields[place.field].type
            ).name.endswith(("Connection", "Facets"))
            is_one = place.keys[-1] in NAMES and (place.field, place.keys[-1]) not in LOOKED_FOR
            if listed and is_one and len(place.keys) <= 2:
                yield name, place


def asked(name: str, place: Place) -> dict[str, Any]:
    """Good arguments, no filter but for that one place."""
    root = GRAPHS[name]._schema.query_type
    assert root is not None
    needed = {
        key for key, each in root.fields[place.field].args.items() if is_non_null_type(each.type)
    }
    good = INPUTS[name].good[place.field]
    variables = {key: value if key in needed else None for key, value in good.items()}
    paging = {"first": 5, "after": None}
    variables |= {key: value for key, value in paging.items() if key in variables}
    if len(place.keys) == 1:
        return {**variables, str(place.keys[0]): CANARY}
    return {**variables, str(place.keys[0]): {place.keys[1]: CANARY}}


@pytest.mark.parametrize(
    ("name", "place"), list(listings()), ids=lambda given: getattr(given, "name", given)
)
async def test_what_is_not_there_is_not_listed_as_empty(name: str, place: Place) -> None:
    uow = MemoryUnitOfWork(FixedClock(scenes.NOW))
    graph = Graph(GRAPHS[name], uow, needs=CATALOGUE if name == "catalogue" else None)

    result = await graph.execute(place.document, EVERYBODY, sent(asked(name, place)))

    [refused] = result.errors or [None]
    assert refused is not None, result.data
    extensions = refused.extensions or {}
    assert extensions["code"] in ("NOT_FOUND", "FORBIDDEN")
    assert CANARY not in refused.message
    if extensions["code"] == "NOT_FOUND" and not place.field.startswith("rankingRun"):
        assert extensions["field"] == place.path


def test_every_service_has_some() -> None:
    found = [name for name, _ in listings()]

    assert {name: found.count(name) >= 3 for name in GRAPHS} == dict.fromkeys(GRAPHS, True)
