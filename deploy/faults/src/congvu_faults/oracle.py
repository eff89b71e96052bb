"""Counts in the database what clients were told: nothing lost, nothing untrue, nothing twice."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pymongo import MongoClient

from congvu_faults.figures import Figure
from congvu_faults.ground import Ground

LOOK_S = 0.5
GIVEN_UP_S = 120.0
"""What has not arrived by then is lost."""

DRAINED_WITHIN_S = 60.0

Place = tuple[str, str, str]
"""A service's database, a collection, a field."""

ARRIVES: Mapping[str, Sequence[Place]] = {
    "feedback": [("feedback", "submissions", "_id"), ("feedback", "log_entries", "subject")],
    "evaluation": [
        ("evaluation", "units", "_id"),
        ("evaluation", "outbox", "subject"),
        ("feedback", "units", "_id"),
        ("catalogue", "units", "_id"),
    ],
    "catalogue": [("catalogue", "work_product_versions", "_id")],
}
"""Where each thing written must be, once: with its owner, in the log, told, heard elsewhere."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    acknowledged: int
    lost: int
    phantom: int
    doubled: int
    unresolved: int
    missing: Mapping[str, int]
    """How many are missing in which place."""
    drained_s: float
    """Until everything acknowledged had reached those whom it concerns."""

    @property
    def figures(self) -> list[Figure]:
        return [
            Figure(what="acknowledged", value=self.acknowledged),
            Figure(what="lost", value=self.lost, bound=0),
            *(Figure(what=f"missing in {at}", value=n) for at, n in self.missing.items()),
            Figure(what="phantom", value=self.phantom, bound=0),
            Figure(what="doubled", value=self.doubled, bound=0),
            Figure(what="unresolved by sending again", value=self.unresolved, bound=0),
            Figure(
                what="arrived everywhere after",
                value=self.drained_s,
                unit="s",
                bound=DRAINED_WITHIN_S,
            ),
        ]


class Judged(Protocol):
    """Who wrote: what each was told under its key, by the kind of what was written."""

    @property
    def acknowledged(self) -> Mapping[str, Mapping[str, str]]: ...

    @property
    def answered(self) -> int: ...

    @property
    def unresolved(self) -> int: ...


def told_of(load: Judged, kind: str) -> Iterable[str]:
    return load.acknowledged.get(kind, {}).values()


class Oracle:
    """Made before the loads it judges: what is there already is nobody's of them."""

    def __init__(self, ground: Ground) -> None:
        self._client: MongoClient[dict[str, Any]] = MongoClient(ground.mongo_url)
        ground.ends_with(self._client.close)
        self._prefix = ground.settings.database_prefix
        self._missing: dict[str, set[str]] = {}
        self._before = {kind: set(self._there(places[0])) for kind, places in ARRIVES.items()}

    def _there(self, place: Place) -> Counter[str]:
        """Straight from the database, past every proxy."""
        service, collection, field = place
        rows = self._client[f"{self._prefix}{service}"][collection].find({}, {field: 1})
        return Counter(str(row[field]) for row in rows)

    def new(self, kind: str) -> int:
        """How many there are now that were not there before."""
        return len(self._there(ARRIVES[kind][0]).keys() - self._before[kind])

    def heard(self, service: str, units: Sequence[str]) -> bool:
        """Whether it knows all of these units."""
        return not set(units) - self._there((service, "units", "_id")).keys()

    async def judge(self, *loads: Judged) -> Verdict:
        """After the loads: waits until what was acknowledged has arrived everywhere."""
        began = time.monotonic()
        while True:
            verdict = await asyncio.to_thread(self._count, loads, began)
            if verdict.lost == 0 or verdict.drained_s > GIVEN_UP_S:
                return verdict
            await asyncio.sleep(LOOK_S)

    def _count(self, loads: Sequence[Judged], began: float) -> Verdict:
        drained_s = time.monotonic() - began
        unresolved = sum(each.unresolved for each in loads)
        counted = [
            self._of(
                kind,
                {found for each in loads for found in each.acknowledged.get(kind, {}).values()},
            )
            for kind in ARRIVES
        ]
        lost, phantom, doubled = (sum(each) for each in zip(*counted, strict=True))
        return Verdict(
            acknowledged=sum(each.answered for each in loads),
            lost=lost,
            phantom=max(0, phantom - unresolved),
            doubled=doubled,
            unresolved=unresolved,
            missing={at: len(ids) for at, ids in self._missing.items() if ids},
            drained_s=round(drained_s, 1),
        )

    def _of(self, kind: str, told: set[str]) -> tuple[int, int, int]:
        """Of one kind: what is missing somewhere, what nobody was told of, what is there twice."""
        lost = doubled = 0
        owner, *_ = places = [self._there(place) for place in ARRIVES[kind]]
        for place, there in zip(ARRIVES[kind], places, strict=True):
            missing = told - there.keys()
            lost += len(missing)
            self._missing[".".join(place)] = missing
            doubled += sum(there[each] - 1 for each in told & there.keys())
        return lost, len(owner.keys() - told - self._before[kind]), doubled

    def view(self) -> Iterator[tuple[str, str]]:
        """Everything the services keep of what happened, row by row; how they work is left out."""
        for name in sorted(self._client.list_database_names()):
            if name.startswith(self._prefix):
                for collection in sorted(self._client[name].list_collection_names()):
                    if collection not in WORKINGS:
                        for row in self._client[name][collection].find({}).sort("_id"):
                            yield f"{name}.{collection}", str(row)


WORKINGS = frozenset({"sessions", "leases", "inbox", "relay", "workers", "log_head"})
