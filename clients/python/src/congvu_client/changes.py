"""The streams of changes, without GraphQL."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from httpx_sse import ServerSentEvent
from pydantic import ValidationError

from congvu_client.generated import events
from congvu_client.problems import problem_of
from congvu_client.streams import Place

Stream = Literal[
    "results", "complaints", "indexes", "releases", "catalogue", "evaluation", "feedback"
]


Data: TypeAlias = events.Known | dict[str, Any]
"""Of a type that this client does not know, or not so, as it came."""


def told(event_type: str, payload: str | Mapping[str, Any]) -> Data:
    """What a change tells: of a subscription, or of the body that a webhook was sent."""
    data = json.loads(payload) if isinstance(payload, str) else dict(payload)
    kind = events.KINDS.get(event_type)
    if kind is None:
        return data
    try:
        return kind.model_validate(data)
    except ValidationError:
        return data


@dataclass(frozen=True)
class Change:
    """Keep `cursor` once the event is handled: it may come again after a crash."""

    cursor: str
    type: str
    province: str
    at: datetime
    data: Data


class Changes:
    def __init__(self, stream: Stream, after: str | None, province: str | None) -> None:
        self._stream, self._province = stream, province
        self.place = Place(after)

    def request(self, own: dict[str, str]) -> dict[str, Any]:
        behind = {"last-event-id": self.place.cursor} if self.place.cursor else {}
        return {
            "method": "GET",
            "url": f"/changes/{self._stream}",
            "params": {"province": self._province} if self._province else {},
            "headers": own | behind,
        }

    def read(self, event: ServerSentEvent) -> Iterator[Change]:
        if event.event == "error":
            raise problem_of(json.loads(event.data))
        self.place.moved(event.id)
        if event.data:
            said = json.loads(event.data)
            at, data = datetime.fromisoformat(said["at"]), told(said["type"], said["data"])
            yield Change(event.id, said["type"], said["province"], at, data)
