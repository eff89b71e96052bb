"""The real services on the embedded profile: single parts die, and what was asked again is well."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from aiokafka.admin import AIOKafkaAdminClient
from pymongo import MongoClient
from typer.testing import CliRunner

from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.dead_letters import ORIGIN, REASON
from congvu_kit.adapters.kafka import KafkaBroker
from congvu_kit.adapters.mongo import INBOX
from congvu_kit.adapters.outbox import OUTBOX
from congvu_kit.adapters.signatures import private_file, read_signer
from congvu_kit.domain.clock import SystemClock
from congvu_kit.service.definition import dead_letters_of, service_of, topic_of
from congvu_kit.tools.cli import build
from congvu_kit.tools.contracts import all_contracts
from congvu_local.demo import DemoData
from congvu_local.platform import Platform
from congvu_local.settings import SERVICES
from support.polling import eventually, until

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]

COMES_BACK_WITHIN_S = 60


def test_every_line_of_every_part_is_one_json_object(platform: Platform) -> None:
    logs = {log.stem: log.read_text() for log in platform.folder.logs.glob("*.log")}

    assert logs.keys() == {process.name for process in platform.supervisor.processes}
    for part, text in logs.items():
        for line in text.splitlines():
            entry = json.loads(line)
            assert entry.keys() >= {"time", "level", "service", "event"}, (part, line)
            assert entry["service"] == part
    assert all(logs[part] for part in ("broker", "witness", *SERVICES))


def _readiness(platform: Platform) -> dict[str, object]:
    said: dict[str, object] = httpx.get(f"{platform.base_url}/readyz", timeout=10).json()
    return said


def _ready(platform: Platform) -> bool:
    try:
        return _readiness(platform)["ready"] is True
    except httpx.HTTPError:
        return False


def _wait_until_all_are_back(platform: Platform) -> None:
    until(lambda: _ready(platform), within_s=COMES_BACK_WITHIN_S, what="every part is back")


async def _topics(platform: Platform) -> set[str]:
    admin = AIOKafkaAdminClient(bootstrap_servers=platform.kafka_brokers)
    await admin.start()
    try:
        return set(await admin.list_topics())
    finally:
        await admin.close()


def test_a_platform_that_nobody_has_written_to_takes_the_demo(
    platform: Platform, tmp_path: Path
) -> None:
    prefix = platform.settings.database_prefix
    client: MongoClient[dict[str, object]] = MongoClient(platform.mongo_url)
    with client:
        told = client[f"{prefix}evaluation"][OUTBOX].distinct("type")
    assert told, "what comes by itself is told as well"

    data = DemoData(tmp_path / "demo.json", mongo_url=platform.mongo_url, database_prefix=prefix)

    assert data.wanted()


@pytest.mark.parametrize("service", SERVICES)
def test_a_killed_service_is_missed_by_name_and_comes_back(
    platform: Platform, service: str
) -> None:
    platform.kill(service)
    missing = _readiness(platform)["missing"]
    platform.restart(service)

    assert missing == [service]
    _wait_until_all_are_back(platform)


async def test_an_emptied_broker_gets_every_topic_again(platform: Platform) -> None:
    topics = {f"congvu.{service}.v1" for service in SERVICES}

    async def all_there() -> bool:
        return await _topics(platform) >= topics

    await eventually(all_there, within_s=COMES_BACK_WITHIN_S, what="the topics are there")
    platform.kill("broker")
    platform.restart("broker")

    await eventually(all_there, within_s=COMES_BACK_WITHIN_S, what="the topics are there again")
    _wait_until_all_are_back(platform)


FIRST_OF = {
    "catalogue": "congvu.evaluation.org_unit.synced.v1",
    "evaluation": "congvu.catalogue.release.published.v1",
    "feedback": "congvu.evaluation.org_unit.synced.v1",
}
"""What a service listens to and takes from nothing."""


async def _bury(platform: Platform, service: str, reason: str) -> CloudEvent:
    """As the service does with what it cannot take."""
    kind = FIRST_OF[service]
    owner = service_of(kind)
    keys = platform.folder.event_keys(SERVICES)
    examples = {each.name: each for made in all_contracts() for each in made.events}
    event = CloudEvent(
        id=f"evt_{service}_{reason}",
        type=kind,
        source=f"//congvu/{owner}",
        subject="buried",
        time=SystemClock().now(),
        sequence=1,
        data=examples[kind].example_data(),
    )
    event = replace(event, signature=read_signer(owner, private_file(keys, owner)).sign(event))
    broker = KafkaBroker(platform.kafka_brokers, idempotence=False, partitions=1)
    await broker.start()
    why = [(REASON, reason.encode()), (ORIGIN, f"{topic_of(owner)}/0/7".encode())]
    headers = [*event.headers(), *why]
    await broker.publish_raw(dead_letters_of(service), b"buried", event.value(), headers)
    await broker.stop()
    return event


@pytest.mark.parametrize("service", SERVICES)
async def test_dead_letters_are_looked_at_and_sent_again_while_the_platform_runs(
    platform: Platform, service: str
) -> None:
    event, other = [await _bury(platform, service, why) for why in ("MENDED", "NOT YET")]
    prefix = platform.settings.database_prefix
    client: MongoClient[dict[str, object]] = MongoClient(platform.mongo_url)
    claims = client[f"{prefix}{service}"][INBOX]

    async def replay(*options: str) -> str:
        asked = CliRunner().invoke
        beside = {
            "CONGVU_KAFKA_BROKERS": platform.kafka_brokers,
            "CONGVU_KAFKA_IDEMPOTENCE": "false",
        }
        done = await asyncio.to_thread(asked, build(), ["replay", service, *options], env=beside)
        assert done.exit_code == 0, done.output
        return done.output

    looked = await replay()
    elsewhere = await replay("--origin", topic_of(service_of(event.type)) + "/0/8", "--send")
    sent = await replay(
        "--origin", topic_of(service_of(event.type)), "--reason", "mended", "--send"
    )

    assert (event.id in looked, other.id in looked) == (True, True)
    assert elsewhere.startswith("0 dead letters")
    assert (event.id in sent, other.id in sent) == (True, False)
    with client:
        await eventually(
            lambda: claims.find_one({"_id": f"{event.source}\x1f{event.id}"}) is not None,
            within_s=COMES_BACK_WITHIN_S,
            what="what was sent again took effect",
        )
        assert claims.find_one({"_id": f"{other.source}\x1f{other.id}"}) is None


def test_a_killed_database_keeps_what_it_acknowledged(platform: Platform) -> None:
    client: MongoClient[dict[str, object]] = MongoClient(platform.mongo_url)
    client["probe"]["rows"].insert_many([{"_id": n} for n in range(50)])

    platform.kill("database")
    platform.restart("database")
    _wait_until_all_are_back(platform)

    assert client["probe"]["rows"].count_documents({}) == 50
    client.close()


def test_a_service_that_starts_before_database_and_broker_waits_and_says_so(
    platform: Platform,
) -> None:
    for part in ("catalogue", "database", "broker"):
        platform.kill(part)
    url = f"{platform.service_url('catalogue')}/readyz"

    platform.supervisor.process("catalogue").spawn()
    until(lambda: _answers(url), within_s=30, what="catalogue answers")
    waiting = httpx.get(url)

    assert waiting.status_code == 503
    assert "waiting for" in waiting.text
    for part in ("database", "broker", "catalogue"):
        platform.restart(part)
    _wait_until_all_are_back(platform)


def _answers(url: str) -> bool:
    try:
        httpx.get(url)
    except httpx.HTTPError:
        return False
    return True
