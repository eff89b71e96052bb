"""Asking the graph through the gateway, as anybody would: no right is added here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from congvu_kit.tools.shipped import document_id

TIMEOUT_S = 30.0


class Unanswered(Exception):
    """The graph gave no whole answer; `code` is the first error's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Asker:
    """On whose behalf the graph is asked. An anonymous one has no token."""

    language: str = "vi"
    token: str | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Host, request id and forwarded addresses, as the gateway got them."""

    @property
    def sent(self) -> dict[str, str]:
        own = {"accept-language": self.language, **self.headers}
        return own | ({"authorization": f"Bearer {self.token}"} if self.token else {})


class Graph:
    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self._client = client
        self._url = url

    async def ask(self, asker: Asker, document: str, **variables: object) -> dict[str, Any]:
        """The whole data of an answer without errors; raise `Unanswered` for anything less."""
        body = {
            "documentId": document_id(document),
            "query": document,
            "variables": variables,
        }
        try:
            response = await self._client.post(self._url, json=body, headers=asker.sent)
            answer = response.json()
        except (httpx.HTTPError, ValueError) as exception:
            raise Unanswered("UNAVAILABLE") from exception
        errors = answer.get("errors")
        if errors or not isinstance(answer.get("data"), dict):
            first = errors[0] if errors else {}
            raise Unanswered(str(first.get("extensions", {}).get("code", "INTERNAL")))
        data: dict[str, Any] = answer["data"]
        return data
