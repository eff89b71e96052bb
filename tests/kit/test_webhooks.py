"""Webhooks: who is told, in which order, how often, and when nobody is told any more."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from standardwebhooks import Webhook as Verifier

from congvu_kit.adapters.webhook_sealing import SharedSealing
from congvu_kit.application import webhooks as kit
from congvu_kit.application.feeds import Feed
from congvu_kit.application.ports import Collection, Eq, Kept, Page, Transaction, UnitOfWork
from congvu_kit.application.reads import READ_ENTRIES, READS
from congvu_kit.application.webhook_deliveries import CHAIN_MAX, DeliveryPlan
from congvu_kit.application.webhook_operating import OperateWebhooks, operate_webhooks
from congvu_kit.application.webhooks import DELIVERIES, WEBHOOK_COLLECTIONS, WEBHOOKS
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import Clock
from congvu_kit.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from congvu_kit.domain.feeds import FeedChange
from congvu_kit.domain.webhooks import (
    TRIED_FOR,
    DeliveryFailure,
    DeliveryState,
    OperatorAction,
    Outcome,
    StopReason,
    Webhook,
    WebhookAction,
    WebhookDelivery,
    WebhookState,
    wait_after,
)
from congvu_kit.service.runtime import Alone, Runtime
from congvu_kit.service.webhooks import CHAIN_S, WebhookWorker
from support.clock import FixedClock
from support.webhooks import BROKEN, SEALING, URL, Receiver

FEED = Feed()
OPENED, CLOSED = "congvu.evaluation.period.opened.v1", "congvu.evaluation.period.closed.v1"
MEET_S = 20.0
HRM = Actor(subject="HRM", roles=frozenset({Role.PERSONNEL_SYNC}), province="56")
START = datetime(2026, 11, 27, 8, tzinfo=UTC)


async def read_feed(
    reader: Actor, tx: Transaction, province: str | None, *, first: int, after: str | None
) -> Page[FeedChange]:
    reader.require(Role.PERSONNEL_SYNC, Role.AUDITOR)
    reader.require_province(province or "")
    return await FEED.read(tx, province, first=first, after=after)


HOOKS = kit.Webhooks(FEED, (OPENED, CLOSED), read_feed)


@dataclass
class Needs:
    receivers: Receiver
    sealing: SharedSealing = SEALING


@pytest.fixture
def collections() -> Sequence[Collection[Any]]:
    return (*FEED.collections, *WEBHOOK_COLLECTIONS, *READS)


@pytest.fixture
def clock() -> Clock:
    return FixedClock(START)


class World:
    """A service with its feed, its worker and one receiver."""

    def __init__(self, uow: UnitOfWork, clock: FixedClock) -> None:
        self.uow, self.clock, self.receiver = uow, clock, Receiver()
        self.needs = Needs(self.receiver)
        self.runtime = Runtime(uow=uow, needs=self.needs)

    async def subscribe(self, actor: Actor = HRM, **given: Any) -> Webhook:
        asked: dict[str, Any] = {"url": URL, "event_types": (), "province": None, "after": None}
        command = kit.SubscribeWebhook(actor=actor, idempotency_key="k", **(asked | given))
        async with self.uow.begin() as tx:
            return await HOOKS.subscribe(command, tx, self.needs.sealing, self.receiver)

    async def change(self, webhook: Webhook, actor: Actor = HRM, **given: Any) -> Webhook:
        asked: dict[str, Any] = {"url": None, "event_types": None, "action": None}
        command = kit.ChangeWebhook(
            actor=actor, idempotency_key="k", webhook_id=webhook.id, **(asked | given)
        )
        async with self.uow.begin() as tx:
            return await HOOKS.change(command, tx, self.receiver)

    async def rotate(self, webhook: Webhook, hours: int) -> Webhook:
        command = kit.RotateWebhookSecret(
            actor=HRM, idempotency_key="k", webhook_id=webhook.id, overlap_hours=hours
        )
        async with self.uow.begin() as tx:
            return await HOOKS.rotate(command, tx, self.needs.sealing)

    async def replay(
        self, webhook: Webhook, *, delivery: str | None = None, after: str | None = None
    ) -> Webhook:
        command = kit.ReplayWebhook(
            actor=HRM,
            idempotency_key="k",
            webhook_id=webhook.id,
            delivery_id=delivery,
            after=after,
        )
        async with self.uow.begin() as tx:
            return await HOOKS.replay(command, tx)

    async def operate(self, action: OperatorAction, **given: str) -> Sequence[Webhook]:
        command = OperateWebhooks(action=action, **({"by": "An", "why": "a test"} | given))
        async with self.uow.begin() as tx:
            return await operate_webhooks(command, tx)

    async def tell(self, *names: str, event_type: str = OPENED, **more: object) -> None:
        async with self.uow.begin() as tx:
            for each in names:
                payload: dict[str, object] = {"province": "56", "period_id": each, **more}
                await FEED.append(event_type, payload, tx)

    async def work(self) -> list[str]:
        """All that is due now; what the receiver was sent, by the period it is about."""
        self.receiver.calls.clear()
        worker = WebhookWorker(HOOKS, chance=lambda: 0.5)
        while await worker.step(self.runtime) or worker.is_serving:
            pass
        return [json.loads(each.body)["data"]["period_id"] for each in self.receiver.calls]

    async def later(self, by: timedelta) -> list[str]:
        self.clock.at += by
        return await self.work()

    async def stored(self, webhook: Webhook) -> Webhook:
        return await self.uow.reading().store(WEBHOOKS).get(webhook.id)

    async def deliveries(self) -> list[WebhookDelivery]:
        return await self.uow.reading().store(DELIVERIES).select(order=("position",))


@pytest.fixture
def world(any_uow: UnitOfWork, clock: FixedClock) -> World:
    return World(any_uow, clock)


async def test_what_comes_is_sent_once_in_order_and_signed(world: World) -> None:
    world.clock.at = datetime.now(UTC)
    await world.tell("before")
    webhook = await world.subscribe()
    await world.tell("a", "b")

    sent = await world.work()

    assert (sent, await world.work()) == (["a", "b"], [])
    secret = SEALING.open(webhook.secrets[0].sealed)
    for row in await world.deliveries():
        assert (row.state, row.attempts, row.ended_at is not None) == ("DELIVERED", 1, True)
    await world.tell("c")
    await world.work()
    [call] = world.receiver.calls
    told = Verifier(secret).verify(call.body, dict(call.headers))
    assert (told["type"], told["province"], told["data"]["period_id"]) == (OPENED, "56", "c")
    assert told["cursor"] == "0000000000000004"
    assert call.headers["congvu-confirm-by"] == webhook.confirm_by.isoformat()
    assert call.id == f"msg_{webhook.id.partition('_')[2]}_0000000000000004"


async def test_only_what_is_wanted_is_sent(world: World) -> None:
    webhook = await world.subscribe(event_types=(CLOSED,))
    await world.tell("a")
    await world.tell("a", event_type=CLOSED)

    assert await world.work() == ["a"]
    assert (await world.stored(webhook)).position == "0000000000000002"
    assert [each.event_type for each in await world.deliveries()] == [CLOSED]


async def test_a_failure_is_tried_again_later_and_later(world: World) -> None:
    webhook = await world.subscribe()
    await world.tell("a")
    world.receiver.otherwise = BROKEN

    assert (await world.work(), await world.work()) == (["a"], [])
    assert await world.later(timedelta(seconds=4)) == []
    assert await world.later(timedelta(seconds=1)) == ["a"]
    assert await world.later(timedelta(seconds=14)) == []
    world.receiver.otherwise = Outcome(failure=None, status=200, took_ms=3)
    assert await world.later(timedelta(seconds=1)) == ["a"]

    [row] = await world.deliveries()
    assert [each.status for each in row.tries] == [500, 500, 200]
    assert (row.state, (await world.stored(webhook)).failing_since) == ("DELIVERED", None)


async def test_what_a_receiver_asks_for_is_waited_for(world: World) -> None:
    await world.subscribe()
    await world.tell("a")
    busy = Outcome(
        failure=DeliveryFailure.STATUS, status=429, took_ms=1, retry_after=timedelta(minutes=7)
    )
    world.receiver.otherwise = busy

    await world.work()

    assert await world.later(timedelta(minutes=6)) == []
    assert await world.later(timedelta(minutes=1)) == ["a"]


async def test_what_it_asks_for_holds_for_the_change_and_while_it_takes_nothing_for_all(
    world: World,
) -> None:
    busy = replace(BROKEN, status=429, retry_after=timedelta(minutes=7))
    await world.subscribe()
    world.receiver.answers[b'"period_id":"a"'] = busy
    await world.tell("a", "b")
    assert sorted(await world.work()) == ["a", "b"]

    assert await world.later(timedelta(minutes=6)) == []
    assert await world.later(timedelta(minutes=1)) == ["a"]
    await world.tell("c")

    assert await world.later(timedelta(minutes=6)) == []
    assert (await world.later(timedelta(minutes=1)))[0] == "c"


async def test_what_is_refused_alone_holds_up_its_own_key_and_no_other(world: World) -> None:
    await world.subscribe()
    world.receiver.answers[b'"period_id":"a"'] = BROKEN
    await world.tell("a", "a", "b")

    first = await world.work()
    await world.tell("c")
    second = await world.work()

    assert (sorted(first), second) == (["a", "b"], ["c"])
    world.receiver.answers.clear()
    assert await world.later(timedelta(seconds=6)) == ["a", "a"]


async def test_a_receiver_that_fails_is_asked_with_what_was_tried_least(world: World) -> None:
    await world.subscribe()
    world.receiver.answers[b'"period_id":"a"'] = BROKEN
    await world.tell("a")
    await world.work()
    await world.tell("b")

    assert (await world.later(timedelta(seconds=6)))[0] == "b"


async def test_a_receiver_that_is_away_is_asked_seldom_and_with_one(world: World) -> None:
    await world.subscribe()
    await world.tell(*(f"p{number:03}" for number in range(150)))
    world.receiver.otherwise = BROKEN

    first = await world.work()
    second = await world.later(timedelta(seconds=6))

    assert (len(first), len(second), len(await world.deliveries())) == (8, 1, 100)
    world.receiver.otherwise = Outcome(failure=None, status=200, took_ms=1)
    all = await world.later(timedelta(hours=1))
    assert sorted(all) == [f"p{number:03}" for number in range(150)]


async def test_after_three_days_nobody_is_called_and_the_reason_is_told(world: World) -> None:
    webhook = await world.subscribe()
    await world.tell("a")
    world.receiver.otherwise = BROKEN
    await world.work()

    while (await world.stored(webhook)).state is WebhookState.ACTIVE:
        await world.later(timedelta(hours=2))

    stopped = await world.stored(webhook)
    assert (stopped.state, stopped.stopped_for) == ("STOPPED", StopReason.NOT_TAKEN)
    assert TRIED_FOR <= world.clock.at - START < TRIED_FOR + timedelta(hours=8)
    [row] = await world.deliveries()
    assert row.state is DeliveryState.FAILED
    assert await world.later(timedelta(hours=1)) == []
    world.receiver.otherwise = Outcome(failure=None, status=200, took_ms=1)
    await world.change(webhook, action=WebhookAction.RESUME)
    await world.replay(webhook, delivery=row.id)
    assert await world.work() == ["a"]


async def test_a_pause_is_no_time_in_which_a_receiver_was_tried(world: World) -> None:
    webhook = await world.subscribe()
    await world.tell("a")
    world.receiver.otherwise = BROKEN
    await world.work()
    await world.change(webhook, action=WebhookAction.PAUSE)
    world.clock.at += timedelta(days=4)
    await world.change(webhook, action=WebhookAction.RESUME)

    assert await world.work() == ["a"]

    [row] = await world.deliveries()
    assert (row.state, row.attempts) == (DeliveryState.WAITING, 2)
    assert (await world.stored(webhook)).state is WebhookState.ACTIVE


async def test_a_call_whose_end_nobody_noted_is_made_again_under_its_id(world: World) -> None:
    """As when the process dies between the two."""
    await world.subscribe()
    await world.tell("a")
    world.receiver.dies = True
    first = await world.work()
    world.receiver.dies = False
    [before] = world.receiver.calls

    assert (first, await world.work()) == (["a"], ["a"])
    [after] = world.receiver.calls
    assert after.id == before.id


async def test_who_wants_nothing_more_is_called_no_more(world: World) -> None:
    webhook = await world.subscribe()
    await world.tell("a")
    world.receiver.otherwise = Outcome(failure=DeliveryFailure.GONE, status=410, took_ms=1)

    await world.work()

    assert (await world.stored(webhook)).stopped_for is StopReason.GONE


async def test_what_comes_in_a_pause_is_sent_after_it(world: World) -> None:
    webhook = await world.subscribe()
    await world.change(webhook, action=WebhookAction.PAUSE)
    await world.tell("a")

    assert await world.work() == []
    await world.change(webhook, action=WebhookAction.RESUME)
    assert await world.work() == ["a"]
    await world.change(webhook, action=WebhookAction.END)
    await world.tell("b")
    assert await world.work() == []
    with pytest.raises(Conflict, match="has ended"):
        await world.change(webhook, action=WebhookAction.RESUME)
    assert (await world.stored(webhook)).secrets == ()


async def test_one_or_all_after_a_position_is_replayed_under_the_same_ids(world: World) -> None:
    webhook = await world.subscribe()
    await world.tell("a", "b", "c")
    await world.work()
    ids = {call.id for call in world.receiver.calls}

    await world.replay(webhook, delivery=(await world.deliveries())[1].id)
    one = await world.work()
    await world.replay(webhook, after="1")
    several = await world.work()
    await world.replay(webhook, after="900")

    assert (one, several, await world.work()) == (["b"], ["b", "c"], [])
    other = await world.subscribe()
    with pytest.raises(NotFound, match="no such delivery"):
        await world.replay(other, delivery=(await world.deliveries())[1].id)
    assert {each.id for each in await world.deliveries()} == ids
    with pytest.raises(Invalid, match="name one delivery"):
        await world.replay(webhook)
    with pytest.raises(NotFound, match="no such delivery"):
        await world.replay(webhook, delivery="msg_x")
    await world.change(other, action=WebhookAction.END)
    await world.tell("d")
    assert await world.work() == ["d"]


async def test_both_secrets_sign_while_a_receiver_changes_over(world: World) -> None:
    world.clock.at = datetime.now(UTC)
    webhook = await world.subscribe()
    old = SEALING.open(webhook.secrets[0].sealed)
    webhook = await world.rotate(webhook, 1)
    new = SEALING.open(webhook.secrets[0].sealed)

    await world.tell("a")
    await world.work()
    [both] = world.receiver.calls
    await world.tell("b")
    await world.later(timedelta(hours=1))
    [one] = world.receiver.calls

    for secret in (old, new):
        Verifier(secret).verify(both.body, dict(both.headers))
    assert old != new
    assert (len(both.headers["webhook-signature"].split()), one.headers["webhook-signature"]) == (
        2,
        one.headers["webhook-signature"].split()[0],
    )
    webhook = await world.rotate(webhook, 0)
    assert len(webhook.secrets) == 1
    with pytest.raises(Invalid, match="overlapHours"):
        await world.rotate(webhook, 169)


async def test_a_right_that_is_lost_ends_what_is_sent(world: World) -> None:
    """Also what was prepared and had to wait."""
    webhook = await world.subscribe()
    world.receiver.otherwise = BROKEN
    await world.tell("a")
    await world.work()
    await world.change(webhook, replace(HRM, roles=frozenset({Role.SERVICE_PORTAL})))

    sent = await world.later(timedelta(seconds=10))
    await world.tell("b")
    sent += await world.later(timedelta(seconds=10))

    stopped = await world.stored(webhook)
    assert (sent, stopped.stopped_for) == ([], StopReason.NOT_ALLOWED)
    [row] = await world.deliveries()
    assert (row.state, row.attempts) == (DeliveryState.WITHHELD, 1)


async def test_what_nobody_confirms_for_a_week_is_stopped(world: World) -> None:
    webhook = await world.subscribe()
    await world.later(timedelta(days=6))
    await world.change(webhook)
    await world.tell("a")
    assert await world.later(timedelta(days=6)) == ["a"]

    await world.tell("b")

    assert await world.later(timedelta(days=1)) == []
    assert (await world.stored(webhook)).stopped_for is StopReason.NOT_CONFIRMED
    await world.change(webhook, action=WebhookAction.RESUME)
    assert await world.work() == ["b"]


async def test_who_may_not_read_the_feed_subscribes_to_nothing(world: World) -> None:
    auditor = replace(HRM, roles=frozenset({Role.AUDITOR}))
    for actor, given, refusal in (
        (auditor, {}, Forbidden),
        (replace(HRM, roles=frozenset({Role.SERVICE_PORTAL})), {}, Forbidden),
        (HRM, {"province": "01"}, Forbidden),
        (HRM, {"url": "http://hrm.example.vn"}, Invalid),
        (HRM, {"event_types": ("congvu.evaluation.x.y.v1",)}, Invalid),
        (HRM, {"after": "x"}, Invalid),
    ):
        with pytest.raises(refusal):
            await world.subscribe(actor, **given)

    assert await world.uow.reading().store(WEBHOOKS).count() == 0


async def test_a_change_is_judged_as_the_subscription_was(world: World) -> None:
    webhook = await world.subscribe()

    for given, refusal in (
        ({"url": "http://hrm.example.vn"}, Invalid),
        ({"event_types": ("congvu.evaluation.x.y.v1",)}, Invalid),
        ({"actor": replace(HRM, roles=frozenset({Role.AUDITOR}))}, Forbidden),
    ):
        with pytest.raises(refusal):
            await world.change(webhook, **given)

    assert (await world.stored(webhook)).revision == webhook.revision


async def test_a_pause_that_comes_between_prepares_nothing(world: World) -> None:
    webhook = await world.subscribe()
    await world.tell("a")
    await world.change(webhook, action=WebhookAction.PAUSE)

    async with world.uow.begin() as tx:
        assert not await DeliveryPlan(HOOKS).prepare(webhook.id, 10, tx)

    assert await world.deliveries() == []


async def test_what_was_taken_meanwhile_stays_taken(world: World) -> None:
    webhook = await world.subscribe()
    await world.tell("a")
    await world.work()
    [row] = await world.deliveries()

    async with world.uow.begin() as tx:
        await DeliveryPlan(HOOKS).note(webhook.id, {row.id: BROKEN}, 0.5, tx)

    [after] = await world.deliveries()
    assert (after.state, after.attempts) == (DeliveryState.DELIVERED, 1)


class Elsewhere:
    """The lease is another process's."""

    async def take(self, name: str, *, within: timedelta) -> int | None:
        return None

    async def leave(self, name: str) -> None:
        return None


