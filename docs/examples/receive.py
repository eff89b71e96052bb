"""Receives webhooks: checks who sent them, handles each event once, and says so.

    pip install standardwebhooks
    SECRET=whsec_... python receive.py 9000 seen.sqlite

What is not signed with the secret is refused; what was handled before is only confirmed, since a
delivery may come again. Put a server that speaks TLS before it.
"""

import json
import os
import sqlite3
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from standardwebhooks import Webhook, WebhookVerificationError

BODY_MAX_BYTES = 1_000_000


def handle(event: dict[str, object]) -> None:
    """Put your own work here."""
    print(json.dumps(event, ensure_ascii=False), flush=True)


def is_new(seen: sqlite3.Connection, message_id: str) -> bool:
    return seen.execute("SELECT 1 FROM seen WHERE id = ?", [message_id]).fetchone() is None


def serve(port: int, secret: str, kept: str) -> None:
    seen = sqlite3.connect(kept)
    seen.execute("CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY)")
    sender = Webhook(secret)

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = min(int(self.headers.get("content-length", 0)), BODY_MAX_BYTES)
            body = self.rfile.read(size)
            try:
                event = sender.verify(body, dict(self.headers.items()))
            except (WebhookVerificationError, ValueError):
                self.answer(401)
                return
            message_id = self.headers["webhook-id"]
            if is_new(seen, message_id):
                handle(event)
                with seen:
                    seen.execute("INSERT INTO seen VALUES (?)", [message_id])
            self.answer(204)

        def answer(self, status: int) -> None:
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Only events are printed."""

    HTTPServer(("127.0.0.1", port), Receiver).serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]), os.environ["SECRET"], sys.argv[2])
