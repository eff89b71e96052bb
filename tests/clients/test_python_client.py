"""The Python client against answers of the platform, awaited and not."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing, closing
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest

import congvu_client
from congvu_client import (
    AsyncClient,
    Client,
    EvaluationFilter,
    IdempotencyMismatch,
    PeriodStepInput,
    Problem,
    RateLimited,
    ReportWorkInput,
    Unauthenticated,
    Unavailable,
    Unreachable,
    async_nodes,
    nodes,
)
from congvu_client.generated import operations
from congvu_client.problems import KINDS

Answer = Callable[[httpx.Request], httpx.Response]
URL = "http://platform.test"
STEP = PeriodStepInput(idempotency_key="publish-1", expected_revision=3, period_id="p_1")
PERIOD: dict[str, Any] = {
    "__typename": "EvaluationPeriod",
    "id": "p_1",
    "name": "Quý III",
    "kind": "QUARTER",
    "state": "PUBLISHED",
    "province": "56",
    "startsOn": "2026-07-01",
    "endsOn": "2026-09-30",
    "revision": 4,
    "releaseIds": [],
    "frozenAt": None,
    "publishedAt": "2026-10-08T02:30:00Z",
    "appealsUntil": None,
}
REFUSED = {
    "__typename": "Problem",
    "code": "CONFLICT",
    "message": "Kỳ đã đóng.",
    "field": "input.periodId",
    "ruleId": "E-I3",
}


def data(**answer: object) -> httpx.Response:
    return httpx.Response(200, json={"data": answer})


def failed(status: int, code: str, **headers: str) -> httpx.Response:
    said = {"message": "Không được.", "extensions": {"code": code}}
    return httpx.Response(status, json={"errors": [said]}, headers=headers)


@pytest.fixture(params=["sync", "async"])
def call(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Calls a method of either client: `call(answer, "me")`."""

    def waiting(answer: Answer, method: str, *given: object, **settings: Any) -> Any:
        http = httpx.Client(transport=httpx.MockTransport(answer))
        with Client(URL, http=http, **settings) as client:
            return getattr(client, method)(*given)

    async def awaited(answer: Answer, method: str, *given: object, **settings: Any) -> Any:
        http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
        async with AsyncClient(URL, http=http, **settings) as client:
            return await getattr(client, method)(*given)

    if request.param == "sync":
        return waiting
    return lambda *given, **settings: asyncio.run(awaited(*given, **settings))


def test_a_cut_connection_is_tried_again_with_the_same_body(call: Callable[..., Any]) -> None:
    sent: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.content)
        if len(sent) == 1:
            raise httpx.ReadError("cut")
        return data(publishPeriod=PERIOD)

    done = call(answer, "publish_period", STEP)

    assert (done.id, done.revision) == ("p_1", 4)
    assert done.published_at == datetime(2026, 10, 8, 2, 30, tzinfo=UTC)
    assert len(sent) == 2
    assert len(set(sent)) == 1
    assert json.loads(sent[0])["variables"]["input"]["idempotencyKey"] == "publish-1"


def test_a_change_without_a_key_is_not_tried_again(call: Callable[..., Any]) -> None:
    tried = []

    def answer(request: httpx.Request) -> httpx.Response:
        tried.append(request)
        raise httpx.ReadError("cut")

    unkeyed = "mutation M($input: PeriodStepInput!) { publishPeriod(input: $input) { __typename } }"
    with pytest.raises(Unreachable):
        call(answer, "execute", unkeyed, "M", {"input": {"periodId": "p_1"}})

    assert len(tried) == 1


@pytest.mark.parametrize(
    ("busy", "ends_as"),
    [
        (failed(429, "RATE_LIMITED", **{"retry-after": "0"}), RateLimited),
        (failed(200, "UNAVAILABLE"), Unavailable),
        (failed(503, "UNAVAILABLE"), Unavailable),
        (httpx.Response(502, text="<html>"), Unreachable),
        (data(publishPeriod={**REFUSED, "code": "UNAVAILABLE"}), Unavailable),
    ],
    ids=["429", "a part away", "503", "a proxy", "a refusal that passes"],
)
def test_what_passes_is_tried_again_so_often_and_no_more(
    call: Callable[..., Any], busy: httpx.Response, ends_as: type[Exception]
) -> None:
    tried = []

    def answer(request: httpx.Request) -> httpx.Response:
        tried.append(request)
        return httpx.Response(busy.status_code, content=busy.content, headers=busy.headers)

    with pytest.raises(ends_as):
        call(answer, "publish_period", STEP, attempts=2)

    assert len(tried) == 2


