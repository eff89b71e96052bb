"""Readers' pages pass through the gateway: chosen headers, and reading only."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from congvu_local.ports import free_port
from gateway.running import Gateway


class Told(BaseHTTPRequestHandler):
    """Answers with what it was sent."""

    def do_GET(self) -> None:
        length = int(self.headers.get("content-length", 0))
        told = {
            "method": self.command,
            "path": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": self.rfile.read(length).decode(),
        }
        body = json.dumps(told).encode()
        self.send_response(200)
        for name, value in (("etag", '"x"'), ("set-cookie", "a=b"), ("x-inside", "no")):
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Said to nobody."""


@pytest.fixture
def gateway_before_pages(start_gateway: Callable[..., Gateway]) -> Iterator[Gateway]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Told)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield start_gateway(PAGES_URL=f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()


def test_pages_get_what_was_chosen_and_can_only_be_read(gateway_before_pages: Gateway) -> None:
    ask, base = gateway_before_pages.client.request, gateway_before_pages.base_url
    sent = {"cookie": "ket_qua=t", "x-else": "1", "if-none-match": '"y"', "accept": "text/html"}

    read = ask("GET", f"{base}/cong-khai/tinh/56?ky=a%2Fb", headers=sent)
    told = read.json()
    signed_in = ask("POST", f"{base}/ket-qua/vao", content="token=t").json()
    statuses = [
        ask("POST", f"{base}/cong-khai", content="x").status_code,
        ask("DELETE", f"{base}/ket-qua/vao").status_code,
        ask("POST", f"{base}/ket-qua/vao", content="x" * 16_385).status_code,
        ask("POST", f"{base}/ket-qua/vao", content=iter([b"x"])).status_code,
        ask("GET", f"{base}/cong-khai-khac").status_code,
    ]
    misnamed = ask("GET", f"{base}/cong-khai", headers={"host": "evil.example"})

    assert (told["method"], told["path"]) == ("GET", "/cong-khai/tinh/56?ky=a%2Fb")
    own = {"host", "accept-encoding", "connection", "traceparent"}
    assert set(told["headers"]) == {"cookie", "if-none-match", *own}
    assert told["headers"]["host"] == base.removeprefix("http://")
    assert (read.headers["etag"], read.headers["set-cookie"]) == ('"x"', "a=b")
    assert "x-inside" not in read.headers
    assert (signed_in["method"], signed_in["body"]) == ("POST", "token=t")
    assert statuses == [405, 405, 413, 413, 404]
    assert misnamed.status_code == 421


def test_pages_that_are_being_restarted_are_asked_of_another(
    gateway_before_pages: Gateway, start_gateway: Callable[..., Gateway]
) -> None:
    there = gateway_before_pages.env["PAGES_URL"]
    gateway = start_gateway(PAGES_URL=f"http://127.0.0.1:{free_port()},{there}")

    codes = {gateway.client.get(f"{gateway.base_url}/cong-khai").status_code for _ in range(10)}

    assert codes == {200}


def test_without_the_pages_the_graph_answers_and_they_say_so(
    start_gateway: Callable[..., Gateway],
) -> None:
    alone = start_gateway(PAGES_URL=f"http://127.0.0.1:{free_port()}")

    page = alone.client.get(f"{alone.base_url}/cong-khai")

    assert page.status_code == 503
    assert "xin thử lại" in page.text
    assert alone.client.get(f"{alone.base_url}/readyz").status_code == 200
