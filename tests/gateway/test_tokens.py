"""Who a caller is: nobody, somebody, or refused."""

import base64
import hmac
import json
import time
from collections.abc import Callable

import httpx
import pytest
from joserfc.jwk import RSAKey

from gateway.conftest import StartGateway
from gateway.issuer import Issuer
from gateway.running import Gateway, World, codes
from support.polling import until


def test_no_token_is_an_anonymous_caller(gateway: Gateway) -> None:
    assert gateway.data("{ whoami }") == {"whoami": "anonymous"}


@pytest.mark.parametrize("alg", ["RS256", "ES256"])
def test_a_good_token_reaches_the_service(gateway: Gateway, world: World, alg: str) -> None:
    token = world.issuer.token(alg=alg)

    assert gateway.data("{ whoami }", token=token) == {"whoami": f"Bearer {token}"}


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def unsigned(issuer: Issuer) -> str:
    _, body, _ = issuer.token().split(".")
    header = encoded(b'{"alg":"none","kid":"rsa"}')
    return f"{header}.{body}."


def confused(issuer: Issuer) -> str:
    """HS256 with the public key as the secret, which a careless check accepts."""
    _, body, _ = issuer.token().split(".")
    header = encoded(b'{"alg":"HS256","kid":"rsa"}')
    signed = f"{header}.{body}"
    public = issuer.rsa.as_pem(private=False)
    return f"{signed}.{encoded(hmac.digest(public, signed.encode(), 'sha256'))}"


def altered(issuer: Issuer) -> str:
    head, body, signature = issuer.token().split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    forged = json.dumps({**claims, "roles": ["auditor"]}).encode()
    return f"{head}.{encoded(forged)}.{signature}"


BAD_TOKENS: dict[str, Callable[[Issuer], str]] = {
    "expired": lambda issuer: issuer.token(exp=int(time.time()) - 60),
    "not yet valid": lambda issuer: issuer.token(nbf=int(time.time()) + 60),
    "for another audience": lambda issuer: issuer.token(aud="elsewhere"),
    "from another issuer": lambda issuer: issuer.token(iss="https://elsewhere.test"),
    "without an end": lambda issuer: issuer.token(without="exp"),
    "without a beginning": lambda issuer: issuer.token(without="iat"),
    "without a subject": lambda issuer: issuer.token(without="sub"),
    "with a stranger's key": lambda issuer: issuer.token(
        key=RSAKey.generate_key(2048, {"kid": "rsa"})
    ),
    "with an unknown key": lambda issuer: issuer.token(
        key=RSAKey.generate_key(2048, {"kid": "nobody"})
    ),
    "with another algorithm": lambda issuer: issuer.token(alg="RS512"),
    "unsigned": unsigned,
    "signed with the public key as a secret": confused,
    "altered": altered,
    "not a token": lambda _: "abc",
    "three words": lambda _: "a.b.c",
}


@pytest.mark.parametrize("kind", BAD_TOKENS)
def test_a_bad_token_is_refused_before_any_service_is_asked(
    gateway: Gateway, world: World, kind: str
) -> None:
    token = BAD_TOKENS[kind](world.issuer)
    request_id = f"bad-{kind.replace(' ', '-').replace(chr(39), '')}"

    response = gateway.client.post(
        gateway.url,
        json={"query": "{ whoami }"},
        headers={
            "authorization": f"Bearer {token}",
            "x-request-id": request_id,
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
    assert response.headers["x-request-id"] == request_id
    assert world.received(request_id) == []


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


def test_a_new_key_of_the_issuer_is_accepted_and_the_old_one_goes(
    start_gateway: StartGateway,
) -> None:
    issuer = Issuer()
    issuer.start()
    gateway = start_gateway(CONGVU_JWKS_URL=issuer.jwks_url)
    old = issuer.token()
    assert gateway.post("{ whoami }", token=old).status_code == 200

    issuer.rsa = RSAKey.generate_key(2048, {"kid": "rsa-2"})
    new = issuer.token()

    until(
        lambda: gateway.post("{ whoami }", token=new).status_code == 200,
        within_s=15,
        what="the new key is known",
    )
    assert gateway.post("{ whoami }", token=old).status_code == 401
    issuer.stop()


def test_the_token_is_never_written_to_the_log(gateway: Gateway, world: World) -> None:
    token = world.issuer.token(aud="elsewhere")

    assert isinstance(gateway.post("{ whoami }", token=token), httpx.Response)

    assert token not in gateway.log.read_text()
    assert token.split(".")[1] not in gateway.log.read_text()
