"""Small real subgraphs: they check the gateway's signature and record every request they get."""

from __future__ import annotations

import asyncio
import base64
import json
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

import strawberry
import uvicorn
from fastapi import FastAPI, Request, Response
from graphql import GraphQLError
from strawberry.fastapi import GraphQLRouter
from strawberry.federation.schema_directives import Authenticated, RequiresScopes

from congvu_kit.graph import PAGED, at_most
from congvu_kit.service.serving import Ending
from gateway.signature import SignatureRefused, verify

PARTS_DECLARED = 4_540


@dataclass(frozen=True)
class Received:
    """One request as it arrived, bytes and all."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@strawberry.input
class Suspicious:
    """Fields called as what JavaScript's libraries look for in things they are handed."""

    promise: str
    then: str
    array_buffer: str
    create_read_stream: str


@strawberry.federation.type(keys=["id"])
class WorkProduct:
    id: strawberry.ID
    name: str

    @classmethod
    def resolve_reference(cls, id: strawberry.ID, **_: object) -> Self:
        return cls(id=id, name=f"product {id}")


@strawberry.type
class Part:
    name: str

    @strawberry.field
    def inner(self) -> Part:
        return self


@strawberry.type
class WorkProductEdge:
    node: WorkProduct


@strawberry.type
class WorkProductConnection:
    edges: list[WorkProductEdge]


@strawberry.type
class CatalogueQuery:
    @strawberry.field
    def work_product(self, id: strawberry.ID) -> WorkProduct | None:
        return WorkProduct(id=id, name=f"product {id}")

    @strawberry.field(directives=at_most(PARTS_DECLARED))
    def parts(self) -> list[Part]:
        return [Part(name="part")]

    @strawberry.field(directives=PAGED)
    def work_products(self, first: int = 20) -> WorkProductConnection:
        nodes = [WorkProduct(id=strawberry.ID(str(n)), name=f"product {n}") for n in range(first)]
        return WorkProductConnection(edges=[WorkProductEdge(node=node) for node in nodes])

    @strawberry.field
    async def whoami(self, info: strawberry.Info) -> str:
        await asyncio.sleep(0.05)
        request: Request = info.context["request"]
        return request.headers.get("authorization", "anonymous")

    @strawberry.field
    def language(self, info: strawberry.Info) -> str | None:
        request: Request = info.context["request"]
        return request.headers.get("accept-language")

    @strawberry.field
    def broken(self) -> str | None:
        # pragma: allowlist nextline secret
        raise GraphQLError("told on purpose", extensions={"code": "CONFLICT", "secret": "internal"})

    @strawberry.federation.field(directives=[Authenticated()])
    def private(self) -> str | None:
        return "for known callers"

    @strawberry.federation.field(directives=[RequiresScopes(scopes=[["catalogue:read"]])])
    def scoped(self) -> str | None:
        return "for callers with the scope"

    @strawberry.field
    async def slow(self, seconds: float) -> str | None:
        await asyncio.sleep(seconds)
        return "done"


@strawberry.type
class CatalogueMutation:
    @strawberry.mutation
    def rename(self, name: str) -> WorkProduct:
        return WorkProduct(id=strawberry.ID("renamed"), name=name)

    @strawberry.mutation
    def measure(self, text: str) -> int:
        return len(text)

    @strawberry.mutation
    def keep(self, thing: Suspicious) -> str:
        return " ".join((thing.promise, thing.then, thing.array_buffer, thing.create_read_stream))


@strawberry.federation.type(keys=["id"])
class CivilServant:
    id: strawberry.ID

    @strawberry.field
    def full_name(self) -> str:
        return "Nguyễn Thị Hạnh"

    @strawberry.field
    def deputy(self) -> CivilServant:
        return self

    @strawberry.field
    def product(self) -> EvaluatedProduct:
        return EvaluatedProduct(id=strawberry.ID("CB-01"))

    @strawberry.field
    def unit(self) -> OrgUnit:
        return OrgUnit(id=strawberry.ID("unit_1"))


@strawberry.federation.type(name="WorkProduct", keys=["id"])
class EvaluatedProduct:
    id: strawberry.ID


@strawberry.federation.type(keys=["id"])
class OrgUnit:
    id: strawberry.ID

    @strawberry.field
    def name(self) -> str:
        return "Phường Nha Trang"

    @classmethod
    def resolve_reference(cls, id: strawberry.ID, **_: object) -> Self:
        return cls(id=id)


CHANGES: list[str] = []
"""Event types of the evaluation subgraph's feed, oldest first."""


