"""The shared fixtures: one database and one broker a session, a fresh corner of each per test."""

import gc
import uuid
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from pymongo import MongoClient
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from congvu_kit.service.app import collect_seldom
from support import servers
from support.servers import Server

SYSTEM = "tests/system/"

APART = frozenset(f"{SYSTEM}test_{name}.py" for name in ("faults", "short_faults", "three_brokers"))
"""They start platforms of their own."""

TOGETHER = frozenset(f"tests/local/test_{name}.py" for name in ("platform", "recovery"))
"""They share one platform, which is not the story's."""

LONG = frozenset(
    f"tests/{name}.py"
    for name in (
        "system/test_three_brokers",
        "gateway/test_rolling",
        "kit/test_groups",
        "kit/test_deaths",
        "evaluation/results/test_workers",
        "gateway/test_deadlines",
        "security/test_price_documents",
        "security/test_sealed_fields",
        "security/test_inputs",
        "catalogue/imports/test_sheets",
        "clients/test_generated",
        "docs/test_site",
        "evaluation/test_plans",
    )
)
"""Modules that take long: one that came last would leave the other processes without work."""

BROKER_FIXTURES = frozenset({"kafka_brokers", "make_topic", "topic_prefix", "which_broker"})

MakeTopic = Callable[..., Awaitable[str]]
"""`await make_topic("facts", partitions=3)` creates the topic and returns its full name."""

_labels = pytest.StashKey[dict[str, str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_labels] = {}
    gc.disable()  # what is collected stays: there are no cycles to look for until it is there


def pytest_collection_finish(session: pytest.Session) -> None:
    collect_seldom()
    if not session.config.option.collectonly and any(map(_needs_broker, session.items)):
        servers.resolve_ahead()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones begin, the longest first."""
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    module = item.nodeid.partition("::")[0]
    if _scope(module) == SYSTEM:
        return 0
    if item.get_closest_marker("system"):
        return 1
    return 2 if module in LONG else 3


def _scope(module: str) -> str:
    """What stays in one process with a module."""
    if module in TOGETHER:
        return min(TOGETHER)
    return SYSTEM if module.startswith(SYSTEM) and module not in APART else module


class ByModule(LoadScopeScheduling):  # type: ignore[misc] # xdist says no types
    """Where several processes share the work, a module stays in one, and so do all that watch the
    one story, or break one platform."""

    def _split_scope(self, nodeid: str) -> str:
        return _scope(nodeid.partition("::")[0])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByModule:
    return ByModule(config, log)


def _needs_broker(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("kafka") is not None or not BROKER_FIXTURES.isdisjoint(fixtures)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for kind, label in config.stash[_labels].items():
        terminalreporter.write_line(f"{kind} under test: {label}")


@pytest.fixture(scope="session")
def database_server(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[Server]:
    server = servers.start_database(tmp_path_factory.mktemp("database"))
    pytestconfig.stash[_labels]["database"] = server.label
    yield server
    server.stop()


@pytest.fixture(scope="session")
def broker_server(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[Server]:
    server = servers.start_broker(tmp_path_factory.mktemp("broker"))
    pytestconfig.stash[_labels]["broker"] = server.label
    yield server
    server.stop()


@pytest.fixture(scope="session")
def mongo_url(database_server: Server) -> str:
    return database_server.address


@pytest.fixture(scope="session")
def kafka_brokers(broker_server: Server) -> str:
    return broker_server.address


@pytest.fixture(scope="session")
def which_broker(broker_server: Server) -> str:
    """What the broker under test is, in words."""
    return broker_server.label


@pytest.fixture(scope="session")
def kafka_idempotence(which_broker: str) -> bool:
    """Whether producers may ask the broker under test for idempotence."""
    return "Kafka" in which_broker


@pytest.fixture
def mongo_database(mongo_url: str) -> Iterator[str]:
    """The name of a database of this test alone, dropped afterwards."""
    name = f"test_{uuid.uuid4().hex}"
    yield name
    client: MongoClient[dict[str, object]] = MongoClient(mongo_url)
    try:
        for each in [each for each in client.list_database_names() if each.startswith(name)]:
            client.drop_database(each)
    finally:
        client.close()


@pytest.fixture
def topic_prefix() -> str:
    """Put before topics and groups, it keeps tests on one broker apart."""
    return f"t{uuid.uuid4().hex}."


@pytest.fixture
def make_topic(kafka_brokers: str, topic_prefix: str) -> MakeTopic:
    async def make(name: str, *, partitions: int = 1) -> str:
        topic = topic_prefix + name
        await create_topics(kafka_brokers, {topic: partitions})
        return topic

    return make


async def create_topics(brokers: str, partitions: dict[str, int]) -> None:
    """Create each topic with its number of partitions."""
    admin = AIOKafkaAdminClient(bootstrap_servers=brokers)
    await admin.start()
    try:
        await admin.create_topics(
            [
                NewTopic(name, num_partitions=count, replication_factor=1)
                for name, count in partitions.items()
            ]
        )
    finally:
        await admin.close()


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[Server]:
    """A database of this test alone, to kill and start again."""
    server = servers.start_own_database(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def own_apache_kafka(tmp_path: Path) -> Iterator[Server]:
    """An Apache Kafka of this test alone, to kill and start again."""
    server = servers.start_apache_kafka(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def own_embedded_broker(tmp_path: Path) -> Iterator[Server]:
    """An embedded broker of this test alone; a kill empties it."""
    server = servers.start_embedded_broker(tmp_path)
    yield server
    server.stop()
