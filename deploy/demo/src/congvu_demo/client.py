"""A small GraphQL client as a partner would write it: retries are safe, refusals are data."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

import httpx

Json = dict[str, Any]
"""Any: what the query asked for decides the shape."""

BATCH = 15
"""Mutations of one request; the gateway allows 15 aliases (services/gateway/README.md)."""

PATIENCE_S = 20.0
"""How long an answer that depends on an event of another service is asked for again."""

PAUSE_S = 0.1
REQUEST_TIMEOUT_S = 60.0
UNAVAILABLE = "UNAVAILABLE"
BUSY = (502, 503, 504)
"""HTTP codes of a gateway that is starting or has lost a service."""


@dataclass(frozen=True)
class Caller:
    """Somebody with a token; None is a visitor."""

    name: str
    token: str | None = None


VISITOR = Caller("khách")


class Refused(Exception):
    """The platform said no, and nothing was changed."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{problem['code']}: {problem['message']}")
        self.code = str(problem["code"])
        self.message = str(problem["message"])
        self.field = problem.get("field")
        self.rule_id = problem.get("ruleId")


class NoAnswer(Exception):
    """The gateway could not be reached, or did not answer as GraphQL."""


class Gateway:
    """`patience_s` is how long lost services and late events are waited for."""

    def __init__(
        self,
        base_url: str,
        *,
        patience_s: float = PATIENCE_S,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.url = f"{base_url}/graphql"
        self._patience_s = patience_s
        self._http = httpx.AsyncClient(
            timeout=REQUEST_TIMEOUT_S, headers={"accept-language": "vi"}, transport=transport
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self._http.aclose()

    async def post(
        self, query: str, variables: Mapping[str, object], token: str | None
    ) -> httpx.Response:
        """One request, as it is."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        body = {"query": query, "variables": dict(variables)}
        return await self._http.post(self.url, json=body, headers=headers)

    async def ask(
        self, caller: Caller, query: str, variables: Mapping[str, object] | None = None
    ) -> Json:
        """The data; raises `Refused` for an error. Asks again while a service is away."""
        deadline = time.monotonic() + self._patience_s
        while True:
            try:
                return await self._ask_once(caller, query, variables or {})
            except (NoAnswer, Refused) as failure:
                away = isinstance(failure, NoAnswer) or failure.code == UNAVAILABLE
                if not away or time.monotonic() > deadline:
                    raise
            await asyncio.sleep(PAUSE_S)

    async def _ask_once(self, caller: Caller, query: str, variables: Mapping[str, object]) -> Json:
        try:
            response = await self.post(query, variables, caller.token)
        except httpx.TransportError as error:
            raise NoAnswer(f"{self.url}: {error!r}") from error
        if response.status_code in BUSY or not _is_json(response):
            raise NoAnswer(f"{self.url}: HTTP {response.status_code} {response.text[:200]}")
        answer: Json = response.json()
        if answer.get("errors"):
            raise Refused(_problem_of(answer["errors"][0]))
        data: Json = answer["data"]
        return data

    async def do(
        self,
        caller: Caller,
        mutation: str,
        asked: Mapping[str, object],
        then: str,
        *,
        input_type: str | None = None,
        again_on: Collection[str] = (),
    ) -> Json:
        """One mutation. `then` is the success type and its fields, as `Assignment { id }`, none
        of them called as one of a `Problem`; `input_type` is needed where it is not named after
        the mutation.

        Raises `Refused`; asks again for a while when the refusal's code is in `again_on`, which
        is for what another service has not heard of yet.
        """
        answers = await self.do_all(
            caller, mutation, [asked], then, input_type=input_type, again_on=again_on
        )
        return answers[0]

    async def do_all(
        self,
        caller: Caller,
        mutation: str,
        asked: Sequence[Mapping[str, object]],
        then: str,
        *,
        input_type: str | None = None,
        again_on: Collection[str] = (),
    ) -> list[Json]:
        """The same mutation many times, several in one request, in order; answers in order."""
        kind = input_type or f"{mutation[0].upper()}{mutation[1:]}Input"
        answers: list[Json] = []
        for start in range(0, len(asked), BATCH):
            inputs = asked[start : start + BATCH]
            query = _many(mutation, kind, len(inputs), then)
            send = partial(self._send, caller, query, inputs)
            answers += await self._until_known(send, again_on)
        return answers

    async def _send(
        self, caller: Caller, query: str, inputs: Sequence[Mapping[str, object]]
    ) -> list[Json]:
        variables = {f"i{n}": value for n, value in enumerate(inputs)}
        data = await self.ask(caller, query, variables)
        answers = [data[f"m{n}"] for n in range(len(inputs))]
        for answer in answers:
            if answer["__typename"] == "Problem":
                raise Refused(answer)
        return answers

    async def until(
        self, holds: Callable[[], Awaitable[bool]], *, what: str, pause_s: float = PAUSE_S
    ) -> None:
        """Raise `TimeoutError` when it does not hold in time."""
        deadline = time.monotonic() + self._patience_s
        while not await holds():
            if time.monotonic() > deadline:
                raise TimeoutError(what)
            await asyncio.sleep(pause_s)

    async def _until_known(
        self, send: Callable[[], Awaitable[list[Json]]], again_on: Collection[str]
    ) -> list[Json]:
        """Safe to repeat, since every mutation carries its key."""
        deadline = time.monotonic() + self._patience_s
        while True:
            try:
                return await send()
            except Refused as refusal:
                if refusal.code not in (UNAVAILABLE, *again_on) or time.monotonic() > deadline:
                    raise
            await asyncio.sleep(PAUSE_S)


def _many(mutation: str, kind: str, count: int, then: str) -> str:
    """A document that calls the mutation `count` times."""
    success, _, fields = then.partition(" ")
    declared = ", ".join(f"$i{n}: {kind}!" for n in range(count))
    calls = " ".join(
        f"m{n}: {mutation}(input: $i{n}) {{ __typename ...done ...problem }}" for n in range(count)
    )
    return (
        f"mutation({declared}) {{ {calls} }} fragment done on {success} {fields} "
        "fragment problem on Problem { code message field ruleId }"
    )


def _is_json(response: httpx.Response) -> bool:
    return "json" in response.headers.get("content-type", "")


def _problem_of(error: Mapping[str, Any]) -> Json:
    extensions = error.get("extensions") or {}
    return {
        "code": extensions.get("code", "ERROR"),
        "message": error["message"],
        "field": extensions.get("field"),
        "ruleId": extensions.get("ruleId"),
    }