async def test_who_has_no_lease_calls_nobody(world: World) -> None:
    await world.subscribe()
    await world.tell("a")
    waiting = Runtime(uow=world.uow, needs=world.needs, leases=Elsewhere())

    assert not await WebhookWorker(HOOKS).step(waiting)

    assert world.receiver.calls == []


async def test_an_account_has_ten_and_sees_its_own(world: World) -> None:
    other = replace(HRM, subject="other")
    first = await world.subscribe()
    for _ in range(9):
        await world.subscribe()
    with pytest.raises(Conflict, match="10 webhooks"):
        await world.subscribe()
    await world.subscribe(other)
    await world.change(first, action=WebhookAction.END)
    await world.subscribe()

    reading = world.uow.reading()
    mine = await kit.list_webhooks(HRM, reading, first=100, after=None)
    auditor = replace(HRM, subject="aud", roles=frozenset({Role.AUDITOR}))
    audited = await kit.list_webhooks(auditor, reading, first=100, after=None)
    assert (len(mine.items), len(audited.items)) == (11, 12)
    strange = replace(auditor, province="01")
    assert not (await kit.list_webhooks(strange, reading, first=100, after=None)).items
    await kit.list_deliveries(auditor, reading, first.id, first=1, after=None)
    for stranger in (other, replace(auditor, province="01"), replace(HRM, roles=frozenset())):
        with pytest.raises(DomainError):
            await kit.list_deliveries(stranger, reading, first.id, first=1, after=None)
    with pytest.raises(NotFound):
        await world.change(first, other)


