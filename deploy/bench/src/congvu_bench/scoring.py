"""How fast people are scored, beside the same formula written by hand.

The peers compute the decree's staff formula from the same facts, and the exact one must agree on
every total: a hand-written function with fractions, the same with floats (the floor: wrong at
thresholds), and numpy over all people at once, floats and no explanation.
"""

import random
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction

import numpy as np

from congvu_bench.figures import Figure
from congvu_scoring import Snapshot, compile_policy, score
from congvu_scoring.documents.policy_files import shipped_policy

POLICY = "ND335-2025-STAFF"
ITEMS = (10, 50, 250)
PEOPLE = 100
PROVINCE_PEOPLE = 65_000
PROVINCE_ITEMS = 50
PROVINCE_AIM_S = 60.0
DISTINCT = 200
"""Different people in one round; the rest repeat them, read anew each time."""
CORES = 2
ROUNDS = 5
"""Each figure is the best of so many rounds: the machine is shared and noise only slows."""

ENGINE, EXPLAINED = "engine", "with the whole explanation"
EXACT, FLOAT, NUMPY = "by hand, fractions", "by hand, floats (the floor)", "numpy, no explanation"

Row = tuple[Fraction, int, int, int, int, int, int]


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


def speeds(items: int, people: int) -> dict[str, float]:
    """Evaluations per second of every way, over the same people."""
    compiled = compile_policy(shipped_policy(POLICY))
    everyone = [_rows(items, seed) for seed in range(people)]
    snapshots = [_snapshot(rows) for rows in everyone]
    floats = [[tuple(float(value) for value in row) for row in rows] for rows in everyone]
    cube = np.array(floats)
    for rows, snapshot in zip(everyone, snapshots, strict=True):
        if score(compiled, snapshot).total != exact_total(rows):
            raise AssertionError("the engine and the hand-written formula disagree")
    ways: dict[str, Callable[[], object]] = {
        ENGINE: lambda: [score(compiled, snapshot) for snapshot in snapshots],
        EXPLAINED: lambda: [score(compiled, snapshot).explanation() for snapshot in snapshots],
        EXACT: lambda: [exact_total(rows) for rows in everyone],
        FLOAT: lambda: [float_total(rows) for rows in floats],
        NUMPY: lambda: numpy_totals(cube),
    }
    return {name: _per_second(run, people) for name, run in ways.items()}


def _score_documents(count: int) -> float:
    """Seconds to score `count` people from their stored documents to the hash of the result."""
    compiled = compile_policy(shipped_policy(POLICY))
    documents = [_snapshot(_rows(PROVINCE_ITEMS, seed)).to_document() for seed in range(DISTINCT)]
    begun = time.perf_counter()
    for number in range(count):
        score(compiled, Snapshot.from_document(documents[number % DISTINCT])).hash()
    return time.perf_counter() - begun


def province_seconds() -> float:
    """A whole province on two processes, each person read, scored and hashed; the slower one."""
    with ProcessPoolExecutor(CORES) as pool:
        return max(pool.map(_score_documents, [PROVINCE_PEOPLE // CORES] * CORES))


def measure() -> list[Figure]:
    found = {items: speeds(items, PEOPLE) for items in ITEMS}
    at_50 = found[PROVINCE_ITEMS]
    figures = [
        Figure(
            area="scoring",
            name=f"the engine, {PROVINCE_ITEMS} work items",
            value=at_50[ENGINE],
            unit="people/s",
            peer=peer,
            peer_value=at_50[peer],
        )
        for peer in (EXACT, FLOAT, NUMPY, EXPLAINED)
    ]
    figures += [
        Figure(
            area="scoring",
            name=f"the engine, {items} work items",
            value=1e6 / found[items][ENGINE] / items,
            unit="µs/item",
            peer=f"{ITEMS[0]} work items",
            peer_value=1e6 / found[ITEMS[0]][ENGINE] / ITEMS[0],
        )
        for items in ITEMS[1:]
    ]
    figures.append(
        Figure(
            area="scoring",
            name=f"{PROVINCE_PEOPLE:,} people read, scored, hashed on {CORES} cores",
            value=province_seconds(),
            unit="s",
            peer="the aim",
            peer_value=PROVINCE_AIM_S,
        )
    )
    return figures
