"""Clients who write all the time and send again, under the same key, until they are answered."""

import asyncio
import time
import uuid
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count, pairwise
from statistics import quantiles
from types import TracebackType
from typing import Self

import httpx

from congvu_demo.acts import catalogue, personnel
from congvu_demo.acts.world import World
from congvu_demo.cast import Cast
from congvu_demo.client import UNAVAILABLE, Gateway, NoAnswer, Refused
from congvu_demo.dataset import dataset
from congvu_faults.ground import Ground
from congvu_kit.domain.ids import derived_id

PAUSE_S = 0.1
"""Before a key is sent again."""
RESOLVED_WITHIN_S = 90.0
"""After the load: what has no answer by then is counted as unresolved."""
FIRST_WORD = ("NOT_FOUND",)

Send = Callable[[World, str], Awaitable[str]]
"""Writes one thing under a key; answers its id."""


async def suggest(world: World, key: str) -> str:
    asked = {
        "idempotencyKey": key,
        "unitId": world.commune_id,
        "kind": "SUGGESTION",
        "text": f"Góp ý {key}",
        "submitterToken": f"nguoi-{key}",
    }
    return str(
        (await world.gateway.do(world.cast.portal, "submitSuggestion", asked, "Submission { id }"))[
            "id"
        ]
    )


async def sync_unit(world: World, key: str) -> str:
    return (await sync_units(world, key, 1))[0]


async def sync_units(world: World, key: str, many: int) -> list[str]:
    data = world.data
    codes = [f"{key}.{number}" for number in range(many)]
    rows = [
        {
            "id": code,
            "name": f"Đơn vị {code}",
            "level": "PROVINCE",
            "parent": "",
            "locality_type": "",
        }
        for code in codes
    ]
    asked = {
        "idempotencyKey": key,
        "units": [{**personnel.unit_row(data, row), "localityType": None} for row in rows],
        "positions": [],
        "people": [],
    }
    told = await world.gateway.do(
        world.cast.hrm, "syncPersonnel", asked, "SyncReport { changed refused }"
    )
    if (told["changed"], told["refused"]) != (many, 0):
        raise AssertionError(f"{key}: {told}")
    return [derived_id("unit", data.system, code) for code in codes]


async def draft_product(world: World, key: str) -> str:
    product = {**world.data.products[0], "code": f"A.56.{key.upper()}"}
    return str((await catalogue.draft(world, world.cast.province_editor, product, None, key))["id"])


KINDS: dict[str, Send] = {
    "feedback": suggest,
    "evaluation": sync_unit,
    "catalogue": draft_product,
}
"""One kind of write for each service."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request, and whether it was acknowledged."""

    kind: str
    key: str
    began: float
    took_s: float
    acknowledged: bool
    told: str = ""


