"""The gateway and one service are cut from each other: everybody else goes on."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

import httpx
import psutil

from congvu_faults.figures import Figure, milliseconds, seconds
from congvu_faults.ground import Ground, Plan
from congvu_faults.running import Trial, on
from congvu_faults.waiting import eventually

ANSWERED_WITHIN_S = 3.0
SLOWER_MAX, NOISE_MS = 1.5, 20.0
HANDLES_MAX = 10
HEALED_WITHIN_S = 10.0

OTHERS = '{ orgUnit(id: "unit_none") { id } }'
BOTH = OTHERS.replace("{", '{ satisfaction(unitId: "u", periodId: "p") { __typename }', 1)
SILENT_FIELD, CODES = "satisfaction", {"UNAVAILABLE"}


class Reader:
    """Asks both services and one of them, in turn, and keeps the answers and their times."""

    def __init__(self, ground: Ground) -> None:
        token = ground.token_for("auditor", province="56")
        self._client = httpx.AsyncClient(
            base_url=ground.base_url,
            timeout=30,
            headers={"authorization": f"Bearer {token}"},
        )

    async def ask(self, query: str) -> tuple[float, Any]:
        began = time.monotonic()
        answer = await self._client.post("/graphql", json={"query": query})
        return time.monotonic() - began, answer.json()

    async def times_ms(self, query: str, times: int) -> list[float]:
        return [(await self.ask(query))[0] * 1000 for _ in range(times)]


def p95(took: Sequence[float]) -> float:
    return quantiles(took, n=20)[-1]


def partial(answer: Any) -> bool:
    """What is there beside a coded error for what is not."""
    codes = {each["extensions"]["code"] for each in answer.get("errors", [])}
    return codes == CODES and answer["data"][SILENT_FIELD] is None


@dataclass
class Seen:
    """While the service is silent."""

    took_s: list[float] = field(default_factory=list)
    others_ms: list[float] = field(default_factory=list)
    handles: list[int] = field(default_factory=list)
    wrong: int = 0

    async def look(self, reader: Reader, gateway: psutil.Process, lasts_s: float) -> None:
        until = time.monotonic() + lasts_s
        await _open_circuit(reader)
        while time.monotonic() < until:
            self.handles.append(gateway.num_fds())
            took_s, answer = await reader.ask(BOTH)
            self.took_s.append(took_s)
            self.wrong += not partial(answer)
            self.others_ms += await reader.times_ms(OTHERS, 5)
            await asyncio.sleep(0.1)


async def silent_service(trial: Trial) -> Sequence[Figure]:
    lasts_s = trial.pick(120.0, 8.0)
    async with on(trial, Plan(behind_proxy=["feedback"])) as ground:
        reader, proxy, seen = Reader(ground), ground.proxies["feedback"], Seen()
        gateway = psutil.Process(ground.process("gateway").pid)
        await reader.times_ms(BOTH, 20)
        idle_ms = p95(await reader.times_ms(OTHERS, 100))
        proxy.silence()
        await seen.look(reader, gateway, lasts_s)
        mended = time.monotonic()
        proxy.mend()

        async def whole() -> bool:
            return "errors" not in (await reader.ask(BOTH))[1]

        await eventually(whole, within_s=60, what="the service is asked again")
        healed_s = time.monotonic() - mended
    return [
        seconds("silent", lasts_s),
        seconds("slowest answer", max(seen.took_s), trial.within(ANSWERED_WITHIN_S)),
        Figure(what="answers that were not partial with a code", value=seen.wrong, bound=0),
        milliseconds("p95 of the others idle", idle_ms),
        milliseconds(
            "p95 of the others meanwhile", p95(seen.others_ms), SLOWER_MAX * idle_ms + NOISE_MS
        ),
        Figure(
            what="file handles more", value=max(seen.handles) - seen.handles[0], bound=HANDLES_MAX
        ),
        seconds("healed after", healed_s, trial.within(HEALED_WITHIN_S)),
    ]


async def _open_circuit(reader: Reader) -> None:
    """The first who ask wait for their time; they come together."""
    await asyncio.gather(*(reader.ask(BOTH) for _ in range(8)))
