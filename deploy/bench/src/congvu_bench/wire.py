"""Requests over the wire: through the gateway, to the service, and the same read as plain JSON."""

import base64
import hashlib
import json
import secrets
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Set
from pathlib import Path
from typing import Any

import httpx

from congvu_bench.figures import Figure, median_ms
from congvu_kit.adapters.auth import COMPONENTS, sign
from congvu_local.platform import Platform
from congvu_local.ports import free_port
from congvu_local.probes import http_ready
from congvu_local.processes import Process, Program
from congvu_local.showcase import Showcase, demo_load

TIMES, WARM_UP = 300, 30

SMALL = "query($code: String!) { workProduct(code: $code) { id code nameVi group } }"
FIRST_CODE = "{ workProducts(first: 1) { edges { node { code } } } }"


def signed_headers(url: str, body: bytes, secret: str, token: str | None) -> dict[str, str]:
    """What the gateway puts on a call, so that a service can be asked without it."""
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    headers = {
        "content-type": "application/json",
        "content-digest": f"sha-256=:{digest}:",
        "x-request-id": "bench",
    }
    if token:
        headers["authorization"] = f"Bearer {token}"
    covered = " ".join(f'"{name}"' for name in COMPONENTS)
    parameters = (
        f'({covered});created={int(time.time())};nonce="{secrets.token_hex(16)}"'
        ';keyid="gateway";alg="hmac-sha256"'
    )
    signature = sign(secret.encode(), "POST", url, headers, parameters)
    return headers | {"signature-input": f"gw={parameters}", "signature": f"gw=:{signature}:"}


class Refused(RuntimeError):
    """`codes` of the errors of an answer."""

    def __init__(self, said: str, codes: Set[str]) -> None:
        super().__init__(said)
        self.codes = codes


class Caller:
    """Sends one query again and again and makes sure that it is answered."""

    def __init__(self, client: httpx.AsyncClient, url: str, query: str, **more: Any) -> None:
        self._client = client
        self._url = url
        self._body = json.dumps({"query": query, "variables": more.get("variables", {})}).encode()
        self._secret: str | None = more.get("secret")
        self._token: str | None = more.get("token")

    async def __call__(self) -> Mapping[str, Any]:
        headers = {"content-type": "application/json"}
        if self._secret:
            headers = signed_headers(self._url, self._body, self._secret, self._token)
        elif self._token:
            headers["authorization"] = f"Bearer {self._token}"
        response = await self._client.post(self._url, content=self._body, headers=headers)
        answer: dict[str, Any] = response.json()
        errors = answer.get("errors") or []
        if response.status_code != httpx.codes.OK or errors:
            codes = {each["extensions"]["code"] for each in errors}
            raise Refused(f"{self._url}: {response.status_code} {response.text[:400]}", codes)
        data: Mapping[str, Any] = answer["data"]
        return data


def plain_endpoint(platform: Platform, folder: Path) -> tuple[Process, str]:
    port = free_port()
    command = [sys.executable, "-m", "congvu_bench.plain", str(port), platform.mongo_url]
    program = Program(
        name="plain",
        command=[*command, "congvu_catalogue", "work_products"],
        log=folder / "plain.log",
        ready=http_ready(f"http://127.0.0.1:{port}/readyz"),
    )
    return Process(program).start(), f"http://127.0.0.1:{port}"


async def load_demo(platform: Platform) -> None:
    await demo_load()(platform.base_url, platform.token_for, lambda _: None)


async def measure(platform: Platform, folder: Path) -> Iterator[Figure]:
    """Figures of a running platform that holds the demo data."""
    secret = platform.folder.gateway_secret()
    showcase = Showcase.of_demo()
    why = showcase.examples[0]
    tokens = showcase.tokens(platform.issuer)
    caller = next(each for each in tokens if each["role"] == why["role"])
    plain, plain_url = plain_endpoint(platform, folder)
    try:
        async with httpx.AsyncClient(timeout=30) as client:
            first = await Caller(client, platform.graphql_url, FIRST_CODE)()
            code = first["workProducts"]["edges"][0]["node"]["code"]
            variables = {"code": code}
            service_url = f"{platform.service_url('catalogue')}/graphql"
            calls: dict[str, Callable[[], Awaitable[object]]] = {
                "plain": lambda: client.get(f"{plain_url}/{code}"),
                "service": Caller(client, service_url, SMALL, variables=variables, secret=secret),
                "gateway": Caller(client, platform.graphql_url, SMALL, variables=variables),
                "why": Caller(
                    client,
                    platform.graphql_url,
                    why["query"],
                    variables=why["variables"],
                    token=caller["token"],
                ),
            }
            taken = {
                name: await median_ms(call, times=TIMES, warm_up=WARM_UP)
                for name, call in calls.items()
            }
    finally:
        plain.stop()
    return iter(_figures(taken))


def _figures(taken: Mapping[str, float]) -> list[Figure]:
    def figure(name: str, of: str, against: str, peer: str) -> Figure:
        return Figure(
            area="wire",
            name=name,
            value=taken[of],
            unit="ms",
            peer=peer,
            peer_value=taken[against],
        )

    return [
        figure("small query, service", "service", "plain", "plain JSON endpoint, same read"),
        figure("small query, gateway", "gateway", "plain", "plain JSON endpoint, same read"),
        figure("small query, gateway", "gateway", "service", "the same query at the service"),
        figure("Why query, three services", "why", "gateway", "small query through the gateway"),
    ]
