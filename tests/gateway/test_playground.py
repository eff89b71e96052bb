"""The page a browser gets: it brings everything along and offers the demo's callers."""

import base64
import hashlib
import json
import re
from pathlib import Path

import httpx

from gateway.fixtures import StartGateway
from gateway.running import Gateway

GATEWAY = Path(__file__).parents[2] / "services/gateway"
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
DEMO = {
    "tokens": [{"role": "officer", "label": "Công chức (officer)", "token": "a.b.c"}],
    "examples": [{"name": "Vì sao", "query": "{ answers }", "variables": {}, "role": "officer"}],
}


def page(gateway: Gateway) -> httpx.Response:
    return gateway.client.get(gateway.url, headers=BROWSER)


def test_a_browser_gets_the_page_at_the_graphs_own_address(gateway: Gateway) -> None:
    response = page(gateway)

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "Nền tảng mở" in response.text
    assert "Open platform" in response.text


def test_the_root_leads_to_the_page(gateway: Gateway) -> None:
    response = gateway.client.get(gateway.base_url, headers=BROWSER)

    assert (response.status_code, response.headers["location"]) == (302, "/graphql")


def test_everything_the_page_loads_comes_from_the_gateway(gateway: Gateway) -> None:
    html = page(gateway).text
    loaded = re.findall(r'(?:src|href)="([^"]*)"', html)

    assert {address for address in loaded if not address.startswith("data:")} == {
        "/playground/graphiql.css",
        "/playground/playground.css",
        "/playground/graphiql.js",
        "/playground/playground.js",
        "/playground/tabs.js",
    }
    workers = [f"/playground/{name}.worker.js" for name in ("editor", "json", "graphql")]
    for address in [*loaded[1:], *workers]:
        asset = gateway.client.get(gateway.base_url + address)
        assert asset.status_code == 200, address
        assert asset.headers["content-encoding"] == "gzip"


def test_documents_are_beside_it_and_open_offline(gateway: Gateway) -> None:
    links = gateway.client.get(f"{gateway.base_url}/playground/links.json").json()

    assert {"/playground/schema.graphql", "/playground/docs/asyncapi.yaml"} <= {
        link["path"] for link in links
    }
    for link in links:
        document = gateway.client.get(gateway.base_url + link["path"])
        assert document.status_code == 200, link
        assert document.headers["content-type"] == "text/plain; charset=utf-8"
    titled = {language: [link for link in links if link.get(language)] for language in ("vi", "en")}
    assert len(titled["vi"]) == len(titled["en"]) > 5
    guides = {link["path"] for link in titled["vi"]} - {link["path"] for link in titled["en"]}
    assert all(path.startswith("/playground/docs/vi/") for path in guides)
    schema = gateway.client.get(f"{gateway.base_url}/playground/schema.graphql").text
    assert schema == (GATEWAY / "schema.graphql").read_text()


def test_the_browser_is_told_to_load_nothing_from_elsewhere(gateway: Gateway) -> None:
    policy = page(gateway).headers["content-security-policy"]

    assert policy.startswith("default-src 'none'; script-src 'self' blob:")
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_page_already_loaded_is_not_sent_again(gateway: Gateway) -> None:
    address = f"{gateway.base_url}/playground/graphiql.js"
    first = gateway.client.get(address)

    again = gateway.client.get(address, headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_without_a_demo_file_there_is_nothing_to_offer(gateway: Gateway) -> None:
    demo = gateway.client.get(f"{gateway.base_url}/playground/demo.json")

    assert demo.json() == {"tokens": [], "examples": []}


def test_the_demos_callers_and_examples_are_offered_and_renewed(
    start_gateway: StartGateway, tmp_path: Path
) -> None:
    file = tmp_path / "playground.json"
    gateway = start_gateway(CONGVU_PLAYGROUND_FILE=str(file))
    address = f"{gateway.base_url}/playground/demo.json"

    assert gateway.client.get(address).json() == {"tokens": [], "examples": []}
    file.write_text(json.dumps(DEMO))
    response = gateway.client.get(address)

    assert response.json() == DEMO
    assert "access-control-allow-origin" not in response.headers


def test_receipts_are_checked_by_a_page_that_reaches_nothing(gateway: Gateway) -> None:
    response = gateway.client.get(f"{gateway.base_url}/bien-nhan")
    [script] = re.findall(r"<script>(.*?)</script>", response.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

    policy = response.headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", f"script-src 'sha256-{digest}'"} <= set(policy)
    assert re.findall(r'(?:src|href)="([^"]*)', response.text) == ["/cong-khai/nhat-ky"]
    file = gateway.client.get(f"{gateway.base_url}/bien-nhan/check_receipt.py")
    assert (file.status_code, file.text.startswith("#!/usr/bin/env python3")) == (200, True)
