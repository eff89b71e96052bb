"""An independent check of the gateway's signature, written from RFC 9421 and not from its code."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time

COVERED = (
    "@method",
    "@target-uri",
    "content-digest",
    "authorization",
    "x-request-id",
    "x-deadline-ms",
)
MAX_AGE_S = 65
MAX_AHEAD_S = 60
INPUT = re.compile(
    r'gw=(?P<params>\((?P<names>[^)]*)\);created=(?P<created>\d+);nonce="(?P<nonce>[0-9a-f]{32})"'
    r';keyid="(?P<keyid>[^"]*)";alg="(?P<alg>[^"]*)")'
)


class SignatureRefused(Exception):
    """The request was not signed by the holder of the secret, or not lately, or not for us."""


def sign(method: str, url: str, headers: dict[str, str], params: str, secret: str) -> str:
    values = {"@method": method, "@target-uri": url, **headers}
    lines = [f'"{name}": {values.get(name, "")}' for name in COVERED]
    base = "\n".join([*lines, f'"@signature-params": {params}'])
    mac = hmac.new(secret.encode(), base.encode(), hashlib.sha256).digest()
    return f"gw=:{base64.b64encode(mac).decode()}:"


def verify(method: str, url: str, headers: dict[str, str], body: bytes, secret: str) -> str:
    """Return the nonce of a good signature, else raise `SignatureRefused`."""
    match = INPUT.fullmatch(headers.get("signature-input", ""))
    if match is None:
        raise SignatureRefused("no signature")
    if match["names"] != " ".join(f'"{name}"' for name in COVERED):
        raise SignatureRefused("other components")
    if (match["keyid"], match["alg"]) != ("gateway", "hmac-sha256"):
        raise SignatureRefused("other key or algorithm")
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    if headers.get("content-digest") != f"sha-256=:{digest}:":
        raise SignatureRefused("other body")
    if not -MAX_AHEAD_S <= time.time() - int(match["created"]) <= MAX_AGE_S:
        raise SignatureRefused("too old or in the future")
    expected = sign(method, url, headers, match["params"], secret)
    if not hmac.compare_digest(expected, headers.get("signature", "")):
        raise SignatureRefused("wrong signature")
    return match["nonce"]
