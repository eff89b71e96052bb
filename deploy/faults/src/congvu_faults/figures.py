"""What a scenario measured, each figure with its bound, and the tables made of them."""

import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

WHOLE_FROM = 100
"""From here on no more than whole numbers are told."""

CORES = {1: "one core", 2: "two cores", 4: "four cores", 8: "eight cores"}


class NotRun(Exception):
    """This machine lacks what a scenario needs; says what."""


def load_now() -> float:
    """How many wanted a core in the last minute, this machine's other work included."""
    return round(psutil.getloadavg()[0], 1)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`bound` is what it may be at most, or at least; without one it is told and not judged."""

    what: str
    value: float
    unit: str = ""
    bound: float | None = None
    at_least: bool = False
    load: float = field(default_factory=load_now)

    @property
    def holds(self) -> bool:
        if self.bound is None:
            return True
        return self.value >= self.bound if self.at_least else self.value <= self.bound


def seconds(what: str, value: float, bound: float | None = None) -> Figure:
    return Figure(what=what, value=round(value, 1), unit="s", bound=bound)


def milliseconds(what: str, value: float, bound: float | None = None) -> Figure:
    return Figure(
        what=what, value=round(value), unit="ms", bound=None if bound is None else round(bound)
    )


@dataclass(frozen=True, kw_only=True)
class Ran:
    """A scenario's run: its figures, or why there are none."""

    scenario: str
    says: str
    figures: Sequence[Figure] = ()
    not_run: str = ""
    broke: str = ""
    long: bool = True
    """Or as shortly as the tests run it."""
    took_s: float = 0.0
    at: str = field(default_factory=lambda: datetime.now(UTC).date().isoformat())

    @property
    def holds(self) -> bool:
        return not self.broke and all(each.holds for each in self.figures)


def machine() -> Mapping[str, Any]:
    cores = psutil.cpu_count() or 1
    return {
        "cores": CORES.get(cores, f"{cores} cores"),
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "python": platform.python_version(),
    }


def write_json(runs: Iterable[Ran], folder: Path) -> None:
    """A file for each scenario: one that is run alone keeps what is known of the others."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in runs:
        written = {**asdict(each), "holds": each.holds, "machine": machine()}
        text = json.dumps(written, ensure_ascii=False, indent=1)
        (folder / f"{each.scenario}.json").write_text(f"{text}\n", encoding="utf-8")


def read_json(folder: Path) -> list[Ran]:
    """What was measured last, of every scenario."""
    return [_ran(json.loads(each.read_text())) for each in sorted(folder.glob("*.json"))]


def _ran(said: dict[str, Any]) -> Ran:
    figures = [Figure(**each) for each in said.pop("figures")]
    known = {name: value for name, value in said.items() if name not in ("holds", "machine")}
    return Ran(**known, figures=figures)


def table(runs: Sequence[Ran]) -> str:
    """Markdown, in the order given."""
    lines = [
        "| scenario | figure | measured | bound | load | date |",
        "|---|---|---|---|---|---|",
    ]
    for each in runs:
        lines += _rows(each)
    return "\n".join(lines) + "\n"


def _rows(run: Ran) -> list[str]:
    name = run.scenario if run.long else f"{run.scenario}, short"
    if run.not_run or run.broke:
        told = f"not run: {run.not_run}" if run.not_run else f"**broke off**: {run.broke}"
        return [f"| {name} | {told} | | | | {run.at} |"]
    return [
        f"| {name} | {each.what} | {_number(each)} | {_bound(each)} | {each.load:g} | {run.at} |"
        for each in run.figures
    ]


def _number(figure: Figure) -> str:
    shown = f"{figure.value:,.0f}" if figure.value >= WHOLE_FROM else f"{figure.value:.3g}"
    shown = f"{shown} {figure.unit}".strip()
    return shown if figure.holds else f"**{shown}**"


def _bound(figure: Figure) -> str:
    if figure.bound is None:
        return ""
    sign = "≥" if figure.at_least else "≤"
    return f"{sign} {figure.bound:,g} {figure.unit}".strip()
