"""Talking to the platform from the command line, as any other client would."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Annotated, Any, Self, TypeVar
from urllib.parse import urlsplit

import httpx
import typer
from rich.progress import Progress
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from congvu_kit.domain.vietnamese import language_of
from congvu_kit.service.secret_files import read_secret
from congvu_kit.tools.failure import Failure, Refused
from congvu_kit.tools.shipped import document_id

T = TypeVar("T")

TIMEOUT_S = 60.0
"""A bulk call may take some seconds on a small machine."""

TOO_MANY = 429
WAIT_MOST_S = 300
"""For the rate of the gateway, which counts by the minute."""

LINE_ROWS = 100
"""In a pipe, one line of progress for so many rows."""

GATEWAY = "http://127.0.0.1:4000/graphql"
GATEWAY_URL = "CONGVU_GATEWAY_URL"
Url = Annotated[str, typer.Option(help="The gateway.", envvar=GATEWAY_URL)]
TOKEN_FILE = "CONGVU_TOKEN_FILE"
Token = Annotated[
    str,
    typer.Option(
        help=f"Your access token; else what the file holds that {TOKEN_FILE} names.",
        envvar="CONGVU_TOKEN",
    ),
]


def endpoint(address: str) -> str:
    """Where an address is asked: one without a path means its graph."""
    parts = urlsplit(address)
    bare = parts.scheme in ("http", "https") and parts.path in ("", "/")
    return parts._replace(path="/graphql").geturl() if bare else address


class Gateway:
    """Raises `Failure` with one clear line for everything that goes wrong."""

    def __init__(
        self,
        url: str,
        token: str,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        headers = {"accept-language": language_of(os.environ)}
        token = token or _token_of_file()
        if token:
            headers["authorization"] = f"Bearer {token}"
        self._url = endpoint(url)
        self._sleep = sleep
        self._client = httpx.Client(headers=headers, timeout=TIMEOUT_S, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def query(self, document: str, variables: Mapping[str, object]) -> dict[str, Any]:
        """The data of the answer."""
        try:
            for attempt in Retrying(
                retry=retry_if_exception_type(httpx.TransportError),
                stop=stop_after_attempt(4),
                wait=wait_exponential(multiplier=0.5),
                reraise=True,
            ):
                with attempt:
                    response = self._sent(document, variables)
            body = response.json()
        except httpx.TransportError as exception:
            raise Failure(
                vi=f"Không kết nối được đến {self._url}: {exception}",
                en=f"cannot reach {self._url}: {exception}",
            ) from exception
        except ValueError as exception:
            raise Failure(
                vi=f"{self._url} trả lời mã {response.status_code}, không phải JSON.",
                en=f"{self._url} answered {response.status_code}, no JSON",
            ) from exception
        if body.get("errors"):
            raise Failure("; ".join(str(each.get("message")) for each in body["errors"]))
        data: dict[str, Any] = body["data"]
        return data

    def _sent(self, document: str, variables: Mapping[str, object]) -> httpx.Response:
        """Who asks for more than the rate allows waits as long as the gateway says: a long export
        is slower then, and not broken off."""
        body = {"documentId": document_id(document), "query": document, "variables": variables}
        response = self._client.post(self._url, json=body)
        waited = 0
        while response.status_code == TOO_MANY and waited < WAIT_MOST_S:
            seconds = response.headers.get("retry-after", "")
            wait_s = int(seconds) if seconds.isdecimal() else 1
            self._sleep(wait_s)
            waited += max(wait_s, 1)
            response = self._client.post(self._url, json=body)
        return response

    def mutate(self, document: str, name: str, input: Mapping[str, object]) -> dict[str, Any]:
        """The result of the mutation `name`; a repeat after a lost answer is safe, since the input
        has an idempotency key."""
        result: dict[str, Any] = self.query(document, {"input": input})[name]
        if "message" in result:
            raise Refused(result)
        return result

    def pages(
        self, document: str, field: str, variables: Mapping[str, object]
    ) -> Iterator[dict[str, Any]]:
        """Every node of a connection; the query takes `$after` and asks for pageInfo."""
        after: str | None = None
        while True:
            page = self.query(document, {**variables, "after": after})[field]
            for edge in page["edges"]:
                yield edge["node"]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                return


def _token_of_file() -> str:
    file = os.environ.get(TOKEN_FILE)
    return read_secret(TOKEN_FILE, Path(file)) if file else ""


def batches(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


@contextmanager
def progress(what: str) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, plain lines in a pipe."""
    if sys.stderr.isatty():
        with Progress() as bar:
            task = bar.add_task(what, total=None)
            yield lambda rows: bar.advance(task, rows)
        return
    done = told = 0

    def tell() -> None:
        nonlocal told
        told = done
        typer.echo(f"{what}: {done}", err=True)

    def advance(rows: int) -> None:
        nonlocal done
        done += rows
        if done - told >= LINE_ROWS:
            tell()

    yield advance
    if done != told:
        tell()
