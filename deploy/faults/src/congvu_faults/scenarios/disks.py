"""The disk is full under everything the platform writes, or fails once while it is written to."""

import asyncio
import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from congvu_faults.disk import Ballast, small_disk
from congvu_faults.figures import Figure, NotRun
from congvu_faults.ground import Plan
from congvu_faults.load import KINDS, Load
from congvu_faults.oracle import Oracle
from congvu_faults.running import Trial, on
from congvu_faults.waiting import eventually

SIZE_MB, RESERVE_MB = 176, 32
"""The database's logs alone take 64 MB."""

REFUSED_WITHIN_S = 60.0
"""An import has 50 s, in the tests less."""
HURRIED = {"gateway": {"CONGVU_IMPORT_TIMEOUT_MS": "8000"}}
HEALED_WITHIN_S = 60.0
LEAKS = re.compile(r"errno|no space|panic|wiredtiger|/", re.IGNORECASE)
KIND = "evaluation"
WARM, ENOUGH = 20, 4


async def full(trial: Trial) -> Sequence[Figure]:
    """So long no byte is free: logs, database and broker's clients all meet it."""
    lasts_s = trial.pick(60.0, 10.0)
    plan = Plan(reserve_mb=RESERVE_MB, told=trial.pick({}, HURRIED))
    with small_disk(trial.folder / "disk", SIZE_MB) as disk:
        async with on(replace(trial, folder=disk), plan) as ground:
            oracle, ballast = Oracle(ground), Ballast(disk / "ballast")
            async with Load(ground, clients=4, kinds=[KIND]) as load:
                await eventually(lambda: load.answered >= WARM, within_s=60, what="it is written")
                ballast.leave((RESERVE_MB - 2) * 1_000_000)
                await eventually(
                    lambda: len(load.refused) > 0, within_s=REFUSED_WITHIN_S, what="it is refused"
                )
                await asyncio.sleep(3)
                ballast.leave(0)
                since = time.monotonic()
                await asyncio.sleep(lasts_s)
                meanwhile = load.answered_since(KIND, since)
                back = time.monotonic()
                ballast.away()
                await eventually(
                    lambda: load.answered_since(KIND, back) >= ENOUGH,
                    within_s=2 * HEALED_WITHIN_S,
                    what="it is taken again",
                )
                healed_s = load.pause_s(KIND, back, time.monotonic())
            verdict = await oracle.judge(load)
    leaks = [each for each in load.refused if LEAKS.search(_said(each.told))]
    return [
        *verdict.figures,
        Figure(what="full", value=round(lasts_s), unit="s"),
        Figure(what="acknowledged while full", value=meanwhile, bound=0),
        Figure(what="refusals that tell of the system", value=len(leaks), bound=0),
        Figure(
            what="healed after",
            value=round(healed_s, 1),
            unit="s",
            bound=trial.within(HEALED_WITHIN_S),
        ),
    ]


def _said(told: str) -> str:
    """The answer without its address."""
    return re.sub(r"https?://\S+", "", told)


async def fails_once(trial: Trial) -> Sequence[Figure]:
    """The database is told EIO by the next fsync; what it acknowledged is there."""
    times, worst = trial.pick(5, 1), 0.0
    library = compiled(trial.folder)
    trigger = trial.folder / "fails"
    told = {"LD_PRELOAD": str(library), "CONGVU_FAILING": str(trigger)}
    async with on(trial, Plan(told={"database": told})) as ground:
        oracle = Oracle(ground)
        async with Load(ground) as load:
            await asyncio.sleep(3)
            for _ in range(times):
                trigger.touch()
                await eventually(lambda: not trigger.exists(), within_s=30, what="fsync failed")
                since = time.monotonic()
                await eventually(
                    lambda since=since: all(
                        load.answered_since(kind, since) >= ENOUGH for kind in KINDS
                    ),  # type: ignore[misc]
                    within_s=2 * HEALED_WITHIN_S,
                    what="it is taken again",
                )
                now = time.monotonic()
                took_s = max(load.pause_s(kind, since, now) for kind in KINDS)
                trial.say(f"fsync failed: {took_s:.1f} s")
                worst = max(worst, took_s)
        verdict = await oracle.judge(load)
    return [
        *verdict.figures,
        Figure(what="failures of fsync", value=times),
        Figure(
            what="healed after",
            value=round(worst, 1),
            unit="s",
            bound=trial.within(HEALED_WITHIN_S),
        ),
    ]


def compiled(folder: Path) -> Path:
    """Raises `NotRun` where there is no compiler."""
    source, library = Path(__file__).parents[1] / "failing.c", folder / "failing.so"
    try:
        subprocess.run(
            ["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotRun("a C compiler is missing") from error
    return library
