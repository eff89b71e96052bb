"""Replicas are ended in order, or killed, one after the other, and nobody who calls notices."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import anyio.to_thread
import httpx

from congvu_faults.figures import Figure
from congvu_faults.ground import Ground, Plan
from congvu_faults.load import KINDS, Load
from congvu_faults.oracle import Oracle
from congvu_faults.running import Trial, on
from congvu_faults.scenarios.kills import GENTLY, back

PER_SECOND = 50.0
ENDS_WITHIN_S = 30.0
BACK_WITHIN_S = 10.0
DRAINS = {"CONGVU_DRAIN_MS": "3000"}
CALM_S = 1.0

BOTH = (*KINDS, "gateway")
TWICE = Plan(twice=BOTH, told={part: DRAINS for each in KINDS for part in (each, f"{each}-2")})
GONE = "gone"


async def says_it_ends(url: str) -> str:
    """What is seen of one that ends: `503` on the way, or that it was gone at once."""
    async with httpx.AsyncClient(timeout=1) as client:
        while True:
            try:
                answer = await client.get(f"{url}/readyz")
            except httpx.TransportError:
                return GONE
            if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
                return "503"
            await asyncio.sleep(0.05)


async def ended(ground: Ground, part: str) -> tuple[int | None, float, str]:
    """Exit code, seconds, and what was seen."""
    seen = asyncio.create_task(says_it_ends(ground.url(part)))
    began = time.monotonic()
    code = await anyio.to_thread.run_sync(ground.end, part)
    return code, time.monotonic() - began, await seen


async def rolled(trial: Trial) -> Sequence[Figure]:
    """SIGTERM to each of two replicas of each service at 50 writes a second."""
    return await roll(trial, trial.pick(TWICE, replace(TWICE, twice=("feedback",))))


async def roll(trial: Trial, plan: Plan, new: Path | None = None) -> Sequence[Figure]:
    """With `new` they come back as that interpreter runs them: a roll from one edition to the
    next, whose `python` has the other edition installed."""
    services = trial.pick(tuple(KINDS), ("feedback",))
    codes, slowest, unseen = [], 0.0, 0
    async with on(trial, plan) as ground:
        oracle = Oracle(ground)
        async with Load(ground, clients=16, per_second=trial.pick(PER_SECOND, GENTLY)) as load:
            await asyncio.sleep(3)
            for service in services:
                for part in (service, f"{service}-2"):
                    code, took_s, seen = await ended(ground, part)
                    codes.append(code)
                    slowest, unseen = max(slowest, took_s), unseen + (seen == GONE)
                    trial.say(f"{part}: exit {code} after {took_s:.1f} s, {seen}")
                    if new is not None:
                        ground.runs_with(part, new)
                    await anyio.to_thread.run_sync(ground.restart, part)
                    await asyncio.sleep(CALM_S)
        verdict = await oracle.judge(load)
    return [
        *verdict.figures,
        Figure(what="replicas ended", value=len(codes)),
        Figure(what="calls that failed", value=len(load.refused), bound=0),
        Figure(
            what="ended within",
            value=round(slowest, 1),
            unit="s",
            bound=trial.within(ENDS_WITHIN_S),
        ),
        Figure(what="gone before they said 503", value=unseen, bound=0),
        Figure(
            what="exit codes but 0 and SIGTERM's",
            value=sum(code not in (0, -15, 143) for code in codes),
            bound=0,
        ),
    ]


async def one_of_two(trial: Trial) -> Sequence[Figure]:
    """Two of every service and gateway; one of each is killed with -9."""
    parts = trial.pick(
        tuple(f"{part}{end}" for part in BOTH for end in ("", "-2")), ("feedback-2",)
    )
    worst = 0.0
    async with on(trial, TWICE) as ground:
        oracle = Oracle(ground)
        async with Load(ground) as load:
            await asyncio.sleep(3)
            for part in parts:
                killed = time.monotonic()
                await anyio.to_thread.run_sync(ground.kill, part)
                took_s = await back(load, part.removesuffix("-2"), killed)
                trial.say(f"{part}: {took_s:.1f} s")
                worst = max(worst, took_s)
                await anyio.to_thread.run_sync(ground.wait_ready, part)
        verdict = await oracle.judge(load)
    return [
        *verdict.figures,
        Figure(what="deaths", value=len(parts)),
        Figure(
            what="longest pause of a kind",
            value=round(worst, 1),
            unit="s",
            bound=trial.within(BACK_WITHIN_S),
        ),
    ]
