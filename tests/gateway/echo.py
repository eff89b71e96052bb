"""A service made of its committed schema alone: it answers anything, and tells what it was sent."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    GraphQLResolveInfo,
    GraphQLSchema,
    build_schema,
    get_named_type,
    graphql_sync,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_union_type,
)

SERVICES = Path(__file__).resolve().parents[2] / "services"
SCALARS: dict[str, object] = {
    "ID": "CB-01 \u200b'\"",
    "String": 'Ủy ban {"promise": 1} \\ \n ⁂',
    "Int": 7,
    "Float": 0.5,
    "Boolean": True,
    "Date": "2026-07-31",
    "DateTime": "2026-07-31T08:00:00+00:00",
    "Decimal": "1.5",
}
NESTING_MAX = 6
"""Inputs that hold themselves end here."""


def built(path: Path) -> GraphQLSchema:
    return build_schema(path.read_text(), assume_valid=True, assume_valid_sdl=True)


def written(kind: GraphQLInputType, nesting: int = 0) -> Any:
    """A value of a type, every optional field given."""
    if isinstance(kind, GraphQLNonNull):
        return written(kind.of_type, nesting)
    if isinstance(kind, GraphQLList):
        return [] if nesting > NESTING_MAX else [written(kind.of_type, nesting + 1)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if not isinstance(kind, GraphQLInputObjectType):
        return SCALARS[str(kind)]
    return {
        name: written(each.type, nesting + 1)
        for name, each in kind.fields.items()
        if nesting <= NESTING_MAX or is_non_null_type(each.type)
    }


def answered(kind: GraphQLOutputType) -> object:
    """The least that a field of this type can answer."""
    named = get_named_type(kind)
    if is_list_type(getattr(kind, "of_type", kind)) or is_list_type(kind):
        return []
    if isinstance(named, GraphQLEnumType):
        return next(iter(named.values))
    if is_leaf_type(named):
        return SCALARS.get(named.name, "x")
    return {"__typename": (named.types[0] if is_union_type(named) else named).name}


@dataclass
class Echo:
    """One service; `arrived` has the arguments of every root field it was asked for, `sent` the
    variables as they came."""

    name: str
    arrived: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    _server: ThreadingHTTPServer | None = None

    def start(self) -> str:
        """Its address."""
        schema, echo = built(SERVICES / self.name / "schema.graphql"), self

        def resolve(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> object:
            if source is None:
                echo.arrived.append((info.field_name, arguments))
                if info.field_name == "_entities":
                    return arguments["representations"]
            elif info.field_name in source:
                return source[info.field_name]
            return answered(info.return_type)

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
                echo.sent.append(asked.get("variables") or {})
                result = graphql_sync(
                    schema,
                    asked["query"],
                    variable_values=asked.get("variables"),
                    field_resolver=resolve,
                )
                body = json.dumps(result.formatted).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}/graphql"

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
