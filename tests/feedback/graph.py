"""Asks the feedback subgraph in process, as any caller."""

from typing import Any

from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.graph import Context
from feedback_service.adapters.graphql.schema import schema_of
from feedback_service.application.office import Office


class Graph:
    def __init__(self, uow: UnitOfWork, office: Office) -> None:
        self._uow = uow
        self._schema = schema_of(office)

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
        return await self._schema.execute(
            document, variable_values=variables, context_value=context
        )
