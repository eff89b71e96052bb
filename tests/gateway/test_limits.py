"""Each limit answers what is at it and refuses what is over it, before any service is asked."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from congvu_local.node import node_binary
from gateway.fixtures import StartGateway
from gateway.running import SOURCES, Gateway, World, codes

MEASURE = "mutation Measure($text: String!) { measure(text: $text) }"

QUICK_S = 0.05
"""A refusal comes within this."""


def deep(levels: int) -> str:
    """As deep as `levels`, the last of them in a fragment."""
    inner = "{ deputy " * (levels - 3) + "{ ...Name }" + " }" * (levels - 3)
    fragment = "fragment Name on CivilServant { fullName }"
    return f'{{ civilServant(id: "1") {{ deputy {inner} }} }} {fragment}'


def page(first: int) -> str:
    return f"{{ workProducts(first: {first}) {{ edges {{ node {{ id }} }} }} }}"


PAGE_OF = "workProducts(first: $n) { edges { node { id } } }"
FREE = "{ whoami }"
COSTLY = """{ parts { name } workProduct(id: "1") { id }
  civilServant(id: "1") { fullName deputy { fullName unit { name } product { id } } } ... }"""
"""4,540 parts and five objects, each with one value: 4,999.5; each value more is a tenth."""


@dataclass
class Limit:
    """Two documents: one at the limit, one over it by one."""

    at: str
    over: str
    message: str
    variables_at: dict[str, object] = field(default_factory=dict)
    variables_over: dict[str, object] = field(default_factory=dict)


LIMITS = {
    "depth": Limit(deep(8), deep(9), "Query depth limit of 8 exceeded, found 9."),
    "aliases": Limit(
        "{ " + " ".join(f"a{n}: whoami" for n in range(15)) + " }",
        "{ " + " ".join(f"a{n}: whoami" for n in range(16)) + " }",
        "Aliases limit of 15 exceeded, found 16.",
    ),
    "directives": Limit(
        "{ " + "whoami @include(if: true) " * 50 + "}",
        "{ " + "whoami @include(if: true) " * 51 + "}",
        "Directives limit of 50 exceeded.",
    ),
    "tokens": Limit(
        "{ " + "whoami " * 998 + "}", "{ " + "whoami " * 999 + "}", "Token limit of 1000 exceeded."
    ),
    "cost": Limit(
        COSTLY.replace("...", " ".join(f"a{n}: whoami" for n in range(5))),
        COSTLY.replace("...", " ".join(f"a{n}: whoami" for n in range(6))),
        "The query may return more objects than the limit; ask for smaller pages.",
    ),
    "page": Limit(page(100), page(101), "A page has 1 to 100 items."),
    "page by variable": Limit(
        f"query Q($n: Int!) {{ {PAGE_OF} }}",
        f"query Q($n: Int!) {{ {PAGE_OF} }}",
        "A page has 1 to 100 items.",
        {"n": 100},
        {"n": 101},
    ),
    "page by default": Limit(
        f"query Q($n: Int! = 100) {{ {PAGE_OF} }}",
        f"query Q($n: Int! = 101) {{ {PAGE_OF} }}",
        "A page has 1 to 100 items.",
    ),
}


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_answers_what_is_at_it_and_refuses_what_is_over(
    gateway: Gateway, world: World, name: str
) -> None:
    limit = LIMITS[name]
    ids = [uuid4().hex for _ in range(4)]

    answered = gateway.post(
        limit.at, headers={"x-request-id": ids[0]}, variables=limit.variables_at
    )
    refused = [
        gateway.post(
            limit.over,
            headers={"x-request-id": id, "accept-language": "en"},
            variables=limit.variables_over,
        )
        for id in ids[1:]
    ]

    assert (answered.status_code, "errors" in answered.json()) == (200, False), answered.text
    assert world.received(ids[0])
    assert [each.status_code for each in refused] == [400] * 3
    [error] = refused[0].json()["errors"]
    assert (error["message"], error["extensions"]["code"]) == (limit.message, "INVALID")
    assert [world.received(id) for id in ids[1:]] == [[]] * 3
    assert min(each.elapsed.total_seconds() for each in refused) < QUICK_S


@pytest.mark.parametrize("size", [1, 2])
def test_there_are_no_batches(gateway: Gateway, world: World, size: int) -> None:
    request_id = uuid4().hex

    answer = gateway.client.post(
        gateway.url, json=[{"query": FREE}] * size, headers={"x-request-id": request_id}
    )

    assert answer.status_code == 400
    assert world.received(request_id) == []


def test_entities_are_no_way_in(gateway: Gateway, world: World) -> None:
    request_id = uuid4().hex
    document = (
        "query Q($all: [_Any!]!) { _entities(representations: $all) { ... on WorkProduct { id } } }"
    )

    answer = gateway.post(
        document,
        headers={"x-request-id": request_id},
        variables={"all": [{"__typename": "WorkProduct", "id": "1"}]},
    )

    assert codes(answer) == ["GRAPHQL_VALIDATION_FAILED"] * 2
    assert world.received(request_id) == []


def test_the_schema_may_be_read_whole_whatever_its_depth(gateway: Gateway) -> None:
    deeper = "{ __schema { types { fields { type { ofType { ofType { ofType { ofType { name"
    look = deeper + " }" * 9

    assert gateway.data(look)["__schema"]["types"]


def test_a_fragment_costs_wherever_it_stands(gateway: Gateway) -> None:
    """Each doubles the one before; they are counted in one pass all the same."""
    doubling = " ".join(
        f"fragment F{n} on Part {{ inner {{ ...F{n + 1} }} inner {{ ...F{n + 1} }} }}"
        for n in range(4)
    )
    document = f"{{ parts {{ ...F0 }} }} {doubling} fragment F4 on Part {{ name }}"

    answer = gateway.post(document)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["cost"] == 4_540 * 326 / 10


@pytest.fixture(scope="module")
def rated_gateway(world: World) -> Iterator[Gateway]:
    settings = {
        "CONGVU_RATE_LIMIT_PER_MINUTE": "40",
        "CONGVU_RATE_LIMIT_ANONYMOUS_PER_MINUTE": "1000",
        "CONGVU_TRUSTED_PROXIES": "1",
    }
    running = Gateway(world.environment(**settings), world.folder / "rated.log")
    running.start()
    yield running
    assert running.stop() == 0


GUESSES = {
    "one a request": ("{ guess: whoami }", 1),
    "ten aliases a request": (
        "{ " + " ".join(f"g{n}: whoami" for n in range(10)) + " }",
        10,
    ),
    "ten aliases in fragments": (
        "{ ...All } fragment All on Query { ... { "
        + " ".join(f"g{n}: whoami" for n in range(10))
        + " } }",
        10,
    ),
    "ten aliases below one field": (
        '{ civilServant(id: "1") { '
        + " ".join(f"g{n}: product {{ id }}" for n in range(9))
        + " } }",
        10,
    ),
}


@pytest.mark.parametrize("way", GUESSES)
def test_as_many_guesses_are_allowed_however_they_are_packed(
    rated_gateway: Gateway, world: World, way: str
) -> None:
    document, guesses = GUESSES[way]
    token = world.issuer.token(sub=uuid4().hex)

    answers = [rated_gateway.post(document, token=token) for _ in range(40 // guesses + 1)]

    assert [each.status_code for each in answers] == [200] * (40 // guesses) + [429]
    assert codes(answers[-1]) == ["RATE_LIMITED"]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60


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
    text = "ả" * 600_000

    assert gateway.post(MEASURE, variables={"text": text}).status_code == 413
    data = gateway.data(MEASURE, token=world.issuer.token(), text=text)
    assert data == {"measure": 600_000}


def test_each_caller_has_a_rate_of_their_own(rated_gateway: Gateway, world: World) -> None:
    busy, other = (world.issuer.token(sub=uuid4().hex) for _ in range(2))

    answers = [rated_gateway.post("{ whoami }", token=busy) for _ in range(42)]

    assert [answer.status_code for answer in answers] == [200] * 40 + [429] * 2
    assert codes(answers[-1]) == ["RATE_LIMITED"]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60
    assert rated_gateway.post("{ whoami }", token=other).status_code == 200
    assert rated_gateway.post("{ whoami }").status_code == 200


def test_anonymous_callers_count_by_address(start_gateway: StartGateway) -> None:
    gateway = start_gateway(CONGVU_RATE_LIMIT_ANONYMOUS_PER_MINUTE="2", CONGVU_TRUSTED_PROXIES="1")

    def ask(forwarded: str) -> int:
        return gateway.post("{ whoami }", headers={"x-forwarded-for": forwarded}).status_code

    # The last entry is the trusted proxy's; what a client wrote before it counts for nothing.
    assert [ask(f"203.0.113.{n}, 198.51.100.7") for n in range(3)] == [200, 200, 429]
    assert ask("203.0.113.1, 198.51.100.8") == 200
    # Somebody with one IPv6 address has 2^64 of them: their network counts, however it is written.
    same = ["2001:db8::1", "2001:0DB8:0:0:ffff::", "2001:db8:0:0:1:2:3:4"]
    assert [ask(address) for address in same] == [200, 200, 429]
    assert [ask(address) for address in ("2001:db8:0:1::1", "2001::1:2:3:4:5:6")] == [200, 200]
    assert [ask(address) for address in ("::ffff:192.0.2.1", "192.0.2.1", "192.0.2.1")][-1] == 429


def test_what_services_answer_for_one_request_is_limited(start_gateway: StartGateway) -> None:
    gateway = start_gateway(CONGVU_MAX_ANSWER_BYTES="2048")

    def ask(first: int) -> httpx.Response:
        return gateway.post(f"{{ workProducts(first: {first}) {{ edges {{ node {{ name }} }} }} }}")

    assert len(ask(20).json()["data"]["workProducts"]["edges"]) == 20
    assert codes(ask(100)) == ["INVALID"]


def test_who_hangs_up_ends_a_query_and_no_change() -> None:
    script = Path(__file__).with_name("transport.check.mjs")
    modules = [SOURCES / "transport.mjs", SOURCES.parent / "node_modules/graphql/index.mjs"]

    ended = subprocess.run(
        [node_binary(), script, *(module.as_uri() for module in modules)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )

    assert json.loads(ended.stdout) == {"query": True, "mutation": False}