@dataclass
class Load:
    """`per_second` is over all clients; without it each sends as soon as it was answered."""

    ground: Ground
    clients: int = 8
    per_second: float | None = None
    kinds: Sequence[str] = tuple(KINDS)
    calls: list[Call] = field(default_factory=list)
    acknowledged: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    sent: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self._over = asyncio.Event()
        self._numbers = count()
        self._run = uuid.uuid4().hex[:8]
        self._began = time.monotonic()
        self._clients: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._began = time.monotonic()
        self._clients = [
            asyncio.create_task(self._client(number)) for number in range(self.clients)
        ]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Until every key has its answer."""
        self._over.set()
        if error is not None:
            for each in self._clients:
                each.cancel()
        await asyncio.gather(*self._clients, return_exceptions=error is not None)

    async def _client(self, number: int) -> None:
        async with many_gateways(self.ground, first=number) as worlds:
            while not self._over.is_set():
                turn = next(self._numbers)
                await self._in_turn(turn)
                kind = self.kinds[turn % len(self.kinds)]
                await self._until_answered(worlds, kind, f"F{self._run}.{turn}")

    async def _in_turn(self, turn: int) -> None:
        if self.per_second:
            wait_s = self._began + turn / self.per_second - time.monotonic()
            if wait_s > 0:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._over.wait(), wait_s)

    async def _until_answered(self, worlds: "Worlds", kind: str, key: str) -> None:
        self.sent[kind].add(key)
        given_up: float | None = None
        while True:
            began = time.monotonic()
            try:
                found = await KINDS[kind](worlds.next(), key)
                told = ""
            except (Refused, NoAnswer) as failure:
                found, told = "", _transient(failure)
            took_s = time.monotonic() - began
            self.calls.append(
                Call(
                    kind=kind,
                    key=key,
                    began=began,
                    took_s=took_s,
                    acknowledged=bool(found),
                    told=told,
                )
            )
            if found:
                self.acknowledged[kind][key] = found
                return
            if self._over.is_set():
                given_up = given_up or time.monotonic() + RESOLVED_WITHIN_S
                if time.monotonic() > given_up:
                    return
            await asyncio.sleep(PAUSE_S)

    # --- what it saw

    @property
    def answered(self) -> int:
        return sum(len(each) for each in self.acknowledged.values())

    @property
    def unresolved(self) -> int:
        return sum(map(len, self.sent.values())) - self.answered

    @property
    def refused(self) -> list[Call]:
        return [each for each in self.calls if not each.acknowledged]

    def p95_ms(self, since: float, until: float, kinds: Sequence[str] = ()) -> float:
        """Of the calls that were acknowledged and began in that time."""
        took = [
            each.took_s * 1000
            for each in self.calls
            if each.acknowledged
            and since <= each.began < until
            and (not kinds or each.kind in kinds)
        ]
        return quantiles(took, n=20)[-1] if len(took) > 1 else 0.0

    def pause_s(self, kind: str, since: float, until: float) -> float:
        """The longest time between two acknowledgements of a kind."""
        ends = [
            each.began + each.took_s
            for each in self.calls
            if each.kind == kind and each.acknowledged
        ]
        times = [since, *sorted(end for end in ends if since < end < until), until]
        return max(later - earlier for earlier, later in pairwise(times))

    def answered_since(self, kind: str, since: float) -> int:
        """Of calls that began later."""
        return sum(
            each.kind == kind and each.acknowledged and each.began > since for each in self.calls
        )


def _transient(failure: Refused | NoAnswer) -> str:
    if isinstance(failure, Refused) and failure.code != UNAVAILABLE:
        raise failure
    return str(failure)[:200]


class Worlds:
    """The same callers through each gateway; `next` is the one after the last."""

    def __init__(self, ground: Ground, first: int) -> None:
        data = dataset()
        cast = Cast(data, ground.issuer.token)
        self._worlds = [World(Gateway(url, patience_s=0), cast, data) for url in ground.gateways]
        self._turn = first

    def next(self) -> World:
        self._turn += 1
        return self._worlds[self._turn % len(self._worlds)]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for each in self._worlds:
            await each.gateway.__aexit__()


def many_gateways(ground: Ground, first: int = 0) -> Worlds:
    return Worlds(ground, first)


async def settle(ground: Ground) -> None:
    """The commune is there and every service knows it: each kind of write is taken once."""
    data = dataset()
    cast = Cast(data, ground.issuer.token)
    async with Gateway(ground.base_url, patience_s=60) as gateway:
        world = World(gateway, cast, data)
        await personnel.sync(world, personnel.whole_commune(data, "faults/personnel"))
        for kind, send in KINDS.items():
            await _taken(send, world, f"S{uuid.uuid4().hex[:8]}.{kind[0]}")


async def _taken(send: Send, world: World, key: str) -> None:
    deadline = time.monotonic() + RESOLVED_WITHIN_S
    while True:
        try:
            await send(world, key)
        except Refused as refused:
            if refused.code not in FIRST_WORD or time.monotonic() > deadline:
                raise
            await asyncio.sleep(PAUSE_S)
        else:
            return


async def figures_of(url: str) -> str:
    """What a part measures of itself; empty while it does not answer."""
    async with httpx.AsyncClient(timeout=3) as client:
        try:
            return (await client.get(f"{url}/metrics")).text
        except httpx.TransportError:
            return ""
