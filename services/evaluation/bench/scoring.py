"""How fast people are scored, beside the same formula written by hand; every figure a ratio too.

    python services/evaluation/bench/scoring.py

The peers compute the decree's staff formula from the same facts and must agree on the total:
`exact` a hand-written function with fractions, `float` the same with floats (the floor: wrong at
thresholds), `numpy` vectorised over all people at once, floats and no explanation. Of the
engine: `hashed` adds the hashes of snapshot and result, `document to hash` also reads the stored
document first, `explained` builds the whole explanation.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from evaluation_service.adapters.policy_files import shipped_policy
from evaluation_service.domain.scoring import Snapshot, compile_policy, score

ITEMS = (10, 50, 250)
PROVINCE_PEOPLE = 65_000
PROVINCE_ITEMS = 50
CORES = 2
ROUNDS = 5
"""Each figure is the best of so many rounds: the machine is shared and noise only slows."""
Row = tuple[Fraction, int, int, int, int, int, int]


@dataclass(frozen=True)
class Figure:
    """Evaluations per second of one way at one size, and its speed relative to the engine's."""

    items: int
    way: str
    per_second: float
    engine_ratio: float


def _rows(items: int, seed: int) -> list[Row]:
    chance = random.Random(seed)  # sample work, not a secret
    rows = []
    for _ in range(items):
        assigned = chance.randint(1, 9)
        done = chance.randint(0, assigned)
        failures, late = chance.randint(0, 3), chance.randint(0, 3)
        coefficient = Fraction(chance.randint(2, 40), 5)
        spared, free = chance.randint(0, failures), chance.randint(0, late)
        rows.append((coefficient, assigned, done, failures, spared, late, free))
    return rows


def _snapshot(rows: list[Row]) -> Snapshot:
    names = ("assigned", "completed", "quality_failures", "quality_exempt", "late", "late_exempt")
    return Snapshot.from_document(
        {
            "general_total": 27,
            "work": [
                {
                    "item": f"C.56.{index}@1",
                    "coefficient": row[0],
                    **dict(zip(names, row[1:], strict=True)),
                }
                for index, row in enumerate(rows)
            ],
        }
    )


def exact_total(rows: list[Row]) -> Fraction:
    """The decree's formula as a careful programmer writes it with fractions."""
    quarter = Fraction(1, 4)
    assigned = done = good = prompt = Fraction(0)
    for coefficient, given, made, failures, spared, late, free in rows:
        assigned += coefficient * given
        done += coefficient * made
        good += coefficient * max(Fraction(0), made - quarter * max(0, failures - spared))
        prompt += coefficient * max(Fraction(0), made - quarter * max(0, late - free))
    a, b, c = (min(Fraction(1), part / assigned) for part in (done, good, prompt))
    return 27 + (a + b + c) / 3 * 70


def float_total(rows: list[tuple[float, ...]]) -> float:
    """The same with floats."""
    assigned = done = good = prompt = 0.0
    for coefficient, given, made, failures, spared, late, free in rows:
        assigned += coefficient * given
        done += coefficient * made
        good += coefficient * max(0.0, made - 0.25 * max(0.0, failures - spared))
        prompt += coefficient * max(0.0, made - 0.25 * max(0.0, late - free))
    a, b, c = (min(1.0, part / assigned) for part in (done, good, prompt))
    return 27 + (a + b + c) / 3 * 70


def numpy_totals(cube: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> None:
    """Everybody at once: people x items x fields."""
    coefficient, given, made, failures, spared, late, free = np.moveaxis(cube, 2, 0)
    assigned = (coefficient * given).sum(axis=1)
    good = np.maximum(0, made - 0.25 * np.maximum(0, failures - spared))
    prompt = np.maximum(0, made - 0.25 * np.maximum(0, late - free))
    ratios = [
        np.minimum(1, (coefficient * part).sum(axis=1) / assigned) for part in (made, good, prompt)
    ]
    _ = 27 + sum(ratios) / 3 * 70


def _per_second(run: Callable[[], object], evaluations: int) -> float:
    best = 0.0
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        run()
        best = max(best, evaluations / (time.perf_counter() - begun))
    return best


def measure(items: int, people: int) -> list[Figure]:
    """Every way at one size, over the same people."""
    compiled = compile_policy(shipped_policy("ND335-2025-STAFF"))
    everyone = [_rows(items, seed) for seed in range(people)]
    snapshots = [_snapshot(rows) for rows in everyone]
    documents = [snapshot.to_document() for snapshot in snapshots]
    floats = [[tuple(float(value) for value in row) for row in rows] for rows in everyone]
    cube = np.array(floats)
    for rows, snapshot in zip(everyone, snapshots, strict=True):
        if score(compiled, snapshot).total != exact_total(rows):
            raise AssertionError("the engine and the hand-written formula disagree")
    ways: dict[str, Callable[[], object]] = {
        "engine": lambda: [score(compiled, snapshot) for snapshot in snapshots],
        "engine, hashed": lambda: [
            score(compiled, replace(snapshot)).hash() for snapshot in snapshots
        ],
        "document to hash": lambda: [
            score(compiled, Snapshot.from_document(document)).hash() for document in documents
        ],
        "engine, explained": lambda: [
            score(compiled, snapshot).explanation() for snapshot in snapshots
        ],
        "exact": lambda: [exact_total(rows) for rows in everyone],
        "float": lambda: [float_total(rows) for rows in floats],
        "numpy": lambda: numpy_totals(cube),
    }
    speeds = {name: _per_second(run, people) for name, run in ways.items()}
    engine = speeds["engine"]
    return [Figure(items, name, speed, engine / speed) for name, speed in speeds.items()]


def figures(people: int = 100) -> list[Figure]:
    """Every way at every size."""
    return [figure for items in ITEMS for figure in measure(items, people)]


def province_seconds(found: list[Figure], way: str) -> float:
    """What a province would take on two cores at the measured speed of a way."""
    speed = next(
        figure.per_second for figure in found if (figure.items, figure.way) == (PROVINCE_ITEMS, way)
    )
    return PROVINCE_PEOPLE / speed / CORES


def table(found: list[Figure]) -> str:
    """The figures for people."""
    lines = [f"{'items':>5}  {'way':<18} {'per second':>12} {'engine is':>10}"]
    lines += [
        f"{figure.items:>5}  {figure.way:<18} {figure.per_second:>12,.0f} "
        f"{figure.engine_ratio:>9.2f}x"
        for figure in found
    ]
    for way in ("engine", "engine, hashed", "document to hash"):
        seconds = province_seconds(found, way)
        lines.append(f"{PROVINCE_PEOPLE:,} people on {CORES} cores, {way}: {seconds:.1f} s")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(figures()))  # noqa: T201  # a report for the terminal