@pytest.mark.parametrize(
    "final",
    [
        failed(429, "RATE_LIMITED", **{"retry-after": "3600"}),
        failed(429, "RATE_LIMITED"),
        failed(401, "UNAUTHENTICATED"),
        failed(400, "INVALID"),
        failed(200, "INTERNAL"),
        httpx.Response(404, text="<html>"),
        httpx.Response(200, json=["no answer"]),
        data(publishPeriod=REFUSED),
    ],
    ids=["an hour", "no time", "401", "400", "a bug", "elsewhere", "no graph", "a refusal"],
)
def test_what_stays_is_asked_once(call: Callable[..., Any], final: httpx.Response) -> None:
    tried = []

    def answer(request: httpx.Request) -> httpx.Response:
        tried.append(request)
        return httpx.Response(final.status_code, content=final.content, headers=final.headers)

    with pytest.raises((Problem, Unreachable)):
        call(answer, "publish_period", STEP)

    assert len(tried) == 1


def test_a_refusal_is_an_exception_with_code_field_and_rule(call: Callable[..., Any]) -> None:
    with pytest.raises(congvu_client.Conflict) as refused:
        call(lambda _: data(publishPeriod=REFUSED), "publish_period", STEP)

    told = refused.value
    assert (told.code, told.field, told.rule_id) == ("CONFLICT", "input.periodId", "E-I3")
    assert told.message == "Kỳ đã đóng."


def test_how_long_to_wait_is_told(call: Callable[..., Any]) -> None:
    busy = failed(429, "RATE_LIMITED", **{"retry-after": "3600"})

    with pytest.raises(RateLimited) as refused:
        call(lambda _: busy, "me")

    assert refused.value.retry_after_s == 3600


def test_each_code_of_the_graph_has_an_exception_of_its_own() -> None:
    assert set(KINDS) == {each.value for each in congvu_client.ProblemCode}
    assert KINDS["IDEMPOTENCY_MISMATCH"] is IdempotencyMismatch
    assert len(set(KINDS.values())) == len(KINDS)


def test_who_asks_and_why_is_said_and_a_token_is_fetched_when_it_is_needed(
    call: Callable[..., Any],
) -> None:
    seen: list[httpx.Headers] = []
    tokens = iter(("first", "second"))

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        if len(seen) == 1:
            return failed(429, "RATE_LIMITED", **{"retry-after": "0"})
        return data(me=None)

    call(answer, "me", token=lambda: next(tokens), language="en", purpose="Tổng hợp quý")

    assert [each["authorization"] for each in seen] == ["Bearer first", "Bearer second"]
    assert seen[0]["accept-language"] == "en"
    assert seen[0]["x-purpose"] == "T%E1%BB%95ng%20h%E1%BB%A3p%20qu%C3%BD"


