"""What a web page elsewhere can make a browser do: nothing, unless its origin is allowed."""

import json
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest

from gateway.running import Gateway, World

QUERY = "{ whoami }"
BODY = json.dumps({"query": QUERY})
FORM = f"query={quote(QUERY)}"
PREFLIGHT = "graphql-require-preflight"


def ask(
    gateway: Gateway, method: str, content_type: str | None, body: str, *, header: str | None = None
) -> tuple[httpx.Response, str]:
    request_id = uuid4().hex
    headers = {"x-request-id": request_id, "accept": "application/json"}
    if content_type:
        headers["content-type"] = content_type
    if header:
        headers[header] = "1"
    url = f"{gateway.url}?query={quote(QUERY)}" if method == "GET" else gateway.url
    content = None if method == "GET" else body
    return gateway.client.request(method, url, content=content, headers=headers), request_id


# What a page may send across sites without asking first: GET, and POST of these three kinds.
SIMPLE = [
    ("GET", None, ""),
    ("GET", "text/plain", ""),
    ("POST", None, BODY),
    ("POST", "text/plain", BODY),
    ("POST", "text/plain; charset=utf-8", BODY),
    ("POST", "Text/Plain;application/json", BODY),
    ("POST", "application/x-www-form-urlencoded", FORM),
    ("POST", "APPLICATION/X-WWW-FORM-URLENCODED", FORM),
    (
        "POST",
        "multipart/form-data; boundary=x",
        f'--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{BODY}\r\n--x--\r\n',
    ),
]


@pytest.mark.parametrize(("method", "content_type", "body"), SIMPLE)
def test_a_request_that_needs_no_preflight_is_refused(
    gateway: Gateway, world: World, method: str, content_type: str | None, body: str
) -> None:
    response, request_id = ask(gateway, method, content_type, body)

    assert response.status_code == 403
    assert "data" not in response.json()
    assert world.received(request_id) == []


@pytest.mark.parametrize("header", [PREFLIGHT, "apollo-require-preflight"])
@pytest.mark.parametrize(
    ("method", "content_type", "body"),
    [("GET", None, ""), ("POST", "application/x-www-form-urlencoded", FORM)],
)
def test_with_a_header_that_forces_a_preflight_it_is_answered(
    gateway: Gateway, method: str, content_type: str | None, body: str, header: str
) -> None:
    response, _ = ask(gateway, method, content_type, body, header=header)

    assert response.json() == {"data": {"whoami": "anonymous"}}


@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data; boundary=x"])
def test_plain_text_and_uploads_are_no_way_in_even_with_the_header(
    gateway: Gateway, world: World, content_type: str
) -> None:
    response, request_id = ask(gateway, "POST", content_type, BODY, header=PREFLIGHT)

    assert response.status_code == 415
    assert world.received(request_id) == []


@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8"])
def test_json_is_answered_without_a_header(gateway: Gateway, content_type: str) -> None:
    response, _ = ask(gateway, "POST", content_type, BODY)

    assert response.json() == {"data": {"whoami": "anonymous"}}


def test_a_mutation_cannot_be_sent_by_get(gateway: Gateway, world: World) -> None:
    request_id = uuid4().hex
    response = gateway.client.get(
        gateway.url,
        params={"query": 'mutation { rename(name: "x") { id } }'},
        headers={PREFLIGHT: "1", "x-request-id": request_id},
    )

    assert response.status_code == 405
    assert world.received(request_id) == []


def preflight(gateway: Gateway, origin: str) -> httpx.Response:
    return gateway.client.options(
        gateway.url,
        headers={
            "origin": origin,
            "access-control-request-method": "POST",
            "access-control-request-headers": "authorization,content-type",
        },
    )


def test_by_default_no_other_origin_is_allowed(gateway: Gateway) -> None:
    asked = preflight(gateway, "https://hrm.example.vn")
    sent = gateway.post(QUERY, headers={"origin": "https://hrm.example.vn"})

    for response in (asked, sent):
        assert "access-control-allow-origin" not in response.headers


def test_a_listed_origin_is_allowed(strict_gateway: Gateway) -> None:
    asked = preflight(strict_gateway, "https://hrm.example.vn")
    sent = strict_gateway.post(QUERY, headers={"origin": "https://hrm.example.vn"})

    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == "https://hrm.example.vn"
    assert "authorization" in asked.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in asked.headers
    assert sent.headers["access-control-allow-origin"] == "https://hrm.example.vn"
    assert sent.json() == {"data": {"whoami": "anonymous"}}


def test_a_listed_origin_can_read_a_refusal_too(strict_gateway: Gateway) -> None:
    response = strict_gateway.post(QUERY, token="x", headers={"origin": "https://hrm.example.vn"})

    assert response.status_code == 401
    assert response.headers["access-control-allow-origin"] == "https://hrm.example.vn"


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "https://hrm.example.vn.evil.example",
        "http://hrm.example.vn",
        "null",
    ],
)
def test_an_unlisted_origin_is_not_allowed(strict_gateway: Gateway, origin: str) -> None:
    asked = preflight(strict_gateway, origin)
    sent = strict_gateway.post(QUERY, headers={"origin": origin})

    for response in (asked, sent):
        assert "access-control-allow-origin" not in response.headers
