"""The gateways before a service that does nothing, at 1 to 64 clients: what they cost themselves.

The clients are `wrk`; without it nothing is measured. The router takes part where it was built.
"""

import re
import shutil
import socket
import statistics
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from congvu_bench.figures import Figure, spread
from congvu_kit.domain.actor import Role
from congvu_local import router
from congvu_local.folder import DataFolder
from congvu_local.layout import Layout, choose_ports, gateway_home
from congvu_local.node import node_binary
from congvu_local.ports import LOOPBACK, free_port
from congvu_local.processes import Process, Program, python
from congvu_local.settings import SERVICES, LocalSettings
from congvu_local.tokens import LocalIssuer

CLIENTS = (1, 16, 64)
ROUNDS, SECONDS = 3, 3
NODE, ROUTER, STUB = "Node", "router", "the stub"

SCRIPT = """
wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
wrk.headers["authorization"] = "Bearer {token}"
local number = 0
request = function()
  number = number + 1
  local body = '{{"query":"query($c: String!) {{ workProduct(code: $c) {{ id code }} }}",' ..
    '"variables":{{"c":"A.' .. number .. '"}}}}'
  return wrk.format(nil, nil, nil, body)
end
"""

UNLIMITED = {"CONGVU_RATE_LIMIT_PER_MINUTE": "10000000"}


@dataclass(frozen=True)
class Seen:
    """Of one round: requests a second, and the median of their time in milliseconds."""

    rate: float
    median_ms: float


def programs(home: Path) -> Mapping[str, Sequence[str]]:
    """The command of each gateway that is there; a router of other sources is not."""
    built = router.program(home)
    found: dict[str, Sequence[str]] = {NODE: [str(node_binary()), "src/server.mjs"]}
    is_ours = built.is_file() and router.objection(home) is None
    return found | ({ROUTER: [str(built)]} if is_ours else {})


def measure() -> list[Figure]:
    if shutil.which("wrk") is None:
        return []
    with tempfile.TemporaryDirectory() as name, _running(Path(name)) as (urls, processes, token):
        script = Path(name) / "ask.lua"
        script.write_text(SCRIPT.format(token=token))
        seen: dict[tuple[str, int], list[Seen]] = {}
        for clients in CLIENTS:
            for _ in range(ROUNDS):
                for who, url in urls.items():
                    seen.setdefault((who, clients), []).append(_ask(url, clients, script))
        resident = {
            who: psutil.Process(process.pid).memory_info().rss / 1e6
            for who, process in processes.items()
        }
    return [*_figures(seen), *_memory(resident)]


def _ask(url: str, clients: int, script: Path) -> Seen:
    threads = min(2, clients)
    command = [
        "wrk",
        f"-t{threads}",
        f"-c{clients}",
        f"-d{SECONDS}s",
        "--latency",
        "--timeout",
        "10s",
        "-s",
        str(script),
        url,
    ]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(f"{url} did not answer every request: {told}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    median = re.search(r"50%\s+([\d.]+)(us|ms|s)", told)
    if rate is None or median is None:
        raise RuntimeError(f"not understood: {told}")
    return Seen(float(rate[1]), float(median[1]) * {"us": 1e-3, "ms": 1.0, "s": 1e3}[median[2]])


@contextmanager
def _running(folder: Path) -> Iterator[tuple[Mapping[str, str], Mapping[str, Process], str]]:
    """Addresses of the gateways and of the stub, the gateways' processes, and a token."""
    data = DataFolder(folder)
    data.lock()
    stub_port = free_port()
    settings = LocalSettings(data_dir=folder, ports=dict.fromkeys(SERVICES, stub_port))
    layout = Layout(settings=settings, folder=data, ports=choose_ports(settings, data))
    issuer = LocalIssuer(key=data.issuer_key(), issuer=settings.issuer, audience=settings.audience)
    known = {each.name: each for tier in layout.tiers() for each in tier}
    with ExitStack() as stack:
        started = [_stub(stub_port, folder), known["issuer"]]
        for program in started:
            stack.callback(Process(program).start().stop)
        processes, urls = {}, {}
        for who, command in programs(gateway_home()).items():
            port = free_port()
            processes[who] = Process(_gateway(known["gateway"], who, command, port))
            stack.callback(processes[who].start().stop)
            urls[who] = f"http://{LOOPBACK}:{port}/graphql"
        stack.callback(data.unlock)
        urls[STUB] = f"http://{LOOPBACK}:{stub_port}/graphql"
        yield urls, processes, issuer.token(Role.AUDITOR, province="56")


def _stub(port: int, folder: Path) -> Program:
    def listens() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex((LOOPBACK, port)) == 0

    command = python("congvu_bench.stub", str(port))
    return Program(name="stub", command=command, log=folder / "stub.log", ready=listens)


def _gateway(program: Program, who: str, command: Sequence[str], port: int) -> Program:
    from congvu_local.probes import http_ready

    base = f"http://{LOOPBACK}:{port}"
    told = {
        "CONGVU_GATEWAY_PORT": str(port),
        "CONGVU_METRICS_PORT": str(free_port()),
        **UNLIMITED,
    }
    return replace(
        program,
        name=who,
        command=command,
        log=program.log.with_name(f"gateway-{who}.log"),
        environment={**program.environment, **told},
        ready=http_ready(f"{base}/readyz"),
        live=http_ready(f"{base}/livez"),
    )


def _figures(seen: Mapping[tuple[str, int], Sequence[Seen]]) -> Iterator[Figure]:
    """Each gateway against the stub, the router against Node too."""
    pairs = [(NODE, STUB, ""), (ROUTER, STUB, ""), (ROUTER, NODE, "at least 10, at 16")]
    for clients in CLIENTS:
        for who, against, goal in pairs:
            if (who, clients) not in seen:
                continue
            mine, theirs = seen[who, clients], seen[against, clients]
            ms = statistics.median(each.median_ms for each in mine)
            yield Figure(
                area="gateway",
                name=f"{who}, {clients} clients (median {ms:.1f} ms)",
                value=statistics.median(each.rate for each in mine),
                unit="requests/s",
                peer=against,
                peer_value=statistics.median(each.rate for each in theirs),
                noise=spread([a.rate / b.rate for a, b in zip(mine, theirs, strict=True)]),
                goal=goal,
            )


def _memory(resident: Mapping[str, float]) -> Iterator[Figure]:
    for who, size_mb in resident.items():
        yield Figure(
            area="gateway",
            name=f"{who}, resident after it",
            value=size_mb,
            unit="MB",
            peer=NODE,
            peer_value=resident[NODE],
        )
