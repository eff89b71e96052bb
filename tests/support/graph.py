"""Asks a subgraph in process, as any caller."""

import asyncio
from collections.abc import Mapping
from typing import Any

from strawberry.federation import Schema

from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.graph import Context

PROBLEM = "... on Problem { code message field ruleId }"


class Graph:
    """What it answers is untyped: the tests know what they asked for."""

    def __init__(
        self,
        schema: Schema,
        uow: UnitOfWork,
        *,
        needs: object = None,
        language: str = "en",
        purpose: str | None = None,
    ) -> None:
        self._schema = schema
        self._uow = uow
        self._needs = needs
        self._language = language
        self._purpose = purpose

    async def execute(self, document: str, actor: Actor, variables: Mapping[str, Any]) -> Any:
        context = Context(
            actor=actor,
            language=self._language,
            uow=self._uow,
            needs=self._needs,
            purpose=self._purpose,
        )
        return await self._schema.execute(
            document, variable_values=dict(variables), context_value=context
        )

    async def ask(self, document: str, actor: Actor = ANONYMOUS, **variables: object) -> Any:
        """The data, or a failed test."""
        result = await self.execute(document, actor, variables)
        assert result.errors is None, result.errors
        return result.data

    async def errors(self, document: str, actor: Actor = ANONYMOUS, **variables: object) -> Any:
        """The errors' extensions."""
        result = await self.execute(document, actor, variables)
        assert result.errors, result.data
        return [error.extensions for error in result.errors]

    async def do(
        self, mutation: str, input: Mapping[str, object], actor: Actor, answer: str
    ) -> Any:
        """The mutation's result: what `answer` selects, or the Problem."""
        document = (
            f"mutation($input: {self.input_of(mutation)}) {{ it: {mutation}(input: $input) "
            f"{{ __typename {answer} {PROBLEM} }} }}"
        )
        return (await self.ask(document, actor, input=input))["it"]

    def input_of(self, mutation: str) -> str:
        """The type of the mutation's input, as its signature writes it."""
        kind = self._schema._schema.mutation_type
        assert kind is not None
        return str(kind.fields[mutation].args["input"].type)

    def answer(self, body: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
        """The JSON of one HTTP request, from a thread of its own."""
        result = asyncio.run(self.execute(body["query"], actor, body.get("variables") or {}))
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [{"message": error.message} for error in result.errors]
        return answer
