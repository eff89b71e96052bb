"""A consumer that sleeps, and replicas that do not agree about the time."""

import asyncio
import re
import time
from collections.abc import Sequence

import psutil

from congvu_demo.acts.world import World
from congvu_faults import clocks
from congvu_faults.figures import Figure
from congvu_faults.ground import Ground, Plan
from congvu_faults.load import KINDS, Load, figures_of, many_gateways, sync_units
from congvu_faults.oracle import Oracle
from congvu_faults.running import Trial, on
from congvu_faults.waiting import eventually

GROWTH_MAX_MB = 100.0
ALERT_FOR_S, ALERT_WITHIN_S = 30.0, 60.0
"""`CongvuPartDown`: a part that sleeps answers nobody who looks."""
CATCH_UP_S = 120.0
EVENTS_PER_SECOND, ROWS = 100, 10
SLEEPER = "feedback"


def resident_mb(ground: Ground, part: str) -> float:
    process = psutil.Process(ground.process(part).pid)
    return sum(each.memory_info().rss for each in (process, *process.children())) / 1e6


async def tell(world: World, lasts_s: float) -> list[str]:
    """So many events a second, as personnel systems send them."""
    began, told = time.monotonic(), list[str]()
    number = 0
    while time.monotonic() - began < lasts_s:
        told += await sync_units(world, f"L{id(told):x}.{number}", ROWS)
        number += 1
        await asyncio.sleep(max(0.0, began + number * ROWS / EVENTS_PER_SECOND - time.monotonic()))
    return told


async def slow_consumer(trial: Trial) -> Sequence[Figure]:
    """SIGSTOP for a service that listens while 100 events a second are told to it."""
    lasts_s = trial.pick(120.0, 5.0)
    async with on(trial, Plan(heals=False)) as ground:
        oracle = Oracle(ground)
        async with many_gateways(ground) as worlds:
            world = worlds.next()
            await tell(world, trial.pick(20.0, 2.0))
            before = resident_mb(ground, "evaluation")
            ground.sleep(SLEEPER)
            slept = time.monotonic()
            alert = asyncio.create_task(silent_to_who_looks(ground))
            told = await tell(world, lasts_s)
            grown_mb = resident_mb(ground, "evaluation") - before
            alert_s = await alert - slept + ALERT_FOR_S
            ground.wake(SLEEPER)
            woken = time.monotonic()

            async def heard() -> bool:
                return await asyncio.to_thread(oracle.heard, SLEEPER, told)

            await eventually(heard, within_s=3 * CATCH_UP_S, what="all was heard")
            caught_up_s = time.monotonic() - woken
    return [
        Figure(what="asleep", value=round(lasts_s), unit="s"),
        Figure(what="events meanwhile", value=len(told)),
        Figure(what="who tells grew by", value=round(grown_mb), unit="MB", bound=GROWTH_MAX_MB),
        Figure(what="alert after", value=round(alert_s), unit="s", bound=ALERT_WITHIN_S),
        Figure(what="caught up after", value=round(caught_up_s, 1), unit="s", bound=CATCH_UP_S),
    ]


async def silent_to_who_looks(ground: Ground) -> float:
    """When its figures could not be read for the first time."""

    async def silent() -> bool:
        return not await figures_of(ground.url(SLEEPER))

    await eventually(silent, within_s=ALERT_WITHIN_S, what="it does not answer")
    return time.monotonic()


AHEAD_S = 3600.0
TOLD_WITHIN_S = 60.0
TWO = ("evaluation", "feedback")


async def clocks_apart(trial: Trial) -> Sequence[Figure]:
    """Of two replicas each, one an hour ahead by libfaketime: the other is not put out of work."""
    lasts_s = trial.pick(60.0, 8.0)
    told = {f"{service}-2": clocks.shifted(AHEAD_S) for service in TWO}
    # A gateway would not call a replica so far away: its calls are 60 s old at most.
    async with on(trial, Plan(twice=TWO, told=told)) as ground:
        oracle = Oracle(ground)
        began = time.monotonic()
        skew = asyncio.create_task(skew_told(ground, "evaluation-2"))
        async with Load(ground) as load:
            await asyncio.sleep(lasts_s)
        verdict = await oracle.judge(load)
        pause_s = max(load.pause_s(kind, began + 3, began + lasts_s) for kind in KINDS)
        try:
            skew_s = await asyncio.wait_for(skew, TOLD_WITHIN_S)
        except TimeoutError:
            skew_s = 0.0
    return [
        *verdict.figures,
        Figure(what="one replica ahead by", value=AHEAD_S, unit="s"),
        Figure(what="longest pause of a kind", value=round(pause_s, 1), unit="s", bound=10.0),
        Figure(
            what="difference that it tells",
            value=round(skew_s),
            unit="s",
            bound=AHEAD_S - 60,
            at_least=True,
        ),
    ]


async def skew_told(ground: Ground, part: str) -> float:
    while True:
        found = re.search(
            r"^congvu_clock_skew_seconds\S* (\S+)$",
            await figures_of(ground.url(part)),
            re.MULTILINE,
        )
        if found and abs(float(found[1])) > 1:
            return abs(float(found[1]))
        await asyncio.sleep(1)
