"""Asks the evaluation subgraph in process, as any caller."""

from collections.abc import Mapping
from typing import Any

from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.graph import Context
from evaluation_service.adapters.graphql.schema import schema

PERIOD_STEP = dict.fromkeys(("freezePeriod", "publishPeriod", "closePeriod"), "PeriodStepInput")
PROBLEM = "... on Problem { code message field ruleId }"


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

    async def do(
        self, mutation: str, input: Mapping[str, object], actor: Actor, answer: str
    ) -> Any:
        """The mutation's result: the success type's fields or the Problem's."""
        kind = PERIOD_STEP.get(mutation, f"{mutation[0].upper()}{mutation[1:]}Input")
        document = (
            f"mutation Do($input: {kind}!) {{ it: {mutation}(input: $input) "
            f"{{ __typename {answer} {PROBLEM} }} }}"
        )
        return (await self.ask(document, actor, input=input))["it"]

    async def _run(self, document: str, actor: Actor, variables: dict[str, object]) -> Any:
        context = Context(actor=actor, language="en", uow=self._uow)
        return await schema.execute(document, variable_values=variables, context_value=context)
