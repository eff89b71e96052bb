"""Results from before the platform, as they are sent."""

from datetime import date
from decimal import Decimal

import strawberry

from congvu_kit.graph import ROW, CommandInput, RevisedInput, ValueInput
from evaluation_service.application.transfers import commands
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.transfers import prior_results


@strawberry.input(description="The document that says the result.")
class PriorDocumentInput(ValueInput):
    VALUE = prior_results.PriorDocument

    number: str = strawberry.field(description="Its number, e.g. 283/QĐ-UBND.")
    issued_on: date = strawberry.field(description="Its date.")
    hash: str = strawberry.field(description="SHA-256 of the file, 64 hexadecimal digits.")
    uri: str | None = strawberry.field(default=None, description="Where it is kept.")


@strawberry.input(description="What the document says of one month, quarter or year.")
class PriorFactsInput(ValueInput):
    VALUE = prior_results.PriorFacts

    kind: PeriodKind = strawberry.field(description="MONTH, QUARTER or YEAR.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date = strawberry.field(description="The day after the last.")
    policy: str = strawberry.field(
        description="The rules it was made by: a policy's id, or what else they are called. "
        "Triggers look at results of their own family (E-I19)."
    )
    total: Decimal | None = strawberry.field(default=None, description="Total points.")
    band: str | None = strawberry.field(default=None, description="Band, e.g. HTT.")
    document: PriorDocumentInput = strawberry.field(description="What it rests on.")
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="A unit of ours.")
    unit_name: str | None = strawberry.field(
        default=None, description="The unit's name, when it is none of ours."
    )
    general: Decimal | None = strawberry.field(
        default=None, description="Points of the general criteria, for a year that cumulates."
    )
    result: Decimal | None = strawberry.field(
        default=None, description="The ratio of the results, e.g. 0.95, for a year that cumulates."
    )
    assigned: Decimal | None = strawberry.field(
        default=None,
        description="Assigned work in reference products; given together with the result.",
    )


@strawberry.input(description="One result of one person.", directives=ROW)
class PriorRowInput(ValueInput):
    VALUE = commands.PriorRow

    civil_servant_id: strawberry.ID = strawberry.field(description="Whose it is.")
    facts: PriorFactsInput = strawberry.field(description="What it says.")


@strawberry.input(description="Up to 200 results from before the platform.")
class ImportPriorResultsInput(CommandInput):
    COMMAND = commands.ImportPriorResults

    rows: list[PriorRowInput] = strawberry.field(description="In any order.")


@strawberry.input(description="Whether a result of before counts.")
class DecidePriorResultInput(RevisedInput):
    COMMAND = commands.DecidePriorResult

    prior_result_id: strawberry.ID = strawberry.field(description="The result.")
    confirmed: bool = strawberry.field(
        description="False refuses it, or withdraws it after it was confirmed."
    )
    reason: str = strawberry.field(description="Why.")
