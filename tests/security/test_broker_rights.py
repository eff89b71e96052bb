"""Apache Kafka as it is deployed: TLS, a user for each service, and only what the table grants."""

import asyncio
import json
import os
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import (
    GroupAuthorizationFailedError,
    KafkaConnectionError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
)
from typer.testing import CliRunner

from catalogue_service.main import define
from catalogue_service.settings import CatalogueSettings
from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.dead_letters import REASON
from congvu_kit.adapters.kafka import ensure_topics
from congvu_kit.adapters.mongo import connect
from congvu_kit.domain.clock import SystemClock
from congvu_kit.service.app import create_app
from congvu_kit.service.connections import kafka_options
from congvu_kit.service.settings import KafkaSettings
from congvu_kit.tools.broker import OPERATOR, rights
from congvu_kit.tools.cli import build
from congvu_kit.tools.contracts import all_contracts
from congvu_kit.tools.dead_letters import DeadLetterBox, Wanted
from support.event_keys import event_settings, signed
from support.maven_kafka import Secured
from support.polling import eventually
from support.servers import ChildServer, Server

pytestmark = pytest.mark.kafka

SERVICES = [each.service for each in all_contracts()]
RIGHTS = rights(all_contracts())
USERS = sorted({each.user for each in RIGHTS})
TOPICS = sorted({each.name for each in RIGHTS if each.kind == "topic"})
GROUPS = sorted({each.name for each in RIGHTS if each.kind == "group"})

UNIT = {
    "unit_id": "unit_1",
    "code": "H32.1",
    "name": "Phường Hội An",
    "level": "COMMUNE",
    "province": "48",
    "parent_id": None,
    "revision": 1,
}


@pytest.fixture(scope="module")
def secured(broker_server: Server) -> Secured:
    """The session's broker by its guarded doors, where it is one that we configure."""
    if not isinstance(broker_server, ChildServer) or broker_server.secured is None:
        if os.environ.get("CONGVU_TEST_REQUIRE_KAFKA") == "apache":
            pytest.fail("the broker under test has no users")
        pytest.skip("only Apache Kafka from Maven is configured as it is deployed")
    return broker_server.secured


