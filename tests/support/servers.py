"""The real servers that tests run against, on free ports of this machine.

Database: the address in CONGVU_TEST_MONGO_URL, else MongoDB in a container, else the embedded one.
Broker: the address in CONGVU_TEST_KAFKA_BROKERS, else Apache Kafka in a container, else Apache
Kafka from Maven, else the embedded one; CONGVU_TEST_REQUIRE_KAFKA=apache makes the last an error.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from congvu_local.ports import LOOPBACK, free_port
from congvu_local.processes import Process
from congvu_local.servers import (
    broker_label,
    broker_program,
    database_program,
    database_server,
    database_url,
)
from support import containers, maven_kafka
from support.maven_kafka import KafkaNotResolved, Secured


class Server(Protocol):
    """A started server; `kill` then `start` brings it back with its port and its data."""

    @property
    def address(self) -> str: ...

    @property
    def label(self) -> str: ...

    def kill(self) -> None:
        """As `kill -9` does."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


class GivenServer:
    """Somebody else's server: used, never stopped."""

    def __init__(self, address: str, kind: str) -> None:
        self.address = address
        self.label = f"{kind} at a given address"

    def kill(self) -> None:
        raise RuntimeError(f"{self.label} is not ours to kill")

    def start(self) -> None:
        raise RuntimeError(f"{self.label} is not ours to start")

    def stop(self) -> None:
        """Left as it is."""


class ChildServer:
    def __init__(
        self, process: Process, address: str, label: str, secured: Secured | None = None
    ) -> None:
        self.process = process
        self.secured = secured
        self.address = address
        self.label = label

    def kill(self) -> None:
        self.process.kill()

    def start(self) -> None:
        self.process.start()

    def stop(self) -> None:
        self.process.stop()


def start_database(folder: Path) -> Server:
    """Whichever the order above gives; `folder` is empty and holds what an own one writes."""
    given = os.environ.get("CONGVU_TEST_MONGO_URL")
    if given:
        return GivenServer(given, "MongoDB")
    if containers.engine_answers():
        return containers.start_mongo()
    return start_own_database(folder)


def start_own_database(folder: Path) -> ChildServer:
    """The embedded database, for tests that kill it."""
    port = free_port()
    program = database_program(port=port, folder=folder / "database", log=folder / "database.log")
    return ChildServer(Process(program).start(), database_url(port), database_server().label)


def start_broker(folder: Path) -> Server:
    """Whichever the order above gives; one that is there and does not start is an error.

    Raises `KafkaNotResolved` when Apache Kafka is required and no way to it works.
    """
    given = os.environ.get("CONGVU_TEST_KAFKA_BROKERS")
    if given:
        return GivenServer(given, "Kafka")
    if containers.engine_answers():
        return containers.start_kafka()
    try:
        maven_kafka.jars()
    except KafkaNotResolved:
        if os.environ.get("CONGVU_TEST_REQUIRE_KAFKA") == "apache":
            raise
        return start_embedded_broker(folder)
    return start_apache_kafka(folder)


def start_apache_kafka(folder: Path, *, advertised_port: int | None = None) -> ChildServer:
    port = free_port()
    process, secured = maven_kafka.kafka_process(
        port=port,
        folder=folder / "kafka",
        log=folder / "kafka.log",
        advertised_port=advertised_port,
    )
    label = f"Apache Kafka {maven_kafka.KAFKA} (Maven)"
    return ChildServer(process.start(), f"{LOOPBACK}:{port}", label, secured)


def start_embedded_broker(folder: Path, *, advertised_port: int | None = None) -> ChildServer:
    port = free_port()
    program = broker_program(port=port, log=folder / "broker.log", advertised_port=advertised_port)
    return ChildServer(Process(program).start(), f"{LOOPBACK}:{port}", broker_label())


def resolve_ahead() -> None:
    """Fetch what starting a broker needs, so that no test's time limit pays for a download."""
    given = os.environ.get("CONGVU_TEST_KAFKA_BROKERS")
    if not given and not containers.engine_answers():
        with suppress(KafkaNotResolved):  # told, where it matters, by the test that needs it
            maven_kafka.jars()
