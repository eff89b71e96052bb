"""Every part is killed with -9 under load: at random, and at the points where most is left."""

import asyncio
import random
import time
from collections.abc import Sequence

import anyio.to_thread

from congvu_faults.dying import POINTS
from congvu_faults.figures import Figure
from congvu_faults.ground import Ground, Plan
from congvu_faults.load import KINDS, Load
from congvu_faults.oracle import Oracle
from congvu_faults.running import Trial, on
from congvu_faults.waiting import eventually

BACK_WITHIN_S = 15.0
"""Acceptance 21."""
LOOKED_AT_S = 60.0
GENTLY = 10.0
"""Writes a second beside other tests."""
CALM_S = 2.0
"""Between two deaths."""
ENOUGH = 3
"""So many answers to new calls mean that a part is back."""

PARTS = (
    "feedback",
    "evaluation",
    "catalogue",
    "gateway",
    "database",
    "broker",
    "issuer",
    "witness",
)


def touched(part: str) -> Sequence[str]:
    """Which kinds of writes stand still while it is away."""
    return (part,) if part in KINDS else tuple(KINDS)


async def back(load: Load, part: str, killed: float) -> float:
    """The longest time that one who writes had to wait because of it."""
    kinds = touched(part)

    def is_back() -> bool:
        return all(load.answered_since(kind, killed) >= ENOUGH for kind in kinds)

    await eventually(is_back, within_s=LOOKED_AT_S, what=f"{part} is back")
    now = time.monotonic()
    return max(load.pause_s(kind, killed, now) for kind in kinds)


async def kill(ground: Ground, load: Load, part: str) -> float:
    killed = time.monotonic()
    await anyio.to_thread.run_sync(ground.kill, part)
    took_s = await back(load, part, killed)
    await asyncio.sleep(CALM_S)
    return took_s


async def at_random(trial: Trial) -> Sequence[Figure]:
    """5,000 writes by 8 clients, each part killed several times."""
    rounds, least = trial.pick(3, 1), trial.pick(5_000, 100)
    parts = trial.pick(PARTS, ("feedback",))
    order = [part for _ in range(rounds) for part in random.sample(parts, len(parts))]
    worst = dict.fromkeys(parts, 0.0)
    async with on(trial, Plan()) as ground:
        oracle = Oracle(ground)
        async with Load(ground, per_second=trial.pick(None, GENTLY)) as load:
            for part in order:
                worst[part] = max(worst[part], await kill(ground, load, part))
                trial.say(f"{part}: {worst[part]:.1f} s")
            await eventually(lambda: load.answered >= least, within_s=600, what="all were sent")
        verdict = await oracle.judge(load)
    return [
        Figure(what="deaths", value=len(order)),
        *verdict.figures,
        *(
            Figure(
                what=f"{part} back after",
                value=round(s, 1),
                unit="s",
                bound=trial.within(BACK_WITHIN_S),
            )
            for part, s in worst.items()
        ),
    ]


async def at_points(trial: Trial) -> Sequence[Figure]:
    """Each service dies between two things that belong together, with a load on it."""
    worst, deaths = 0.0, 0
    async with on(trial, Plan(mortal=True)) as ground:
        oracle = Oracle(ground)
        async with Load(ground) as load:
            for service in KINDS:
                for point in POINTS:
                    if (service, point) in NEVER_COMES:
                        continue
                    trigger = ground.dying / service / point
                    trigger.touch()
                    await eventually(
                        lambda trigger=trigger: not trigger.exists(),  # type: ignore[misc]
                        within_s=LOOKED_AT_S,
                        what=f"{service} died at {point!r}",
                    )
                    took_s = await back(load, service, time.monotonic())
                    trial.say(f"{service} at {point}: {took_s:.1f} s")
                    worst, deaths = max(worst, took_s), deaths + 1
                    await asyncio.sleep(CALM_S)
        verdict = await oracle.judge(load)
    return [
        Figure(what="deaths", value=deaths),
        *verdict.figures,
        Figure(
            what="back after at most",
            value=round(worst, 1),
            unit="s",
            bound=trial.within(BACK_WITHIN_S),
        ),
    ]


NEVER_COMES = frozenset(
    {("evaluation", "claimed"), ("catalogue", "publishing"), ("catalogue", "published")}
)
"""Under this load: nobody tells evaluation anything, and a draft is told to nobody."""
