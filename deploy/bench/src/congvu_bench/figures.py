"""A figure never stands alone: it comes with its floor or peer, and their ratio."""

import json
import platform
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`ratio` is value / peer_value: both were measured in the same run, in the same unit."""

    area: str
    name: str
    value: float
    unit: str
    peer: str
    peer_value: float

    @property
    def ratio(self) -> float:
        return self.value / self.peer_value


def write(figures: Sequence[Figure], path: Path) -> None:
    machine = {
        "cores": psutil.cpu_count(),
        "python": platform.python_version(),
        "load_before": psutil.getloadavg()[0],
    }
    document = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine,
        "figures": [asdict(figure) | {"ratio": figure.ratio} for figure in figures],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def show(figures: Sequence[Figure]) -> None:
    table = Table("area", "what", "measured", "unit", "against", "its figure", "ratio")
    for each in figures:
        table.add_row(
            each.area,
            each.name,
            f"{each.value:,.3g}",
            each.unit,
            each.peer,
            f"{each.peer_value:,.3g}",
            f"{each.ratio:.2f}",
        )
    Console(width=150).print(table)


async def median_ms(call: Callable[[], Awaitable[object]], *, times: int, warm_up: int) -> float:
    """The median wall time of one call at a time, in milliseconds."""
    for _ in range(warm_up):
        await call()
    taken: list[float] = []
    for _ in range(times):
        started = time.perf_counter()
        await call()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)
