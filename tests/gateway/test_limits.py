"""Each limit refuses the request that goes over it, and no service is asked."""

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from gateway.conftest import StartGateway
from gateway.running import Gateway, World, codes

MEASURE = "mutation Measure($text: String!) { measure(text: $text) }"

OVER_LIMIT = {
    "depth": (
        '{ civilServant(id: "1") { unit { name } ...Product } }'
        " fragment Product on CivilServant { product { ...Name } }"
        " fragment Name on WorkProduct { a: name }",
        "Query depth limit of 2 exceeded, found 3.",
    ),
    "tokens": ("{ " + "whoami " * 59 + "}", "Token limit of 60 exceeded."),
    "aliases": ("{ a: whoami b: whoami c: whoami }", "Aliases limit of 2 exceeded, found 3."),
}


@pytest.fixture(scope="module")
def shallow_gateway(world: World) -> Iterator[Gateway]:
    settings = {
        "CONGVU_MAX_DEPTH": "2",
        "CONGVU_MAX_TOKENS": "60",
        "CONGVU_MAX_ALIASES": "2",
        "CONGVU_RATE_LIMIT_PER_MINUTE": "4",
        "CONGVU_RATE_LIMIT_ANONYMOUS_PER_MINUTE": "1000",
        "CONGVU_TRUSTED_PROXIES": "1",
    }
    running = Gateway(world.environment(**settings), world.folder / "shallow.log")
    running.start()
    yield running
    assert running.stop() == 0


@pytest.mark.parametrize("limit", OVER_LIMIT)
def test_an_operation_over_a_limit_is_refused(
    shallow_gateway: Gateway, world: World, limit: str
) -> None:
    query, message = OVER_LIMIT[limit]
    request_id = uuid4().hex

    response = shallow_gateway.post(query, headers={"x-request-id": request_id})

    assert response.json() == {"errors": [{"message": message, "extensions": {"code": "INVALID"}}]}
    assert world.received(request_id) == []


@pytest.mark.parametrize(
    "query",
    [
        "{ whoami " + "whoami " * 57 + "}",
        "{ a: whoami b: whoami }",
        '{ workProduct(id: "1") { id } }',
    ],
)
def test_an_operation_at_the_limit_is_answered(shallow_gateway: Gateway, query: str) -> None:
    assert "errors" not in shallow_gateway.post(query).json()


def test_the_schema_may_be_read_whole_whatever_its_depth(shallow_gateway: Gateway) -> None:
    deep = "{ __schema { types { fields { type { ofType { ofType { name } } } } } } }"

    assert shallow_gateway.data(deep)["__schema"]["types"]


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{ workProducts(first: 400) { edges { node { id } } } }", {}),
        ("query Q($n: Int) { workProducts(first: $n) { edges { node { id } } } }", {"n": 400}),
        ("query Q($n: Int = 400) { workProducts(first: $n) { edges { node { id } } } }", {}),
        (
            "{ workProducts(first: 400) { ...Edges } }"
            " fragment Edges on WorkProductConnection { edges { node { id } } }",
            {},
        ),
    ],
)
def test_a_query_for_too_many_objects_is_refused(
    strict_gateway: Gateway, world: World, query: str, variables: dict[str, object]
) -> None:
    request_id = uuid4().hex

    response = strict_gateway.post(query, headers={"x-request-id": request_id}, variables=variables)

    assert response.status_code == 400
    [error] = response.json()["errors"]
    assert error["extensions"] == {"code": "INVALID", "nodes": 1200, "limit": 1000}
    assert world.received(request_id) == []


def test_a_page_within_the_limit_is_answered(strict_gateway: Gateway) -> None:
    data = strict_gateway.data("{ workProducts(first: 300) { edges { node { id } } } }")

    assert len(data["workProducts"]["edges"]) == 300


def batch(gateway: Gateway, size: int) -> httpx.Response:
    return gateway.client.post(gateway.url, json=[{"query": "{ whoami }"}] * size)


def test_a_batch_is_limited(strict_gateway: Gateway) -> None:
    assert batch(strict_gateway, 3).status_code == 413
    assert batch(strict_gateway, 2).json() == [{"data": {"whoami": "anonymous"}}] * 2


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_is_limited_by_who_sends_it(
    strict_gateway: Gateway, world: World, known: bool, chunked: bool
) -> None:
    limit = 8192 if known else 4096
    token = world.issuer.token() if known else None

    def send(size_bytes: int) -> httpx.Response:
        request_id = uuid4().hex
        start = f'{{"query": "{MEASURE}", "variables": {{"text": "'.encode()
        body = start + b"x" * (size_bytes - len(start) - 3) + b'"}}'
        headers = {"content-type": "application/json", "x-request-id": request_id}
        if token:
            headers["authorization"] = f"Bearer {token}"
        content = (body[at : at + 1000] for at in range(0, len(body), 1000)) if chunked else body
        response = strict_gateway.client.post(strict_gateway.url, content=content, headers=headers)
        assert len(world.received(request_id)) == (response.status_code == 200)
        return response

    over = send(limit + 1)
    assert (over.status_code, codes(over)) == (413, ["INVALID"])
    assert send(limit).json()["data"]["measure"] > limit - 200


def test_a_large_import_passes_with_ordinary_settings(gateway: Gateway, world: World) -> None:
    text = "ả" * 3_000_000

    assert gateway.post(MEASURE, variables={"text": text}).status_code == 413
    data = gateway.data(MEASURE, token=world.issuer.token(), text=text)
    assert data == {"measure": 3_000_000}


def test_each_caller_has_a_rate_of_their_own(shallow_gateway: Gateway, world: World) -> None:
    busy, other = (world.issuer.token(sub=uuid4().hex) for _ in range(2))

    answers = [shallow_gateway.post("{ whoami }", token=busy) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 4 + [429] * 2
    assert codes(answers[-1]) == ["RATE_LIMITED"]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60
    assert shallow_gateway.post("{ whoami }", token=other).status_code == 200
    assert shallow_gateway.post("{ whoami }").status_code == 200


def test_every_operation_of_a_batch_counts(shallow_gateway: Gateway, world: World) -> None:
    token = world.issuer.token(sub=uuid4().hex)

    answer = shallow_gateway.client.post(
        shallow_gateway.url,
        json=[{"query": "{ whoami }"}] * 6,
        headers={"authorization": f"Bearer {token}"},
    )

    assert ["data" in each for each in answer.json()] == [True] * 4 + [False] * 2


def test_anonymous_callers_count_by_address(start_gateway: StartGateway) -> None:
    gateway = start_gateway(CONGVU_RATE_LIMIT_ANONYMOUS_PER_MINUTE="2", CONGVU_TRUSTED_PROXIES="1")

    def ask(forwarded: str) -> int:
        return gateway.post("{ whoami }", headers={"x-forwarded-for": forwarded}).status_code

    # The last entry is the trusted proxy's; what a client wrote before it counts for nothing.
    assert [ask(f"203.0.113.{n}, 198.51.100.7") for n in range(3)] == [200, 200, 429]
    assert ask("203.0.113.1, 198.51.100.8") == 200
