"""The receiver that the documents offer, run as it is, called by the worker over a connection."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_server
from typing import Any

import httpx
import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.webhook_addresses import Reach
from congvu_kit.adapters.webhook_calls import WebhookCaller
from congvu_kit.adapters.webhook_sealing import SharedSealing
from congvu_kit.application.feeds import Feed
from congvu_kit.application.ports import Collection, Page, Transaction
from congvu_kit.application.webhooks import (
    DELIVERIES,
    WEBHOOK_COLLECTIONS,
    WEBHOOKS,
    ReplayWebhook,
    SubscribeWebhook,
    Webhooks,
)
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import Clock
from congvu_kit.domain.feeds import FeedChange
from congvu_kit.service.runtime import Runtime
from congvu_kit.service.webhooks import WebhookWorker
from support.clock import FixedClock
from support.receiving import receiving
from support.webhooks import SEALING

HRM = Actor(subject="hrm", roles=frozenset({Role.PERSONNEL_SYNC}), province="56")
OPENED = "congvu.evaluation.period.opened.v1"
FEED = Feed()


async def read_feed(
    reader: Actor, tx: Transaction, province: str | None, *, first: int, after: str | None
) -> Page[FeedChange]:
    del reader
    return await FEED.read(tx, province, first=first, after=after)


HOOKS = Webhooks(FEED, (OPENED,), read_feed)


@dataclass
class Needs:
    receivers: WebhookCaller
    sealing: SharedSealing = SEALING


@pytest.fixture
def collections() -> Sequence[Collection[Any]]:
    return (*FEED.collections, *WEBHOOK_COLLECTIONS)


@pytest.fixture
def clock() -> Clock:
    return FixedClock(datetime.now(UTC))


@pytest.fixture
def port() -> int:
    with create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
        return number


@pytest.fixture
async def runtime(uow: MemoryUnitOfWork) -> AsyncIterator[Runtime]:
    caller = WebhookCaller(Reach(own_machine=True))
    yield Runtime(uow=uow, needs=Needs(caller))
    await caller.close()


async def tell(uow: MemoryUnitOfWork, period: str) -> None:
    async with uow.begin() as tx:
        await FEED.append(OPENED, {"province": "56", "period_id": period}, tx)


async def work(runtime: Runtime) -> None:
    worker = WebhookWorker(HOOKS, chance=lambda: 0.5)
    while await worker.step(runtime):
        pass


async def test_each_event_is_handled_once_and_none_is_lost_while_it_is_away(
    uow: MemoryUnitOfWork, runtime: Runtime, clock: FixedClock, port: int, tmp_path: Path
) -> None:
    url, printed = f"http://127.0.0.1:{port}/", tmp_path / "printed"
    asked = SubscribeWebhook(
        actor=HRM, idempotency_key="k", url=url, event_types=(), province=None, after=None
    )
    async with uow.begin() as tx:
        webhook = await HOOKS.subscribe(asked, tx, SEALING, runtime.needs.receivers)
    secret, seen = SEALING.open(webhook.secrets[0].sealed), tmp_path / "seen.sqlite"

    with receiving(port, secret, seen, printed):
        await tell(uow, "a")
        await work(runtime)
        async with httpx.AsyncClient() as client:
            forged = await client.post(url, content=b"{}", headers={"webhook-id": "msg_1"})
    await tell(uow, "b")
    await work(runtime)
    away = (await uow.reading().store(WEBHOOKS).get(webhook.id)).failing_since
    clock.pass_seconds(timedelta(seconds=10).total_seconds())
    with receiving(port, secret, seen, printed):
        await work(runtime)
        again = ReplayWebhook(
            actor=HRM, idempotency_key="k", webhook_id=webhook.id, delivery_id=None, after="0"
        )
        async with uow.begin() as tx:
            await HOOKS.replay(again, tx)
        await work(runtime)

    told = [json.loads(line)["data"]["period_id"] for line in printed.read_text().splitlines()]
    rows = await uow.reading().store(DELIVERIES).select(order=("position",))
    assert (forged.status_code, away is not None, told) == (401, True, ["a", "b"])
    assert [(each.state, each.attempts) for each in rows] == [("DELIVERED", 2), ("DELIVERED", 3)]
