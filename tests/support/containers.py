"""MongoDB and Apache Kafka in containers, where a Docker engine answers."""

import base64
import gc
import uuid
import warnings
from pathlib import Path

import docker
import yaml
from docker.errors import DockerException
from docker.types import Ulimit
from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError
from testcontainers.core.container import DockerContainer

from congvu_local.ports import LOOPBACK, free_port
from congvu_local.probes import kafka_ready, mongo_ready
from support.polling import until

COMPOSE = Path(__file__).parents[2] / "deploy/compose.yaml"
_PARTS = yaml.safe_load(COMPOSE.read_text())["services"]
MONGO_IMAGE, KAFKA_IMAGE = _PARTS["mongo"]["image"], _PARTS["kafka"]["image"]
"""What the platform runs on; `make bases` makes stand-ins of these names."""

MONGO_PORT = 27017
ALREADY_INITIALIZED = 23
"""MongoDB's error code for a replica set that has its configuration."""

READY_WITHIN_S = 120
"""The first start may have to wait for the image's layers to unpack."""

ENGINE_ANSWERS_WITHIN_S = 5

LIMITS = [
    Ulimit(name="nofile", soft=1024, hard=4096),
    Ulimit(name="nproc", soft=1024, hard=2048),
]
"""As compose.standin.yaml has them."""


def engine_answers() -> bool:
    with warnings.catch_warnings():
        # Without an engine the docker package forgets its socket, which tests make an error.
        warnings.simplefilter("ignore", ResourceWarning)
        answered = _pings()
        gc.collect()
    return answered


def _pings() -> bool:
    try:
        client = docker.from_env(timeout=ENGINE_ANSWERS_WITHIN_S)
    except DockerException:
        return False
    try:
        return bool(client.ping())
    except (DockerException, OSError):
        return False
    finally:
        client.close()


def _container(image: str) -> DockerContainer:
    """Podman refuses its own limits where it may not raise any."""
    client = docker.from_env()
    parts = {each["Name"] for each in client.version().get("Components", ())}
    client.close()
    container = DockerContainer(image)
    if "Podman Engine" in parts:
        container = container.with_kwargs(ulimits=LIMITS)
    return container


class Container:
    """A container on a fixed port of this machine, so that a restarted one is found again."""

    def __init__(self, container: DockerContainer, address: str, label: str) -> None:
        self._container = container
        self.address = address
        self.label = label

    def kill(self) -> None:
        self._container.get_wrapped_container().kill()

    def start(self) -> None:
        self._container.get_wrapped_container().start()

    def stop(self) -> None:
        self._container.stop()


def start_mongo() -> Container:
    """A replica set of one: transactions need a set."""
    port = free_port()
    url = f"mongodb://{LOOPBACK}:{port}/?directConnection=true&w=majority&journal=true"
    container = (
        _container(MONGO_IMAGE)
        .with_bind_ports(MONGO_PORT, port)
        .with_command("mongod --replSet rs0 --bind_ip_all")
    )
    container.start()
    until(lambda: _initiate(url), within_s=READY_WITHIN_S, what="MongoDB accepts its replica set")
    until(mongo_ready(port, url), within_s=READY_WITHIN_S, what="MongoDB has a primary")
    return Container(container, url, f"MongoDB in a container ({MONGO_IMAGE})")


def _initiate(url: str) -> bool:
    members = [{"_id": 0, "host": f"localhost:{MONGO_PORT}"}]
    client: MongoClient[dict[str, object]] = MongoClient(url, serverSelectionTimeoutMS=2000)
    try:
        if "setName" in client.admin.command("hello"):
            return True
        client.admin.command("replSetInitiate", {"_id": "rs0", "members": members})
    except OperationFailure as error:
        return error.code == ALREADY_INITIALIZED
    except PyMongoError:
        return False
    finally:
        client.close()
    return True


KAFKA_STARTS = (
    'echo "$PROPERTIES" > /tmp/server.properties'
    " && /opt/kafka/bin/kafka-storage.sh format --ignore-formatted"
    ' --cluster-id "$CLUSTER" --config /tmp/server.properties'
    " && exec /opt/kafka/bin/kafka-server-start.sh /tmp/server.properties"
)


def start_kafka() -> Container:
    port = free_port()
    properties = "\n".join(f"{name}={value}" for name, value in _kafka_settings(port).items())
    container = (
        _container(KAFKA_IMAGE)
        .with_bind_ports(port, port)
        .with_env("PROPERTIES", properties)
        .with_env("CLUSTER", base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("="))
        .with_env("LOG_DIR", "/tmp")
        .with_command(["/bin/bash", "-c", KAFKA_STARTS])
    )
    container.start()
    until(kafka_ready(port), within_s=READY_WITHIN_S, what="Kafka describes its cluster")
    return Container(
        container, f"{LOOPBACK}:{port}", f"Apache Kafka in a container ({KAFKA_IMAGE})"
    )


def _kafka_settings(port: int) -> dict[str, str]:
    return {
        "node.id": "1",
        "process.roles": "broker,controller",
        "controller.quorum.voters": "1@localhost:9093",
        "listeners": f"CLIENTS://0.0.0.0:{port},CONTROLLER://localhost:9093",
        "advertised.listeners": f"CLIENTS://{LOOPBACK}:{port}",
        "controller.listener.names": "CONTROLLER",
        "inter.broker.listener.name": "CLIENTS",
        "listener.security.protocol.map": "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "auto.create.topics.enable": "false",
        "group.initial.rebalance.delay.ms": "0",
        "offsets.topic.replication.factor": "1",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "log.dirs": "/var/lib/kafka/data",
    }
