"""Callers that write for as long as a drill lasts, and what was acknowledged to them."""

import asyncio
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from congvu_demo.cast import Cast
from congvu_demo.client import Gateway, Refused
from congvu_demo.dataset import dataset
from congvu_local.platform import Platform
from support.polling import until

UNKNOWN_YET, KNOWN_WITHIN_S = ("NOT_FOUND", "INVALID"), 30
PAUSE_S = 0.1
"""Of each caller between two: somebody is under way all the time, and parts have time to work."""
SENT = "Submission { id receipt }"


@dataclass(frozen=True)
class Sent:
    """A suggestion that was acknowledged, and whose it is."""

    id: str
    token: str
    receipt: str


@dataclass
class Load:
    """Units are synced and citizens write, again and again; nothing is asked twice."""

    platform: Platform
    sent: list[Sent] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    numbers: Iterator[int] = field(default_factory=count)

    def __enter__(self) -> "Load":
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._thread.join()

    async def _run(self) -> None:
        cast = Cast(dataset(), self.platform.token_for)
        async with Gateway(self.platform.base_url, patience_s=0) as gateway:
            await asyncio.gather(*(self._call(gateway, cast) for _ in range(3)))

    async def _call(self, gateway: Gateway, cast: Cast) -> None:
        while not self.over.is_set():
            try:
                await self._once(gateway, cast, next(self.numbers))
            except Exception as exception:
                self.wrong.append(repr(exception))
            await asyncio.sleep(PAUSE_S)

    async def _once(self, gateway: Gateway, cast: Cast, number: int) -> None:
        """A unit that evaluation tells feedback of; and a suggestion about it, once it is known."""
        code = f"KEY.{number}"
        reference = {"system": dataset().system, "id": code}
        unit: dict[str, object] = {"externalRef": reference, "code": code, "name": f"Đơn vị {code}"}
        unit |= {"level": "PROVINCE", "province": dataset().province, "localityType": None}
        unit |= {"parentRef": None, "validFrom": "2025-07-01"}
        asked = {"idempotencyKey": code, "units": [unit], "positions": [], "people": []}
        synced = await gateway.do(cast.hrm, "syncPersonnel", asked, "SyncReport { results { id } }")
        suggestion = {
            "idempotencyKey": code,
            "unitId": synced["results"][0]["id"],
            "kind": "SUGGESTION",
            "text": f"Ý kiến {code}",
            "submitterToken": f"nguoi-{number}",
        }
        sent = await self._once_known(gateway, cast, suggestion)
        token = str(suggestion["submitterToken"])
        self.sent.append(Sent(str(sent["id"]), token, str(sent["receipt"])))

    async def _once_known(
        self, gateway: Gateway, cast: Cast, suggestion: Mapping[str, object]
    ) -> Mapping[str, object]:
        """As soon as the unit is known: its event came, and was believed. Nothing else is waited
        for, and no other refusal is taken."""
        deadline = time.monotonic() + KNOWN_WITHIN_S
        while True:
            try:
                return await gateway.do(cast.portal, "submitSuggestion", suggestion, SENT)
            except Refused as refused:
                if refused.code not in UNKNOWN_YET or time.monotonic() > deadline:
                    raise
            await asyncio.sleep(0.1)

    def go_on(self, calls: int = 8) -> None:
        """Return after so many more were acknowledged."""
        until_done = len(self.sent) + calls
        until(lambda: len(self.sent) >= until_done, within_s=60, what="calls are answered")

    @property
    def receipts(self) -> list[str]:
        return [each.receipt for each in self.sent]
