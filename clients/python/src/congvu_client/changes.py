"""The streams of changes: each event once after another, from where one stopped before."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import httpx
from httpx_sse import ServerSentEvent

from congvu_client.problems import CongvuError, problem_of
from congvu_client.requests import Busy, data_of

Stream = Literal[
    "results", "complaints", "indexes", "releases", "catalogue", "evaluation", "feedback"
]

SILENCE_MAX_S = 60.0
"""The gateway gives a sign of life every 15 seconds."""

WAIT_MAX_S = 30.0


@dataclass(frozen=True)
class Change:
    """Keep `cursor` once the event is handled: it may come again after a crash."""

    cursor: str
    type: str
    province: str
    at: datetime
    data: dict[str, Any]


class Place:
    """Where a stream is, and how often it broke off since it last said something."""

    def __init__(self, after: str | None) -> None:
        self.cursor, self._broken = after, 0

    def headers(self, own: dict[str, str]) -> dict[str, str]:
        return own | ({"last-event-id": self.cursor} if self.cursor else {})

    def read(self, event: ServerSentEvent) -> Iterator[Change]:
        """Nothing for a block that only moves the cursor; raise what ends the stream."""
        if event.event == "error":
            raise problem_of(json.loads(event.data))
        self.cursor, self._broken = event.id or self.cursor, 0
        if event.data:
            told = json.loads(event.data)
            at = datetime.fromisoformat(told["at"])
            yield Change(event.id, told["type"], told["province"], at, told["data"])

    def pause_s(self) -> float:
        """Before connecting again, longer each time that nothing came."""
        self._broken += 1
        longest = min(0.25 * 2**self._broken, WAIT_MAX_S)
        return random.uniform(longest / 2, longest)


def refusal(response: httpx.Response) -> CongvuError:
    """Why a stream did not begin; its body was read."""
    try:
        data_of(response)
    except CongvuError as error:
        return error
    return Busy(f"status {response.status_code} and no stream")
