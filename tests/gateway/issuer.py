"""A token issuer with a JWKS address, whose keys can be turned over."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from support.token_table import published

ISSUER = "https://issuer.test"
AUDIENCE = "congvu-test"


@dataclass
class Issuer:
    rsa: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "rsa"}))
    ec: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "ec"}))
    _server: ThreadingHTTPServer | None = None

    @property
    def jwks_url(self) -> str:
        if self._server is None:
            raise RuntimeError("the issuer is not started")
        return f"http://127.0.0.1:{self._server.server_port}/jwks.json"

    def token(
        self,
        *,
        key: RSAKey | ECKey | None = None,
        alg: str = "RS256",
        without: str | None = None,
        typ: str = "at+jwt",
        **claims: object,
    ) -> str:
        """A good token, unless claims say otherwise; `without` names a claim to leave out."""
        now = int(time.time())
        every: dict[str, object] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "ann",
            "iat": now,
            "exp": now + 600,
            **claims,
        }
        if without:
            del every[without]
        signing = key or (self.ec if alg == "ES256" else self.rsa)
        header = {"alg": alg, "kid": str(signing.kid or "rsa"), "typ": typ}
        return jwt.encode(header, every, signing, algorithms=[alg])

    def jwks(self) -> bytes:
        keys = [
            {**key.as_dict(private=False), "alg": alg, "use": "sig"}
            for key, alg in ((self.rsa, "RS256"), (self.ec, "ES256"))
        ]
        return json.dumps({"keys": keys}).encode()

    def start(self) -> None:
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                document = issuer.jwks()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(document)))
                self.end_headers()
                self.wfile.write(document)

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()


class TableIssuer(Issuer):
    """Publishes the keys of the table of tokens."""

    def jwks(self) -> bytes:
        return json.dumps({"keys": published()}).encode()
