"""Apache Kafka on three nodes as it is deployed: any one may die, the leader too, and every event
that was acknowledged is there."""

import asyncio
import os
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from time import monotonic
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from typer.testing import CliRunner

from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.kafka import KafkaBroker
from congvu_kit.service.connections import kafka_options
from congvu_kit.service.definition import topic_of
from congvu_kit.service.settings import KafkaSettings
from congvu_kit.tools import broker, contracts
from congvu_kit.tools.cli import build
from support import kafka_cluster, namespaces
from support.kafka_cluster import Cluster
from support.maven_kafka import KafkaNotResolved
from support.namespaces import Hosts, NotPermitted
from support.polling import eventually

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(400)]

USER = "evaluation"
TOPIC = topic_of(USER)
PARTITIONS = KafkaSettings.model_fields["kafka_partitions"].default
BATCH = 20
AWAY_S = 25.0
"""How long nothing may be acknowledged when a broker dies: the others give it up after 6 s, a
request to one that is cut off takes 5 s, and this machine is busy."""


@pytest.fixture(scope="module")
def hosts() -> Iterator[Hosts | None]:
    """One for each broker, where this machine lets us make them."""
    try:
        made = namespaces.make(len(kafka_cluster.NODES))
    except NotPermitted:
        yield None
        return
    yield made
    made.close()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, hosts: Hosts | None) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    try:
        made = kafka_cluster.start(folder, hosts)
    except KafkaNotResolved as exception:
        if os.environ.get("CONGVU_TEST_REQUIRE_KAFKA") == "apache":
            raise
        pytest.skip(str(exception))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def options(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Of a user who may only what a service may, after `congvu broker prepare`."""
    folder = tmp_path_factory.mktemp("passwords")
    granted = broker.rights(contracts.all_contracts())
    for user in {each.user for each in granted}:
        (folder / user).write_text(f"{user}-{'p' * 32}\n")
    given = {
        "CONGVU_KAFKA_BROKERS": cluster.admin_brokers,
        "CONGVU_KAFKA_SECURITY": "SSL",
        "CONGVU_KAFKA_CA_FILE": str(cluster.authority_file),
        "CONGVU_KAFKA_CERTIFICATE_FILE": str(cluster.admin_file),
    }
    command = ["broker", "prepare", "--passwords", str(folder)]
    deadline = monotonic() + 60
    while (done := CliRunner().invoke(build("broker"), command, env=given)).exit_code:
        assert monotonic() < deadline, done.output
    return kafka_options(
        KafkaSettings(
            kafka_brokers=cluster.brokers,
            kafka_security="SASL_SSL",
            kafka_user=USER,
            kafka_password=(folder / USER).read_text().strip(),
            kafka_ca_file=cluster.authority_file,
        )
    )


@dataclass
class Load:
    """What a relay does: a batch is sent until it is acknowledged."""

    broker: KafkaBroker
    name: str = field(default_factory=lambda: uuid.uuid4().hex)
    acknowledged: list[str] = field(default_factory=list)
    told: list[float] = field(default_factory=list)

    async def run(self) -> None:
        while True:
            first = len(self.acknowledged)
            batch = [event(f"{self.name}-{first + each}") for each in range(BATCH)]
            while True:
                with suppress(KafkaError):
                    await self.broker.publish(TOPIC, batch)
                    break
                await asyncio.sleep(0.5)
            self.acknowledged += [each.id for each in batch]
            self.told.append(monotonic())
            await asyncio.sleep(0.02)

    def longest_silence(self, since: float) -> float:
        told = [since, *(each for each in self.told if each >= since), monotonic()]
        return max(later - each for each, later in pairwise(told))

    async def goes_on(self) -> None:
        """Ten more batches."""
        wanted = len(self.told) + 10
        await eventually(lambda: len(self.told) >= wanted, what="it goes on", within_s=60)


def event(id: str) -> CloudEvent:
    return CloudEvent(
        id=id,
        type="congvu.evaluation.test.v1",
        source="//congvu/evaluation",
        subject=f"s{hash(id) % 100}",
        time=datetime.now(UTC),
        sequence=1,
        data={"text": "Công vụ"},
    )


@asynccontextmanager
async def under_load(cluster: Cluster, options: dict[str, Any]) -> AsyncIterator[Load]:
    made = KafkaBroker(cluster.brokers, idempotence=True, partitions=PARTITIONS, security=options)
    await made.start()
    load = Load(made)
    running = asyncio.create_task(load.run())
    await load.goes_on()
    yield load
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await made.stop()


async def shape(cluster: Cluster, options: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """Of each partition: who leads, and who has all of it."""
    admin = AIOKafkaAdminClient(bootstrap_servers=cluster.brokers, **options)
    await admin.start()
    try:
        [topic] = await admin.describe_topics([TOPIC])
    finally:
        await admin.close()
    return {each["partition"]: each for each in topic["partitions"]}


async def whole(cluster: Cluster, options: dict[str, Any]) -> None:
    """Every broker has every partition again."""

    async def all_there() -> bool:
        with suppress(KafkaError, OSError):
            found = await shape(cluster, options)
            return all(len(each["isr"]) == len(cluster.nodes) for each in found.values())
        return False

    deadline = monotonic() + 90
    while not await all_there():
        assert monotonic() < deadline
        await asyncio.sleep(0.5)


async def stored(cluster: Cluster, options: dict[str, Any]) -> list[str]:
    consumer = AIOKafkaConsumer(
        bootstrap_servers=cluster.brokers, auto_offset_reset="earliest", **options
    )
    await consumer.start()
    try:
        partitions = [TopicPartition(TOPIC, number) for number in range(PARTITIONS)]
        consumer.assign(partitions)
        ends = await consumer.end_offsets(partitions)
        found: list[str] = []
        for partition in partitions:
            while await consumer.position(partition) < ends[partition]:
                batch = await consumer.getmany(partition, timeout_ms=1000)
                for record in batch.get(partition, ()):
                    found.append(dict(record.headers)["ce_id"].decode())
        return found
    finally:
        await consumer.stop()


async def lost(load: Load, cluster: Cluster, options: dict[str, Any]) -> set[str]:
    return set(load.acknowledged) - set(await stored(cluster, options))


async def test_topics_are_kept_three_times(cluster: Cluster, options: dict[str, Any]) -> None:
    found = await shape(cluster, options)

    assert {len(each["replicas"]) for each in found.values()} == {3}
    assert len(found) == PARTITIONS


async def test_any_broker_may_die_and_nothing_acknowledged_is_lost(
    cluster: Cluster, options: dict[str, Any], record_property: Any
) -> None:
    await whole(cluster, options)
    async with under_load(cluster, options) as load:
        leader = (await shape(cluster, options))[0]["leader"]
        for name, number in (("a follower", (leader + 1) % 3), ("the leader", leader)):
            since = monotonic()
            cluster.nodes[number].process.kill()
            await load.goes_on()
            record_property(f"silence after {name} died (s)", load.longest_silence(since))
            assert load.longest_silence(since) < AWAY_S
            cluster.nodes[number].process.start()
            await whole(cluster, options)
    record_property("acknowledged", len(load.acknowledged))

    assert await lost(load, cluster, options) == set()


async def test_a_leader_that_is_cut_off_is_left_behind(
    cluster: Cluster, options: dict[str, Any], hosts: Hosts | None, record_property: Any
) -> None:
    """It lives, and hears nobody: what it took alone was never acknowledged."""
    if hosts is None:
        pytest.skip("network namespaces need root and iproute2")
    await whole(cluster, options)
    async with under_load(cluster, options) as load:
        leader = (await shape(cluster, options))[0]["leader"]
        since = monotonic()
        hosts.cut(leader)
        try:
            await load.goes_on()
            record_property("silence after the leader was cut off (s)", load.longest_silence(since))
            assert load.longest_silence(since) < AWAY_S
        finally:
            hosts.heal(leader)
        await whole(cluster, options)
        record_property("whole again after (s)", monotonic() - since)

    assert await lost(load, cluster, options) == set()


async def test_what_one_broker_alone_has_is_not_acknowledged(
    cluster: Cluster, options: dict[str, Any]
) -> None:
    await whole(cluster, options)
    async with under_load(cluster, options) as load:
        cluster.nodes[1].process.kill()
        cluster.nodes[2].process.kill()
        await asyncio.sleep(1)
        alone = len(load.acknowledged)
        await asyncio.sleep(5)
        assert len(load.acknowledged) == alone

        cluster.nodes[1].process.start()
        await load.goes_on()
        cluster.nodes[2].process.start()
        await whole(cluster, options)

    assert await lost(load, cluster, options) == set()