async def test_an_operators_stop_holds_against_its_owner_until_it_is_released(world: World) -> None:
    """Also against a token of before a role was withdrawn, which is good for a day."""
    webhook, others = await world.subscribe(), await world.subscribe(replace(HRM, subject="x"))
    await world.tell("a")

    [held] = await world.operate(OperatorAction.STOP, owner="hrm", why="lost its role")

    assert await world.work() == ["a"]
    assert (held.id, held.stopped_for) == (webhook.id, StopReason.BY_OPERATOR)
    for refused in (
        world.change(webhook, action=WebhookAction.RESUME),
        world.change(webhook, action=WebhookAction.END),
        world.change(webhook),
        world.rotate(webhook, 0),
        world.replay(webhook, after="0"),
        world.subscribe(),
    ):
        with pytest.raises(Conflict, match="whoever runs the platform"):
            await refused
    with pytest.raises(Conflict, match="as it would be"):
        await world.operate(OperatorAction.STOP, webhook_id=webhook.id)

    await world.operate(OperatorAction.RELEASE, webhook_id=webhook.id, why="has it again")
    assert await world.work() == []
    await world.change(webhook, action=WebhookAction.RESUME)
    assert await world.work() == ["a"]
    steps = [(each.action, each.by, each.why) for each in (await world.stored(webhook)).steps]
    assert steps == [("STOP", "An", "lost its role"), ("RELEASE", "An", "has it again")]
    assert (await world.stored(others)).steps == ()
    with pytest.raises(NotFound):
        await world.operate(OperatorAction.STOP, owner="nobody")


