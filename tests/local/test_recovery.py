"""A service killed with -9 while it holds rows: another replica goes on within its bounds, and
nobody else is slower for it."""

import asyncio
import logging
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
from pymongo.errors import DuplicateKeyError, OperationFailure

from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.consumer import HEARTBEATS, SESSION_TIMEOUT_S
from congvu_kit.adapters.kafka import KafkaBroker
from congvu_kit.adapters.mongo import INBOX
from congvu_kit.adapters.sessions import LEASE_S, RENEWALS
from congvu_kit.adapters.signatures import private_file, read_signer
from congvu_kit.domain.clock import SystemClock
from congvu_kit.service.definition import service_of, topic_of
from congvu_kit.tools.contracts import all_contracts
from congvu_local.platform import Platform
from congvu_local.ports import LOOPBACK, free_port
from congvu_local.probes import http_ready
from congvu_local.processes import Process, python
from congvu_local.settings import SERVICES
from support.polling import eventually, until

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]

log = logging.getLogger(__name__)

GOES_ON_S = (2 + 1 / HEARTBEATS) * SESSION_TIMEOUT_S
"""The embedded broker gives the dead replica's partitions to the other one after so long."""
FREE_S = LEASE_S * (1 + 1 / RENEWALS)
"""What a dead process held is free after so long."""
BUSY_S = 3.0
"""What a machine that others use adds."""
ASK_EVERY_S = 0.02
IDLE_S, SETTLED_S = 5.0, 2.0
SLOWER_MAX = 1.5
"""How much slower the others' slowest answers may be. `make faults` holds it closely; here a busy
machine adds to it, and still less than an answer would take that waits for what the dead held."""

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


@pytest.fixture
def twins(platform: Platform, service: str) -> Iterator[list[Process]]:
    """The service and a second replica of it; whichever claims an event first may die of it."""
    first = platform.supervisor.process(service)
    program = replace(
        first.program,
        command=python("congvu_faults.dying", service, str(trigger(platform, service).parent)),
    )
    first.program = program
    port, name = free_port(), service.upper()
    second = Process(
        replace(
            program,
            environment={**program.environment, f"{name}_PORT": str(port)},
            log=trigger(platform, service).with_name("second.log"),
            ready=http_ready(f"http://{LOOPBACK}:{port}/readyz"),
        )
    )
    with second:
        platform.restart(service)
        yield [first, second]
    platform.restart(service)


def trigger(platform: Platform, service: str) -> Path:
    folder = platform.settings.data_dir / "dying" / service
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "claimed"


def told_to(platform: Platform, service: str) -> CloudEvent:
    kind = FIRST_OF[service]
    owner = service_of(kind)
    keys = platform.folder.event_keys(SERVICES)
    examples = {each.name: each for made in all_contracts() for each in made.events}
    event = CloudEvent(
        id=f"evt_told_to_{service}",
        type=kind,
        source=f"//congvu/{owner}",
        subject=f"told_to_{service}",
        time=SystemClock().now(),
        sequence=1,
        data=examples[kind].example_data(),
    )
    return replace(event, signature=read_signer(owner, private_file(keys, owner)).sign(event))


class Others:
    """Asks the other services all the time, and keeps how long each answer took."""

    def __init__(self, client: httpx.AsyncClient, platform: Platform, without: str) -> None:
        self._client = client
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
async def asking_others(platform: Platform, without: str) -> AsyncIterator[Others]:
    async with httpx.AsyncClient(base_url=platform.base_url, timeout=30) as client:
        others = Others(client, platform, without)
        asking = asyncio.create_task(others.ask())
        try:
            yield others
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)


@asynccontextmanager
async def telling(platform: Platform) -> AsyncIterator[KafkaBroker]:
    broker = KafkaBroker(platform.kafka_brokers, idempotence=False, partitions=1)
    await broker.start()
    try:
        yield broker
    finally:
        await broker.stop()


def is_free(claims: Claims, claim: str) -> bool:
    """Whether somebody else could write the row that the dead replica wrote."""
    with claims.database.client.start_session() as session:
        session.start_transaction()
        try:
            claims.insert_one({"_id": claim}, session=session)
        except DuplicateKeyError:  # The other replica has written it.
            return True
        except OperationFailure as exception:
            if not exception.has_error_label("TransientTransactionError"):
                raise
            return False
        finally:
            session.abort_transaction()
    return True


async def kill(platform: Platform, service: str, claims: Claims) -> tuple[float, float]:
    """In the middle of what it does about an event; after how many seconds the rows are free, and
    what it was doing is done."""
    event = told_to(platform, service)
    claim = f"{event.source}\x1f{event.id}"
    dying = trigger(platform, service)
    async with telling(platform) as broker:
        dying.touch()
        await broker.publish(topic_of(service_of(event.type)), [event])
    await eventually(lambda: not dying.exists(), within_s=60, what="one killed itself")
    killed = time.perf_counter()
    assert not is_free(claims, claim)
    await asyncio.to_thread(until, lambda: is_free(claims, claim), within_s=60, what="it is free")
    free_s = time.perf_counter() - killed
    await eventually(
        lambda: claims.find_one({"_id": claim}) is not None, within_s=60, what="it is done"
    )
    return free_s, time.perf_counter() - killed


@pytest.mark.parametrize("service", SERVICES)
async def test_what_a_killed_replica_held_is_accepted_by_the_other_in_time(
    platform: Platform, service: str, twins: list[Process]
) -> None:
    client: MongoClient[dict[str, object]] = MongoClient(platform.mongo_url)
    with closing(client):
        claims = client[f"{platform.settings.database_prefix}{service}"][INBOX]
        async with asking_others(platform, without=service) as others:
            await asyncio.sleep(SETTLED_S)
            others.p99_s()
            await asyncio.sleep(IDLE_S)
            idle_s = others.p99_s()
            free_s, done_s = await kill(platform, service, claims)
            busy_s = others.p99_s()

    log.info("%s: rows free after %.1f s, done after %.1f s", service, free_s, done_s)
    log.info("p99 of the others %.3f s, before %.3f s", busy_s, idle_s)
    assert sorted(each.alive for each in twins) == [False, True]
    assert free_s < FREE_S + BUSY_S
    assert done_s < GOES_ON_S + BUSY_S
    assert busy_s < SLOWER_MAX * idle_s + BUSY_S
