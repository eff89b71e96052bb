"""The streams of changes, without GraphQL."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from httpx_sse import ServerSentEvent

from congvu_client.problems import problem_of
from congvu_client.streams import Place

Stream = Literal[
    "results", "complaints", "indexes", "releases", "catalogue", "evaluation", "feedback"
]


@dataclass(frozen=True)
class Change:
    """Keep `cursor` once the event is handled: it may come again after a crash."""

    cursor: str
    type: str
    province: str
    at: datetime
    data: dict[str, Any]


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
            told = json.loads(event.data)
            at = datetime.fromisoformat(told["at"])
            yield Change(event.id, told["type"], told["province"], at, told["data"])
