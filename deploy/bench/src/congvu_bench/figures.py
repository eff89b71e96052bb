"""A figure never stands alone: it comes with its floor or peer, and their ratio."""

import json
import platform
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`ratio` is value / peer_value: both were measured in the same run, in the same unit.

    `noise` is how far the middle half of the rounds' ratios lies apart, as a share of their median;
    None where there was one round only. `goal` is what the ratio is to be, in words.
    """

    area: str
    name: str
    value: float
    unit: str
    peer: str
    peer_value: float
    noise: float | None = None
    goal: str = ""

    @property
    def ratio(self) -> float:
        return self.value / self.peer_value


def write(figures: Sequence[Figure], yardsticks: Mapping[str, float], path: Path) -> None:
    """`yardsticks` are the milliseconds of one and the same work before each area: how far they lie
    apart is how much the machine changed under the run."""
    machine = {
        "cores": psutil.cpu_count(),
        "python": platform.python_version(),
        "load_after": psutil.getloadavg(),
    }
    document = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine,
        "yardstick_ms": dict(yardsticks),
        "figures": [asdict(figure) | {"ratio": figure.ratio} for figure in figures],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def show(figures: Sequence[Figure]) -> None:
    columns = "area", "what", "measured", "unit", "against", "its figure", "ratio", "noise", "goal"
    table = Table(*columns)
    for each in figures:
        table.add_row(
            each.area,
            each.name,
            f"{each.value:,.3g}",
            each.unit,
            each.peer,
            f"{each.peer_value:,.3g}",
            f"{each.ratio:.2f}",
            "" if each.noise is None else f"{each.noise:.0%}",
            each.goal,
        )
    Console(width=170).print(table)


YARDSTICK_TURNS, YARDSTICK_STEPS = 9, 200_000


def yardstick_ms() -> float:
    """What the same piece of work takes now: the median of some turns."""
    taken = []
    for _ in range(YARDSTICK_TURNS):
        started = time.perf_counter()
        sum(number * number for number in range(YARDSTICK_STEPS))
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


Call = Callable[[], Awaitable[object]]


async def median_ms(call: Call, *, times: int, warm_up: int) -> float:
    """The median wall time of one call at a time, in milliseconds."""
    for _ in range(warm_up):
        await call()
    return await _median_ms(call, times)


async def _median_ms(call: Call, times: int) -> float:
    taken: list[float] = []
    for _ in range(times):
        started = time.perf_counter()
        await call()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


@dataclass(frozen=True)
class Rounds:
    """What each of several things took, round by round, in milliseconds."""

    taken: Mapping[str, Sequence[float]]

    def ms(self, of: str) -> float:
        return statistics.median(self.taken[of])

    def figure(self, area: str, name: str, of: str, against: str, **more: str) -> Figure:
        """The peer's name is `against`, unless another is given."""
        pairs = zip(self.taken[of], self.taken[against], strict=True)
        return Figure(
            area=area,
            name=name,
            value=self.ms(of),
            unit="ms",
            peer=more.get("peer", against),
            peer_value=self.ms(against),
            noise=spread([mine / theirs for mine, theirs in pairs]),
            goal=more.get("goal", ""),
        )


def spread(ratios: Sequence[float]) -> float | None:
    """How far their middle half lies apart, as a share of the median."""
    if len(ratios) < 2:  # noqa: PLR2004 - one alone says nothing of the others
        return None
    low, middle, high = statistics.quantiles(ratios, n=4, method="inclusive")
    return (high - low) / middle


async def in_turn(
    calls: Mapping[str, Call], *, rounds: int, times: int, warm_up: int = 5
) -> Rounds:
    """Each of them some times, again and again: whatever else the machine does meets them all."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        await median_ms(call, times=1, warm_up=warm_up)
    for _ in range(rounds):
        for name, call in calls.items():
            taken[name].append(await _median_ms(call, times))
    return Rounds(taken)
