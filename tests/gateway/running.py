"""A real gateway process in front of the test subgraphs."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from congvu_local.node import node_binary
from congvu_local.ports import free_port
from gateway.issuer import AUDIENCE, ISSUER, Issuer
from gateway.subgraphs import Received, Subgraph, schema_of
from support.polling import until

# pragma: allowlist nextline secret
SECRET = "a secret of the tests, long enough to be one"
SOURCES = Path(__file__).resolve().parents[2] / "services" / "gateway" / "src"
NAMES = ("catalogue", "evaluation", "feedback")
ROUTER = SOURCES.parent / "router" / "bin" / "congvu-router"
"""What `make router` builds; where it is, every test of a gateway is put to it too."""

PROGRAMS = ("node", "router") if ROUTER.exists() else ("node",)
PROGRAM = "CONGVU_TEST_GATEWAY"
"""Which of them an environment is for."""

START_WITHIN_S = 60


def ended(
    *command: str | Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=30, check=False)


def node(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of the gateway's scripts to its end."""
    return ended(node_binary(), SOURCES / script, *arguments)


def command_for(env: Mapping[str, str]) -> list[str | Path]:
    """What starts the gateway that an environment is for."""
    return [ROUTER] if env[PROGRAM] == "router" else [node_binary(), SOURCES / "server.mjs"]


def start_that_fails(env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a gateway whose settings end its start."""
    return ended(*command_for(env), env=env)


def write_schemas(folder: Path) -> None:
    for name in NAMES:
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "schema.graphql").write_text(schema_of(name).as_str())


@dataclass
class World:
    """What a gateway needs around it: subgraphs, an issuer, a supergraph."""

    folder: Path
    issuer: Issuer
    subgraphs: dict[str, Subgraph]
    program: str = "node"

    @property
    def supergraph(self) -> Path:
        return self.folder / "supergraph.graphql"

    def environment(self, **changes: str | None) -> dict[str, str]:
        """The gateway's environment; a change to None leaves a name out."""
        every: dict[str, str | None] = {
            PROGRAM: self.program,
            "CONGVU_PROFILE": "open",
            "CONGVU_GATEWAY_PORT": str(free_port()),
            "CONGVU_GATEWAY_SECRET": SECRET,
            "CONGVU_JWKS_URL": self.issuer.jwks_url,
            "CONGVU_ISSUER": ISSUER,
            "CONGVU_AUDIENCE": AUDIENCE,
            "CONGVU_SUPERGRAPH": str(self.supergraph),
            "CONGVU_RATE_LIMIT_ANONYMOUS_PER_MINUTE": "0",
            "CONGVU_DRAIN_MS": "0",
            **{f"{name.upper()}_URL": subgraph.url for name, subgraph in self.subgraphs.items()},
            **changes,
        }
        return {name: value for name, value in every.items() if value is not None}

    def received(self, request_id: str) -> list[Received]:
        """What the subgraphs got because of one request to the gateway, by its id."""
        return [
            received
            for subgraph in self.subgraphs.values()
            for received in subgraph.received
            if received.headers.get("x-request-id") == request_id
        ]


@dataclass
class Gateway:
    """One gateway process; its log goes to a file, so that no pipe can fill up."""

    env: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=15))

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.env['CONGVU_GATEWAY_PORT']}"

    @property
    def url(self) -> str:
        return f"{self.base_url}/graphql"

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command_for(self.env),
                env={"PATH": os.environ["PATH"], **self.env},
                stdout=log,
                stderr=log,
            )
        until(self._live, within_s=START_WITHIN_S, what=f"gateway live; its log: {self.log}")

    def _live(self) -> bool:
        if self.process and self.process.poll() is not None:
            raise RuntimeError(f"the gateway ended: {self.log.read_text()}")
        try:
            return self.client.get(f"{self.base_url}/livez").status_code == 200
        except httpx.TransportError:
            return False

    def terminate(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGTERM)

    def stop(self) -> int:
        """End it and return its exit code."""
        self.terminate()
        code = self.process.wait(20) if self.process else 0
        self.client.close()
        return code

    def post(
        self,
        query: str,
        *,
        token: str | None = None,
        headers: dict[str, str] | None = None,
        variables: Mapping[str, object] | None = None,
    ) -> httpx.Response:
        sent = {"x-request-id": uuid4().hex, **(headers or {})}
        if token:
            sent["authorization"] = f"Bearer {token}"
        body = {"query": query, "variables": variables or {}}
        return self.client.post(self.url, json=body, headers=sent)

    def data(self, query: str, *, token: str | None = None, **variables: object) -> Any:
        """The data of an answer without errors."""
        answer = self.post(query, token=token, variables=variables).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]


def codes(response: httpx.Response) -> list[str]:
    """The codes of an answer's errors."""
    return [error["extensions"]["code"] for error in response.json()["errors"]]
