"""A service killed with -9 while it holds rows: back and accepting within ten seconds, and nobody
else is slower for it."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from pymongo import MongoClient
from pymongo.collection import Collection

from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.kafka import KafkaBroker
from congvu_kit.adapters.mongo import INBOX
from congvu_kit.adapters.signatures import private_file, read_signer
from congvu_kit.domain.clock import SystemClock
from congvu_kit.service.running import service_of, topic_of
from congvu_kit.tools.contracts import all_contracts
from congvu_local.platform import Platform
from congvu_local.processes import python
from congvu_local.settings import SERVICES
from support.polling import eventually, until

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]

ACCEPTS_WITHIN_S = 10.0
ASK_EVERY_S = 0.02
IDLE_S, SETTLED_S = 5.0, 2.0

FIRST_OF = {
    "catalogue": "congvu.evaluation.org_unit.synced.v1",
    "evaluation": "congvu.catalogue.release.published.v1",
    "feedback": "congvu.evaluation.org_unit.synced.v1",
}
"""What a service listens to and takes from nothing."""

Claims = Collection[dict[str, object]]

QUESTIONS = {
    "catalogue": '{ workProduct(code: "A.1") { id } }',
    "evaluation": '{ orgUnit(id: "unit_none") { id } }',
    "feedback": "{ publicLogHead { __typename } }",
}


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    folder = tmp_path_factory.mktemp("mortal")
    with Platform(folder, restarts=True) as started:
        for service in SERVICES:
            child = started.supervisor.process(service)
            child.program = replace(
                child.program,
                command=python("local.dying", service, str(trigger(started, service))),
                environment={
                    **child.program.environment,
                    "PYTHONPATH": str(Path(__file__).parents[1]),
                },
            )
            started.restart(service)
        until(lambda: all_ready(started), within_s=60, what="every part is ready")
        yield started


def trigger(platform: Platform, service: str) -> Path:
    return platform.settings.data_dir / f"{service}.dies"


def all_ready(platform: Platform) -> bool:
    try:
        return bool(httpx.get(f"{platform.base_url}/readyz", timeout=10).json()["ready"])
    except httpx.HTTPError:
        return False


def told_to(platform: Platform, service: str, number: int) -> CloudEvent:
    kind = FIRST_OF[service]
    owner = service_of(kind)
    keys = platform.folder.event_keys(SERVICES)
    examples = {each.name: each for made in all_contracts() for each in made.events}
    event = CloudEvent(
        id=f"evt_{service}_{number}",
        type=kind,
        source=f"//congvu/{owner}",
        subject=f"told_to_{service}",
        time=SystemClock().now(),
        sequence=number,
        data=examples[kind].example_data(),
    )
    return replace(event, signature=read_signer(owner, private_file(keys, owner)).sign(event))


class Others:
    """Asks the other services all the time, and keeps how long each answer took."""

    def __init__(self, platform: Platform, without: str) -> None:
        self._client = httpx.AsyncClient(base_url=platform.base_url, timeout=30)
        token = platform.token_for("auditor")
        self._headers = {"authorization": f"Bearer {token}"}
        self._questions = [text for name, text in QUESTIONS.items() if name != without]
        self.took_s: list[float] = []

    async def ask(self) -> None:
        while True:
            for question in self._questions:
                began = time.perf_counter()
                answer = await self._client.post(
                    "/graphql", json={"query": question}, headers=self._headers
                )
                assert answer.status_code == httpx.codes.OK, answer.text
                self.took_s.append(time.perf_counter() - began)
                await asyncio.sleep(ASK_EVERY_S)

    def p99_s(self) -> float:
        """Of the answers since the last call."""
        took, self.took_s = self.took_s, []
        return statistics.quantiles(took, n=100)[98]


@asynccontextmanager
async def telling(platform: Platform) -> AsyncIterator[KafkaBroker]:
    broker = KafkaBroker(platform.kafka_brokers, idempotence=False, partitions=1)
    await broker.start()
    try:
        yield broker
    finally:
        await broker.stop()


async def kill(platform: Platform, service: str, number: int, claims: Claims) -> float:
    """In the middle of what it does about an event; how long until that is done, in seconds."""
    event = told_to(platform, service, number)
    async with telling(platform) as broker:
        trigger(platform, service).touch()
        await broker.publish(topic_of(service_of(event.type)), [event])
    dying = trigger(platform, service)
    await eventually(lambda: not dying.exists(), within_s=60, what="it killed itself")
    killed = time.perf_counter()
    await eventually(
        lambda: claims.find_one({"_id": f"{event.source}\x1f{event.id}"}) is not None,
        within_s=60,
        what="what it was doing is done",
    )
    return time.perf_counter() - killed


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_killed_in_a_transaction_accepts_again_within_ten_seconds(
    platform: Platform, service: str
) -> None:
    client: MongoClient[dict[str, object]] = MongoClient(platform.mongo_url)
    claims = client[f"{platform.settings.database_prefix}{service}"][INBOX]
    child = platform.supervisor.process(service)
    others = Others(platform, without=service)
    asking = asyncio.create_task(others.ask())
    with closing(client):
        await kill(platform, service, 1, claims)  # Whatever a start costs, it is warm now.
        await asyncio.sleep(SETTLED_S)
        others.p99_s()
        await asyncio.sleep(IDLE_S)
        idle_s, first_pid = others.p99_s(), child.pid
        took_s = await kill(platform, service, 2, claims)
        busy_s = others.p99_s()
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)

    print(f"{service}: {took_s:.1f} s; p99 of the others {idle_s:.3f} s, then {busy_s:.3f} s")
    assert child.pid != first_pid
    assert took_s < ACCEPTS_WITHIN_S