def test_each_document_is_named_by_its_hash_as_production_wants(
    call: Callable[..., Any],
) -> None:
    sent: list[dict[str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(json.loads(request.content))
        return data(me=None)

    call(answer, "me")

    hashed = hashlib.sha256(operations.ME_GQL.encode()).hexdigest()
    assert sent == [
        {
            "documentId": f"sha256:{hashed}",
            "query": operations.ME_GQL,
            "operationName": "Me",
            "variables": {},
        }
    ]


def test_scalars_are_exact_and_what_is_not_given_is_not_sent(call: Callable[..., Any]) -> None:
    sent: list[dict[str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(json.loads(request.content)["variables"])
        return data(reportWork=REFUSED)

    report = ReportWorkInput(
        idempotency_key="r1",
        expected_revision=1,
        assignment_id="a_1",
        quantity=Decimal("1E+2"),
        completed_on=date(2026, 9, 30),
    )
    with pytest.raises(Problem):
        call(answer, "report_work", report)
    since = EvaluationFilter(updated_since=datetime(2026, 10, 1, tzinfo=UTC), unit_id=None)
    with pytest.raises(Unreachable):
        call(lambda request: (answer(request), httpx.Response(200, json={}))[1],
             "evaluations", since)  # fmt: skip

    assert sent[0]["input"] == {
        "idempotencyKey": "r1",
        "expectedRevision": 1,
        "assignmentId": "a_1",
        "quantity": "100",
        "completedOn": "2026-09-30",
    }
    assert sent[1] == {"filter": {"updatedSince": "2026-10-01T00:00:00+00:00", "unitId": None}}


def test_an_instant_without_its_zone_is_not_sent(call: Callable[..., Any]) -> None:
    asked: list[httpx.Request] = []
    naive = EvaluationFilter(updated_since=datetime(2026, 10, 1))  # noqa: DTZ001

    with pytest.raises(ValueError, match="time zone"):
        call(asked.append, "evaluations", naive)

    assert asked == []


def page(names: str, after: str | None, *, more: bool) -> httpx.Response:
    edges: list[dict[str, Any]] = [
        {"node": {"id": name, "fullName": name, "province": "56", "revision": 1,
                  "externalRefs": [], "unit": None}}
        for name in names
    ]  # fmt: skip
    info = {"hasNextPage": more, "endCursor": after}
    return data(civilServants={"edges": edges, "pageInfo": info})


def listing(request: httpx.Request) -> httpx.Response:
    after = json.loads(request.content)["variables"].get("after")
    return page("ab", "c1", more=True) if after is None else page("c", "c2", more=False)


def test_a_listing_goes_on_to_its_end() -> None:
    http = httpx.Client(transport=httpx.MockTransport(listing))
    with Client(URL, http=http) as client:
        found = [each.id for each in nodes(lambda after: client.civil_servants("u", after=after))]

    assert found == ["a", "b", "c"]


async def test_a_listing_is_awaited_to_its_end() -> None:
    http = httpx.AsyncClient(transport=httpx.MockTransport(listing))
    async with AsyncClient(URL, http=http) as client:
        listed = async_nodes(lambda after: client.civil_servants("u", after=after))
        found = [each.id async for each in listed]

    assert found == ["a", "b", "c"]


def test_a_listing_that_turns_in_a_circle_ends() -> None:
    http = httpx.Client(transport=httpx.MockTransport(lambda _: page("a", "c1", more=True)))
    with Client(URL, http=http) as client, pytest.raises(Unreachable):
        list(nodes(lambda after: client.civil_servants("u", after=after)))


EVENT = 'id: {0}\nevent: published\ndata: {{"type": "published", "province": "56", ' + (
    '"at": "2026-10-08T02:30:00Z", "data": {{"total": "265/3"}}}}\n\n'
)


class Feed:
    """A stream that breaks off after each event, and refuses in the end."""

    def __init__(self) -> None:
        self.asked: list[str | None] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.headers.get("last-event-id"))
        if len(self.asked) == 4:
            return failed(401, "UNAUTHENTICATED")
        if len(self.asked) == 2:
            raise httpx.ReadError("cut")
        text = ":\n\n" + EVENT.format(len(self.asked)) + f"id: {len(self.asked)}0\n\n"
        headers = {"content-type": "text/event-stream"}
        return httpx.Response(200, headers=headers, text=text)


def hear(feed: Feed, found: list[str]) -> None:
    with Client(URL, "t", http=httpx.Client(transport=httpx.MockTransport(feed))) as client:
        for change in client.changes("results", "0"):
            assert change.data == {"total": "265/3"}, "a type that is not known"
            found.append(change.cursor)


async def hear_awaiting(feed: Feed, found: list[str]) -> None:
    http = httpx.AsyncClient(transport=httpx.MockTransport(feed))
    async with AsyncClient(URL, "t", http=http) as client:
        async for change in client.changes("results", "0"):
            assert change.at == datetime(2026, 10, 8, 2, 30, tzinfo=UTC)
            found.append(change.cursor)


def test_a_stream_goes_on_where_it_broke_off_until_it_is_refused() -> None:
    feed, found = Feed(), list[str]()
    with pytest.raises(Unauthenticated):
        hear(feed, found)

    assert (feed.asked, found) == (["0", "10", "10", "30"], ["1", "3"])


async def test_a_stream_is_awaited_where_it_broke_off() -> None:
    feed, found = Feed(), list[str]()
    with pytest.raises(Unauthenticated):
        await hear_awaiting(feed, found)

    assert (feed.asked, found) == (["0", "10", "10", "30"], ["1", "3"])


def told(cursor: str) -> str:
    event = {"cursor": cursor, "eventType": "published", "province": "56", "payload": "{}"}
    data = {"resultPublished": {**event, "at": "2026-10-08T02:30:00Z"}}
    return f"event: next\ndata: {json.dumps({'data': data})}\n\n"


def ended_for(code: str) -> str:
    errors = [{"message": "Không được.", "extensions": {"code": code}}]
    return f"event: next\ndata: {json.dumps({'data': None, 'errors': errors})}\n\n"


COMPLETE = "event: complete\ndata:\n\n"
TOKENS = ("first", "second", "third", "fourth", "fifth")


class Subscriptions:
    """Answers one connection after another so, and knows who asked for what."""

    def __init__(self, *answers: str) -> None:
        self.answers = iter(answers)
        self.asked: list[tuple[str, str | None]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        sent = json.loads(request.content)
        assert request.url.path == "/graphql/stream"
        assert sent["query"] == operations.RESULT_PUBLISHED_GQL
        token = request.headers["authorization"].removeprefix("Bearer ")
        self.asked.append((token, sent["variables"].get("after")))
        headers = {"content-type": "text/event-stream"}
        return httpx.Response(200, headers=headers, text=":\n\n" + next(self.answers))


def subscribed(answers: Subscriptions, token: Any, found: list[str]) -> None:
    http = httpx.Client(transport=httpx.MockTransport(answers))
    with Client(URL, token, http=http) as client:
        for event in client.result_published(province="56"):
            found.append(event.cursor)


async def subscribed_awaiting(answers: Subscriptions, token: Any, found: list[str]) -> None:
    http = httpx.AsyncClient(transport=httpx.MockTransport(answers))
    async with AsyncClient(URL, token, http=http) as client:
        async for event in client.result_published(province="56"):
            assert event.at == datetime(2026, 10, 8, 2, 30, tzinfo=UTC)
            found.append(event.cursor)


def listened(answers: Subscriptions, token: Any, *, awaited: bool) -> list[str]:
    """The cursors it was told, until it was refused."""
    found: list[str] = []
    try:
        if awaited:
            asyncio.run(subscribed_awaiting(answers, token, found))
        else:
            subscribed(answers, token, found)
    except Problem as refused:
        found.append(refused.code)
    return found


BOTH = pytest.mark.parametrize("awaited", [False, True], ids=["sync", "async"])


@BOTH
def test_a_subscription_goes_on_behind_its_last_event_with_the_token_of_now(awaited: bool) -> None:
    tokens = iter(TOKENS)
    answers = Subscriptions(
        told("1") + told("2") + COMPLETE,
        ended_for("UNAUTHENTICATED"),
        told("3") + ended_for("UNAUTHENTICATED"),
        ended_for("FORBIDDEN"),
    )

    found = listened(answers, lambda: next(tokens), awaited=awaited)

    assert found == ["1", "2", "3", "FORBIDDEN"]
    assert answers.asked == [("first", None), ("second", "2"), ("third", "2"), ("fourth", "3")]


@BOTH
@pytest.mark.parametrize(("token", "asked"), [("one", 1), (lambda: "the same", 2)])
def test_a_token_that_stays_refused_ends_a_subscription(
    awaited: bool, token: Any, asked: int
) -> None:
    answers = Subscriptions(*[ended_for("UNAUTHENTICATED")] * 3)

    assert listened(answers, token, awaited=awaited) == ["UNAUTHENTICATED"]
    assert len(answers.asked) == asked


class Endless(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A connection that stays open until it is closed."""

    def __init__(self) -> None:
        self.is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield told("1").encode()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for each in self:
            yield each

    def close(self) -> None:
        self.is_closed = True

    async def aclose(self) -> None:
        self.is_closed = True


def events_from(stream: Endless) -> httpx.Response:
    return httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=stream)


def test_closing_a_subscription_closes_its_connection() -> None:
    stream = Endless()
    transport = httpx.MockTransport(lambda _: events_from(stream))
    with Client(URL, http=httpx.Client(transport=transport)) as client:
        with closing(client.result_published()) as events:
            first = next(events)
        assert (first.cursor, stream.is_closed) == ("1", True)


async def test_closing_one_that_is_awaited_closes_its_connection() -> None:
    stream = Endless()
    transport = httpx.MockTransport(lambda _: events_from(stream))
    async with AsyncClient(URL, http=httpx.AsyncClient(transport=transport)) as client:
        async with aclosing(client.result_published()) as events:
            first = await anext(events)
        assert (first.cursor, stream.is_closed) == ("1", True)
