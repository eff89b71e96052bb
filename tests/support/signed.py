"""Calls as the gateway makes them: signed, for one service."""

import base64
import hashlib
import json
import secrets
import time

import httpx

from congvu_kit.adapters.auth import COMPONENTS, sign

# pragma: allowlist nextline secret
SECRET = "the secret of gateway and services in tests"


def headers_for(target: str, body: bytes, ahead_s: int = 0, /, **headers: str) -> dict[str, str]:
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    sent = {
        "content-digest": f"sha-256=:{digest}:",
        "x-request-id": "r1",
        "content-type": "application/json",
        **headers,
    }
    covered = " ".join(f'"{name}"' for name in COMPONENTS)
    parameters = (
        f'({covered});created={int(time.time()) + ahead_s};nonce="{secrets.token_hex(16)}"'
        ';keyid="gateway";alg="hmac-sha256"'
    )
    signature = sign(SECRET.encode(), "POST", target, sent, parameters)
    return {**sent, "signature-input": f"gw={parameters}", "signature": f"gw=:{signature}:"}


async def post_signed(
    client: httpx.AsyncClient, target: str, query: str, token: str | None = None
) -> httpx.Response:
    body = json.dumps({"query": query}).encode()
    given = {"authorization": f"Bearer {token}"} if token else {}
    return await client.post("/graphql", content=body, headers=headers_for(target, body, **given))
