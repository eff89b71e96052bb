"""Rows beside the public log are bound to it: any stored field that somebody changes is found
(F-I12). Generated from the stored documents."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.documents import Codec
from congvu_kit.application.ports import Collection
from congvu_kit.service.app import Runtime
from feedback import people
from feedback.commitments.steps import publish
from feedback.commitments.steps import rate as rate_promise
from feedback.commitments.steps import score as promise_score
from feedback.indexes.steps import four_ratings, freeze
from feedback.log.steps import redact, redaction
from feedback.reviews.steps import burst
from feedback.scenes import (
    NOW,
    answered,
    decide,
    dispute,
    know_the_ward,
    log_of,
    make_needs,
    verdict,
)
from feedback_service.adapters.workers import ROWS_DIFFER, compare_rows
from feedback_service.application.log.binding import BOUND, STORES_OWN
from feedback_service.application.log.rows import differing_rows
from support.clock import FixedClock

EXEMPT = dict.fromkeys(STORES_OWN, "a counter of the store, which decides nothing that is shown")
CANDIDATES: list[Any] = [
    "x",
    "2020-01-01",
    "2020-01-01T00:00:00Z",
    7,
    True,
    False,
    ["x"],
    [],
    None,
    "PRAISE",
    "KIOSK",
    "BUSINESS",
    "DISSATISFIED",
    ["COST"],
    "RECEIVED",
    "DELAY",
    "UPHELD",
    "UNIT",
    "MISSED",
    "INSUFFICIENT",
]


async def world() -> MemoryUnitOfWork:
    """A row of every bound collection, with a history."""
    uow, needs = MemoryUnitOfWork(FixedClock(NOW)), make_needs()
    await know_the_ward(uow)
    await four_ratings(uow, needs)
    await burst(uow, needs)
    complaint = await dispute(uow, needs, await answered(uow, needs))
    await decide(uow, needs, verdict(complaint))
    answer = next(each for each in await log_of(uow) if each.type == "COMPLAINT_ANSWERED")
    await redact(uow, needs, redaction(answer.number, "answer"))
    await rate_promise(uow, needs, promise_score(await publish(uow, needs), 4))
    await freeze(uow, people.COUNTER)
    return uow


def changed(collection: Collection[Any], document: Any, path: tuple[Any, ...]) -> Iterator[Any]:
    """The document with something else at the path that it can still be read with."""
    codec = Codec(collection)
    for candidate in CANDIDATES:
        other = copy.deepcopy(document)
        here = other
        for step in path[:-1]:
            here = here[step]
        if here[path[-1]] == candidate:
            continue
        here[path[-1]] = candidate
        try:
            read = codec.load(other)
        except ValueError:
            continue
        if path[0] == "extra" or codec.dump(read) != codec.dump(codec.load(document)):
            yield other
            return


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value):
            yield from leaves(inner, (*path, number))
    else:
        yield path


async def test_every_stored_field_is_bound_to_the_log() -> None:
    uow = await world()
    assert await differing_rows(uow) == []
    tried, unseen = 0, []

    for collection in BOUND:
        rows = uow.rows(collection)
        assert rows, collection.name
        for id, document in [*rows.items()][:2]:
            for path in leaves({k: v for k, v in document.items() if k != "_id"}):
                if path[0] in EXEMPT:
                    continue
                for other in changed(collection, document, path):
                    tried += 1
                    rows[id] = other
                    if not any(id in each for each in await differing_rows(uow)):
                        unseen.append((collection.name, path))
                rows[id] = document

    assert unseen == []
    assert tried > 100
    assert await differing_rows(uow) == []


@pytest.mark.parametrize("collection", BOUND, ids=lambda each: each.name)
async def test_a_row_taken_out_or_put_in_is_found(collection: Collection[Any]) -> None:
    uow = await world()
    rows = uow.rows(collection)
    id, document = next(iter(rows.items()))

    del rows[id]
    assert any("is gone" in each for each in await differing_rows(uow))
    rows[id] = document
    forged = {**document, "_id": "forged", "log_sequence": 99}
    rows["forged"] = forged

    assert await differing_rows(uow) == [f"{collection.name} forged stands in no entry of the log"]


async def test_what_differs_is_told() -> None:
    uow = await world()
    await compare_rows(_runtime(uow))
    assert _metric() == 0
    rows = uow.rows(BOUND[0])
    id = next(iter(rows))
    rows[id] = {**rows[id], "answer": "VERY_DISSATISFIED"}

    await compare_rows(_runtime(uow))

    assert _metric() == 2


def _metric() -> float:
    return next(iter(ROWS_DIFFER.collect())).samples[0].value


def _runtime(uow: MemoryUnitOfWork) -> Runtime:
    return Runtime(uow=uow, needs=make_needs())
