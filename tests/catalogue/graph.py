"""Asks the catalogue's subgraph in process, as any caller."""

import asyncio
from typing import Any

from catalogue_service.adapters.graphql.schema import schema
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.graph import Context


class Graph:
    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def errors(self, document: str, actor: Actor = ANONYMOUS, **variables: object) -> Any:
        """The errors' extensions; the tests know what they asked for, so this is untyped."""
        result = await self._run(document, actor, variables)
        assert result.errors, result.data
        return [error.extensions for error in result.errors]

    async def ask(self, document: str, actor: Actor = ANONYMOUS, **variables: object) -> Any:
        """The data, or a failed test."""
        result = await self._run(document, actor, variables)
        assert result.errors is None, result.errors
        return result.data

    async def _run(self, document: str, actor: Actor, variables: dict[str, object]) -> Any:
        context = Context(actor=actor, language="en", uow=self._uow)
        return await schema.execute(document, variable_values=variables, context_value=context)

    def answer(self, body: dict[str, Any], actor: Actor) -> dict[str, Any]:
        """The JSON of one HTTP request, from a thread of its own."""
        result = asyncio.run(self._run(body["query"], actor, body.get("variables") or {}))
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [{"message": error.message} for error in result.errors]
        return answer
