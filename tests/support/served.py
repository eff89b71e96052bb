"""A service over HTTP in this process: its own routes, on fakes, called as the gateway calls."""

import base64
import hashlib
import secrets
import time

import httpx
from fastapi import FastAPI

from congvu_kit.adapters.auth import COMPONENTS, sign
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.service.app import _add_graphql
from congvu_kit.service.running import ServiceDefinition, State
from congvu_kit.service.runtime import Runtime
from kit.desk_graph import DeskSettings
from support.event_keys import event_settings

SECRET = "s" * 40
EVERYTHING = Actor(
    subject="somebody", roles=frozenset(Role), province="56", unit="ou_1", officer="cs_1"
)


class Anybody:
    """Takes any token for that of somebody with every role."""

    async def actor(self, _authorization: str | None) -> Actor:
        return EVERYTHING


def served(definition: ServiceDefinition) -> httpx.AsyncClient:
    settings = DeskSettings(
        mongo_url="mongodb://127.0.0.1:9",
        kafka_brokers="127.0.0.1:9",
        jwks_url="http://127.0.0.1:9/jwks",
        issuer="issuer",
        audience="congvu",
        gateway_secret=SECRET,
        profile="open",
        **event_settings("desks"),
    )
    app = FastAPI()
    app.state.tokens = Anybody()
    runtime = Runtime(uow=MemoryUnitOfWork(), needs=definition.needs)
    _add_graphql(app, definition, settings, State(waiting_for=None, runtime=runtime))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=settings.url.removesuffix("/graphql"))


async def post(client: httpx.AsyncClient, body: bytes) -> httpx.Response:
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    headers = {
        "content-digest": f"sha-256=:{digest}:",
        "x-request-id": "r1",
        "content-type": "application/json",
    }
    covered = " ".join(f'"{name}"' for name in COMPONENTS)
    parameters = (
        f'({covered});created={int(time.time())};nonce="{secrets.token_hex(16)}"'
        ';keyid="gateway";alg="hmac-sha256"'
    )
    target = f"{client.base_url}".rstrip("/") + "/graphql"
    signature = sign(SECRET.encode(), "POST", target, headers, parameters)
    headers |= {"signature-input": f"gw={parameters}", "signature": f"gw=:{signature}:"}
    return await client.post("/graphql", content=body, headers=headers)
