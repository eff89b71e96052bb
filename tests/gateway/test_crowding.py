"""More than can be answered: as many as come through in good time, the rest hear no at once."""

import json
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from congvu_faults.proxy import Proxy
from gateway.fixtures import StartGateway
from gateway.running import Gateway, World
from support.polling import until

PLACES = 16
SHARE = 8
AT_ONCE_S = 1.0
REFUSED = 10
ORIGIN = "https://hrm.example.vn"


@pytest.fixture
def held(world: World, proxy: Proxy, start_gateway: StartGateway) -> Iterator["Held"]:
    """A gateway with few places, whose answers come when the test says so."""
    gateway = start_gateway(
        FEEDBACK_URL=f"http://127.0.0.1:{proxy.port}/graphql",
        CONGVU_MAX_IN_FLIGHT=str(PLACES),
        CONGVU_QUERY_TIMEOUT_MS="8000",
        CONGVU_CORS_ORIGINS=ORIGIN,
    )
    assert gateway.data("{ answers }") == {"answers": 40}
    with ThreadPoolExecutor(2 * PLACES) as threads:
        yield Held(world, gateway, proxy, threads)
        proxy.mend()


class Held:
    def __init__(
        self, world: World, gateway: Gateway, proxy: Proxy, threads: ThreadPoolExecutor
    ) -> None:
        self.gateway, self._world, self._proxy = gateway, world, proxy
        self._threads, self._tokens = threads, dict[str, str]()

    def token(self, sender: str) -> str:
        return self._tokens.setdefault(sender, self._world.issuer.token(sub=sender))

    def fill(self, each_of: int, *senders: str) -> list[Future[httpx.Response]]:
        """So many requests of each sender, none of which is answered yet."""
        self._proxy.silence()
        asked = []
        for sender in senders:
            asked += [self._threads.submit(self._ask, self.token(sender)) for _ in range(each_of)]
            self._until_in(len(asked))
        return asked

    def _until_in(self, many: int) -> None:
        until(lambda: self.told("in_flight") >= many, within_s=5, what="all are in")

    def _ask(self, token: str) -> httpx.Response:
        with httpx.Client(timeout=30) as client:
            return client.post(
                self.gateway.url,
                json={"query": "{ answers }"},
                headers={"authorization": f"Bearer {token}"},
            )

    def mend(self) -> None:
        self._proxy.mend()

    def entries(self, event: str) -> list[dict[str, Any]]:
        entries = map(json.loads, self.gateway.log.read_text().splitlines())
        return [each for each in entries if each["event"] == event]

    def told(self, figure: str) -> float:
        text = self.gateway.client.get(f"{self.gateway.base_url}/metrics").text
        labels = "[^}]*" if "{" in figure else r"\{[^}]*"
        found = re.search(rf"^congvu_\w*{figure}{labels}\}} (\S+)$", text, re.MULTILINE)
        assert found, figure
        return float(found[1])


def turned_away(ask: Callable[[], httpx.Response]) -> httpx.Response:
    began = time.monotonic()
    response = ask()
    assert time.monotonic() - began < AT_ONCE_S
    assert response.status_code == 503
    [error] = response.json()["errors"]
    assert (error["extensions"]["code"], error["extensions"]["ruleId"]) == (
        "UNAVAILABLE",
        "OVERLOADED",
    )
    assert 1 <= int(response.headers["retry-after"]) <= 3
    return response


def test_who_comes_when_all_places_are_taken_hears_so_at_once_in_their_language(
    held: Held,
) -> None:
    held.fill(SHARE, "an", "binh")

    english = turned_away(
        lambda: held.gateway.post("{ whoami }", headers={"accept-language": "en"})
    )
    vietnamese = turned_away(lambda: held.gateway.post("{ whoami }"))

    assert "wait a moment" in english.json()["errors"][0]["message"]
    assert "xin chờ" in vietnamese.json()["errors"][0]["message"]
    assert held.told("overload_refusals_total") == 2


def test_those_turned_away_are_told_together_and_each_is_counted(held: Held) -> None:
    held.fill(SHARE, "an", "binh")
    lines = len(held.entries("request"))

    for _ in range(REFUSED):
        turned_away(lambda: held.gateway.post("{ whoami }"))

    def told() -> list[int]:
        return [int(line["number"]) for line in held.entries("requests were turned away")]

    until(lambda: sum(told()) == REFUSED, within_s=10, what="they are told")
    assert len(told()) < REFUSED
    assert held.told("overload_refusals_total") == REFUSED
    assert len(held.entries("request")) == lines
    assert (
        held.told(r'operations_total\{[^}]*operation="none"[^}]*outcome="UNAVAILABLE"') == REFUSED
    )


def test_one_caller_leaves_room_for_the_others(held: Held) -> None:
    held.fill(SHARE, "an")

    turned_away(lambda: held.gateway.post("{ whoami }", token=held.token("an")))
    assert held.gateway.post("{ whoami }").status_code == 200


def test_places_are_free_again_once_their_requests_are_answered(held: Held) -> None:
    asked = held.fill(SHARE, "an", "binh")

    held.mend()

    for each in asked:
        each.result()
    until(lambda: held.told("in_flight") == 0, within_s=5, what="all are out")
    assert held.gateway.post("{ whoami }").status_code == 200


def test_answers_that_come_late_let_fewer_in(held: Held) -> None:
    before = held.told("in_flight_limit")
    asked = held.fill(1, "an")

    time.sleep(2.5)
    held.mend()

    asked[0].result()
    until(lambda: held.told("in_flight_limit") < before, within_s=5, what="the limit is lower")


def test_a_page_of_a_portal_may_read_the_refusal_and_ask_before_it_asks(held: Held) -> None:
    held.fill(SHARE, "an", "binh")
    origin = {"origin": ORIGIN}

    refused = turned_away(lambda: held.gateway.post("{ whoami }", headers=origin))
    preflight = held.gateway.client.options(
        held.gateway.url, headers={**origin, "access-control-request-method": "POST"}
    )

    assert refused.headers["access-control-allow-origin"] == ORIGIN
    assert preflight.status_code < 300
