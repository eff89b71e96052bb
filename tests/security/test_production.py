"""The production profile: nothing is explored, nothing is asked that was not registered, nothing is
told to a stranger's name."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from graphql import is_input_type, parse
from graphql.language import OperationDefinitionNode, OperationType
from graphql.utilities import type_from_ast

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS
from congvu_kit.graph import Context
from congvu_kit.tools.contracts import Contracts, all_contracts
from congvu_local.ports import free_port
from gateway.echo import SERVICES, Echo, built, written
from gateway.fixtures import StartGateway
from gateway.running import NAMES, Gateway, World, codes, start_that_fails

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
REGISTERED = {
    "answers": "{ answers }",
    "language": "query Language { language }",
    "schema": "{ __schema { types { name } } }",
    "type": '{ __type(name: "WorkProduct") { name } answers }',
    "guess": "{ whoamy }",
}
INTROSPECTION = ("{ __schema { types { name } } }", '{ __type(name: "Query") { name } __typename }')


def document_id(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as an integrator hands it over: documents and a manifest."""
    folder = tmp_path_factory.mktemp("documents")
    for name, text in list(REGISTERED.items())[:2]:
        (folder / f"{name}.graphql").write_text(text)
    (folder / "manifest.json").write_text(json.dumps(dict(list(REGISTERED.items())[2:])))
    return folder


@pytest.fixture(scope="module")
def production(world: World, documents: Path) -> Iterator[Gateway]:
    settings = {
        "CONGVU_PROFILE": "production",
        "CONGVU_HOSTS": "api.congvu.vn",
        "CONGVU_METRICS_PORT": str(free_port()),
        "CONGVU_TRUSTED_DOCUMENTS": str(documents),
    }
    running = Gateway(world.environment(**settings), world.folder / "production.log")
    running.start()
    yield running
    assert running.stop() == 0


def ask(gateway: Gateway, **body: object) -> httpx.Response:
    return gateway.client.post(gateway.url, json=body)


@pytest.mark.parametrize("name", ["answers", "language"])
def test_a_registered_document_is_answered_by_its_hash(production: Gateway, name: str) -> None:
    text = REGISTERED[name]
    hashed = document_id(text).removeprefix("sha256:")
    ways = [
        ask(production, documentId=document_id(text)),
        ask(production, documentId=document_id(text), query=text),
        ask(production, extensions={"persistedQuery": {"version": 1, "sha256Hash": hashed}}),
        production.client.get(
            production.url,
            params={"documentId": document_id(text)},
            headers={"graphql-require-preflight": "1"},
        ),
    ]

    assert [(way.status_code, set(way.json())) for way in ways] == [(200, {"data"})] * 4


