"""`python -m deploy.upgrade [FOLDER]` (`make upgrade-drill`): the version before and this one serve
side by side on the same databases and broker (embedded, or those that CONGVU_MONGO_URL and
CONGVU_KAFKA_BROKERS name), under load, while every replica is replaced one after the other, back
again, and forward. Exits 1 when a caller noticed, an event was buried, or one
version cannot read what the other stored.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from congvu_demo.load import load
from congvu_kit.domain.actor import Role
from congvu_kit.tools.contracts import all_contracts
from congvu_local.folder import DataFolder
from congvu_local.layout import Layout, choose_ports, gateway_command
from congvu_local.ports import LOOPBACK, free_port
from congvu_local.probes import http_ready
from congvu_local.processes import Process, Program, stop_all
from congvu_local.settings import SERVICES, LocalSettings
from congvu_local.tokens import LocalIssuer
from deploy.upgrade.load import Noticed, Pulse, Readers, WatchedGateway
from deploy.upgrade.versions import ROOT, before, broken, sources, tree_of

SIDE_BY_SIDE_S = 120.0
"""At least so long both versions serve (two minutes, and longer on a slow machine)."""

SERVERS = ("CONGVU_MONGO_URL", "CONGVU_KAFKA_BROKERS")
"""Where set, those of production's kind are used instead of the embedded ones."""

SLOTS = 2
DRAIN_MS = "3000"
PATIENT = {
    "CONGVU_QUERY_TIMEOUT_MS": "20000",
    "CONGVU_MUTATION_TIMEOUT_MS": "30000",
    "CONGVU_RATE_LIMIT_PER_MINUTE": "0",
}
"""A machine of two cores that runs two of everything is slow, which is not what is tried."""


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Fleet:
    """Two replicas of each service, each of either version, behind a gateway of each version."""

    def __init__(self, layout: Layout, old: Path) -> None:
        self._layout = layout
        self._trees = {"old": old, "new": ROOT}
        servers, parts = layout.tiers()
        self.servers = [Process(each) for each in servers]
        self._parts = {each.name: each for each in parts}
        self._ports = {(name, slot): free_port() for name in SERVICES for slot in range(SLOTS)}
        self._running: dict[tuple[str, int], Process] = {}
        self.gateways = {version: free_port() for version in self._trees}
        self._gateways = [Process(self._gateway(version)) for version in self._trees]

    def start(self) -> None:
        for each in self.servers:
            each.start()
        for slot in range(SLOTS):
            self.put(slot, "old")
        for each in self._gateways:
            each.start()

    def put(self, slot: int, version: str) -> None:
        """Replace that replica of every service, ending it as a deployment does."""
        stop_all([self._running[name, slot] for name in SERVICES if (name, slot) in self._running])
        made = {(name, slot): Process(self._replica(name, slot, version)) for name in SERVICES}
        for each in made.values():
            each.spawn()
        for each in made.values():
            each.wait_ready()
        self._running |= made

    def stop(self) -> None:
        stop_all([*self._gateways, *self._running.values()])
        stop_all(self.servers)

    def _url(self, name: str, slot: int) -> str:
        return f"http://{LOOPBACK}:{self._ports[name, slot]}"

    def _known(self, environment: Mapping[str, str], version: str) -> dict[str, str]:
        """Without what that version does not know yet: it would refuse to start."""
        file = self._trees[version] / "services/kit/src/congvu_kit/service/settings.py"
        told = file.read_text()
        return {
            name: value
            for name, value in environment.items()
            if not name.startswith("CONGVU_") or name in told
        }

    def _replica(self, name: str, slot: int, version: str) -> Program:
        part, url = self._parts[name], self._url(name, slot)
        own = {
            f"{name.upper()}_PORT": str(self._ports[name, slot]),
            f"{name.upper()}_URL": f"{url}/graphql",
            "CONGVU_DRAIN_MS": DRAIN_MS,
            "PYTHONPATH": sources(self._trees[version]),
        }
        return replace(
            part,
            name=f"{name} {slot} {version}",
            log=self._layout.log(f"{name}-{slot}-{version}"),
            environment=self._known({**part.environment, **own}, version),
            ready=http_ready(f"{url}/readyz"),
            live=http_ready(f"{url}/livez"),
        )

    def _gateway(self, version: str) -> Program:
        part = self._parts["gateway"]
        home = self._trees[version] / "services/gateway"
        port = self.gateways[version]
        own = {
            "CONGVU_SUPERGRAPH": str(home / "supergraph.graphql"),
            "CONGVU_GATEWAY_PORT": str(port),
            "CONGVU_METRICS_PORT": "0",
            **PATIENT,
            **{
                f"{name.upper()}_URL": ",".join(
                    f"{self._url(name, slot)}/graphql" for slot in range(SLOTS)
                )
                for name in SERVICES
            },
        }
        return replace(
            part,
            name=f"gateway {version}",
            folder=home,
            command=gateway_command(home),
            log=self._layout.log(f"gateway-{version}"),
            environment=self._known({**part.environment, **own}, version),
            ready=http_ready(f"http://{LOOPBACK}:{port}/readyz"),
            live=http_ready(f"http://{LOOPBACK}:{port}/livez"),
        )


