"""Ten times as much as can be served: as much is served as before, the rest hear so at once."""

import asyncio
from collections.abc import Sequence

import psutil

from congvu_faults.crowd import Answer, Crowd, goodput, p95_ms
from congvu_faults.figures import Figure, milliseconds
from congvu_faults.ground import Ground, Plan
from congvu_faults.load import KINDS
from congvu_faults.oracle import Oracle
from congvu_faults.running import Trial, on

TIMES = 10
KEPT_MIN = 0.7
REFUSED_WITHIN_MS = 100.0
"""Acceptance 29."""
GROWTH_MAX_MB = 300.0
CLIENTS = (8, 16, 32)
"""The peak is what the best of these get."""
PARTS = ("gateway", *KINDS)


def resident_mb(ground: Ground) -> float:
    processes = [psutil.Process(ground.process(part).pid) for part in PARTS]
    return max(each.memory_info().rss for each in processes) / 1e6


async def ten_times(trial: Trial) -> Sequence[Figure]:
    each_s, lasts_s = trial.pick(10.0, 3.0), trial.pick(30.0, 5.0)
    async with on(trial, Plan(heals=False)) as ground:
        oracle, crowd = Oracle(ground), Crowd(ground)
        await crowd.in_turn(CLIENTS[0], 2.0)
        peak = 0.0
        for clients in CLIENTS:
            peak = max(peak, goodput(await crowd.in_turn(clients, each_s)))
        before_mb = resident_mb(ground)
        rush = await crowd.at_rate(TIMES * peak, lasts_s)
        grown_mb = resident_mb(ground) - before_mb
        await asyncio.sleep(1)
        after = goodput(await crowd.in_turn(CLIENTS[1], each_s))
        verdict = await oracle.judge(crowd)
    refused = [each for each in rush if each.is_turned_away]
    kept = goodput(rush) / peak
    return [
        *(each for each in verdict.figures if each.what in ("acknowledged", "lost", "doubled")),
        Figure(what="peak a second", value=round(peak, 1)),
        Figure(what="asked for a second", value=round(TIMES * peak, 1)),
        Figure(what="goodput of peak", value=round(kept, 2), bound=KEPT_MIN, at_least=True),
        Figure(what="refused at once", value=len(refused)),
        milliseconds("p95 of refusals", p95_ms(refused), trial.within(REFUSED_WITHIN_MS)),
        milliseconds("p95 of what was taken", p95_ms([each for each in rush if each.found])),
        Figure(what="neither taken nor refused at once", value=_neither(rush)),
        Figure(what="memory grew by", value=round(grown_mb), unit="MB", bound=GROWTH_MAX_MB),
        Figure(
            what="goodput of peak after",
            value=round(after / peak, 2),
            bound=KEPT_MIN,
            at_least=True,
        ),
    ]


def _neither(answers: Sequence[Answer]) -> int:
    return sum(not each.found and not each.is_turned_away for each in answers)
