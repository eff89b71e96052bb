"""Readers' pages at 64 clients, against a file of the same size from the same server."""

import asyncio
import statistics
import sys
import time
from pathlib import Path

import httpx
import uvicorn
from starlette.responses import FileResponse
from starlette.routing import Route

from congvu_bench.figures import Figure
from congvu_kit.service.serving import KEEP_ALIVE_S
from congvu_local.ports import LOOPBACK, free_port
from congvu_local.probes import http_ready
from congvu_local.processes import Process, Program, python
from pages_service.settings import PagesSettings
from pages_service.web import create_app

CLIENTS, EACH = 64, 40
KEPT_S, NOT_KEPT_S = 60.0, 0.000_001
PAGE = "/cong-khai/tinh/56"
"""The province of the demo data, with its units."""

PEER = "/the-same-bytes"


def server(gateway_url: str, keep_s: float, file: Path, log: Path) -> tuple[Process, str]:
    port = free_port()
    program = Program(
        name="pages",
        command=python("congvu_bench.pages", str(port), gateway_url, str(keep_s), str(file)),
        log=log,
        ready=http_ready(f"http://{LOOPBACK}:{port}/readyz"),
    )
    return Process(program).start(), f"http://{LOOPBACK}:{port}"


async def p95_ms(url: str) -> float:
    """Of all requests, while every client has one under way; after a first round unheard."""
    taken: list[float] = []
    limits = httpx.Limits(max_connections=CLIENTS, max_keepalive_connections=CLIENTS)

    async def reader(client: httpx.AsyncClient) -> None:
        for at in range(EACH + 1):
            started = time.perf_counter()
            response = await client.get(url, headers={"accept-encoding": "identity"})
            response.raise_for_status()
            if at:
                taken.append((time.perf_counter() - started) * 1000)

    async with httpx.AsyncClient(timeout=60, limits=limits) as client:
        await asyncio.gather(*(reader(client) for _ in range(CLIENTS)))
    return statistics.quantiles(taken, n=20)[-1]


async def measure(gateway_url: str, folder: Path) -> list[Figure]:
    """Figures of a running platform that holds the demo data."""
    file = folder / "page.html"
    figures = []
    for name, keep_s in (("kept", KEPT_S), ("asked for anew", NOT_KEPT_S)):
        process, base = server(gateway_url, keep_s, file, folder / "pages.log")
        try:
            async with httpx.AsyncClient(timeout=60) as client:
                page = await client.get(f"{base}{PAGE}")
            file.write_bytes(page.raise_for_status().content)
            value, peer_value = await p95_ms(f"{base}{PAGE}"), await p95_ms(f"{base}{PEER}")
        finally:
            process.stop()
        figures.append(
            Figure(
                area="pages",
                name=f"p95 at {CLIENTS} clients, page {name}",
                value=value,
                unit="ms",
                peer="file of the same size",
                peer_value=peer_value,
            )
        )
    return figures


def main() -> None:
    port, gateway_url, keep_s, file = sys.argv[1:]
    settings = PagesSettings(gateway_url=gateway_url, keep_s=float(keep_s), port=int(port))
    app = create_app(settings)

    async def same_bytes(_: object) -> FileResponse:
        return FileResponse(file)

    app.router.routes.append(Route(PEER, same_bytes))
    uvicorn.run(app, port=settings.port, log_config=None, timeout_keep_alive=KEEP_ALIVE_S)


if __name__ == "__main__":
    main()
