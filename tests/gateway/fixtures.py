"""A world of real subgraphs and one gateway with ordinary settings; others are made per test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from congvu_faults.proxy import Proxy
from congvu_local.ports import free_port
from gateway.issuer import Issuer, TableIssuer
from gateway.running import NAMES, PROGRAMS, SECRET, Gateway, World, node, write_schemas
from gateway.subgraphs import Subgraph

StartGateway = Callable[..., Gateway]


@pytest.fixture(scope="session", params=PROGRAMS)
def world(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[World]:
    """Around each program that is a gateway here: one table of tests holds for all."""
    folder = tmp_path_factory.mktemp("gateway")
    write_schemas(folder)
    issuer = Issuer()
    issuer.start()
    subgraphs = {name: Subgraph(name, free_port(), SECRET) for name in NAMES}
    world = World(folder, issuer, subgraphs, request.param)
    composed = node("compose.mjs", "--services", str(folder), "--output", str(world.supergraph))
    assert composed.returncode == 0, composed.stderr
    for subgraph in subgraphs.values():
        subgraph.start()
    yield world
    for subgraph in subgraphs.values():
        subgraph.stop()
    issuer.stop()


@pytest.fixture(scope="session")
def table_issuer() -> Iterator[TableIssuer]:
    issuer = TableIssuer()
    issuer.start()
    yield issuer
    issuer.stop()


@pytest.fixture(scope="session")
def gateway(world: World) -> Iterator[Gateway]:
    """With ordinary settings; shared, so a test leaves it as it was."""
    running = Gateway(world.environment(), world.folder / "gateway.log")
    running.start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def start_gateway(world: World, tmp_path: Path) -> Iterator[StartGateway]:
    """Start a gateway with settings of the test's own."""
    started: list[Gateway] = []

    def start(**settings: str | None) -> Gateway:
        gateway = Gateway(world.environment(**settings), tmp_path / "gateway.log")
        started.append(gateway)
        gateway.start()
        return gateway

    yield start
    for gateway in started:
        gateway.stop()


@pytest.fixture
def proxy(world: World) -> Iterator[Proxy]:
    """Before feedback."""
    feedback = world.subgraphs["feedback"]
    with Proxy(feedback.port) as proxy:
        feedback.behind = {f"127.0.0.1:{proxy.port}"}
        yield proxy


@pytest.fixture(scope="session")
def strict_gateway(world: World) -> Iterator[Gateway]:
    """With limits small enough to trip with a small request."""
    settings = {
        "CONGVU_MAX_BODY_BYTES": "4096",
        "CONGVU_MAX_BODY_BYTES_AUTHENTICATED": "8192",
        "CONGVU_QUERY_TIMEOUT_MS": "400",
        "CONGVU_CORS_ORIGINS": "https://hrm.example.vn",
    }
    running = Gateway(world.environment(**settings), world.folder / "strict.log")
    running.start()
    yield running
    assert running.stop() == 0
