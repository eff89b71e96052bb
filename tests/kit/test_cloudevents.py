"""CloudEvents in binary mode, there and back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from congvu_kit.adapters.cloudevents import CloudEvent, Unreadable, read

EVENT = CloudEvent(
    id="evt_1",
    type="congvu.test.desk.renamed.v1",
    source="//congvu/test",
    subject="d1",
    time=datetime(2026, 8, 3, 2, 0, 0, 123000, tzinfo=UTC),
    sequence=7,
    data={"name": "Bàn"},
    traceparent="00-1-2-01",
)


@pytest.mark.parametrize("event", [EVENT, replace(EVENT, traceparent=None)])
def test_what_is_written_is_read(event: CloudEvent) -> None:
    assert read(event.headers(), event.value()) == event


def test_headers_are_the_attributes_and_the_time_is_utc() -> None:
    east = replace(EVENT, time=datetime(2026, 8, 3, 9, tzinfo=timezone(timedelta(hours=7))))

    assert dict(replace(east, traceparent=None).headers()) == {
        "ce_specversion": b"1.0",
        "ce_id": b"evt_1",
        "ce_type": b"congvu.test.desk.renamed.v1",
        "ce_source": b"//congvu/test",
        "ce_subject": b"d1",
        "ce_time": b"2026-08-03T02:00:00Z",
        "ce_sequence": b"7",
        "content-type": b"application/json",
    }
    assert east.value() == '{"name":"Bàn"}'.encode()


@pytest.mark.parametrize(
    ("changes", "value", "reason"),
    [
        ({"ce_specversion": b"0.3"}, b"{}", "ce_specversion is not '1.0'"),
        ({"ce_specversion": None}, b"{}", "header 'ce_specversion' is missing"),
        ({"ce_id": None}, b"{}", "header 'ce_id' is missing"),
        ({"ce_sequence": b"first"}, b"{}", "a header or the value is malformed"),
        ({"ce_time": b"yesterday"}, b"{}", "a header or the value is malformed"),
        ({"ce_id": b"\xff"}, b"{}", "a header or the value is malformed"),
        ({}, b"[]", "the value is not a JSON object"),
        ({}, b"{", "a header or the value is malformed"),
        ({}, b"\xff", "a header or the value is malformed"),
        ({}, None, "a header or the value is malformed"),
    ],
)
def test_what_is_no_event_of_ours_is_unreadable(
    changes: dict[str, bytes | None], value: bytes | None, reason: str
) -> None:
    headers = dict(EVENT.headers()) | changes
    kept = [(name, raw) for name, raw in headers.items() if raw is not None]

    with pytest.raises(Unreadable, match=reason):
        read(kept, value)
