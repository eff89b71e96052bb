"""Callers that notice everything: whatever is not answered, or answered with an error."""

import threading
import time
from collections.abc import Mapping, Sequence

import httpx

from congvu_demo.client import Gateway

QUERIES = (
    "{ workProducts(first: 5) { edges { node { id code } } } }",
    "{ evaluationPeriods(first: 5) { edges { node { id state } } } }",
    "{ publicLogHead { size } }",
)
"""One a service."""

CALLERS = 2
PAUSE_S = 0.05
PATIENCE_S = 120.0


class Noticed:
    """What went wrong, and how much was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.wrong: list[str] = []
        self._lock = threading.Lock()

    def take(self, response: httpx.Response) -> None:
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
                self.wrong.append(f"{response.status_code} {told}")

    def fail(self, error: httpx.TransportError) -> None:
        with self._lock:
            self.asked += 1
            self.wrong.append(repr(error))


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
            self._noticed.fail(error)
            raise
        self._noticed.take(response)
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
                    try:
                        self._noticed.take(client.post(url, json={"query": query}))
                    except httpx.TransportError as error:
                        self._noticed.fail(error)
                time.sleep(PAUSE_S)
