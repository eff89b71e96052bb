"""Real processes close a period, and are killed in the middle (E-I2, E-I14)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congvu_bench import officials
from congvu_bench.workers import Workers, load, request
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork
from congvu_kit.adapters.sessions import SESSIONS
from congvu_kit.adapters.signatures import EventSigner
from congvu_kit.application.perform import transact
from congvu_scoring.documents.policy_files import shipped_policies
from evaluation_service.adapters.files.shipped_calendars import shipped_calendars
from evaluation_service.application.calendar import commands as calendars
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.application.results.scoring import score_agency
from evaluation_service.domain.periods.periods import EvaluationPeriod
from support.clock import FixedClock
from support.polling import eventually
from support.servers import Server

pytestmark = [pytest.mark.mongo, pytest.mark.timeout(200)]

PEOPLE, AGENCY, ITEMS = 1_000, 500, 3
"""Two agencies of three transactions each."""

WORKERS = 2
SESSION_TIMEOUT_S = 6

GOES_ON_S = 100
"""The group goes on after 14 s, what the dead held is free after 15; the rest is a busy machine."""

ASKED_AT = FixedClock(datetime.now(UTC).replace(microsecond=0))
"""What is made in an attempt is dated by its beginning."""

SCORED = "congvu.evaluation.evaluation.scored.v1"


async def closed_by_nobody_else(database: Database, of: EvaluationPeriod) -> Mapping[str, str]:
    """The same period in another database, scored in this process without a disturbance."""
    signer = EventSigner("evaluation", Ed25519PrivateKey.generate())
    uow = MongoUnitOfWork(database, signer=signer, clock=ASKED_AT)
    runs = await load(database, of, PEOPLE, each=AGENCY, items=ITEMS)
    for policy in shipped_policies().values():
        await transact(uow, partial(keep_shipped, policy))
    for year, edition in shipped_calendars().items():
        await transact(uow, partial(calendars.keep_shipped, year, edition))
    await transact(uow, partial(request, runs))
    for run in runs:
        await transact(uow, await score_agency(run, uow))
    return await seals(database)


async def seals(database: Database) -> Mapping[str, str]:
    """The hash of each result, as its agency's run seals it."""
    runs = await database["runs"].find({"state": "RANKED"}).to_list(None)
    return {each["evaluation_id"]: each["hash"] for run in runs for each in run["results"]}


async def ranked_people(database: Database) -> int:
    return await database["evaluations"].count_documents({"state": "RANKED"})


async def kill_all_when_some_is_written(group: Workers) -> None:
    """As `kill -9` does, with agencies half written or the next one begun."""

    async def some() -> bool:
        return await ranked_people(group.database) > 0

    await eventually(some, within_s=GOES_ON_S, what="a step of the scoring")
    for worker in group.processes:
        worker.kill()
    assert 0 < await ranked_people(group.database) < PEOPLE


async def all_ranked(group: Workers, runs: list[str]) -> None:
    async def ranked() -> bool:
        return await group.ranked(runs) == len(runs)

    await eventually(ranked, within_s=GOES_ON_S, what="every agency ranked")


async def nothing_held_by_the_dead(group: Workers) -> None:
    async def only_the_living() -> bool:
        rows = await group.database[SESSIONS].find().to_list(None)
        return len(rows) == WORKERS and all(row["ids"] for row in rows)

    await eventually(only_the_living, within_s=GOES_ON_S, what="the dead looked after")


async def assert_closed_once(database: Database, expected: Mapping[str, str]) -> None:
    assert await seals(database) == expected
    assert len(expected) == await ranked_people(database) == PEOPLE
    told = await database["outbox"].find({"type": SCORED}, {"subject": 1}).to_list(None)
    assert sorted(each["subject"] for each in told) == sorted(expected)
    assert await database["evaluations"].count_documents({"sheets": {"$size": 1}}) == PEOPLE


async def test_workers_killed_together_in_mid_scoring_lose_and_double_nothing(
    tmp_path: Path, own_database: Server, own_embedded_broker: Server
) -> None:
    of = officials.period("closing")
    group = Workers(
        tmp_path / "data",
        mongo_url=own_database.address,
        brokers=own_embedded_broker.address,
        embedded=True,
        count=WORKERS,
        told={"CONGVU_KAFKA_SESSION_TIMEOUT_S": str(SESSION_TIMEOUT_S)},
    )
    undisturbed = await closed_by_nobody_else(group.database.client["congvu_undisturbed"], of)
    runs = list(await group.load(of, PEOPLE, each=AGENCY, items=ITEMS))

    with group:
        await group.ask(runs, ASKED_AT)
        await kill_all_when_some_is_written(group)
        group.start()
        await all_ranked(group, runs)
        await assert_closed_once(group.database, undisturbed)
        await nothing_held_by_the_dead(group)
