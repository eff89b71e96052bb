"""Spans: a request and the calls that it makes, in the trace of whoever asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

import pytest

from gateway.running import Gateway, World
from gateway.subgraphs import CHANGES
from support.collector import ENDPOINT, Collector, Span

SPAN_ID = "00f067aa0ba902b7"


@dataclass(frozen=True)
class Told:
    spans: Sequence[Span]
    received: str
    """The trace's header as a service got it."""

    def of(self, number: int) -> list[Span]:
        return [span for span in self.spans if span.trace_id == trace_id(number)]


def trace_id(number: int) -> str:
    return f"{number:032x}"


def within(number: int) -> dict[str, str]:
    return {"traceparent": f"00-{trace_id(number)}-{SPAN_ID}-01"}


@pytest.fixture(scope="module")
def told(world: World) -> Told:
    """What one gateway told of all of these requests, once it has ended."""
    collector = Collector()
    with collector.listening():
        environment = world.environment(**{ENDPOINT: collector.url})
        gateway = Gateway(environment, world.folder / "traced.log")
        gateway.start()
        id = uuid4().hex
        gateway.post("{ whoami }", headers={**within(1), "x-request-id": id})
        gateway.post("{ noSuchField }", headers=within(2))
        gateway.post("{ whoami }", headers={"traceparent": "00-junk"})
        listen(gateway, world.issuer.token())
        [received] = world.received(id)
        gateway.stop()
    return Told(collector.spans, received.headers["traceparent"])


def listen(gateway: Gateway, token: str) -> None:
    CHANGES[:] = ["congvu.evaluation.period.opened.v1"]
    headers = {"authorization": f"Bearer {token}", **within(3)}
    url = f"{gateway.base_url}/changes/evaluation"
    with gateway.client.stream("GET", url, headers=headers) as answer:
        next(answer.iter_lines())
    CHANGES.clear()


def test_a_request_and_its_call_are_in_the_trace_of_who_asked(told: Told) -> None:
    spans = {span.name: span for span in told.of(1)}
    request, call = spans.pop("whoami"), spans.pop("call catalogue")

    assert not spans
    assert {request.service, call.service} == {"congvu-gateway"}
    assert (request.parent, call.parent) == (SPAN_ID, request.id)
    assert told.received == f"00-{trace_id(1)}-{call.id}-01"
    assert dict(request.attributes) == dict(call.attributes) == {"congvu.outcome": "OK"}


def test_what_is_refused_is_a_span_without_a_word_of_it(told: Told) -> None:
    [refused] = told.of(2)

    assert (refused.name, refused.parent) == ("none", SPAN_ID)
    assert set(refused.attributes) == {"congvu.outcome"}
    assert refused.attributes["congvu.outcome"] != "OK"


def test_who_listens_has_one_span_and_each_look_for_it_another(told: Told) -> None:
    [listening] = [span for span in told.of(3) if span.name == "changes"]
    looks = [span for span in told.of(3) if span.name == "call evaluation"]

    assert listening.parent == SPAN_ID
    assert looks
    assert {look.parent for look in looks} == {listening.id}


def test_who_has_no_trace_begins_one(told: Told) -> None:
    strange = [span for span in told.spans if span.name == "whoami" and span not in told.of(1)]

    assert [span.parent for span in strange] == [""]
