"""The gateway and one service are cut from each other: everybody else goes on."""

import asyncio
import time
from collections.abc import Sequence
from statistics import quantiles
from typing import Any

import httpx
import psutil

from congvu_faults.figures import Figure
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


async def silent_service(trial: Trial) -> Sequence[Figure]:
    lasts_s = trial.pick(120.0, 8.0)
    async with on(trial, Plan(behind_proxy=["feedback"])) as ground:
        reader, proxy = Reader(ground), ground.proxies["feedback"]
        gateway = psutil.Process(ground.process("gateway").pid)
        await reader.times_ms(BOTH, 20)
        idle = await reader.times_ms(OTHERS, 100)

        proxy.silence()
        until = time.monotonic() + lasts_s
        took, others, handles, wrong = [], [], [], 0
        await _open_circuit(reader)
        first_handles = gateway.num_fds()
        while time.monotonic() < until:
            took_s, answer = await reader.ask(BOTH)
            took.append(took_s)
            wrong += not partial(answer)
            others += await reader.times_ms(OTHERS, 5)
            handles.append(gateway.num_fds())
            await asyncio.sleep(0.1)

        mended = time.monotonic()
        proxy.mend()

        async def whole() -> bool:
            return "errors" not in (await reader.ask(BOTH))[1]

        await eventually(whole, within_s=60, what="the service is asked again")
        healed_s = time.monotonic() - mended
    return [
        Figure(what="silent", value=round(lasts_s), unit="s"),
        Figure(
            what="slowest answer",
            value=round(max(took), 2),
            unit="s",
            bound=trial.within(ANSWERED_WITHIN_S),
        ),
        Figure(what="answers that were not partial with a code", value=wrong, bound=0),
        Figure(what="p95 of the others idle", value=round(p95(idle), 1), unit="ms"),
        Figure(
            what="p95 of the others meanwhile",
            value=round(p95(others), 1),
            unit="ms",
            bound=round(SLOWER_MAX * p95(idle) + NOISE_MS, 1),
        ),
        Figure(what="file handles more", value=max(handles) - first_handles, bound=HANDLES_MAX),
        Figure(
            what="healed after",
            value=round(healed_s, 1),
            unit="s",
            bound=trial.within(HEALED_WITHIN_S),
        ),
    ]


async def _open_circuit(reader: Reader) -> None:
    """The first who ask wait for their time; they come together."""
    await asyncio.gather(*(reader.ask(BOTH) for _ in range(8)))
