"""The local issuer's process: publishes the key that its tokens are checked with (JWKS).

`python -m congvu_local.issuer PORT DATA_FOLDER [HOST]`; tokens are signed by who owns the folder
(`congvu token`).
"""

import json
import signal
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from joserfc.jwk import KeySet

from congvu_local.folder import DataFolder
from congvu_local.ports import LOOPBACK

JWKS_PATH = "/.well-known/jwks.json"
READY_PATH = "/readyz"


class Pages(BaseHTTPRequestHandler):
    """Answers two paths; the key set is set on the class that `serve` derives."""

    key_set: bytes = b""

    def do_GET(self) -> None:
        pages = {JWKS_PATH: self.key_set, READY_PATH: b'{"status": "ready"}'}
        body = pages.get(self.path)
        if body is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: readiness checks would fill the log."""


def serve(port: int, folder: DataFolder, host: str) -> None:
    public = json.dumps(KeySet([folder.issuer_key()]).as_dict(private=False)).encode()
    pages = type("PagesWithKeys", (Pages,), {"key_set": public})
    server = ThreadingHTTPServer((host, port), pages)
    server.daemon_threads = True
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server.serve_forever()


if __name__ == "__main__":
    port, folder, *host = sys.argv[1:]
    serve(int(port), DataFolder(Path(folder)), host[0] if host else LOOPBACK)
