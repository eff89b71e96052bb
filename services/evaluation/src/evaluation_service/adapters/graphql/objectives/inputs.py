"""What sets objectives, and what enters and confirms figures."""

from datetime import date
from decimal import Decimal

import strawberry

from congvu_kit.graph import REVISION, ROW, CommandInput, RevisedInput, ValueInput
from evaluation_service.adapters.graphql.common.inputs import (
    DecisionDocumentInput,
    WorkEvidenceInput,
)
from evaluation_service.application.objectives import bulk, commands, figures, queries, readings
from evaluation_service.domain.objectives import content
from evaluation_service.domain.objectives.content import Direction, Frequency
from evaluation_service.domain.objectives.objectives import ObjectiveLevel


@strawberry.input(description="What is measured, and how far it has to go.")
class ObjectiveIndicatorInput(ValueInput):
    VALUE = content.ObjectiveIndicator

    target: Decimal = strawberry.field(description="The target: what is to be reached.")
    direction: Direction = strawberry.field(
        default=Direction.UP, description="Whether more or less is better."
    )
    baseline: Decimal | None = strawberry.field(
        default=None, description="The baseline: where it starts; needed (SMART: A)."
    )
    unit_of_measure: str | None = strawberry.field(
        default=None, description="Unit of measure, e.g. %; needed (SMART: M)."
    )
    data_source: str | None = strawberry.field(
        default=None, description="Where the figure can be looked up; needed (SMART: M)."
    )
    frequency: Frequency | None = strawberry.field(
        default=None, description="How often it is read; needed (SMART: T)."
    )
    system: str | None = strawberry.field(
        default=None,
        description="The account (sub of the token) of a system whose figures count too, and that "
        "may confirm those of people.",
    )


@strawberry.input(description="What an objective says.")
class ObjectiveContentInput(ValueInput):
    VALUE = content.ObjectiveContent

    title: str = strawberry.field(description="1 to 300 characters.")
    weight: Decimal = strawberry.field(
        description="Weight: those of an owner sum to 100 in each perspective, or all together "
        "where the policy has none."
    )
    indicator: ObjectiveIndicatorInput = strawberry.field(description="What is measured.")
    description: str | None = strawberry.field(
        default=None, description="What exactly is to be done; needed (SMART: S)."
    )
    perspective: str | None = strawberry.field(
        default=None, description="A perspective of the policy, e.g. CUSTOMER."
    )
    parent_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="The objective of the level above (E-I13): the unit's for a person, the "
        "organisation's for a unit.",
    )
    shared: bool = strawberry.field(
        default=False,
        description="Shared: of a leader, counts in the unit's scorecard and not in the leader's "
        "own score, where the policy tells them apart.",
    )
    unit_perspective: str | None = strawberry.field(
        default=None,
        description="Of a shared one: its perspective in the unit's scorecard, where that is "
        "another.",
    )


@strawberry.input(description="A new objective of a person or of a unit.")
class DefineObjectiveInput(CommandInput):
    COMMAND = commands.DefineObjective

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whom you lead; else name a unit."
    )
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="A unit below yours, or the organisation that you head."
    )
    code: str = strawberry.field(description="Of its owner, 1 to 60 characters, e.g. MT-01.")
    content: ObjectiveContentInput = strawberry.field(description="What it says.")
    decision: DecisionDocumentInput | None = strawberry.field(
        default=None, description="Needed after objectivesUntil of the period."
    )


@strawberry.input(description="A new objective among many.", directives=ROW)
class ObjectiveRowInput(ValueInput):
    VALUE = commands.ObjectiveRow

    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whom you lead; else name a unit."
    )
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="A unit below yours, or the organisation that you head."
    )
    code: str = strawberry.field(description="Of its owner, 1 to 60 characters, e.g. MT-01.")
    content: ObjectiveContentInput = strawberry.field(description="What it says.")


@strawberry.input(description="As in an earlier period.")
class SetAsInInput(ValueInput):
    VALUE = bulk.SetAsIn

    period_id: strawberry.ID = strawberry.field(description="The earlier period.")
    unit_id: strawberry.ID = strawberry.field(description="A unit that you lead, and all below it.")


@strawberry.input(description="Objectives of many at once; up to 500 together.")
class DefineObjectivesInput(CommandInput):
    COMMAND = bulk.DefineObjectives

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    rows: list[ObjectiveRowInput] = strawberry.field(
        default_factory=list, description="One by one; each succeeds or is refused on its own."
    )
    as_in: SetAsInInput | None = strawberry.field(
        default=None,
        description="What was in force then, of units and of people who are still there, each hung "
        "on the same objective of now; who has the code is passed over.",
    )
    decision: DecisionDocumentInput | None = strawberry.field(
        default=None, description="Needed after objectivesUntil of the period."
    )
    dry_run: bool = strawberry.field(
        default=False, description="Only say what would become of each."
    )


