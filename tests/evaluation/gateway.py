"""A gateway for the command line, with the subgraph in this process behind it."""

import asyncio
from collections.abc import Mapping
from typing import Any

from congvu_kit.domain.actor import Actor
from congvu_kit.tools.client import Gateway
from evaluation.people import AUDITOR
from support.graph import Graph


class InProcess(Gateway):
    """The gateway's answers, from the subgraph in this process."""

    def __init__(self, graph: Graph, actor: Actor = AUDITOR) -> None:
        super().__init__("http://test", "")
        self._graph = graph
        self._actor = actor

    def query(self, document: str, variables: Mapping[str, object]) -> dict[str, Any]:
        data: dict[str, Any] = asyncio.run(self._graph.ask(document, self._actor, **variables))
        return data
