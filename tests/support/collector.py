"""Takes the spans that the parts of a platform send (OTLP over HTTP), and keeps them."""

import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"


@dataclass(frozen=True)
class Span:
    service: str
    name: str
    trace_id: str
    id: str
    parent: str
    linked: tuple[str, ...]
    attributes: Mapping[str, str]


class Collector:
    """`bodies` is what came, as it came; `url` where it listens."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.url = ""

    @property
    def spans(self) -> list[Span]:
        return [span for body in list(self.bodies) for span in _spans(body)]

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Who is started meanwhile sends its spans here."""
        bodies = self.bodies

        class Takes(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                size = self.headers["content-length"]
                body = self.rfile.read(int(size)) if size else b"".join(self.chunks())
                packed = self.headers["content-encoding"] == "gzip"
                if self.path == "/v1/traces":  # The embedded broker also sends figures.
                    bodies.append(gzip.decompress(body) if packed else body)
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

            def chunks(self) -> Iterator[bytes]:
                while size := int(self.rfile.readline(), 16):
                    yield self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()

            def log_message(self, format: str, *args: object) -> None:
                """Silent."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Takes)
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_port}"
        try:
            with pytest.MonkeyPatch.context() as environment:  # One may listen within another.
                environment.setenv(ENDPOINT, self.url)
                yield
        finally:
            server.shutdown()
            server.server_close()


def _spans(body: bytes) -> Iterator[Span]:
    for group in ExportTraceServiceRequest.FromString(body).resource_spans:
        told = {each.key: each.value.string_value for each in group.resource.attributes}
        for scope in group.scope_spans:
            for span in scope.spans:
                yield Span(
                    service=told["service.name"],
                    name=span.name,
                    trace_id=span.trace_id.hex(),
                    id=span.span_id.hex(),
                    parent=span.parent_span_id.hex(),
                    linked=tuple(link.trace_id.hex() for link in span.links),
                    attributes={each.key: each.value.string_value for each in span.attributes},
                )