@pytest.fixture(scope="module")
def passwords(secured: Secured, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("passwords")
    for user in USERS:
        (folder / user).write_text(f"password-of-{user}\n")
    told = {
        "CONGVU_KAFKA_BROKERS": secured.admin_address,
        "CONGVU_KAFKA_SECURITY": "SSL",
        "CONGVU_KAFKA_CA_FILE": str(secured.authority_file),
        "CONGVU_KAFKA_CERTIFICATE_FILE": str(secured.admin_file),
        "CONGVU_KAFKA_PARTITIONS": "1",
    }
    for _ in range(2):  # It may be repeated.
        done = CliRunner().invoke(
            build(), ["broker", "prepare", "--passwords", str(folder)], env=told
        )
        assert (done.exit_code, done.output) == (0, "topics, users and rights are in place\n")
    return folder


def settings_of(user: str, secured: Secured, passwords: Path) -> dict[str, Any]:
    return {
        "kafka_brokers": secured.address,
        "kafka_security": "SASL_SSL",
        "kafka_user": user,
        "kafka_password": (passwords / user).read_text().strip(),
        "kafka_ca_file": secured.authority_file,
    }


def options_of(user: str, secured: Secured, passwords: Path) -> dict[str, Any]:
    settings = KafkaSettings(**settings_of(user, secured, passwords))
    return {"bootstrap_servers": settings.kafka_brokers, **kafka_options(settings)}


async def may_write(producer: AIOKafkaProducer, topic: str) -> bool:
    try:
        await producer.send_and_wait(topic, b"{}", headers=[])
    except TopicAuthorizationFailedError:
        return False
    return True


async def may_read(options: dict[str, Any], topic: str) -> bool:
    consumer = AIOKafkaConsumer(auto_offset_reset="earliest", **options)
    await consumer.start()
    try:
        if topic not in await consumer.topics():  # It is not even shown.
            return False
        consumer.assign([TopicPartition(topic, 0)])
        async with asyncio.timeout(5):
            await consumer.getone()
    except TopicAuthorizationFailedError:
        return False
    finally:
        await consumer.stop()
    return True


async def may_join(options: dict[str, Any], group: str) -> bool:
    consumer = AIOKafkaConsumer(group_id=group, **options)
    await consumer.start()
    try:
        await consumer.committed(TopicPartition("congvu.evaluation.v1", 0))
    except GroupAuthorizationFailedError:
        return False
    finally:
        await consumer.stop()
    return True


@pytest.mark.timeout(60)
@pytest.mark.parametrize("user", USERS)
async def test_a_user_may_do_what_the_table_says_and_nothing_else(
    user: str, secured: Secured, passwords: Path, kafka_brokers: str
) -> None:
    options = options_of(user, secured, passwords)
    found: set[tuple[str, str]] = set()
    async with AIOKafkaProducer(bootstrap_servers=kafka_brokers) as anybody:
        for topic in TOPICS:  # So that there is something to read.
            await anybody.send_and_wait(topic, b"{}")

    async with AIOKafkaProducer(**options) as producer:
        for topic in TOPICS:
            if await may_write(producer, topic):
                found.add((topic, "WRITE"))
    for topic in TOPICS:
        if await may_read(options, topic):
            found.add((topic, "READ"))
    for group in GROUPS:
        if await may_join(options, group):
            found.add((group, "READ"))

    assert found == {(each.name, each.operation) for each in RIGHTS if each.user == user}


async def test_no_service_makes_a_topic(secured: Secured, passwords: Path) -> None:
    options = options_of("catalogue", secured, passwords)
    brokers = options.pop("bootstrap_servers")

    with pytest.raises(TopicAuthorizationFailedError):
        await ensure_topics(brokers, ["congvu.other.v1"], partitions=1, security=options)


async def test_nobody_comes_in_without_user_password_and_our_authority(
    secured: Secured, passwords: Path
) -> None:
    options = options_of("catalogue", secured, passwords)
    wrong = {**options, "sasl_plain_password": "x"}
    no_tls = {"bootstrap_servers": secured.address}
    another = {**options, "ssl_context": ssl.create_default_context()}
    no_certificate = {
        "bootstrap_servers": secured.admin_address,
        "security_protocol": "SSL",
        "ssl_context": options["ssl_context"],
    }

    for refused, error in (
        (wrong, SaslAuthenticationFailed),
        (no_tls, KafkaConnectionError),
        (another, KafkaConnectionError),
        (no_certificate, KafkaConnectionError),
    ):
        producer = AIOKafkaProducer(request_timeout_ms=2_000, **refused)
        with pytest.raises((error, KafkaConnectionError)):
            await producer.start()
        await producer.stop()


@asynccontextmanager
async def catalogue(settings: CatalogueSettings) -> AsyncIterator[Any]:
    """The whole service; gives what it keeps of evaluation's units."""
    app = create_app(define(settings), settings)
    client = connect(settings.mongo_url)
    database = client[settings.mongo_database_prefix + "catalogue"]
    try:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(app.router.lifespan_context(app))
            http = await stack.enter_async_context(
                httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x")
            )

            async def ready() -> bool:
                return (await http.get("/readyz")).status_code == httpx.codes.OK

            await eventually(ready, within_s=30, what="the catalogue is ready")
            yield database["units"]
    finally:
        await client.drop_database(database.name)
        client.close()


def synced(id: str, **fact: object) -> CloudEvent:
    return CloudEvent(
        id=id,
        type="congvu.evaluation.org_unit.synced.v1",
        source="//congvu/evaluation",
        subject="unit_1",
        time=SystemClock().now(),
        sequence=1,
        data={**UNIT, **fact},
    )


@pytest.mark.mongo
@pytest.mark.timeout(90)
async def test_a_service_with_its_own_rights_hears_the_owner_and_nobody_else(
    secured: Secured, passwords: Path, mongo_url: str, mongo_database: str
) -> None:
    """Who may write to the topic without the key moves no unit; a dead letter that was the
    owner's takes effect when the operator sends it again."""
    settings = CatalogueSettings(
        mongo_url=mongo_url,
        mongo_database_prefix=mongo_database,
        jwks_url="http://127.0.0.1:9/jwks",
        issuer="issuer",
        audience="congvu",
        gateway_secret="s" * 40,
        **settings_of("catalogue", secured, passwords),
        **event_settings("catalogue"),
    )
    operator = options_of(OPERATOR, secured, passwords)
    forged = [
        synced("evt_f1", province="01", revision=9),
        signed(synced("evt_f2", province="01", revision=9), "feedback"),
        signed(replace(synced("evt_f3", province="01", revision=9), source="//congvu/feedback")),
    ]
    told: list[tuple[str, str]] = []

    async def sent_again(*only: str) -> None:
        kafka = KafkaSettings(**settings_of(OPERATOR, secured, passwords))
        async with DeadLetterBox.opened("catalogue", SERVICES, kafka, kafka_options(kafka)) as box:
            for letter in await box.letters(Wanted(events=only)):
                told.append((letter.said("ce_id"), letter.said(REASON)))
                await box.redrive(letter, by="operator", why="mended")

    async with catalogue(settings) as units, AIOKafkaProducer(**operator) as producer:
        for event in (*forged, signed(synced("evt_1"))):
            await producer.send_and_wait(
                "congvu.evaluation.v1", event.value(), key=b"unit_1", headers=event.headers()
            )

        async def kept() -> bool:
            return await units.find_one({"_id": "unit_1"}) is not None

        await eventually(kept, within_s=30, what="what evaluation told is kept")
        assert (await units.find_one({"_id": "unit_1"}))["province"] == "48"

        await bury(secured, passwords, signed(synced("evt_2", name="Hội An Tây", revision=2)))
        await sent_again("evt_2")

        async def renamed() -> bool:
            return bool((await units.find_one({"_id": "unit_1"}))["name"] == "Hội An Tây")

        await eventually(renamed, within_s=30, what="the dead letter took effect")

        await sent_again()
        await sent_again()

    assert [event for event, _ in told].count("evt_2") == 1
    assert {reason for event, reason in told if event.startswith("evt_f")} == {
        "the event is not signed",
        "the event is signed with no key of evaluation",
        "the source is not evaluation, whose topic this is",
    }


async def bury(secured: Secured, passwords: Path, event: CloudEvent) -> None:
    """As the catalogue's consumer does what it could not take."""
    headers: Sequence[tuple[str, bytes]] = [
        *event.headers(),
        ("congvu_reason", b"a bug, since mended"),
        ("congvu_origin", b"congvu.evaluation.v1/0/7"),
    ]
    async with AIOKafkaProducer(**options_of("catalogue", secured, passwords)) as producer:
        await producer.send_and_wait(
            "congvu.catalogue.dlq", event.value(), key=b"unit_1", headers=headers
        )
    assert json.loads(event.value())
