"""What happened, as rows that are committed with the change and kept until they are sent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.kept_traces import traceparent_of
from congvu_kit.adapters.signatures import EventSigner
from congvu_kit.application.documents import adapter
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.ids import new_id

OUTBOX = "outbox"

UNSENT = 0
"""`log` of a row that never went out; else the number of the broker's log that has it, from 1. A
broker that forgets begins another log."""

EVENT_MAX_BYTES = 900_000
"""Largest event body; brokers refuse records over 1 MB by default, headers included."""


def outbox_rows(aggregate: Aggregate, signer: EventSigner, now: datetime) -> list[dict[str, Any]]:
    """One row per event recorded since the last save; `aggregate.sequence` moves past them."""
    traceparent = traceparent_of(aggregate)
    # The database keeps milliseconds, and what is signed must be what is read.
    at = now.replace(microsecond=now.microsecond // 1000 * 1000)
    rows = []
    for happened in aggregate.pull_events():
        aggregate.sequence += 1
        event = CloudEvent(
            id=new_id("evt"),
            type=happened.TYPE,
            source=signer.source,
            subject=aggregate.id,
            time=at,
            sequence=aggregate.sequence,
            traceparent=traceparent,
            data=adapter(type(happened)).dump_python(happened, mode="json"),
        )
        value = event.value()
        if len(value) > EVENT_MAX_BYTES:
            raise ValueError(f"{event.type} of {aggregate.id!r} is over {EVENT_MAX_BYTES} bytes")
        rows.append(outbox_row(replace(event, signature=signer.sign(event, value))))
    return rows


def outbox_row(event: CloudEvent) -> dict[str, Any]:
    return {
        "_id": event.id,
        "type": event.type,
        "source": event.source,
        "subject": event.subject,
        "sequence": event.sequence,
        "at": event.time,
        "data": event.data,
        "traceparent": event.traceparent,
        "signature": event.signature,
        "log": UNSENT,
    }


def to_event(row: Mapping[str, Any]) -> CloudEvent:
    return CloudEvent(
        id=row["_id"],
        type=row["type"],
        source=row["source"],
        subject=row["subject"],
        time=row["at"],
        sequence=row["sequence"],
        traceparent=row["traceparent"],
        signature=row.get("signature"),
        data=row["data"],
    )
