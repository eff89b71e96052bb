"""A service over HTTP in this process: its own routes, on fakes, called as the gateway calls."""

import httpx
from fastapi import FastAPI

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.service.app import _add_graphql
from congvu_kit.service.definition import ServiceDefinition
from congvu_kit.service.health import State
from congvu_kit.service.runtime import Runtime
from kit.desk_graph import DeskSettings
from support.event_keys import event_settings
from support.signed import SECRET, headers_for

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
    target = f"{client.base_url}".rstrip("/") + "/graphql"
    return await client.post("/graphql", content=body, headers=headers_for(target, body))
