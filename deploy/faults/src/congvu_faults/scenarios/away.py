"""Servers that are away, silent, killed or lose their answers, while everybody writes."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

import anyio.to_thread
import httpx

from congvu_demo.story.events import read_all, regressions
from congvu_faults.figures import Figure, milliseconds, seconds
from congvu_faults.ground import Ground, Plan
from congvu_faults.load import KINDS, Load, figures_of
from congvu_faults.oracle import Oracle
from congvu_faults.running import Trial, on
from congvu_faults.scenarios.kills import back
from congvu_kit.service.definition import topic_of

PER_SECOND = 20.0
SLOWER_MAX = 2.0
"""Acceptance 24: p95 beside idle."""
ALERT_AGE_S, ALERT_FOR_S, ALERT_WITHIN_S = 45.0, 15.0, 90.0
"""`CongvuOutboxOld` in deploy/observability/alerts.yaml, and how soon it must be told."""
LOOK_S = 1.0
FAULT_S = 2.0
BACK_WITHIN_S = 10.0
"""Acceptance 26: the window of errors."""


class Outboxes:
    """Looks at the age of what was not told yet, as the alert rule does."""

    def __init__(self, ground: Ground) -> None:
        self._urls = [ground.url(service) for service in KINDS]
        self.old_at: float | None = None

    async def watch(self) -> None:
        while self.old_at is None:
            told = await asyncio.gather(*map(figures_of, self._urls))
            found = re.findall(
                r"^congvu_outbox_age_seconds\S* (\S+)$", "\n".join(told), re.MULTILINE
            )
            if max(map(float, found), default=0.0) > ALERT_AGE_S:
                self.old_at = time.monotonic()
            await asyncio.sleep(LOOK_S)


class Probes:
    """What probes are told meanwhile: each path of each service, and how often not 200."""

    def __init__(self, ground: Ground, path: str) -> None:
        self._urls = [f"{ground.url(service)}{path}" for service in KINDS]
        self.asked = self.failed = 0

    async def watch(self) -> None:
        async with httpx.AsyncClient(timeout=3) as client:
            while True:
                for url in self._urls:
                    self.asked += 1
                    try:
                        self.failed += (await client.get(url)).status_code != httpx.codes.OK
                    except httpx.TransportError:
                        self.failed += 1
                await asyncio.sleep(LOOK_S)


async def broker(trial: Trial) -> Sequence[Figure]:
    """Refused, then silent, at a steady 20 writes a second."""
    idle_s, each_s = trial.pick(20.0, 4.0), trial.pick(150.0, 6.0)
    async with on(trial, Plan(behind_proxy=["broker"])) as ground:
        oracle, outboxes = Oracle(ground), Outboxes(ground)
        ready, proxy = Probes(ground, "/readyz"), ground.proxies["broker"]
        async with Load(ground, per_second=PER_SECOND) as load:
            await asyncio.sleep(3 + idle_s)
            away = time.monotonic()
            watching = [asyncio.create_task(each.watch()) for each in (outboxes, ready)]
            for fault in (proxy.refuse, proxy.silence):
                fault()
                await asyncio.sleep(each_s)
            ended = time.monotonic()
            for each in watching:
                each.cancel()
        proxy.mend()
        verdict = await oracle.judge(load)
        told = await read_all(ground.kafka_brokers, [topic_of(service) for service in KINDS])
    idle_ms = load.p95_ms(away - idle_s, away)
    alert_s = (outboxes.old_at or float("inf")) - away + ALERT_FOR_S
    return [
        *verdict.figures,
        seconds("away", ended - away),
        Figure(what="refused meanwhile", value=len(load.refused), bound=0),
        milliseconds("p95 idle", idle_ms),
        milliseconds("p95 meanwhile", load.p95_ms(away, ended), SLOWER_MAX * idle_ms),
        Figure(what="events out of order", value=len(regressions(told)), bound=0),
        Figure(what="services not ready meanwhile", value=ready.failed, bound=0),
        *([seconds("alert of an old outbox after", alert_s, ALERT_WITHIN_S)] if trial.long else []),
    ]


def faults_of(ground: Ground) -> Mapping[str, Callable[[], Awaitable[None]]]:
    """What can happen to those who ask the database; each is over when it returns."""
    proxy = ground.proxies["database"]

    async def for_a_while(fault: Callable[[], None]) -> None:
        fault()
        await asyncio.sleep(FAULT_S)
        proxy.mend()

    return {
        "connections cut": partial(anyio.to_thread.run_sync, proxy.cut),
        "answers lost": partial(for_a_while, proxy.lose_answers),
        "refusing": partial(for_a_while, proxy.refuse),
        "silent": partial(for_a_while, proxy.silence),
        "killed": partial(anyio.to_thread.run_sync, ground.kill, "database"),
    }


async def database(trial: Trial) -> Sequence[Figure]:
    """Ten times: its connections are cut, its answers lost, it refuses, and it is killed. The
    embedded server has one member: a step-down is what clients see of it, no election."""
    times = trial.pick(10, 1)
    async with on(trial, Plan(behind_proxy=["database"])) as ground:
        oracle, live, faults = Oracle(ground), Probes(ground, "/livez"), faults_of(ground)
        worst = dict.fromkeys(faults, 0.0)
        async with Load(ground) as load:
            watching = asyncio.create_task(live.watch())
            await asyncio.sleep(3)
            for name in [*faults] * times:
                since = time.monotonic()
                await faults[name]()
                worst[name] = max(worst[name], await back(load, "database", since))
                trial.say(f"{name}: {worst[name]:.1f} s")
                await asyncio.sleep(1)
            watching.cancel()
        verdict = await oracle.judge(load)
    bound_s = trial.within(BACK_WITHIN_S)
    return [
        Figure(what="faults", value=times * len(faults)),
        *verdict.figures,
        Figure(what="services not alive meanwhile", value=live.failed, bound=0),
        *(seconds(f"{name}: taken again after", worst[name], bound_s) for name in faults),
    ]
