"""The way to the platform, awaited or not: what may be repeated is, with the same key."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import aclosing, closing
from typing import Any, Self, TypedDict, TypeVar, Unpack

import httpx
from httpx_sse import EventSource
from tenacity import AsyncRetrying, Retrying

from congvu_client.changes import Change, Changes, Stream
from congvu_client.problems import CongvuError, Unreachable
from congvu_client.requests import Token, body, data_of, headers, repeatable
from congvu_client.retries import ATTEMPTS, PATIENCE_S, TIMEOUT_S, policy
from congvu_client.streams import SILENCE_MAX_S, Subscription, Told, refusal

JSON = {"content-type": "application/json"}
EVENTS = "text/event-stream"
T = TypeVar("T")
Variables = Mapping[str, Any]
"""Any: what the operation asks for; the generated methods know."""


class Settings(TypedDict, total=False):
    language: str
    """Of messages: "vi", which is the default, or "en"."""
    purpose: str
    """Why persons are read; they see it in the record of reads."""
    attempts: int
    patience_s: float


class _Caller:
    def __init__(self, base_url: str, token: Token | None, settings: Settings) -> None:
        self._url = base_url.rstrip("/").removesuffix("/graphql")
        self._token, self._language = token, settings.get("language", "vi")
        self._purpose = settings.get("purpose")
        self._attempts = settings.get("attempts", ATTEMPTS)
        self._patience_s = settings.get("patience_s", PATIENCE_S)

    def _headers(self, wanted: str = "application/json") -> dict[str, str]:
        return headers(self._token, self._language, self._purpose, wanted)

    def _policy(self, query: str, variables: Variables) -> dict[str, Any]:
        return policy(
            repeatable=repeatable(query, variables),
            attempts=self._attempts,
            patience_s=self._patience_s,
        )

    @property
    def _renewable(self) -> bool:
        """Whether there may be another token once one has ended."""
        return callable(self._token)

    def _listening(self, told: Told[Any]) -> dict[str, Any]:
        request = told.request(self._headers(EVENTS))
        return request | {"url": self._url + request["url"], "timeout": SILENCE_MAX_S}

    def get_data(self, answer: dict[str, Any]) -> dict[str, Any]:
        """What `execute` gave, for the generated methods."""
        return answer


class AsyncTransport(_Caller):
    """`http` replaces the client, for instance with one that has certificates of its own."""

    def __init__(
        self,
        base_url: str,
        token: Token | None = None,
        *,
        http: httpx.AsyncClient | None = None,
        **settings: Unpack[Settings],
    ) -> None:
        super().__init__(base_url, token, settings)
        self._http = http or httpx.AsyncClient(timeout=TIMEOUT_S)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self._http.aclose()

    async def execute(
        self, query: str, operation_name: str | None = None, variables: Variables | None = None
    ) -> dict[str, Any]:
        """The data; raise `Problem` when the platform says no, `Unreachable` when it is away."""
        content = body(query, operation_name, variables or {})

        async def once() -> dict[str, Any]:
            sent = self._headers() | JSON
            return data_of(
                await self._http.post(f"{self._url}/graphql", content=content, headers=sent)
            )

        try:
            return await AsyncRetrying(**self._policy(query, variables or {}))(once)
        except httpx.TransportError as error:
            raise Unreachable(f"{operation_name}: {type(error).__name__}") from error

    def changes(
        self, stream: Stream, after: str | None = None, *, province: str | None = None
    ) -> AsyncGenerator[Change, None]:
        """Each change from `after` on, for ever; connects again by itself, raises `Problem` when
        the caller may not listen."""
        return self._followed(Changes(stream, after, province))

    async def subscribe(
        self,
        *,
        query: str,
        operation_name: str,
        variables: Variables,
        read: Callable[[dict[str, Any]], T],
    ) -> AsyncGenerator[T, None]:
        """What a subscription tells, as `changes` does; for the generated methods."""
        async with aclosing(self._followed(Subscription(query, operation_name, variables))) as told:
            async for data in told:
                yield read(data)

    async def _followed(self, told: Told[T]) -> AsyncGenerator[T, None]:
        while True:
            told.place.begins()
            try:
                async with self._http.stream(**self._listening(told)) as response:
                    if response.status_code != httpx.codes.OK:
                        await response.aread()
                        raise refusal(response)
                    async for event in EventSource(response).aiter_sse():
                        for each in told.read(event):
                            yield each
            except (httpx.TransportError, CongvuError) as error:
                if not told.place.goes_on(error, renewable=self._renewable):
                    raise
            await asyncio.sleep(told.place.pause_s())


class Transport(_Caller):
    """`http` replaces the client, for instance with one that has certificates of its own."""

    def __init__(
        self,
        base_url: str,
        token: Token | None = None,
        *,
        http: httpx.Client | None = None,
        **settings: Unpack[Settings],
    ) -> None:
        super().__init__(base_url, token, settings)
        self._http = http or httpx.Client(timeout=TIMEOUT_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._http.close()

    def execute(
        self, query: str, operation_name: str | None = None, variables: Variables | None = None
    ) -> dict[str, Any]:
        """The data; raise `Problem` when the platform says no, `Unreachable` when it is away."""
        content = body(query, operation_name, variables or {})

        def once() -> dict[str, Any]:
            sent = self._headers() | JSON
            return data_of(self._http.post(f"{self._url}/graphql", content=content, headers=sent))

        try:
            return Retrying(**self._policy(query, variables or {}))(once)
        except httpx.TransportError as error:
            raise Unreachable(f"{operation_name}: {type(error).__name__}") from error

    def changes(
        self, stream: Stream, after: str | None = None, *, province: str | None = None
    ) -> Generator[Change, None, None]:
        """Each change from `after` on, for ever; connects again by itself, raises `Problem` when
        the caller may not listen."""
        return self._followed(Changes(stream, after, province))

    def subscribe(
        self,
        *,
        query: str,
        operation_name: str,
        variables: Variables,
        read: Callable[[dict[str, Any]], T],
    ) -> Generator[T, None, None]:
        """What a subscription tells, as `changes` does; for the generated methods."""
        with closing(self._followed(Subscription(query, operation_name, variables))) as told:
            for data in told:
                yield read(data)

    def _followed(self, told: Told[T]) -> Generator[T, None, None]:
        while True:
            told.place.begins()
            try:
                with self._http.stream(**self._listening(told)) as response:
                    if response.status_code != httpx.codes.OK:
                        response.read()
                        raise refusal(response)
                    for event in EventSource(response).iter_sse():
                        yield from told.read(event)
            except (httpx.TransportError, CongvuError) as error:
                if not told.place.goes_on(error, renewable=self._renewable):
                    raise
            time.sleep(told.place.pause_s())