@strawberry.type
class Change:
    event_type: str
    province: str = "56"
    at: datetime = datetime(2026, 8, 10, 3, tzinfo=UTC)

    @strawberry.field
    def payload(self) -> str:
        return json.dumps({"of": self.event_type})


@strawberry.type
class ChangeEdge:
    cursor: str
    node: Change


@strawberry.type
class ChangePage:
    end_cursor: str
    has_next_page: bool


@strawberry.type
class Changes:
    edges: list[ChangeEdge]
    page_info: ChangePage


@strawberry.type
class EvaluationQuery:
    @strawberry.field
    def evaluation_changes(
        self,
        info: strawberry.Info,
        first: int = 20,
        after: str | None = None,
        province: str | None = None,
    ) -> Changes:
        request: Request = info.context["request"]
        if "authorization" not in request.headers:
            raise GraphQLError("a token is needed", extensions={"code": "UNAUTHENTICATED"})
        if province not in (None, "56"):
            raise GraphQLError("not yours", extensions={"code": "FORBIDDEN"})
        start = int(after or 0)
        shown = CHANGES[start : start + first]
        edges = [
            ChangeEdge(cursor=str(at), node=Change(event_type=each))
            for at, each in enumerate(shown, start + 1)
        ]
        end = start + len(shown)
        page = ChangePage(end_cursor=str(end), has_next_page=end < len(CHANGES))
        return Changes(edges=edges, page_info=page)

    @strawberry.field
    def civil_servant(self, id: strawberry.ID) -> CivilServant | None:
        return CivilServant(id=id)


@strawberry.federation.type(name="OrgUnit", keys=["id"])
class RatedUnit:
    id: strawberry.ID

    @strawberry.field
    def satisfaction(self) -> str | None:
        return "0.92"

    @classmethod
    def resolve_reference(cls, id: strawberry.ID, **_: object) -> Self:
        return cls(id=id)


@strawberry.type
class FeedbackQuery:
    @strawberry.field
    def answers(self) -> int | None:
        return 40


def schema_of(name: str) -> strawberry.federation.Schema:
    query, mutation, types = {
        "catalogue": (CatalogueQuery, CatalogueMutation, []),
        "evaluation": (EvaluationQuery, None, []),
        "feedback": (FeedbackQuery, None, [RatedUnit]),
    }[name]
    return strawberry.federation.Schema(
        query=query, mutation=mutation, types=types, federation_version="2.9"
    )


@dataclass
class Subgraph:
    """A subgraph in a thread of this process; ended by `stop`, started again by `start`."""

    name: str
    port: int
    secret: str
    received: list[Received] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    ready: bool = True
    ending: Ending = field(default_factory=Ending)
    behind: set[str] = field(default_factory=set)
    """Further `host:port` under which it is called: of proxies before it."""
    _server: uvicorn.Server | None = None
    _thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/graphql"

    def _called_as(self, headers: dict[str, str]) -> str:
        host = headers["host"]
        return f"http://{host}/graphql" if host in self.behind else self.url

    def start(self) -> None:
        config = uvicorn.Config(
            self.app(),
            host="127.0.0.1",
            port=self.port,
            log_level="error",
            ws="none",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.01)
            if not self._thread.is_alive():
                raise RuntimeError(f"subgraph {self.name} did not start on port {self.port}")

    def stop(self) -> None:
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join()
        self._server = self._thread = None

    def app(self) -> FastAPI:
        app = FastAPI()
        app.middleware("http")(self._record_and_verify)
        app.include_router(GraphQLRouter(schema_of(self.name)), prefix="/graphql")

        @app.get("/readyz")
        def readyz(response: Response) -> dict[str, bool]:
            ready = self.ready and not self.ending.begun
            response.status_code = 200 if ready else 503
            return {"ready": ready}

        return app

    async def _record_and_verify(
        self, request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        if request.url.path != "/graphql":
            return await call_next(request)
        body = await request.body()
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.received.append(Received(request.method, request.url.path, headers, body))
        try:
            verify(request.method, self._called_as(headers), headers, body, self.secret)
        except SignatureRefused as refusal:
            self.refused.append(str(refusal))
            return Response(f'{{"error": "{refusal}"}}', 401, media_type="application/json")
        if _subject_of(headers) == "refused-by-the-service":
            challenge = {"www-authenticate": 'Bearer error="invalid_token"'}
            return Response('{"detail": "no"}', 401, headers=challenge)
        return await call_next(request)


def _subject_of(headers: dict[str, str]) -> object:
    _, _, bearer = headers.get("authorization", "").partition("Bearer ")
    claims = bearer.split(".")[1] if bearer.count(".") == 2 else ""
    return json.loads(base64.urlsafe_b64decode(claims + "==") or b"{}").get("sub")
