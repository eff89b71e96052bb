"""CloudEvents 1.0 over Kafka in binary mode: attributes in headers, the fact as JSON value."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

Headers: TypeAlias = list[tuple[str, bytes]]

SIGNATURE = "ce_signature"


class Unreadable(ValueError):
    """A record that is no CloudEvent of ours; reading it again will not help."""


@dataclass(frozen=True, kw_only=True)
class CloudEvent:
    """`sequence` counts the events of one `subject` (aggregate id) from 1; `time` is UTC."""

    id: str
    type: str
    source: str
    subject: str
    time: datetime
    sequence: int
    data: dict[str, object]
    traceparent: str | None = None
    signature: str | None = None

    def headers(self) -> Headers:
        attributes = {
            "ce_specversion": "1.0",
            "ce_id": self.id,
            "ce_type": self.type,
            "ce_source": self.source,
            "ce_subject": self.subject,
            "ce_time": self.time.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "ce_sequence": str(self.sequence),
            "content-type": "application/json",
        }
        if self.traceparent:
            attributes["traceparent"] = self.traceparent
        if self.signature:
            attributes[SIGNATURE] = self.signature
        return [(name, value.encode()) for name, value in attributes.items()]

    def value(self) -> bytes:
        return json.dumps(self.data, ensure_ascii=False, separators=(",", ":")).encode()


def read(headers: Iterable[tuple[str, bytes | None]], value: bytes | None) -> CloudEvent:
    """Raise `Unreadable`, naming what is missing or malformed, and quoting nothing."""
    try:
        named = {name: raw.decode() for name, raw in headers if raw is not None}
        return _event(named, json.loads(value or b""))
    except KeyError as exception:
        raise Unreadable(f"header {exception.args[0]!r} is missing") from exception
    except Unreadable:
        raise
    except (ValueError, RecursionError) as exception:
        raise Unreadable("a header or the value is malformed") from exception


def _event(named: dict[str, str], data: object) -> CloudEvent:
    if named["ce_specversion"] != "1.0":
        raise Unreadable("ce_specversion is not '1.0'")
    if not isinstance(data, dict):
        raise Unreadable("the value is not a JSON object")
    return CloudEvent(
        id=named["ce_id"],
        type=named["ce_type"],
        source=named["ce_source"],
        subject=named["ce_subject"],
        time=datetime.fromisoformat(named["ce_time"]),
        sequence=int(named["ce_sequence"]),
        traceparent=named.get("traceparent"),
        signature=named.get(SIGNATURE),
        data=data,
    )
