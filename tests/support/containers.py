"""MongoDB and Apache Kafka in containers, where a Docker engine answers."""

import gc
import warnings

import docker
from docker.errors import DockerException
from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError
from testcontainers.core.container import DockerContainer

from congvu_local.ports import LOOPBACK, free_port
from congvu_local.probes import kafka_ready, mongo_ready
from support.polling import until

MONGO_IMAGE = "mongo:8.0"
KAFKA_IMAGE = "apache/kafka:4.1.0"

MONGO_PORT = 27017
ALREADY_INITIALIZED = 23
"""MongoDB's error code for a replica set that has its configuration."""

READY_WITHIN_S = 120
"""The first start may have to wait for the image's layers to unpack."""

ENGINE_ANSWERS_WITHIN_S = 5


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
        DockerContainer(MONGO_IMAGE)
        .with_bind_ports(MONGO_PORT, port)
        .with_command("--replSet rs0 --bind_ip_all")
    )
    container.start()
    until(lambda: _initiate(url), within_s=READY_WITHIN_S, what="MongoDB accepts its replica set")
    until(mongo_ready(port, url), within_s=READY_WITHIN_S, what="MongoDB has a primary")
    return Container(container, url, f"MongoDB in a container ({MONGO_IMAGE})")


def _initiate(url: str) -> bool:
    members = [{"_id": 0, "host": f"localhost:{MONGO_PORT}"}]
    client: MongoClient[dict[str, object]] = MongoClient(url, serverSelectionTimeoutMS=2000)
    try:
        client.admin.command("replSetInitiate", {"_id": "rs0", "members": members})
    except OperationFailure as error:
        return error.code == ALREADY_INITIALIZED
    except PyMongoError:
        return False
    finally:
        client.close()
    return True


def start_kafka() -> Container:
    port = free_port()
    container = DockerContainer(KAFKA_IMAGE).with_bind_ports(port, port)
    for name, value in _kafka_settings(port).items():
        container = container.with_env(name, value)
    container.start()
    until(kafka_ready(port), within_s=READY_WITHIN_S, what="Kafka describes its cluster")
    return Container(
        container, f"{LOOPBACK}:{port}", f"Apache Kafka in a container ({KAFKA_IMAGE})"
    )


def _kafka_settings(port: int) -> dict[str, str]:
    return {
        "KAFKA_NODE_ID": "1",
        "KAFKA_PROCESS_ROLES": "broker,controller",
        "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
        "KAFKA_LISTENERS": f"CLIENTS://0.0.0.0:{port},CONTROLLER://localhost:9093",
        "KAFKA_ADVERTISED_LISTENERS": f"CLIENTS://{LOOPBACK}:{port}",
        "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
        "KAFKA_INTER_BROKER_LISTENER_NAME": "CLIENTS",
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false",
        "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
        "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
        "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
        "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR": "1",
    }