REFUSED: dict[str, tuple[dict[str, object], int, str]] = {
    "free text": ({"query": "{ whoami }"}, 400, "INVALID"),
    "the text of a registered one": ({"query": REGISTERED["answers"]}, 400, "INVALID"),
    "nothing": ({}, 400, "INVALID"),
    "an unknown hash": ({"documentId": document_id("{ whoami }")}, 404, "NOT_FOUND"),
    "a true hash of free text": (
        {"documentId": document_id("{ whoami }"), "query": "{ whoami }"},
        404,
        "NOT_FOUND",
    ),
    "a hash and another text": (
        {"documentId": document_id(REGISTERED["answers"]), "query": "{ whoami }"},
        404,
        "NOT_FOUND",
    ),
    "a name": ({"documentId": "answers"}, 404, "NOT_FOUND"),
    "no text for a name": ({"documentId": 7}, 404, "NOT_FOUND"),
    "a name of JavaScript's": ({"documentId": "__proto__"}, 404, "NOT_FOUND"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_anything_else_is_refused_and_no_service_asked(
    production: Gateway, world: World, what: str
) -> None:
    body, status, code = REFUSED[what]
    request_id = uuid4().hex

    response = production.client.post(
        production.url, json=body, headers={"x-request-id": request_id}
    )

    assert (response.status_code, codes(response)) == (status, [code])
    assert world.received(request_id) == []


@pytest.mark.parametrize("name", ["schema", "type", "guess"])
def test_not_even_a_registered_document_explores(production: Gateway, name: str) -> None:
    response = ask(production, documentId=document_id(REGISTERED[name]))

    assert "data" not in response.json() or response.json()["data"] is None
    assert response.json()["errors"]
    assert "Did you mean" not in response.text
    assert "whoami" not in response.text


def test_the_open_profile_suggests_where_it_can(gateway: Gateway, world: World) -> None:
    [error] = gateway.post(REGISTERED["guess"]).json()["errors"]

    # The router's validator knows no name that is near another.
    assert error["message"].endswith('Did you mean "whoami"?') is (world.program == "node")


@pytest.mark.parametrize(
    "path", ["/graphql", "/", "/playground/demo.json", "/playground/graphiql.js", "/metrics"]
)
def test_there_is_no_page_and_no_figure_on_the_public_port(production: Gateway, path: str) -> None:
    response = production.client.get(production.base_url + path, headers=BROWSER)

    assert 400 <= response.status_code < 500
    assert "GraphiQL" not in response.text


def test_operators_have_a_listener_of_their_own(production: Gateway) -> None:
    base = f"http://127.0.0.1:{production.env['CONGVU_METRICS_PORT']}"
    answers = {path: production.client.get(base + path) for path in ("/metrics", "/livez")}

    assert "process_cpu_seconds_total" in answers["/metrics"].text
    assert answers["/livez"].json() == {"status": "live"}
    assert production.client.get(f"{base}/readyz").json()["ready"] is True
    assert production.client.post(f"{base}/graphql", json={}).status_code == 404


def test_a_playground_file_in_production_ends_the_start(world: World, tmp_path: Path) -> None:
    settings = {
        "CONGVU_PROFILE": "production",
        "CONGVU_PLAYGROUND_FILE": str(tmp_path / "demo.json"),
    }
    ended = start_that_fails(world.environment(**settings))

    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "there is no playground in production" in ended.stderr


STRANGE_HOSTS = ["evil.example", "evil.example:4000", "localhost.evil.example", "127.0.0.2", "a b"]


@pytest.mark.parametrize("host", STRANGE_HOSTS)
def test_a_name_that_is_not_ours_is_answered_by_nothing(
    production: Gateway, gateway: Gateway, host: str
) -> None:
    for each in (production, gateway):
        for method, path in [("POST", "/graphql"), ("GET", "/"), ("GET", "/playground/demo.json")]:
            response = each.client.request(
                method, each.base_url + path, headers={"host": host, **BROWSER}
            )
            assert response.status_code in (400, 421), (path, response.text)


@pytest.mark.parametrize("host", ["api.congvu.vn", "API.congvu.vn:443", "localhost", "[::1]:4000"])
def test_our_own_names_are_answered(production: Gateway, host: str) -> None:
    response = production.client.post(
        production.url,
        json={"documentId": document_id(REGISTERED["answers"])},
        headers={"host": host},
    )

    assert response.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "playground.congvu.vn"},
        {"x-forwarded-for": "203.0.113.7"},
        {"forwarded": "for=203.0.113.7"},
        {"via": "1.1 proxy"},
    ],
)
def test_ready_made_tokens_are_for_who_sits_at_this_machine(
    start_gateway: StartGateway, tmp_path: Path, headers: dict[str, str]
) -> None:
    file = tmp_path / "playground.json"
    file.write_text(json.dumps({"tokens": [{"role": "officer", "label": "x", "token": "a.b.c"}]}))
    gateway = start_gateway(CONGVU_PLAYGROUND_FILE=str(file), CONGVU_HOSTS="playground.congvu.vn")
    address = f"{gateway.base_url}/playground/demo.json"

    assert "a.b.c" in gateway.client.get(address).text
    assert gateway.client.get(address, headers=headers).json() == {"tokens": [], "examples": []}
    metrics = gateway.client.get(f"{gateway.base_url}/metrics", headers=headers)
    assert metrics.status_code == 404


@pytest.mark.parametrize("contracts", all_contracts(), ids=lambda each: str(each.service))
async def test_a_service_tells_its_schema_to_nobody(contracts: Contracts) -> None:
    root = contracts.schema._schema.query_type
    assert root is not None
    name = max(root.fields, key=len)
    context = Context(
        actor=ANONYMOUS, language="en", uow=MemoryUnitOfWork(), needs=None, explorable=False
    )

    for text in (*INTROSPECTION, f"{{ {name[:-1]} }}", f"{{ {name}(periodI: 1) }}"):
        result = await contracts.schema.execute(text, context_value=context)
        assert result.data is None
        told = " ".join(error.message for error in result.errors or [])
        assert told
        assert "Did you mean" not in told


@pytest.fixture(scope="module")
def shipped(world: World) -> Iterator[Gateway]:
    """The committed graph in production, over services that answer anything."""
    echoes = [Echo(name) for name in NAMES]
    settings = {
        "CONGVU_PROFILE": "production",
        "CONGVU_METRICS_PORT": str(free_port()),
        "CONGVU_SUPERGRAPH": str(SERVICES / "gateway" / "supergraph.graphql"),
        **{f"{echo.name.upper()}_URL": echo.start() for echo in echoes},
    }
    running = Gateway(world.environment(**settings), world.folder / "shipped.log")
    running.start()
    yield running
    assert running.stop() == 0
    for echo in echoes:
        echo.stop()


def test_every_operation_of_the_shipped_clients_is_answered_by_its_hash(shipped: Gateway) -> None:
    graph = built(SERVICES / "gateway" / "supergraph.graphql")
    manifest = json.loads((SERVICES / "gateway" / "documents.json").read_text())
    answers = {}
    for known, text in manifest.items():
        [operation, *_] = parse(text).definitions
        assert isinstance(operation, OperationDefinitionNode)
        if operation.operation is OperationType.SUBSCRIPTION:
            continue  # They stay open: `tests/gateway/test_subscriptions.py`.
        variables = {}
        for each in operation.variable_definitions or ():
            kind = type_from_ast(graph, each.type)
            assert is_input_type(kind)
            variables[each.variable.name.value] = written(kind)
        response = ask(shipped, documentId=known, variables=variables)
        answers[text] = (response.status_code, response.json().get("errors"))

    assert {text: answer for text, answer in answers.items() if answer != (200, None)} == {}
    assert len(answers) > 20
