"""A value that does not fit its type: its path and what it must be, never the value itself."""

from typing import Any

import pytest
import structlog

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.documents import encode_cursor
from kit.desk_graph import SCHEMA
from kit.desks import DESKS, NEEDS, SOMEBODY
from support.graph import Graph

CANARY = "Nguyễn Văn Kín 0912345678"
PLACE = "mutation($theirs: PlaceDeskInput!) { placeDesk(input: $theirs) { __typename } }"
FILL = "mutation($theirs: FillDeskInput!) { fillDesk(input: $theirs) { __typename } }"
WHOLE = "must be a whole number from -2147483648 to 2147483647"
GOOD = {"idempotencyKey": "k", "deskId": "d", "name": "Bàn"}


async def errors_of(query: str, language: str = "en", **variables: object) -> list[Any]:
    graph = Graph(SCHEMA, MemoryUnitOfWork(), needs=NEEDS, language=language)
    with structlog.testing.capture_logs() as logged:
        result = await graph.execute(query, SOMEBODY, variables)
    assert logged == []
    assert CANARY not in str([error.formatted for error in result.errors or ()])
    return [error.formatted for error in result.errors or ()]


@pytest.mark.parametrize(
    ("query", "given", "told"),
    [
        (PLACE, CANARY, {"input": "must be an object"}),
        (PLACE, None, {"input": "is required"}),
        (PLACE, {**GOOD, "rank": CANARY}, {"input.rank": WHOLE}),
        (PLACE, {**GOOD, "rank": 2**31}, {"input.rank": WHOLE}),
        (PLACE, {**GOOD, "rank": True}, {"input.rank": WHOLE}),
        (PLACE, {**GOOD, "rank": 1.5}, {"input.rank": WHOLE}),
        (PLACE, {**GOOD, CANARY: 1}, {"input": "has a field that is not known"}),
        (PLACE, {**GOOD, "__proto__": 1}, {"input": "has a field that is not known"}),
        (PLACE, {**GOOD, "name": {"$ne": CANARY}}, {"input.name": "must be text"}),
        (PLACE, {**GOOD, "name": [CANARY]}, {"input.name": "must be text"}),
        (
            PLACE,
            {"name": 5, "deskId": [CANARY]},
            {
                "input.idempotencyKey": "is required",
                "input.deskId": "must be text",
                "input.name": "must be text",
            },
        ),
        (
            PLACE,
            {**GOOD, "name": f"{CANARY}\ud800"},
            {"input.name": "holds half of a character (a lone surrogate)"},
        ),
        (
            FILL,
            {
                "idempotencyKey": "k", "deskId": "d", "expectedRevision": 1,
                "drawers": [{"label": "a"}, {"label": "b", "papers": ["p", [CANARY]]}],
            },
            {"input.drawers.1.papers.1": "must be text"},
        ),
    ],
)  # fmt: skip
async def test_a_variable_that_does_not_fit(
    query: str, given: object, told: dict[str, str]
) -> None:
    found = await errors_of(query, theirs=given)

    assert {each["extensions"]["field"]: each["message"] for each in found} == {
        field: f"{field} {text}" for field, text in told.items()
    }
    assert {each["extensions"]["code"] for each in found} == {"INVALID"}


@pytest.mark.parametrize(
    ("query", "field", "text"),
    [
        (f'{{ desks(first: "{CANARY}") {{ edges {{ cursor }} }} }}', "first", WHOLE),
        (f'{{ desks(after: ["{CANARY}"]) {{ edges {{ cursor }} }} }}', "after", "must be text"),
        (
            f'mutation {{ placeDesk(input: {{deskId: 1, idempotencyKey: "k", name: "b", '
            f'other: "{CANARY}"}}) {{ __typename }} }}',
            "input",
            "has a field that is not known",
        ),
        (
            f'mutation {{ placeDesk(input: {{name: "{CANARY}", deskId: 1}}) {{ __typename }} }}',
            "input.idempotencyKey",
            "is required",
        ),
        (
            f'query($n: Int = "{CANARY}") {{ desks(first: $n) {{ edges {{ cursor }} }} }}',
            "first",
            WHOLE,
        ),
    ],
)
async def test_a_literal_that_does_not_fit(query: str, field: str, text: str) -> None:
    [error] = await errors_of(query)

    assert error["message"] == f"{field} {text}"
    assert error["extensions"] == {"code": "INVALID", "field": field}


async def test_a_fault_is_told_in_the_callers_language() -> None:
    [error] = await errors_of(PLACE, "vi", theirs={**GOOD, "rank": "x"})

    assert error["message"] == "input.rank phải là số nguyên từ -2147483648 đến 2147483647"


async def test_a_null_where_a_default_stood_is_told_at_its_field() -> None:
    [error] = await errors_of("query($n: Int) { desks(first: $n) { edges { cursor } } }", n=None)

    assert error["extensions"] == {"code": "INVALID", "field": "first"}
    assert error["path"] == ["desks"]


async def test_many_faults_are_told_in_part() -> None:
    body = {"idempotencyKey": "k", "deskId": "d", "expectedRevision": 1}

    found = await errors_of(FILL, theirs={**body, "drawers": [{"label": n} for n in range(1000)]})

    assert len(found) == 21
    assert "error limit reached" in str(found)


async def test_a_value_nested_without_end_is_refused() -> None:
    deep: object = "x"
    for _ in range(5000):
        deep = [deep]

    found = await errors_of(FILL, theirs={"drawers": deep})

    assert {each["extensions"]["code"] for each in found} == {"INVALID"}


@pytest.mark.parametrize(
    "query",
    [
        f'{{ desks "{CANARY}" }}',
        f'{{ desks """{CANARY}""" }}',
        "{ desks 0912345678 }",
        "{",
        "fragment f on Query { desks { __typename } }",
        "{ nothing }",
        "query($x: Nothing) { desks(first: $x) { __typename } }",
        "{ desks(first: $unknown) { __typename } }",
    ],
)
async def test_a_document_that_is_none_is_invalid(query: str) -> None:
    found = await errors_of(query)

    assert {each["extensions"]["code"] for each in found} == {"INVALID"}
    assert "0912345678" not in str(found)


@pytest.mark.parametrize("key", [2**63, -(2**63), "\ud800", ["d"], {"$gt": ""}, 1.5, float("nan")])
async def test_a_cursor_holds_what_a_database_takes(key: Any) -> None:
    cursor = encode_cursor({"_id": key}, (), ()) if key != "\ud800" else "WyJcdWQ4MDAiXQ"

    [error] = await errors_of("query($c: String) { desks(after: $c) { __typename } }", c=cursor)

    assert error["message"] == "this cursor is not of this listing"


@pytest.mark.parametrize("cursor", ["", "?", "W10", "[" * 3, "W1tb" * 20_000, "ÿ", "eyJhIjoxfQ"])
async def test_no_cursor_at_all_is_invalid(cursor: str) -> None:
    [error] = await errors_of("query($c: String) { desks(after: $c) { __typename } }", c=cursor)

    assert error["extensions"]["code"] == "INVALID"
    assert await MemoryUnitOfWork().reading().store(DESKS).count() == 0
