"""What drafts, amends, signs and ends agreements."""

from datetime import date
from decimal import Decimal

import strawberry

from congvu_kit.graph import CommandInput, RevisedInput, ValueInput
from evaluation_service.adapters.graphql.common.inputs import DecisionDocumentInput
from evaluation_service.application.agreements import commands, queries
from evaluation_service.domain.agreements import content
from evaluation_service.domain.agreements.content import AgreementKind, OutputDimension
from evaluation_service.domain.agreements.versions import AgreementState


@strawberry.input(description="An element to be rated.")
class AgreedElementInput(ValueInput):
    VALUE = content.AgreedElement

    key: str = strawberry.field(description="By which it is rated, e.g. RESULTS.")
    title: str = strawberry.field(description="What is expected, 1 to 300 characters.")
    weight: Decimal = strawberry.field(description="Weight: all sum to 100 (E-I6).")


@strawberry.input(description="A step of a plan.")
class PlanStepInput(ValueInput):
    VALUE = content.PlanStep

    title: str = strawberry.field(description="What is done, 1 to 300 characters.")
    due_on: date = strawberry.field(description="By when.")


@strawberry.input(description="What is agreed of an objective besides the objective itself.")
class ObjectiveDetailInput(ValueInput):
    VALUE = content.ObjectiveDetail

    code: str = strawberry.field(description="Of an objective of the person that is in force.")
    dimension: OutputDimension | None = strawberry.field(
        default=None, description="What of its output it measures; needed in output agreements."
    )
    steps: list[PlanStepInput] = strawberry.field(
        default_factory=list, description="Up to 10; needed in plans that are locked."
    )


@strawberry.input(
    description="What is agreed on: elements, or the person's objectives as they stand."
)
class AgreementContentInput(ValueInput):
    VALUE = content.AgreementContent

    elements: list[AgreedElementInput] = strawberry.field(
        default_factory=list, description="Up to 40, where the policy rates elements."
    )
    details: list[ObjectiveDetailInput] = strawberry.field(
        default_factory=list, description="Of objectives, each of which is taken up by itself."
    )


@strawberry.input(description="A first version of an agreement.")
class DraftAgreementInput(CommandInput):
    COMMAND = commands.DraftAgreement

    period_id: strawberry.ID = strawberry.field(
        description="An open period: of its policy and its objectives."
    )
    civil_servant_id: strawberry.ID = strawberry.field(description="Yourself, or whom you lead.")
    starts_on: date = strawberry.field(description="First day of the term.")
    ends_on: date = strawberry.field(description="The day after its last.")
    drafting_since: date | None = strawberry.field(
        default=None,
        description="When the lab began, today or earlier; left out, today. After the policy's "
        "days the plan is locked.",
    )
    content: AgreementContentInput = strawberry.field(description="What is agreed on.")


@strawberry.input(description="The next version of an agreement.")
class AmendAgreementInput(RevisedInput):
    COMMAND = commands.AmendAgreement

    agreement_id: strawberry.ID = strawberry.field(description="Not over, and not locked.")
    period_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whose objectives are taken up; left out, those of the draft."
    )
    content: AgreementContentInput = strawberry.field(description="The whole, as it will be.")
    reason: str = strawberry.field(description="Why.")


@strawberry.input(description="One side's signature.")
class SignAgreementInput(RevisedInput):
    COMMAND = commands.SignAgreement

    agreement_id: strawberry.ID = strawberry.field(description="In your side's turn.")
    version_hash: str = strawberry.field(
        description="Hash of the version that you read; another than the newest is refused."
    )


@strawberry.input(description="Ending an agreement before its term is over.")
class TerminateAgreementInput(RevisedInput):
    COMMAND = commands.TerminateAgreement

    agreement_id: strawberry.ID = strawberry.field(description="Not over, and not locked.")
    decision: DecisionDocumentInput = strawberry.field(description="The numbered decision.")
    reason: str = strawberry.field(description="Why.")


@strawberry.input(description="Which agreements; every condition must hold.")
class AgreementFilter(ValueInput):
    VALUE = queries.AgreementFilter

    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="One person."
    )
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="A unit and all below it."
    )
    kind: AgreementKind | None = strawberry.field(default=None, description="One kind.")
    state: AgreementState | None = strawberry.field(default=None, description="One state.")
