"""An initiative as its author says it, the decision on it, and what a later look found."""

from datetime import date
from decimal import Decimal

import strawberry

from congvu_kit.graph import CommandInput, RevisedInput, ValueInput
from evaluation_service.adapters.graphql.common.inputs import WorkEvidenceInput
from evaluation_service.application.initiatives import commands, queries
from evaluation_service.domain.initiatives.initiatives import (
    CheckVerdict,
    InitiativeFacts,
    InitiativeKind,
    InitiativeState,
)


@strawberry.input(description="What was improved; small things count as well.")
class InitiativeFactsInput(ValueInput):
    VALUE = InitiativeFacts

    kind: InitiativeKind = strawberry.field(description="Which kind.")
    title: str = strawberry.field(description="Title of the initiative.")
    description: str = strawberry.field(description="What is done otherwise now.")
    unit_of_measure: str = strawberry.field(description="What is measured, e.g. days.")
    baseline: Decimal = strawberry.field(description="How much it was before.")
    claimed: Decimal = strawberry.field(description="How much it is since.")
    evidence: list[WorkEvidenceInput] = strawberry.field(description="What shows it, at least one.")


@strawberry.input(description="A new initiative of the caller.")
class ProposeInitiativeInput(CommandInput):
    COMMAND = commands.ProposeInitiative

    period_id: strawberry.ID = strawberry.field(description="The period it counts in.")
    facts: InitiativeFactsInput = strawberry.field(description="What it is.")


@strawberry.input(description="The board's decision on an initiative.")
class DecideInitiativeInput(RevisedInput):
    COMMAND = commands.DecideInitiative

    initiative_id: strawberry.ID = strawberry.field(description="Which one.")
    points: Decimal | None = strawberry.field(
        default=None,
        description="Provisional points, in the range of the policy's criterion; refused without.",
    )
    check_on: list[date] = strawberry.field(
        default_factory=list,
        description="1 to 4 days on which somebody looks again; needed with points.",
    )
    reason: str = strawberry.field(description="Why.")


@strawberry.input(description="What somebody found on looking again.")
class CheckInitiativeInput(RevisedInput):
    COMMAND = commands.CheckInitiative

    initiative_id: strawberry.ID = strawberry.field(description="Which one.")
    verdict: CheckVerdict = strawberry.field(description="Whether it lasted.")
    measured: Decimal = strawberry.field(description="How much it is now.")
    reason: str = strawberry.field(description="What was looked at.")
    evidence: list[WorkEvidenceInput] = strawberry.field(
        default_factory=list, description="What shows it."
    )


@strawberry.input(description="Which initiatives; every condition must hold.")
class InitiativeFilter(ValueInput):
    VALUE = queries.InitiativeFilter

    period_id: strawberry.ID | None = strawberry.field(default=None, description="One period.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="A unit and all below it."
    )
    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="One person."
    )
    kind: InitiativeKind | None = strawberry.field(default=None, description="One kind.")
    state: InitiativeState | None = strawberry.field(default=None, description="One state.")