async def test_one_that_ended_lets_go_of_what_waited_and_goes_in_its_time(world: World) -> None:
    webhook = await world.subscribe()
    await world.tell("a", "b")
    world.receiver.otherwise = BROKEN
    await world.work()

    await world.change(webhook, action=WebhookAction.END)

    day = START.date()
    assert (await world.stored(webhook)).ended_on == day
    rows = await world.deliveries()
    assert [(each.state, each.ended_on) for each in rows] == [("WITHHELD", day)] * 2
    for collection in (WEBHOOKS, DELIVERIES):
        assert collection.kept == Kept(path="ended_on", days=30)
    with pytest.raises(Conflict, match="it has ended"):
        await world.operate(OperatorAction.STOP, webhook_id=webhook.id)


class Watching(Receiver):
    """Looks at the record as it is called."""

    def __init__(self, uow: UnitOfWork) -> None:
        super().__init__()
        self._uow = uow
        self.on_record: list[int] = []

    async def call(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        told = Eq("operation", "webhook")
        self.on_record.append(await self._uow.reading().store(READ_ENTRIES).count(told))
        return await super().call(url, headers, body)


async def test_what_tells_of_a_person_is_on_record_before_it_leaves(world: World) -> None:
    world.receiver = world.needs.receivers = Watching(world.uow)
    await world.subscribe()
    await world.tell("a", civil_servant_id="cs_1")

    await world.work()

    assert world.receiver.on_record == [1]
    entries = await world.uow.reading().store(READ_ENTRIES).select()
    [told] = [each for each in entries if each.operation == "webhook"]
    assert (told.reader.subject, told.subjects) == ("HRM", ("cs_1",))


async def test_who_is_told_of_in_a_round_is_on_record_and_who_stands_between_is_not(
    world: World,
) -> None:
    world.receiver = world.needs.receivers = Watching(world.uow)
    await world.subscribe(event_types=(OPENED,))
    for number, event_type in enumerate((OPENED, CLOSED, OPENED, CLOSED, OPENED)):
        await world.tell("a", event_type=event_type, civil_servant_id=f"cs_{number}")

    await world.work()

    assert world.receiver.on_record == [1, 1, 1]
    entries = await world.uow.reading().store(READ_ENTRIES).select()
    [told] = [each for each in entries if each.operation == "webhook"]
    assert told.subjects == ("cs_0", "cs_2", "cs_4")


async def test_a_receiver_that_fails_puts_one_on_record_for_each_try(world: World) -> None:
    await world.subscribe()
    world.receiver.otherwise = BROKEN
    for number in range(3):
        await world.tell("a", civil_servant_id=f"cs_{number}")
    await world.work()

    await world.later(timedelta(seconds=6))

    entries = await world.uow.reading().store(READ_ENTRIES).select(order=("number",))
    told = [each.subjects for each in entries if each.operation == "webhook"]
    assert told == [("cs_0", "cs_1", "cs_2"), ("cs_0",)]


async def test_a_secret_follows_the_key_it_lies_under_and_a_lost_one_stops(world: World) -> None:
    first, second = "a first key, long enough for it", "another, as long as the first one"
    keys = [first]
    world.needs.sealing = SharedSealing(lambda: keys)
    webhook = await world.subscribe()
    keys[:] = [second, first]
    await world.work()
    keys[:] = [second]
    await world.tell("a")

    assert await world.later(timedelta(seconds=1)) == ["a"]
    keys[:] = [first]
    await world.tell("b")
    assert await world.later(timedelta(seconds=1)) == []
    assert (await world.stored(webhook)).stopped_for is StopReason.SECRET_LOST


async def test_changes_of_one_thing_go_one_after_the_other_many_in_a_round(world: World) -> None:
    """Each once, also where others stand between; a round is noted once."""
    webhook = await world.subscribe(event_types=(OPENED,))
    for number in range(40):
        await world.tell("a", number=number)
        await world.tell("a", event_type=CLOSED, number=number)

    await world.work()

    sent = [json.loads(each.body)["data"]["number"] for each in world.receiver.calls]
    assert sent == list(range(40))
    assert {(each.state, each.attempts) for each in await world.deliveries()} == {("DELIVERED", 1)}
    assert (await world.stored(webhook)).revision - webhook.revision <= 2 * -(-40 // CHAIN_MAX) + 1


async def test_a_round_is_so_many_of_one_thing_and_no_more(world: World) -> None:
    """What is called again where a process dies before it noted them."""
    await world.subscribe()
    await world.tell(*["a"] * (CHAIN_MAX + 1))
    worker = WebhookWorker(HOOKS)

    await worker.step(world.runtime)

    assert len(world.receiver.calls) == CHAIN_MAX


class Meeting(Receiver):
    """Answers none of the calls that it waits for before all of them are there."""

    def __init__(self, many: int) -> None:
        super().__init__()
        self._all = asyncio.Barrier(many)

    async def call(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        async with asyncio.timeout(MEET_S):
            await self._all.wait()
        return await super().call(url, headers, body)


async def test_changes_of_different_things_are_sent_side_by_side(world: World) -> None:
    await world.subscribe()
    world.receiver = world.needs.receivers = Meeting(3)
    await world.tell("a", "b", "c")

    assert sorted(await world.work()) == ["a", "b", "c"]


async def test_what_stands_together_in_the_feed_is_read_together(world: World) -> None:
    """Also where others stand between that are not wanted."""
    reads: list[int] = []

    async def counted(
        reader: Actor, tx: Transaction, province: str | None, *, first: int, after: str | None
    ) -> Page[FeedChange]:
        reads.append(first)
        return await read_feed(reader, tx, province, first=first, after=after)

    webhook = await world.subscribe(event_types=(OPENED,))
    for event_type in (OPENED, OPENED, CLOSED, OPENED):
        await world.tell("a", event_type=event_type)
    await world.work()
    told = await world.deliveries()
    plan = DeliveryPlan(kit.Webhooks(FEED, (OPENED, CLOSED), counted))

    found = await plan.changes_of(webhook, told, world.uow.reading())

    assert list(found) == [each.position for each in told]
    assert reads == [3, 1]


async def test_one_that_is_not_taken_holds_what_comes_after_it_of_its_thing(world: World) -> None:
    webhook = await world.subscribe()
    world.receiver.answers[b'"number":2,'] = BROKEN
    for number in range(5):
        await world.tell("a", number=number, last=True)
    await world.tell("b", number=9, last=True)

    assert sorted(await world.work()) == ["a", "a", "a", "b"]

    rows = await world.deliveries()
    assert [each.attempts for each in rows] == [1, 1, 1, 0, 0, 1]
    assert [each.state for each in rows if each.attempts] == [
        *["DELIVERED"] * 2,
        "WAITING",
        "DELIVERED",
    ]
    assert (await world.stored(webhook)).failing_since is None
    world.receiver.answers.clear()
    assert await world.later(timedelta(seconds=6)) == ["a"] * 3
    sent = [json.loads(each.body)["data"]["number"] for each in world.receiver.calls]
    assert sent == [2, 3, 4]


class Meanwhile(Receiver):
    """Something happens while the second call is on its way."""

    def __init__(self, happens: Callable[[], Awaitable[object]]) -> None:
        super().__init__()
        self._happens = happens

    async def call(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        outcome = await super().call(url, headers, body)
        if len(self.calls) == 2:
            await self._happens()
        return outcome


CHANGES: Mapping[str, Callable[[World, Webhook], Awaitable[object]]] = {
    "paused": lambda world, webhook: world.change(webhook, action=WebhookAction.PAUSE),
    "ended": lambda world, webhook: world.change(webhook, action=WebhookAction.END),
    "stopped": lambda world, webhook: world.operate(OperatorAction.STOP, webhook_id=webhook.id),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_who_stops_a_webhook_stops_it_between_two_changes_of_one_thing(
    world: World, change: Callable[[World, Webhook], Awaitable[object]]
) -> None:
    webhook = await world.subscribe()
    world.receiver = world.needs.receivers = Meanwhile(lambda: change(world, webhook))
    await world.tell(*"aaaa")

    assert await world.work() == ["a", "a"]
    assert await world.work() == []


async def test_what_waited_through_a_pause_goes_on_in_its_order(world: World) -> None:
    webhook = await world.subscribe()
    paused = partial(world.change, webhook, action=WebhookAction.PAUSE)
    world.receiver = world.needs.receivers = Meanwhile(paused)
    for number in range(4):
        await world.tell("a", number=number)
    await world.work()
    world.receiver = world.needs.receivers = Receiver()

    await world.change(webhook, action=WebhookAction.RESUME)
    await world.work()

    sent = [json.loads(each.body)["data"]["number"] for each in world.receiver.calls]
    assert sent == [2, 3]
    assert {(each.state, each.attempts) for each in await world.deliveries()} == {("DELIVERED", 1)}


async def test_another_address_and_secret_hold_from_the_next_call_on(world: World) -> None:
    webhook = await world.subscribe()

    async def moved() -> None:
        world.clock.at += timedelta(minutes=1)
        await world.change(webhook, url=f"{URL}/new")
        await world.rotate(webhook, 1)

    world.receiver = world.needs.receivers = Meanwhile(moved)
    await world.tell(*"aaaa")

    await world.work()

    calls = world.receiver.calls
    assert [each.url for each in calls] == [URL, URL, f"{URL}/new", f"{URL}/new"]
    assert [len(each.headers["webhook-signature"].split()) for each in calls] == [1, 1, 2, 2]
    assert len({each.headers["congvu-confirm-by"] for each in calls}) == 2


async def test_a_process_that_dies_among_changes_of_one_thing_begins_again_in_order(
    world: World,
) -> None:
    async def dies() -> None:
        raise RuntimeError("the process is gone")

    await world.subscribe()
    world.receiver = world.needs.receivers = Meanwhile(dies)
    await world.tell(*"aaaa")
    await world.work()
    before = [each.id for each in world.receiver.calls]
    world.receiver = world.needs.receivers = Receiver()

    await world.work()

    after = [each.id for each in world.receiver.calls]
    assert (before, after) == (after[:2], sorted(after))
    assert [each.attempts for each in await world.deliveries()] == [1] * 4


@pytest.mark.parametrize(("passes_s", "called"), [(CHAIN_S - 0.1, 4), (CHAIN_S, 2)])
async def test_a_round_of_changes_of_one_thing_goes_on_for_a_while(
    world: World, passes_s: float, called: int
) -> None:
    now_s = [0.0]

    async def passes() -> None:
        now_s[0] += passes_s

    await world.subscribe()
    world.receiver = world.needs.receivers = Meanwhile(passes)
    await world.tell(*"aaaa")

    await WebhookWorker(HOOKS, now_s=lambda: now_s[0]).step(world.runtime)

    assert len(world.receiver.calls) == called


@pytest.mark.parametrize(("passes_s", "called"), [(15, 1), (16, 0)])
async def test_no_call_begins_that_may_end_after_the_lease(
    world: World, passes_s: float, called: int
) -> None:
    """Whoever takes it over would call beside this process."""
    now_s = [0.0]

    class Slow(Alone):
        async def take(self, name: str, *, within: timedelta) -> int | None:
            now_s[0] += passes_s
            return await super().take(name, within=within)

    await world.subscribe()
    await world.tell("a")
    runtime = Runtime(uow=world.uow, needs=world.needs, leases=Slow())

    await WebhookWorker(HOOKS, now_s=lambda: now_s[0]).step(runtime)

    assert len(world.receiver.calls) == called


def test_waits_grow_differ_and_keep_to_a_bound() -> None:
    waits = [wait_after(number, 0.5) for number in range(1, 12)]

    assert [each.total_seconds() for each in waits[:5]] == [5, 15, 45, 135, 405]
    assert waits[-1] == timedelta(hours=6)
    assert wait_after(1, 0.0) < wait_after(1, 1.0)
    assert wait_after(1, 0.5, timedelta(days=9)) == timedelta(days=1)
