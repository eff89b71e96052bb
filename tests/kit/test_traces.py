"""One trace from the request to what a consumer makes of it, without a word of anybody."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from opentelemetry import context, trace
from opentelemetry.sdk.trace import ReadableSpan, SpanLimits, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags
from pymongo.errors import DuplicateKeyError
from starlette.types import Message, Receive, Scope, Send

from congvu_kit.adapters import database_watch, event_watch
from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.logs import current_trace_id
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork, connect
from congvu_kit.adapters.outbox import OUTBOX
from congvu_kit.adapters.telemetry import traces_wanted
from congvu_kit.service import observing
from kit.desks import DESKS, Desk
from support.event_keys import signer

TRACED = replace(DESKS, traced=True)
TRACE_ID, SPAN_ID = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
TRACEPARENT = f"00-{TRACE_ID}-{SPAN_ID}-01"


@contextmanager
def request() -> Iterator[None]:
    told = SpanContext(int(TRACE_ID, 16), int(SPAN_ID, 16), True, TraceFlags(1))
    token = context.attach(trace.set_span_in_context(NonRecordingSpan(told)))
    try:
        yield
    finally:
        context.detach(token)


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider = TracerProvider(span_limits=SpanLimits(max_events=0))
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    for module in (database_watch, event_watch, observing):
        monkeypatch.setattr(module, "tracer", provider.get_tracer("test"))
    return exporter


def trace_ids(spans: InMemorySpanExporter) -> list[str]:
    return [f"{each.context.trace_id:032x}" for each in spans.get_finished_spans()]


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.mongo
async def test_what_a_worker_tells_belongs_to_the_request_that_made_the_row(
    database: Database, kept: bool
) -> None:
    desks = TRACED if kept else DESKS
    uow = MongoUnitOfWork(database, signer=signer("test"))
    with request():
        async with uow.begin() as tx:
            await tx.store(desks).save(Desk(id="d1", name="Bàn"))

    async with uow.begin() as tx:
        desk = await tx.store(desks).get("d1")
        desk.rename("Ghế")
        await tx.store(desks).save(desk)
    async with uow.begin() as tx:
        desk = await tx.store(desks).get("d1")
        desk.rename("Tủ")
        await tx.store(desks).save(desk)

    rows = await database[OUTBOX].find().to_list(None)
    assert rows
    assert {row["traceparent"] for row in rows} == {TRACEPARENT if kept else None}


def event(at: datetime) -> CloudEvent:
    return CloudEvent(
        id="evt_1",
        type="congvu.test.done.v1",
        source="//congvu/test",
        subject="0912345678",
        time=at,
        sequence=1,
        traceparent=TRACEPARENT,
        data={},
    )


def test_a_consumer_goes_on_with_the_trace_of_what_told_the_event(
    spans: InMemorySpanExporter,
) -> None:
    with event_watch.watched(event(datetime.now(UTC))):
        inside = current_trace_id()

    [span] = spans.get_finished_spans()
    assert (inside, trace_ids(spans), list(span.links)) == (TRACE_ID, [TRACE_ID], [])
    assert span.parent is not None
    assert f"{span.parent.span_id:016x}" == SPAN_ID
    assert "0912345678" not in str(span.to_json())


def test_a_replay_is_a_trace_of_its_own_with_a_link(spans: InMemorySpanExporter) -> None:
    long_ago = datetime.now(UTC) - event_watch.REPLAY_AFTER - timedelta(seconds=1)

    with event_watch.watched(event(long_ago)):
        pass

    [span] = spans.get_finished_spans()
    assert span.parent is None
    assert TRACE_ID not in trace_ids(spans)
    assert [f"{link.context.trace_id:032x}" for link in span.links] == [TRACE_ID]


async def test_a_request_goes_on_with_the_trace_of_the_gateway(
    spans: InMemorySpanExporter,
) -> None:
    seen: list[str | None] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(current_trace_id())
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def ignore(_: Message) -> None: ...

    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    headers = [(b"traceparent", TRACEPARENT.encode()), (b"authorization", b"Bearer canary")]
    scope = {"type": "http", "path": "/graphql", "query_string": b"canary", "headers": headers}
    await observing.Observed(app)(scope, nothing, ignore)

    [span] = spans.get_finished_spans()
    assert (seen, trace_ids(spans)) == ([TRACE_ID], [TRACE_ID])
    assert span.attributes == {"congvu.outcome": "OK"}


@pytest.mark.mongo
async def test_commands_of_a_request_are_spans_without_what_was_written(
    spans: InMemorySpanExporter,
    monkeypatch: pytest.MonkeyPatch,
    mongo_url: str,
    mongo_database: str,
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    client = connect(mongo_url)
    rows = client[mongo_database]["people"]
    await rows.insert_one({"_id": "before any request"})

    with database_watch.tracer.start_as_current_span("request"):
        await rows.insert_one({"_id": "0912345678", "name": "Nguyễn Văn Canary"})
        with pytest.raises(DuplicateKeyError):
            await rows.insert_one({"_id": "0912345678"})
        assert await rows.find_one({"name": "Nguyễn Văn Canary"})
    client.close()

    told = spans.get_finished_spans()
    assert [each.name for each in told] == [*["insert people"] * 2, "find people", "request"]
    assert len(set(trace_ids(spans))) == 1
    assert not any(
        word in str(each.to_json()) for each in told for word in ("0912345678", "Canary")
    )


WANTED: dict[str, tuple[dict[str, str], bool]] = {
    "nothing": ({}, False),
    "an address": ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x:4318"}, True),
    "an address for traces": ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://x:4318/v1"}, True),
    "the exporter": ({"OTEL_TRACES_EXPORTER": "otlp"}, True),
    "none": (
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x:4318", "OTEL_TRACES_EXPORTER": "none"},
        False,
    ),
    "disabled": (
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x:4318", "OTEL_SDK_DISABLED": "true"},
        False,
    ),
}


@pytest.mark.parametrize("what", WANTED)
def test_traces_are_asked_for_by_the_standard_names(what: str) -> None:
    environment, wanted = WANTED[what]

    assert traces_wanted(environment) is wanted


def test_no_span_is_made_where_none_is_wanted() -> None:
    with event_watch.watched(event(datetime.now(UTC))):
        span = trace.get_current_span()

    assert not isinstance(span, ReadableSpan)
