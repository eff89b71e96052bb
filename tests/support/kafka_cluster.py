"""Apache Kafka on three nodes, as deploy/kubernetes/data runs it, on this machine."""

import socket
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from congvu_local.certificates import new_authority
from congvu_local.ports import LOOPBACK, free_port
from congvu_local.processes import Process, Program
from congvu_local.servers import system_environment
from support import maven_kafka
from support.namespaces import Hosts

DEPLOYED = Path(__file__).parents[2] / "deploy/kubernetes/data/server.properties"
NODES = range(3)
READY_WITHIN_S = 300
"""Three at once on two busy cores."""


@dataclass(frozen=True)
class Node:
    clients: str
    internal: str
    controller: str
    process: Process


@dataclass(frozen=True)
class Cluster:
    nodes: Sequence[Node]
    authority_file: Path
    admin_file: Path

    @property
    def brokers(self) -> str:
        return ",".join(each.clients for each in self.nodes)

    @property
    def admin_brokers(self) -> str:
        return ",".join(each.internal for each in self.nodes)

    def number_of(self, address: str) -> int:
        return [each.clients for each in self.nodes].index(address)

    def stop(self) -> None:
        for each in self.nodes:
            each.process.kill()


def start(folder: Path, hosts: Hosts | None = None) -> Cluster:
    """Formatted anew in `folder`; each node on a host of its own, where there are some."""
    addresses = [hosts.address(each) if hosts else LOOPBACK for each in NODES]
    library = maven_kafka.jars()
    authority = new_authority()
    (folder / "ca.pem").write_text(authority.pem)
    (folder / "admin.pem").write_text(authority.issue("admin"))
    (folder / "kafka.pem").write_text(authority.issue("kafka", sorted(set(addresses))))
    places = [{name: f"{host}:{free_port()}" for name in DOORS} for host in addresses]
    identity = maven_kafka.new_cluster_id()
    nodes = [
        _node(folder, number, places, hosts, identity=identity, library=library) for number in NODES
    ]
    cluster = Cluster(nodes, folder / "ca.pem", folder / "admin.pem")
    with ThreadPoolExecutor(len(nodes)) as together:
        for started in [together.submit(each.process.start) for each in nodes]:
            started.result()
    return cluster


DOORS = ("clients", "internal", "controller")


def _node(
    folder: Path,
    number: int,
    places: Sequence[Mapping[str, str]],
    hosts: Hosts | None,
    *,
    identity: str,
    library: Path,
) -> Node:
    mine = places[number]
    own = folder / f"node{number}"
    own.mkdir()
    (own / "server.properties").write_text(_settings(folder, number, places))
    maven_kafka.format_storage(library, own / "server.properties", identity)
    there = hosts.inside(number) if hosts else ()
    java = [*there, "java", *maven_kafka.JAVA, *maven_kafka.classpath(library)]
    program = Program(
        name=f"kafka-{number}",
        command=[*java, "kafka.Kafka", str(own / "server.properties")],
        log=own / "log.txt",
        environment=system_environment(),
        ready=partial(_listens, *mine["clients"].split(":")),
        ready_within_s=READY_WITHIN_S,
        stop_within_s=5,
    )
    return Node(**mine, process=Process(program))


def _listens(host: str, port: str) -> bool:
    with suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
        return True
    return False


def _settings(folder: Path, number: int, places: Sequence[Mapping[str, str]]) -> str:
    """The deployed ones, but for the places, and for times that a test can wait."""
    mine = places[number]
    voters = ",".join(f"{each}@{places[each]['controller']}" for each in NODES)
    doors = f"CLIENTS://{mine['clients']},INTERNAL://{mine['internal']}"
    placed = {
        "controller.quorum.voters": voters,
        "listeners": f"{doors},CONTROLLER://{mine['controller']}",
        "advertised.listeners": doors,
        "ssl.keystore.location": str(folder / "kafka.pem"),
        "ssl.truststore.location": str(folder / "ca.pem"),
        "log.dirs": str(folder / f"node{number}" / "data"),
    }
    smaller = {
        "offsets.topic.num.partitions": "4",
        "transaction.state.log.num.partitions": "2",
        "log.cleaner.dedupe.buffer.size": "4194304",
        "group.initial.rebalance.delay.ms": "0",
    }
    text = DEPLOYED.read_text().replace("@NODE@", str(number))
    deployed = dict(maven_kafka.properties(text))
    assert placed.keys() <= deployed.keys()
    assert not smaller.keys() & deployed.keys()
    return "".join(f"{name}={value}\n" for name, value in (deployed | placed | smaller).items())
