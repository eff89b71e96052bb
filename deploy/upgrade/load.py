"""Callers that notice everything: whatever is not answered, or answered with an error."""

import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Self

import httpx

from congvu_demo.client import Gateway

QUERIES = (
    "{ workProducts(first: 5) { edges { node { id code } } } }",
    "{ evaluationPeriods(first: 5) { edges { node { id state } } } }",
    "{ publicLogHead { size } }",
)
"""One a service."""

FIRST_FIELD = re.compile(r"\{\s*(?:\w+\s*:\s*)?(\w+)")
"""Behind its alias, if it has one."""

CALLERS = 2
PAUSE_S = 0.05
PATIENCE_S = 120.0
BEAT_S, STALL_S = 0.1, 2.0


def field_of(query: str) -> str:
    """The first one that is asked for."""
    found = FIRST_FIELD.search(query)
    return found[1] if found else "a query"


class Noticed:
    """What went wrong, and how much was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.wrong: list[str] = []
        self.began = time.monotonic()
        self._lock = threading.Lock()

    def take(self, response: httpx.Response, asked: str) -> None:
        """`asked` says what and of whom, for whoever reads what went wrong."""
        try:
            errors = response.json().get("errors", [])
        except ValueError:
            errors = [{"message": response.text[:200]}]
        with self._lock:
            self.asked += 1
            if response.status_code != httpx.codes.OK or errors:
                told = [
                    f"{each.get('message', '')[:80]} {each.get('extensions', {}).get('ruleId', '')}"
                    for each in errors
                ]
                self.wrong.append(f"{self._at()} {asked}: {response.status_code} {told}")

    def fail(self, error: httpx.TransportError, asked: str) -> None:
        with self._lock:
            self.asked += 1
            self.wrong.append(f"{self._at()} {asked}: {error!r}")

    def _at(self) -> str:
        return f"{time.monotonic() - self.began:.1f} s"


class Pulse:
    """Only sleeps, and says when it overslept: the machine stood still then, whatever ran."""

    def __init__(self, begun: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.stalls: list[str] = []
        self._begun, self._clock = begun, clock
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        last = self._clock()
        while not self._over.wait(BEAT_S):
            now = self._clock()
            if now - last > STALL_S:
                self.stalls.append(f"{now - self._begun:.1f} s: nothing ran for {now - last:.1f} s")
            last = now


class WatchedGateway(Gateway):
    """As the demo calls, with what it met noted: it would ask again and say nothing."""

    def __init__(self, base_url: str, noticed: Noticed) -> None:
        super().__init__(base_url, patience_s=PATIENCE_S)
        self._noticed = noticed

    async def post(
        self, query: str, variables: Mapping[str, object], token: str | None
    ) -> httpx.Response:
        try:
            response = await super().post(query, variables, token)
        except httpx.TransportError as error:
            self._noticed.fail(error, f"the writer's {field_of(query)}")
            raise
        self._noticed.take(response, f"the writer's {field_of(query)}")
        return response


class Readers:
    """Ask every service through every gateway for as long as they are let."""

    def __init__(self, urls: Sequence[str], token: str, noticed: Noticed) -> None:
        self._over = threading.Event()
        self._noticed = noticed
        self._token = token
        self._threads = [
            threading.Thread(target=self._ask, args=(url,)) for url in urls for _ in range(CALLERS)
        ]

    def __enter__(self) -> "Readers":
        for each in self._threads:
            each.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for each in self._threads:
            each.join()

    def _ask(self, url: str) -> None:
        headers = {"authorization": f"Bearer {self._token}"}
        with httpx.Client(timeout=60, headers=headers) as client:
            while not self._over.is_set():
                for query in QUERIES:
                    asked = f"{field_of(query)} of {url}"
                    try:
                        self._noticed.take(client.post(url, json={"query": query}), asked)
                    except httpx.TransportError as error:
                        self._noticed.fail(error, asked)
                time.sleep(PAUSE_S)
