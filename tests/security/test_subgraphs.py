"""A service answers nobody but the gateway, and believes no token that the gateway would refuse.

No database is needed: both locks come before it, and a call that passes them meets 503."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from catalogue_service.main import define as define_catalogue
from catalogue_service.settings import CatalogueSettings
from congvu_kit.service.app import create_app
from evaluation_service.main import define as define_evaluation
from evaluation_service.settings import EvaluationSettings
from feedback_service.adapters.files.keys import create_keys
from feedback_service.main import define as define_feedback
from feedback_service.settings import FeedbackSettings
from gateway.issuer import TableIssuer
from support.event_keys import event_settings
from support.signed import SECRET, headers_for, post_signed
from support.token_table import AUDIENCE, BAD, ISSUER, signed

SERVICES: dict[str, tuple[Any, Any]] = {
    "catalogue": (CatalogueSettings, define_catalogue),
    "evaluation": (EvaluationSettings, define_evaluation),
    "feedback": (FeedbackSettings, define_feedback),
}
UNSIGNED = {
    "its schema": "{ _service { sdl } }",
    "an entity": '{ _entities(representations: [{__typename: "OrgUnit"}]) { __typename } }',
    "a query": "{ __typename }",
    "introspection": "{ __schema { types { name } } }",
    "a mutation": "mutation { __typename }",
    "a hundred aliases": "{" + " ".join(f"a{n}: __typename" for n in range(101)) + "}",
}


@pytest.fixture(params=SERVICES)
async def service(
    request: pytest.FixtureRequest, table_issuer: TableIssuer, tmp_path: Any
) -> AsyncIterator[tuple[FastAPI, str]]:
    """A service whose database and broker never come, and what the gateway signs for."""
    settings_type, define = SERVICES[request.param]
    folders = {"memory_dir": tmp_path / "memory", "keys_dir": tmp_path / "keys"}
    more = folders if request.param == "feedback" else {}
    create_keys(tmp_path / "keys")
    settings = settings_type(
        mongo_url="mongodb://127.0.0.1:9/?directConnection=true",
        kafka_brokers="127.0.0.1:9",
        jwks_url=table_issuer.jwks_url,
        issuer=ISSUER,
        audience=AUDIENCE,
        gateway_secret=SECRET,
        data_dir=str(tmp_path),
        **event_settings(request.param),
        **more,
    )
    app = create_app(define(settings), settings)
    async with app.router.lifespan_context(app):
        yield app, settings.url


def client_of(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service")


async def test_an_unsigned_call_gets_nothing(service: tuple[FastAPI, str]) -> None:
    app, _ = service
    good = f"Bearer {signed({}, {})}"
    async with client_of(app) as client:
        answers = [
            await client.post("/graphql", json={"query": query}, headers={"authorization": good})
            for query in UNSIGNED.values()
        ]
        answers += [
            await client.get("/graphql", params={"query": query}) for query in UNSIGNED.values()
        ]
        answers += [
            await client.post("/graphql", json=[{"query": "{ __typename }"}] * 10),
            await client.post("/graphql", data={"query": "{ __typename }"}),
            await client.post("/graphql", content="{ __typename }"),
            await client.get("/graphql", headers={"accept": "text/html"}),
        ]

    assert {answer.status_code for answer in answers} == {401}
    assert not [answer for answer in answers if "data" in answer.json()]


async def test_a_websocket_is_no_door(service: tuple[FastAPI, str]) -> None:
    """Whatever would be started on it, as legacy graphql-ws without connection_init."""
    app, _ = service
    sent: list[Any] = []
    scope = {
        "type": "websocket",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "headers": [(b"sec-websocket-protocol", b"graphql-ws")],
        "subprotocols": ["graphql-ws", "graphql-transport-ws"],
    }

    async def receive() -> dict[str, object]:
        start = '{"type":"start","id":"1","payload":{"query":"{ __typename }"}}'
        return {"type": "websocket.receive", "text": start} if sent else {"type": scope["type"]}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope | {"asgi": {"version": "3.0"}, "type": "websocket"}, receive, send)

    assert [message["type"] for message in sent] == ["websocket.close"]


async def test_a_bad_token_is_refused_however_well_the_call_is_signed(
    service: tuple[FastAPI, str],
) -> None:
    app, target = service
    async with client_of(app) as client:
        answers = {
            kind: await post_signed(client, target, "{ __typename }", row.token())
            for kind, row in BAD.items()
        }
        anonymous = await post_signed(client, target, "{ __typename }")
        good = await post_signed(client, target, "{ __typename }", signed({}, {}))

    wrong = {kind: each.status_code for kind, each in answers.items() if each.status_code != 401}
    assert wrong == {}
    assert {each.headers["www-authenticate"] for each in answers.values()} == {
        'Bearer error="invalid_token"'
    }
    # Behind both locks only the database is missing.
    assert (anonymous.status_code, good.status_code) == (503, 503)


async def test_a_call_signed_once_is_good_once(service: tuple[FastAPI, str]) -> None:
    app, target = service
    body = b'{"query": "{ __typename }"}'
    headers = headers_for(target, body)
    async with client_of(app) as client:
        first = await client.post("/graphql", content=body, headers=headers)
        again = await client.post("/graphql", content=body, headers=headers)

    assert (first.status_code, again.status_code) == (503, 401)