ROLLS = (
    *(("new", slot) for slot in range(SLOTS)),
    *(("old", slot) for slot in range(SLOTS)),
    *(("new", slot) for slot in range(SLOTS)),
)
"""Forward, back, and forward for good; between any two both versions serve."""


def roll(fleet: Fleet) -> float:
    """How long both versions were there."""
    began = time.monotonic()
    for number, (version, slot) in enumerate(ROLLS, start=1):
        fleet.put(slot, version)
        say(f"{time.monotonic() - began:6.1f} s  replica {slot} of each service is {version}")
        if slot == 0:
            time.sleep(max(0.0, SIDE_BY_SIDE_S * number / len(ROLLS) - time.monotonic() + began))
    return time.monotonic() - began


@contextmanager
def fleet_of(folder: Path, old: Path) -> Iterator[tuple[Fleet, Layout, LocalIssuer]]:
    given = {name: os.environ[name] for name in SERVERS if name in os.environ}
    own = {"CONGVU_DATA_DIR": str(folder), "CONGVU_GATEWAY_PORT": "0"}
    settings = LocalSettings.from_environment(given | own)
    data = DataFolder(folder)
    data.lock()
    data.logs.mkdir(parents=True, exist_ok=True)
    layout = Layout(settings=settings, folder=data, ports=choose_ports(settings, data))
    issuer = LocalIssuer(key=data.issuer_key(), issuer=settings.issuer, audience=settings.audience)
    fleet = Fleet(layout, old)
    try:
        fleet.start()
        yield fleet, layout, issuer
    finally:
        fleet.stop()
        data.unlock()


def under_load(fleet: Fleet, issuer: LocalIssuer, noticed: Noticed) -> None:
    """The demo's quarter from its first person to its seal, told through the gateway of before,
    with readers of everything at both; the rolls meanwhile."""
    urls = {version: f"http://{LOOPBACK}:{port}" for version, port in fleet.gateways.items()}
    token = issuer.token(Role.PERIOD_ADMIN, province="56", subject="upgrade")
    failed: list[BaseException] = []

    def write() -> None:
        try:
            asyncio.run(
                load(
                    urls["old"],
                    issuer.token,
                    lambda step: say(f"          {step}"),
                    open_gateway=lambda url: WatchedGateway(url, noticed),
                )
            )
        except BaseException as exception:  # It is told by the thread that waits.
            failed.append(exception)

    writer = threading.Thread(target=write)
    with (
        Readers([f"{each}/graphql" for each in urls.values()], token, noticed),
        Pulse(noticed.began) as pulse,
    ):
        writer.start()
        lasted = roll(fleet)
        writer.join()
    say(f"{lasted:.0f} s side by side, {noticed.asked} requests, {len(noticed.wrong)} errors")
    for each in pulse.stalls:
        say(f"          {each}")
    if failed:
        raise failed[0]


def told_by_gateways(layout: Layout) -> Iterator[str]:
    """Which service they missed, when and why: a caller is told less."""
    for version in ("old", "new"):
        for line in layout.log(f"gateway-{version}").read_text().splitlines():
            entry = json.loads(line)
            if entry["level"] == "error":
                about = " ".join(str(entry.get(name, "")) for name in ("subgraph", "on", "error"))
                yield f"gateway {version}, {entry.get('time', '')}: {entry['event']} {about}"[:300]


def read_by(version: str, tree: Path, layout: Layout) -> list[str]:
    """What that version cannot read of what lies there now."""
    path = os.pathsep.join([sources(tree), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", "deploy.upgrade.reading", layout.mongo_url, "congvu_"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    say(f"the {version} version reads {found['documents']} documents")
    return [f"{version}: {each}" for each in found["unread"]]


def buried(layout: Layout) -> list[str]:
    environment = {**os.environ, "CONGVU_KAFKA_BROKERS": layout.kafka_brokers}
    found = []
    for service in SERVICES:
        done = subprocess.run(
            [str(Path(sys.executable).with_name("congvu")), "dlq", "list", service, "--json"],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        found += [f"{service} buried {line}" for line in done.stdout.splitlines()]
    return found


def drill(folder: Path) -> list[str]:
    """What was wrong."""
    commit = before()
    if commit is None:
        return ["the version before is not in this history"]
    say(f"from {commit[:12]}")
    wrong = list(broken(commit, all_contracts()))
    noticed = Noticed()
    with (
        tree_of(commit, folder / "before") as old,
        fleet_of(folder / "data", old) as (fleet, layout, issuer),
    ):
        under_load(fleet, issuer, noticed)
        wrong += noticed.wrong[:20]
        if noticed.wrong:
            wrong += [*told_by_gateways(layout)][:20]
        wrong += buried(layout)
        wrong += [*read_by("old", old, layout), *read_by("new", ROOT, layout)]
    return wrong


def main() -> None:
    if len(sys.argv) > 1:
        wrong = drill(Path(sys.argv[1]).absolute())
    else:
        with tempfile.TemporaryDirectory(prefix="congvu-upgrade-") as folder:
            wrong = drill(Path(folder))
    for each in wrong:
        say(f"WRONG: {each}")
    if wrong:
        raise SystemExit(1)
    say("nobody noticed")


if __name__ == "__main__":
    main()
