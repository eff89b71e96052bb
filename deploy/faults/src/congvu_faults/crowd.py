"""Callers who come whether or not others were answered, as on the last day of a month."""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from statistics import quantiles
from typing import Any
from urllib.parse import urlsplit

from congvu_demo.dataset import dataset
from congvu_faults.ground import Ground
from congvu_kit.domain.actor import Role

SUBMIT = """mutation($input: SubmitSuggestionInput!) {
  submitSuggestion(input: $input) { __typename ... on Submission { id } ... on Problem { code } }
}"""
ANSWER_WITHIN_S = 30.0
OVERLOADED = "OVERLOADED"
PORTALS = 50
"""As many callers: none comes over what one caller may have."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Neither found nor refused: nobody answered in time, or the connection broke."""

    began: float
    took_s: float
    found: str = ""
    rule: str = ""
    """Why it was refused."""

    @property
    def is_turned_away(self) -> bool:
        """Nothing was begun: the caller may send again as it likes."""
        return self.rule == OVERLOADED


class Connection:
    """HTTP/1.1 without any client's own cost, which would be more than what is measured."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def send(self, request: bytes) -> tuple[bytes, bool]:
        """The body, and whether the connection may be used again."""
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        headers = dict(line.split(": ", 1) for line in head.split("\r\n") if ": " in line)
        body = await self._body(headers)
        return body, headers.get("connection") != "close"

    async def _body(self, headers: Mapping[str, str]) -> bytes:
        if headers.get("transfer-encoding") != "chunked":
            return await self._reader.readexactly(int(headers.get("content-length", "0")))
        body = b""
        while length := int(await self._reader.readuntil(b"\r\n"), 16):
            body += (await self._reader.readexactly(length + 2))[:-2]
        await self._reader.readexactly(2)
        return body

    def close(self) -> None:
        self._writer.close()


@dataclass
class Crowd:
    """Suggestions of citizens, each under a key of its own, sent once."""

    ground: Ground
    answers: list[Answer] = field(default_factory=list)
    acknowledged: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    unresolved: int = 0
    """Without an answer: whether they took effect is not known to who sent them."""

    def __post_init__(self) -> None:
        self._address = urlsplit(self.ground.base_url)
        self._free: list[Connection] = []
        data = dataset()
        self._unit = data.unit_id(data.commune)
        self._tokens = cycle(
            self.ground.issuer.token(
                Role.SERVICE_PORTAL, province=data.province, subject=f"portal.{number}"
            )
            for number in range(PORTALS)
        )

    @property
    def answered(self) -> int:
        return sum(map(len, self.acknowledged.values()))

    async def at_rate(self, per_second: float, lasts_s: float) -> Sequence[Answer]:
        """So many come a second, whatever becomes of them."""
        before, began, sent = len(self.answers), time.monotonic(), list[asyncio.Task[None]]()
        while (passed_s := time.monotonic() - began) < lasts_s:
            due = int(passed_s * per_second) - len(sent)
            sent += [asyncio.create_task(self._one()) for _ in range(due)]
            await asyncio.sleep(0.005)
        await asyncio.gather(*sent)
        return self.answers[before:]

    async def in_turn(self, clients: int, lasts_s: float) -> Sequence[Answer]:
        """So many at a time, each coming again as soon as it was answered."""
        before, until = len(self.answers), time.monotonic() + lasts_s

        async def client() -> None:
            while time.monotonic() < until:
                await self._one()

        await asyncio.gather(*(client() for _ in range(clients)))
        return self.answers[before:]

    async def _one(self) -> None:
        began = time.monotonic()
        key, request = self._request()
        try:
            body = await asyncio.wait_for(self._exchange(request), ANSWER_WITHIN_S)
        except (OSError, EOFError, TimeoutError):
            body = b"{}"
        found, rule = _read(json.loads(body))
        took_s = time.monotonic() - began
        self.answers.append(Answer(began=began, took_s=took_s, found=found, rule=rule))
        if found:
            self.acknowledged["feedback"][key] = found
        elif not self.answers[-1].is_turned_away:
            self.unresolved += 1

    async def _exchange(self, request: bytes) -> bytes:
        connection = self._free.pop() if self._free else await self._connect()
        body, lasts = await connection.send(request)
        if lasts:
            self._free.append(connection)
        else:
            connection.close()
        return body

    async def _connect(self) -> Connection:
        return Connection(
            *await asyncio.open_connection(self._address.hostname, self._address.port)
        )

    def _request(self) -> tuple[str, bytes]:
        key = f"C{id(self):x}.{len(self.answers)}.{time.monotonic_ns()}"
        asked = {
            "idempotencyKey": key,
            "unitId": self._unit,
            "kind": "SUGGESTION",
            "text": f"Góp ý {key}",
            "submitterToken": f"nguoi-{key}",
        }
        body = json.dumps({"query": SUBMIT, "variables": {"input": asked}}).encode()
        head = (
            f"POST /graphql HTTP/1.1\r\nhost: {self._address.netloc}\r\n"
            f"authorization: Bearer {next(self._tokens)}\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\n\r\n"
        )
        return key, head.encode() + body


def _read(answer: Any) -> tuple[str, str]:
    """The id of what was taken, or the rule that it was refused by."""
    found = (answer.get("data") or {}).get("submitSuggestion") or {}
    extensions = [each.get("extensions", {}) for each in answer.get("errors", [])]
    return found.get("id", ""), next((each.get("ruleId", "") for each in extensions), "")


def goodput(answers: Sequence[Answer]) -> float:
    """Acknowledged a second, from the first who came to the last who did."""
    if not answers:
        return 0.0
    lasts_s = max(each.began for each in answers) - min(each.began for each in answers)
    last = max(each.began for each in answers)
    taken = [each for each in answers if each.found and each.began + each.took_s <= last]
    return len(taken) / max(lasts_s, 0.001)


def p95_ms(answers: Sequence[Answer]) -> float:
    took = [each.took_s * 1000 for each in answers]
    return quantiles(took, n=20)[-1] if len(took) > 1 else 0.0
