"""What a commune, a province and the nation need, by what one operation was measured to cost.

    python -m congvu_bench.capacity        prints the tables of docs/capacity.md

Plain arithmetic, no queueing: work of the busiest hour, divided by how much of a processor may be
used. `deploy/bench/costs.json` has the costs, `deploy/bench/assumptions.toml` everything else.
"""

import json
import math
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

FOLDER = Path(__file__).resolve().parents[2]
COSTS, ASSUMPTIONS = FOLDER / "costs.json", FOLDER / "assumptions.toml"

PARTS = ("gateway", "service", "database", "broker")
QUARTERS = 4
HOUR_MS = 3_600_000
GB = 1e9


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Of one operation: processor milliseconds by part, bytes that stay, bytes that are told."""

    ms: Mapping[str, float]
    stored_bytes: float
    event_bytes: float

    @classmethod
    def read(cls, row: Mapping[str, float]) -> Self:
        return cls(
            ms={part: row[f"{part}_ms"] for part in PARTS},
            stored_bytes=row["stored_bytes"],
            event_bytes=row["event_bytes"],
        )


@dataclass(frozen=True, kw_only=True)
class Operation:
    """How often it happens: per person and quarter, of which `peak_share` in the busiest hour."""

    cost: str
    per_person: float
    peak_share: float


@dataclass(frozen=True, kw_only=True)
class Assumed:
    operations: Mapping[str, Operation]
    close_within_h: float
    busy_share: float
    index_factor: float
    copies: int
    broker_copies: int
    broker_keep_days: float
    quarter_days: float
    node_cores: int
    node_memory_gb: float
    cached_share: float
    memory_gb: Mapping[str, float]

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        operations = {name: Operation(**row) for name, row in document["operations"].items()}
        return cls(operations=operations, memory_gb=document["memory_gb"], **document["platform"])


@dataclass(frozen=True, kw_only=True)
class Need:
    """Of one size: what the busiest hour takes, what a year leaves."""

    people: int
    requests_s: float
    cores: Mapping[str, float]
    stored_gb_year: float
    database_disk_gb_year: float
    broker_disk_gb: float
    replicas: Mapping[str, int]
    memory_gb: Mapping[str, float]
    shards: int

    @property
    def all_cores(self) -> float:
        return sum(self.cores.values())


CLOSING = "closing"
"""The one operation that has a time of its own: everybody, within some hours."""


def need(people: int, costs: Mapping[str, Cost], assumed: Assumed) -> Need:
    """By `assumed.busy_share` more cores than the work of the hour fills."""
    peak = {name: _in_peak_hour(name, people, assumed) for name in assumed.operations}
    cores = {
        part: sum(count * _ms(name, part, costs, assumed) for name, count in peak.items())
        / HOUR_MS
        / assumed.busy_share
        for part in PARTS
    }
    stored = sum(_a_quarter(people, costs, assumed, "stored_bytes")) * QUARTERS / GB
    told = sum(_a_quarter(people, costs, assumed, "event_bytes")) / GB
    disk = stored * assumed.index_factor
    replicas = {part: _replicas(part, cores[part], assumed) for part in PARTS}
    shards = max(
        math.ceil(cores["database"] / assumed.node_cores),
        math.ceil(disk * assumed.cached_share / assumed.node_memory_gb),
        1,
    )
    return Need(
        people=people,
        requests_s=sum(peak.values()) / 3_600,
        cores=cores,
        stored_gb_year=stored,
        database_disk_gb_year=disk * assumed.copies,
        broker_disk_gb=told
        * assumed.broker_keep_days
        / assumed.quarter_days
        * assumed.broker_copies,
        replicas={**replicas, "database": shards * assumed.copies},
        memory_gb={
            **{part: assumed.memory_gb[part] * replicas[part] for part in ("gateway", "service")},
            "broker": assumed.memory_gb["broker"] * replicas["broker"],
            "database": disk * assumed.cached_share * assumed.copies
            + assumed.memory_gb["database"] * shards * assumed.copies,
        },
        shards=shards,
    )


def _in_peak_hour(name: str, people: int, assumed: Assumed) -> float:
    operation = assumed.operations[name]
    if name == CLOSING:
        return people * operation.per_person / assumed.close_within_h
    return people * operation.per_person * operation.peak_share


def _ms(name: str, part: str, costs: Mapping[str, Cost], assumed: Assumed) -> float:
    return costs[assumed.operations[name].cost].ms[part]


def _a_quarter(
    people: int, costs: Mapping[str, Cost], assumed: Assumed, what: str
) -> Iterator[float]:
    for operation in assumed.operations.values():
        bytes_each: float = getattr(costs[operation.cost], what)
        yield people * operation.per_person * bytes_each


def _replicas(part: str, cores: float, assumed: Assumed) -> int:
    """Two at the least of what must survive a machine, three of what votes. Gateway and service
    fill one core each."""
    match part:
        case "broker":
            return max(assumed.broker_copies, math.ceil(cores / assumed.node_cores))
        case "service":
            return max(2 * 3, math.ceil(cores))
        case _:
            return max(2, math.ceil(cores))


SIZES = {"a commune": 600, "a province": 65_000, "the nation": 1_950_000}
"""People who are rated. 3,321 communes share the 1.95 million of the nation."""


def read() -> tuple[Mapping[str, Cost], Assumed]:
    costs = {name: Cost.read(row) for name, row in json.loads(COSTS.read_text()).items()}
    return costs, Assumed.read(tomllib.loads(ASSUMPTIONS.read_text()))


def tables() -> str:
    """As docs/capacity.md has them."""
    costs, assumed = read()
    needs = {name: need(people, costs, assumed) for name, people in SIZES.items()}
    rows: list[tuple[str, list[str]]] = [
        ("people who are rated", [f"{each.people:,}" for each in needs.values()]),
        ("operations a second in the busiest hour", _shown(n.requests_s for n in needs.values())),
    ]
    for part in PARTS:
        rows.append((f"cores, {part}", _shown(n.cores[part] for n in needs.values())))
    rows += [
        ("cores together", _shown(n.all_cores for n in needs.values())),
        *(
            (f"processes, {part}", [str(n.replicas[part]) for n in needs.values()])
            for part in PARTS
        ),
        ("shards of the database", [str(n.shards) for n in needs.values()]),
        ("memory together, GB", _shown(sum(n.memory_gb.values()) for n in needs.values())),
        ("documents of a year, GB", _shown(n.stored_gb_year for n in needs.values())),
        (
            "disk of the database for a year, all copies, GB",
            _shown(n.database_disk_gb_year for n in needs.values()),
        ),
        ("disk of the broker, all copies, GB", _shown(n.broker_disk_gb for n in needs.values())),
    ]
    lines = [f"| | {' | '.join(needs)} |", "|---" * (len(needs) + 1) + "|"]
    return "\n".join([*lines, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows)])


def _shown(values: Iterator[float] | Any) -> list[str]:
    return [f"{value:,.0f}" if value >= 10 else f"{value:,.2g}" for value in values]  # noqa: PLR2004


if __name__ == "__main__":
    sys.stdout.write(tables() + "\n")
