"""Changes as server-sent events: in order, from a cursor on, as the caller, until either goes."""

import json
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from itertools import islice

import httpx
import pytest

from gateway.fixtures import StartGateway
from gateway.running import Gateway, World, codes
from gateway.subgraphs import CHANGES
from support.polling import until

RESULT = "congvu.evaluation.evaluation.published.v1"
UNIT = "congvu.evaluation.org_evaluation.corrected.v1"
PERIOD = "congvu.evaluation.period.published.v1"
OPENED = "congvu.evaluation.period.opened.v1"
ALL = [RESULT, OPENED, UNIT, PERIOD, OPENED]
STREAMS_OF_CALLER_MAX = 8

Event = dict[str, str]


@pytest.fixture(autouse=True)
def feed() -> Iterator[None]:
    CHANGES[:] = ALL
    yield
    CHANGES.clear()


def listen(
    gateway: Gateway, place: str, token: str | None, **headers: str
) -> AbstractContextManager[httpx.Response]:
    given = {"authorization": f"Bearer {token}"} if token else {}
    url = f"{gateway.base_url}/changes/{place}"
    return gateway.client.stream("GET", url, headers={**given, **headers})


def events(answer: httpx.Response) -> Iterator[Event]:
    """Blocks as they come, also those that only move the cursor."""
    event: Event = {}
    for line in answer.iter_lines():
        if line:
            name, _, value = line.partition(": ")
            event[name] = value
        elif event:
            yield event
            event = {}


def kinds(answer: httpx.Response, count: int) -> list[tuple[str, str]]:
    return [(each["id"], each.get("event", "")) for each in islice(events(answer), count)]


def test_a_listener_hears_everything_once_and_in_order(gateway: Gateway, world: World) -> None:
    with listen(gateway, "evaluation", world.issuer.token()) as answer:
        heard = events(answer)
        old = [next(heard) for _ in ALL]
        CHANGES.append(RESULT)
        new = next(heard)

    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert [each["event"] for each in old] == ALL
    assert [each["id"] for each in (*old, new)] == ["1", "2", "3", "4", "5", "6"]
    assert json.loads(new["data"]) == {
        "type": RESULT,
        "province": "56",
        "at": "2026-08-10T03:00:00+00:00",
        "data": {"of": RESULT},
    }


def test_results_leave_out_the_rest_and_move_the_cursor_past_it(
    gateway: Gateway, world: World
) -> None:
    with listen(gateway, "results", world.issuer.token()) as answer:
        assert kinds(answer, 4) == [("1", RESULT), ("3", UNIT), ("4", PERIOD), ("5", "")]


def test_a_listener_goes_on_after_the_last_event_it_got(gateway: Gateway, world: World) -> None:
    token = world.issuer.token()

    with listen(gateway, "evaluation", token, **{"last-event-id": "3"}) as by_header:
        assert kinds(by_header, 2) == [("4", PERIOD), ("5", OPENED)]
    with listen(gateway, "evaluation?after=4", token) as by_address:
        assert kinds(by_address, 1) == [("5", OPENED)]


def test_more_than_a_page_comes_without_waiting(gateway: Gateway, world: World) -> None:
    CHANGES[:] = [RESULT] * 450
    began = time.monotonic()

    with listen(gateway, "results", world.issuer.token()) as answer:
        heard = kinds(answer, 450)

    assert [id for id, _ in heard] == [str(at) for at in range(1, 451)]
    assert time.monotonic() - began < 4, "each page waited for the next look"


@pytest.mark.parametrize(
    ("place", "token", "refusal"),
    [
        ("evaluation", None, (401, "UNAUTHENTICATED")),
        ("evaluation", "nonsense", (401, "UNAUTHENTICATED")),
        ("evaluation?province=01", "good", (403, "FORBIDDEN")),
    ],
)
def test_who_may_not_listen_is_told_so_before_the_stream(
    gateway: Gateway, world: World, place: str, token: str | None, refusal: tuple[int, str]
) -> None:
    sent = world.issuer.token() if token == "good" else token

    with listen(gateway, place, sent) as answer:
        answer.read()

    assert (answer.status_code, *codes(answer)) == refusal


def test_what_is_no_stream_is_not_answered_as_one(gateway: Gateway) -> None:
    assert gateway.client.get(f"{gateway.base_url}/changes/people").status_code == 404
    assert gateway.client.post(f"{gateway.base_url}/changes/results").status_code == 404


def test_a_listener_hears_on_after_the_service_was_away(gateway: Gateway, world: World) -> None:
    with listen(gateway, "evaluation?after=5", world.issuer.token()) as answer:
        heard = events(answer)
        assert next(heard) == {"id": "5"}
        world.subgraphs["evaluation"].stop()
        time.sleep(1.5)
        world.subgraphs["evaluation"].start()
        CHANGES.append(UNIT)
        assert next(heard)["event"] == UNIT


def test_how_long_somebody_listens_is_no_time_of_an_answer(
    start_gateway: StartGateway, world: World
) -> None:
    gateway = start_gateway()
    with listen(gateway, "results", world.issuer.token()) as answer:
        assert kinds(answer, 1) == [("1", RESULT)]

    def told() -> list[str]:
        figures = gateway.client.get(f"{gateway.base_url}/metrics").text.splitlines()
        return [each for each in figures if 'operation="changes"' in each]

    until(lambda: bool(told()), within_s=5, what="the stream is counted")
    assert [each.partition("{")[0] for each in told()] == ["congvu_operations_total"]


def test_one_caller_has_only_so_many_streams(start_gateway: StartGateway, world: World) -> None:
    gateway, token = start_gateway(), world.issuer.token(sub="hrm")

    with ExitStack() as open_streams:
        for _ in range(STREAMS_OF_CALLER_MAX):
            answer = open_streams.enter_context(listen(gateway, "results", token))
            assert answer.status_code == 200
        with listen(gateway, "results", token) as one_more:
            assert one_more.status_code == 429
        with listen(gateway, "results", world.issuer.token(sub="portal")) as another:
            assert another.status_code == 200


def test_streams_end_with_the_gateway(start_gateway: StartGateway, world: World) -> None:
    gateway = start_gateway(CONGVU_SHUTDOWN_TIMEOUT_MS="15000")
    with listen(gateway, "results", world.issuer.token()) as answer:
        heard = events(answer)
        next(heard)
        began = time.monotonic()
        gateway.terminate()
        list(heard)

    assert time.monotonic() - began < 5


def test_in_production_the_gateway_may_ask_what_it_asks(
    start_gateway: StartGateway, world: World
) -> None:
    gateway = start_gateway(
        CONGVU_PROFILE="production", CONGVU_HOSTS="127.0.0.1", CONGVU_METRICS_PORT="0"
    )

    with listen(gateway, "results", world.issuer.token()) as answer:
        assert kinds(answer, 1) == [("1", RESULT)]
