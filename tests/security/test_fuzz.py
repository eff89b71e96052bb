"""Whatever is sent to a service: no fault of ours, and not a word about its insides."""

import asyncio
import json
import re
from typing import Any

import httpx
import pytest
import schemathesis
import structlog
from graphql import StringValueNode, introspection_from_schema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from catalogue.needs import NEEDS as CATALOGUE
from catalogue_service.adapters.graphql.schema import schema as catalogue
from congvu_kit.service.definition import ServiceDefinition
from evaluation.needs import NEEDS as EVALUATION
from evaluation_service.adapters.graphql.schema import schema as evaluation
from feedback.scenes import make_needs
from feedback_service.adapters.graphql.schema import schema as feedback
from support.malformed import inputs_of, sent
from support.served import post, served

SERVICES = {
    "catalogue": ServiceDefinition(
        name="catalogue", schema=catalogue, collections=(), needs=CATALOGUE
    ),
    "evaluation": ServiceDefinition(
        name="evaluation", schema=evaluation, collections=(), needs=EVALUATION
    ),
    "feedback": ServiceDefinition(
        name="feedback", schema=feedback, collections=(), needs=make_needs()
    ),
}
CODES = {
    "INVALID", "NOT_FOUND", "CONFLICT", "FORBIDDEN", "UNAUTHENTICATED", "IDEMPOTENCY_MISMATCH",
    "RATE_LIMITED", "UNAVAILABLE",
}  # fmt: skip
INSIDES = re.compile(r"Traceback|mongodb://|/site-packages/|pymongo|aiokafka")
FIXED = settings(
    max_examples=40,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
TEXTS = st.sampled_from(
    [
        "",
        " ",
        "\x00",
        "\ufeff",
        "a" * 5_000,
        '{"$ne": null}',
        "$where",
        "a.b",
        "__proto__",
        "(a+)+$",
    ]
) | st.text(max_size=20)
SCALARS = {
    "Decimal": st.sampled_from(["0", "-1", "0.000001", "999999999999999", "1000000", "2.5"]),
    "Date": st.sampled_from(["1900-01-01", "2999-12-31", "2026-07-01", "2028-02-29"]),
    "DateTime": st.sampled_from(["1900-01-01T00:00:00+14:00", "2999-12-31T23:59:59.999999-14:00"]),
}
for name, values in SCALARS.items():
    literals = values.map(lambda text: StringValueNode(value=text))
    schemathesis.graphql.scalar(name, literals)


def check(response: httpx.Response, logged: object = ()) -> None:
    assert response.status_code < 500, (response.text, logged)
    assert not INSIDES.search(response.text)
    if response.headers["content-type"].startswith("application/json"):
        answer = response.json()
        codes = {each["extensions"]["code"] for each in answer.get("errors", ())}
        assert codes <= CODES, (response.text[:2_000], logged)


async def answered(name: str, body: bytes) -> httpx.Response:
    with structlog.testing.capture_logs() as logged:
        async with served(SERVICES[name]) as client:
            response = await post(client, body)
    check(response, logged)
    return response


@pytest.mark.parametrize("name", SERVICES)
def test_any_document_is_answered(name: str) -> None:
    made = schemathesis.graphql.from_dict(
        dict(introspection_from_schema(SERVICES[name].schema._schema))
    )

    @FIXED
    @given(case=made.as_strategy())
    def run(case: Any) -> None:
        asyncio.run(answered(name, json.dumps({"query": case.body}).encode("utf-8", "replace")))

    run()


@pytest.mark.parametrize("name", SERVICES)
def test_any_variable_is_answered(name: str) -> None:
    inputs = inputs_of(SERVICES[name].schema._schema)
    anything = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
        max_leaves=5,
    )

    @FIXED
    @given(data=st.data())
    def run(data: DataObject) -> None:
        place = data.draw(st.sampled_from(inputs.places))
        fitting = {"String": TEXTS, "ID": TEXTS, "Int": st.integers(-(2**31), 2**31 - 1), **SCALARS}
        value = data.draw(fitting.get(place.kind, anything) | anything)
        body = {"query": place.document, "variables": sent(inputs.with_(place, value))}
        asyncio.run(answered(name, json.dumps(body).encode()))

    run()


def deep(opening: str, closing: str, value: str, depth: int) -> bytes:
    nested = opening * depth + value + closing * depth
    return (
        b'{"query": "query($x: String) { __typename }", "variables": {"x": %s}}' % nested.encode()
    )


SHAPES = {
    "a lone surrogate as text": b'{"query": "{ __typename }", "variables": {"x": "\\ud800"}}',
    "a lone surrogate as a name": b'{"query": "{ __typename }", "variables": {"\\ud800": 1}}',
    "a lone surrogate in the document": b'{"query": "{ __typename # \\udfff\\n }"}',
    "a lone surrogate as the operation": b'{"query": "{ __typename }", "operationName": "\\ud800"}',
    "deep lists": deep("[", "]", "1", 100_000),
    "deep objects": deep('{"a":', "}", "1", 100_000),
    "no JSON": b"{",
    "no Unicode": b'{"query": "\xff"}',
    "nothing": b"",
    "null": b"null",
    "a number": b"3",
    "a list": b'[{"query": "{ __typename }"}]',
    "variables that are none": b'{"query": "{ __typename }", "variables": [1]}',
    "a query that is none": b'{"query": {"a": 1}}',
    "an operation that is none": b'{"query": "{ __typename }", "operationName": {"a": 1}}',
    "extensions that are none": b'{"query": "{ __typename }", "extensions": 3}',
    "an unknown operation": b'{"query": "query A { __typename }", "operationName": "0912345678"}',
    "no operation": b'{"query": "fragment F on Query { __typename }"}',
    "a subscription": b'{"query": "subscription { __typename }"}',
    "a huge number": b'{"query": "{ __typename }", "variables": {"x": ' + b"9" * 5_000 + b"}}",
    "not a number": b'{"query": "{ __typename }", "variables": {"x": NaN}}',
    "entities that are objects": json.dumps(
        {
            "query": "query($r: [_Any!]!) { _entities(representations: $r) { __typename } }",
            "variables": {"r": [{"__typename": "OrgUnit", "id": {"$ne": None}}]},
        }
    ).encode(),
    "entities that are texts": json.dumps(
        {
            "query": "query($r: [_Any!]!) { _entities(representations: $r) { __typename } }",
            "variables": {"r": ["OrgUnit", None, 3, {"__typename": 3, "id": "x"}]},
        }
    ).encode(),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", SERVICES)
async def test_an_odd_request_is_answered(name: str, shape: str) -> None:
    response = await answered(name, SHAPES[shape])

    assert "0912345678" not in response.text


async def test_introspection_and_data_are_answered_side_by_side() -> None:
    query = (
        """{ __type(name: "X") { name } publicLogHead { size } __schema { queryType { name } } }"""
    )

    response = await answered("feedback", json.dumps({"query": query}).encode())

    data = response.json()["data"]
    assert data["__type"] is None
    assert data["__schema"] == {"queryType": {"name": "Query"}}
    assert "publicLogHead" in data
