"""Who a caller is: nobody, somebody, or refused."""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from congvu_local.node import node_binary
from gateway.fixtures import StartGateway
from gateway.running import SOURCES, Gateway, World, codes


def test_no_token_is_an_anonymous_caller(gateway: Gateway) -> None:
    assert gateway.data("{ whoami }") == {"whoami": "anonymous"}


@pytest.mark.parametrize("alg", ["RS256", "ES256"])
def test_a_good_token_reaches_the_service(gateway: Gateway, world: World, alg: str) -> None:
    token = world.issuer.token(alg=alg)

    assert gateway.data("{ whoami }", token=token) == {"whoami": f"Bearer {token}"}


def test_a_bad_token_is_refused_in_the_callers_language(gateway: Gateway, world: World) -> None:
    response = gateway.client.post(
        gateway.url,
        json={"query": "{ whoami }"},
        headers={
            "authorization": f"Bearer {world.issuer.token(aud='elsewhere')}",
            "x-request-id": "bad-token",
            "accept-language": "en",
        },
    )

    assert response.status_code == 401
    assert response.json() == {
        "errors": [
            {
                "message": "The access token is not valid or has expired.",
                "extensions": {"code": "UNAUTHENTICATED"},
            }
        ]
    }
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert response.headers["x-request-id"] == "bad-token"
    assert world.received("bad-token") == []


def test_types_of_tokens_can_be_agreed_with_the_issuer(
    start_gateway: StartGateway, world: World
) -> None:
    gateway = start_gateway(CONGVU_TOKEN_TYPES="jwt")

    assert gateway.post("{ whoami }", token=world.issuer.token(typ="JWT")).status_code == 200
    assert gateway.post("{ whoami }", token=world.issuer.token()).status_code == 401


def test_a_token_that_only_the_service_refuses_is_no_outage(gateway: Gateway, world: World) -> None:
    response = gateway.post("{ answers }", token=world.issuer.token(sub="refused-by-the-service"))

    assert (response.status_code, codes(response)) == (401, ["UNAUTHENTICATED"])


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", ""])
def test_anything_but_a_bearer_token_is_refused(gateway: Gateway, header: str) -> None:
    response = gateway.post("{ whoami }", headers={"authorization": header})

    assert (response.status_code, codes(response)) == (401, ["UNAUTHENTICATED"])


def test_refusals_are_in_vietnamese_unless_english_is_asked_for(gateway: Gateway) -> None:
    def refused(**headers: str) -> str:
        response = gateway.post("{ whoami }", headers={"authorization": "Bearer x", **headers})
        return str(response.json()["errors"][0]["message"])

    assert refused() == "Mã truy cập không hợp lệ hoặc đã hết hạn."
    assert refused(**{"accept-language": "en;q=0.5, vi"}).startswith("Mã truy cập")
    assert refused(**{"accept-language": "fr, en;q=0.8, vi;q=0.2"}).startswith("The access token")


def test_tokens_wait_for_an_issuer_that_is_away(start_gateway: StartGateway, world: World) -> None:
    gateway = start_gateway(CONGVU_JWKS_URL="http://127.0.0.1:9/jwks.json")

    response = gateway.post("{ whoami }", token=world.issuer.token())

    assert (response.status_code, codes(response)) == (503, ["UNAVAILABLE"])
    assert gateway.data("{ whoami }") == {"whoami": "anonymous"}


def test_a_field_marked_authenticated_needs_a_token(gateway: Gateway, world: World) -> None:
    refused = gateway.post("{ private }")

    assert (refused.status_code, codes(refused)) == (401, ["UNAUTHENTICATED"])
    assert gateway.data("{ private }", token=world.issuer.token()) == {
        "private": "for known callers"
    }


def test_a_field_marked_with_a_scope_needs_that_scope(gateway: Gateway, world: World) -> None:
    anonymous = gateway.post("{ scoped }")
    other = gateway.post("{ scoped }", token=world.issuer.token(scope="catalogue:write"))

    assert (anonymous.status_code, codes(anonymous)) == (401, ["UNAUTHENTICATED"])
    assert (other.status_code, codes(other)) == (403, ["FORBIDDEN"])
    assert gateway.data("{ scoped }", token=world.issuer.token(scope="x catalogue:read")) == {
        "scoped": "for callers with the scope"
    }


def test_the_issuers_keys_are_fetched_once_for_all_and_dropped_in_minutes() -> None:
    script = Path(__file__).with_name("keys.check.mjs")
    module = (SOURCES / "keys.mjs").as_uri()

    ended = subprocess.run(
        [node_binary(), script, module], capture_output=True, text=True, timeout=30, check=True
    )

    # What is found, and how often the issuer has been asked until then.
    assert json.loads(ended.stdout) == {
        "nobody there": ["KeysUnavailable", 1],
        "first burst": ["RS256", 2],
        "thirty made-up ids in thirty seconds": ["unknown", 5],
        "fifty made-up ids at once": ["unknown", 6],
        "withdrawn, known for five minutes": ["RS256", 6],
        "withdrawn, a moment later": ["unknown", 7],
        "its successor": ["RS256", 7],
        "issuer away for an hour": ["RS256", 8],
        "issuer away for longer": ["KeysUnavailable", 9],
    }


def test_no_good_token_of_the_first_burst_is_refused(
    start_gateway: StartGateway, world: World
) -> None:
    gateway = start_gateway()
    tokens = [world.issuer.token(sub=f"caller-{number}") for number in range(50)]

    with ThreadPoolExecutor(len(tokens)) as pool:
        answers = list(pool.map(lambda token: gateway.post("{ whoami }", token=token), tokens))

    assert [answer.status_code for answer in answers] == [200] * 50


def test_the_token_is_never_written_to_the_log(gateway: Gateway, world: World) -> None:
    token = world.issuer.token(aud="elsewhere")

    assert isinstance(gateway.post("{ whoami }", token=token), httpx.Response)

    assert token not in gateway.log.read_text()
    assert token.split(".")[1] not in gateway.log.read_text()
