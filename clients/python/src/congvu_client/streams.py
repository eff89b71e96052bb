"""What stays connected: one thing after another, from where it stopped, until it is closed."""

import json
import random
import time
from collections.abc import Iterator, Mapping
from typing import Any, Protocol, TypeVar

import httpx
from httpx_sse import ServerSentEvent

from congvu_client.problems import CongvuError, Unauthenticated, problem_of
from congvu_client.requests import Busy, body, data_of
from congvu_client.retries import passes

SILENCE_MAX_S = 60.0
"""The gateway gives a sign of life every 15 seconds."""

WAIT_MAX_S = 30.0

SETTLED_S = 5.0
"""A connection that stood so long was let in: its token ended since."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Place:
    """Where a stream is, and how often it broke off since it last said something."""

    def __init__(self, after: str | None) -> None:
        self.cursor, self._broken, self._refused = after, 0, 0
        self._since_s = 0.0

    def begins(self) -> None:
        self._since_s = time.monotonic()

    def moved(self, cursor: str | None) -> None:
        self.cursor, self._broken, self._refused = cursor or self.cursor, 0, 0

    def goes_on(self, error: Exception, *, renewable: bool) -> bool:
        """Whether to connect again: with the next token, where the one before has ended."""
        if not (renewable and isinstance(error, Unauthenticated)):
            return passes(error)
        stood = time.monotonic() - self._since_s >= SETTLED_S
        self._refused = 0 if stood else self._refused + 1
        return self._refused <= 1

    def pause_s(self) -> float:
        """Before connecting again, longer each time that nothing came."""
        self._broken += 1
        longest = min(0.25 * 2**self._broken, WAIT_MAX_S)
        return random.uniform(longest / 2, longest)


class Told(Protocol[T_co]):
    """How a stream is asked for, and what its events say."""

    place: Place

    def request(self, own: dict[str, str]) -> dict[str, Any]:
        """For `httpx.Client.stream`; `own` are the headers of the caller."""

    def read(self, event: ServerSentEvent) -> Iterator[T_co]:
        """Nothing for what only moves the cursor; raise what ends the stream."""


class Subscription:
    """The operation's data, event after event: each has one field, and its cursor in it."""

    def __init__(self, query: str, operation_name: str, variables: Mapping[str, Any]) -> None:
        self._query, self._name = query, operation_name
        self._variables = dict(variables)
        after = variables.get("after")
        self.place = Place(after if isinstance(after, str) else None)

    def request(self, own: dict[str, str]) -> dict[str, Any]:
        if self.place.cursor is not None:
            self._variables["after"] = self.place.cursor
        return {
            "method": "POST",
            "url": "/graphql/stream",
            "headers": own | {"content-type": "application/json"},
            "content": body(self._query, self._name, self._variables),
        }

    def read(self, event: ServerSentEvent) -> Iterator[dict[str, Any]]:
        if event.event != "next":
            return
        answer = json.loads(event.data)
        for said in answer.get("errors") or ():
            raise problem_of({**said, **(said.get("extensions") or {})})
        data: dict[str, Any] = answer["data"]
        [told] = data.values()
        self.place.moved(told["cursor"])
        yield data


def refusal(response: httpx.Response) -> CongvuError:
    """Why a stream did not begin; its body was read."""
    try:
        data_of(response)
    except CongvuError as error:
        return error
    return Busy(f"status {response.status_code} and no stream")
