"""What goes over the line, and what comes back; nothing here waits or connects."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import httpx
from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from congvu_client.problems import Problem, RateLimited, Unreachable, problem_of
from congvu_client.unknown import refuse_unknown

Token = str | Callable[[], str]
"""Or where the present one is: tokens are good for a day at most."""

BUSY = frozenset({502, 503, 504})
"""What stands before the platform, or the platform, could not take the call."""


class Busy(Unreachable):
    """An answer that says that nobody took the call."""


def headers(
    token: Token | None, language: str, purpose: str | None, wanted: str = "application/json"
) -> dict[str, str]:
    own = {"accept-language": language, "accept": wanted}
    if token is not None:
        own["authorization"] = f"Bearer {token if isinstance(token, str) else token()}"
    if purpose is not None:
        own["x-purpose"] = quote(purpose, safe="")
    return own


@lru_cache(maxsize=256)
def document_id(text: str) -> str:
    """How a production gateway knows the text."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def body(query: str, operation_name: str | None, variables: Mapping[str, Any]) -> bytes:
    """Made once for all attempts, so that each carries the same idempotency key."""
    asked = {
        "documentId": document_id(query),
        "query": query,
        "operationName": operation_name,
        "variables": plain(variables),
    }
    return json.dumps(asked, ensure_ascii=False).encode()


def plain(variables: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON; what was not given is not sent, since null means something else."""
    given = {
        name: value.model_dump(by_alias=True, exclude_unset=True)
        if isinstance(value, BaseModel)
        else value
        for name, value in variables.items()
        if type(value).__name__ != "UnsetType"
    }
    refuse_unknown("", given)
    sent: dict[str, Any] = to_jsonable_python(given)
    return sent


def repeatable(query: str, variables: Mapping[str, Any]) -> bool:
    """Whether doing it twice is doing it once: whatever reads, and what carries a key."""
    if not query.lstrip().startswith("mutation"):
        return True
    return bool(variables) and all(
        getattr(value, "idempotency_key", None)
        or (isinstance(value, Mapping) and value.get("idempotencyKey"))
        for value in variables.values()
    )


def data_of(response: httpx.Response) -> dict[str, Any]:
    """The data of an answer; raise `Problem` for an error, or a mutation that was refused, and
    `Unreachable` for what is no answer of the platform."""
    try:
        answer = response.json()
    except ValueError as error:
        kind = Busy if response.status_code in BUSY else Unreachable
        raise kind(f"status {response.status_code} without an answer") from error
    if not isinstance(answer, dict) or not (answer.get("errors") or answer.get("data")):
        raise Unreachable(f"status {response.status_code} and no answer of the platform")
    for said in answer.get("errors") or ():
        raise _timed(problem_of({**said, **(said.get("extensions") or {})}), response)
    data: dict[str, Any] = answer["data"]
    for result in data.values():
        if isinstance(result, dict) and result.get("__typename") == "Problem":
            raise problem_of(result)
    return data


def _timed(problem: Problem, response: httpx.Response) -> Problem:
    after = response.headers.get("retry-after", "")
    if isinstance(problem, RateLimited) and after.isdecimal():
        problem.retry_after_s = float(after)
    return problem
