"""The drill of the containers believes an answer only when it has data of a service."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from deploy.containers import trial

SERVED = '{"data": {"workProducts": {"edges": []}}}'


class Gateway(BaseHTTPRequestHandler):
    status, body = 200, ""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Gateway]]:
    answers = type("Answers", (Gateway,), {})
    with HTTPServer(("127.0.0.1", 0), answers) as server:
        monkeypatch.setattr(trial, "GATEWAY", f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield answers
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("status", "body", "serves"),
    [
        (200, SERVED, True),
        (503, SERVED, False),
        (200, '{"data": null, "errors": [{"message": "away"}]}', False),
        (200, '{"errors": [{"message": "away"}]}', False),
        (200, "starting", False),
    ],
)
def test_an_answer_counts_with_data_only(
    gateway: type[Gateway], status: int, body: str, serves: bool
) -> None:
    gateway.status, gateway.body = status, body

    assert trial.serves() is serves


def test_a_gateway_that_is_away_serves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "GATEWAY", "http://127.0.0.1:9")

    assert trial.serves() is False