@strawberry.input(description="The next version of an objective.")
class ReviseObjectiveInput(RevisedInput):
    COMMAND = commands.ReviseObjective

    objective_id: strawberry.ID = strawberry.field(description="In force.")
    content: ObjectiveContentInput = strawberry.field(description="The whole of it, as it will be.")
    reason: str = strawberry.field(description="Why.")
    decision: DecisionDocumentInput | None = strawberry.field(
        default=None,
        description="Needed after objectivesUntil of the period for what moves a score.",
    )


@strawberry.input(description="Taking an objective back.")
class WithdrawObjectiveInput(RevisedInput):
    COMMAND = commands.WithdrawObjective

    objective_id: strawberry.ID = strawberry.field(
        description="Without readings, and without objectives below it."
    )
    reason: str = strawberry.field(description="Why.")
    decision: DecisionDocumentInput | None = strawberry.field(
        default=None, description="Needed after objectivesUntil of the period."
    )


@strawberry.input(description="What was reached on a day.")
class RecordReadingInput(CommandInput):
    COMMAND = readings.RecordReading

    objective_id: strawberry.ID = strawberry.field(description="In force.")
    measured_on: date = strawberry.field(description="A day of the period, not in the future.")
    value: Decimal = strawberry.field(description="The figure, in the unit of measure.")
    evidence: list[WorkEvidenceInput] = strawberry.field(
        default_factory=list, description="Up to 20."
    )
    corrects_id: strawberry.ID | None = strawberry.field(
        default=None, description="The reading that this one is in place of, once confirmed."
    )
    reason: str | None = strawberry.field(default=None, description="Why it is corrected.")


@strawberry.input(description="Whether a figure is right.")
class ConfirmReadingInput(RevisedInput):
    COMMAND = readings.ConfirmReading

    reading_id: strawberry.ID = strawberry.field(description="Entered by somebody else.")
    confirmed: bool = strawberry.field(default=True, description="False refuses it.")
    reason: str | None = strawberry.field(default=None, description="Needed to refuse it.")


@strawberry.input(description="What was reached on a day, among many.", directives=ROW)
class NewReadingInput(ValueInput):
    VALUE = readings.NewReading

    objective_id: strawberry.ID = strawberry.field(description="In force.")
    measured_on: date = strawberry.field(description="A day of the period, not in the future.")
    value: Decimal = strawberry.field(description="The figure, in the unit of measure.")
    evidence: list[WorkEvidenceInput] = strawberry.field(
        default_factory=list, description="Up to 20."
    )
    corrects_id: strawberry.ID | None = strawberry.field(
        default=None, description="The reading that this one is in place of, once confirmed."
    )
    reason: str | None = strawberry.field(default=None, description="Why it is corrected.")


@strawberry.input(description="Figures of many objectives; up to 500.")
class RecordReadingsInput(CommandInput):
    COMMAND = figures.RecordReadings

    rows: list[NewReadingInput] = strawberry.field(
        description="Each is taken or refused on its own."
    )
    dry_run: bool = strawberry.field(
        default=False, description="Only say what would become of each."
    )


@strawberry.input(description="Whether a figure is right, among many.", directives=ROW)
class ReadingDecisionInput(ValueInput):
    VALUE = figures.DecisionRow

    reading_id: strawberry.ID = strawberry.field(description="Entered by somebody else.")
    expected_revision: int = strawberry.field(description=REVISION)
    confirmed: bool = strawberry.field(default=True, description="False refuses it.")
    reason: str | None = strawberry.field(default=None, description="Needed to refuse it.")


@strawberry.input(description="Decisions on many figures; up to 500.")
class ConfirmReadingsInput(CommandInput):
    COMMAND = figures.ConfirmReadings

    rows: list[ReadingDecisionInput] = strawberry.field(
        description="Each is taken or refused on its own."
    )


@strawberry.input(description="Which objectives; every condition must hold.")
class ObjectiveFilter(ValueInput):
    VALUE = queries.ObjectiveFilter

    period_id: strawberry.ID | None = strawberry.field(default=None, description="One period.")
    level: ObjectiveLevel | None = strawberry.field(default=None, description="One level.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="A unit and all below it."
    )
    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="One person."
    )
    parent_id: strawberry.ID | None = strawberry.field(
        default=None, description="Those that hang on this one."
    )
