"""`congvu webhooks`, over the databases of the services."""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from congvu_kit.adapters.driver import Database
from congvu_kit.adapters.mongo import MongoUnitOfWork
from congvu_kit.adapters.mongo_prepared import prepare
from congvu_kit.application.ports import Collection
from congvu_kit.application.webhooks import WEBHOOK_COLLECTIONS, WEBHOOKS
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.webhooks import StopReason, WebhookState
from congvu_kit.tools.cli import Failure, build
from support.event_keys import signer
from support.webhooks import URL, WEBHOOK_ID, a_webhook

HRM = Actor(subject="hrm.56", roles=frozenset({Role.PERSONNEL_SYNC}), province="56")
WHO = ("--by", "An", "--why", "lost its role")


@pytest.fixture
def collections() -> Sequence[Collection[Any]]:
    return WEBHOOK_COLLECTIONS


@pytest.fixture
def command(database: Database, mongo_url: str) -> Callable[..., Any]:
    """Types it where the services' databases begin with the name of the test's own."""
    environment = {
        "CONGVU_MONGO_URL": mongo_url,
        "CONGVU_MONGO_DATABASE_PREFIX": f"{database.name}_",
        "CONGVU_PROFILE": "open",
    }

    async def typed(*words: str) -> Result:
        given = ["webhooks", *words]
        return await asyncio.to_thread(
            lambda: CliRunner().invoke(build("webhooks"), given, env=environment)
        )

    return typed


@pytest.mark.mongo
async def test_who_is_sent_changes_is_seen_and_stopped_on_record(
    database: Database, command: Callable[..., Any]
) -> None:
    own: Database = database.client[f"{database.name}_feedback"]
    await prepare(own, WEBHOOK_COLLECTIONS, outbox_keep_days=30)
    uow = MongoUnitOfWork(own, signer=signer("test"))
    await a_webhook(uow, HRM)

    stopped = await command("stop", WEBHOOK_ID, *WHO)
    others = await command("stop", "--owner", "hrm.01", *WHO)
    after = await command("list", "--owner", "HRM.56", "--json")
    row = await uow.reading().store(WEBHOOKS).get(WEBHOOK_ID)
    await database.client.drop_database(own.name)

    assert stopped.exit_code == 0, stopped.output
    assert (row.state, row.stopped_for) == (WebhookState.STOPPED, StopReason.BY_OPERATOR)
    told = json.loads(after.output)
    assert (told["service"], told["owner"], told["url"]) == ("feedback", "hrm.56", URL)
    assert (told["stoppedFor"], told["by"], told["why"]) == ("BY_OPERATOR", "An", "lost its role")
    assert isinstance(others.exception, Failure)


@pytest.mark.mongo
async def test_where_none_are_it_is_said_and_programs_read_nothing(
    command: Callable[..., Any],
) -> None:
    told = await command("list")
    read = await command("list", "--json")

    assert (told.exit_code, told.output) == (0, "no webhooks\n")
    assert (read.exit_code, read.output) == (0, "")


@pytest.mark.parametrize(
    "options",
    [
        ["stop", *WHO],
        ["stop", "webhook_1", "--owner", "x", *WHO],
        ["stop", "webhook_1"],
        ["release", "webhook_1", "--by", " ", "--why", "a test"],
        ["release", "webhook_1", "--by", "An", "--why", ""],
    ],
)
def test_one_webhook_or_one_account_is_named_and_who_and_why(options: list[str]) -> None:
    done = CliRunner().invoke(build("webhooks"), ["webhooks", *options])

    assert done.exit_code == 2
