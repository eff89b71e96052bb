"""What people who appeal and the board send."""

from decimal import Decimal

import strawberry

from congvu_kit.graph import (
    CommandInput,
    RevisedInput,
    ValueInput,
)
from evaluation_service.adapters.graphql.common.inputs import (
    ConductEntryInput,
    RatingInput,
    WorkEvidenceInput,
)
from evaluation_service.application.review import commands
from evaluation_service.domain.results.inputs import Organising, Unity
from evaluation_service.domain.review import corrections
from evaluation_service.domain.review.appeals import AppealState


@strawberry.input(description="An appeal about one's own published result.")
class FileAppealInput(CommandInput):
    COMMAND = commands.FileAppeal

    evaluation_id: strawberry.ID = strawberry.field(description="Your evaluation.")
    grounds: str = strawberry.field(description="The grounds, up to 4000 characters.")
    evidence: list[WorkEvidenceInput] = strawberry.field(
        default_factory=list, description="Up to 20."
    )


@strawberry.input(description="Take an own appeal back.")
class WithdrawAppealInput(RevisedInput):
    COMMAND = commands.WithdrawAppeal

    appeal_id: strawberry.ID = strawberry.field(description="Your appeal.")


@strawberry.input(description="New counts of one assignment; what is left out stays.")
class LineCorrectionInput(ValueInput):
    VALUE = corrections.LineCorrection

    assignment_id: strawberry.ID = strawberry.field(description="An assignment of the score.")
    assigned: Decimal | None = strawberry.field(
        default=None, description="Quantity that should have been assigned, 0 included."
    )
    completed: Decimal | None = strawberry.field(default=None, description="Quantity done.")
    quality_failures: Decimal | None = strawberry.field(default=None, description="Failures.")
    quality_exempt: Decimal | None = strawberry.field(default=None, description="With a cause.")
    late: Decimal | None = strawberry.field(default=None, description="Delays.")
    late_exempt: Decimal | None = strawberry.field(default=None, description="With a cause.")
    unreviewed: Decimal | None = strawberry.field(
        default=None, description="Reported and not checked; 0 once the board has decided on it."
    )
    unreviewed_late: Decimal | None = strawberry.field(default=None, description="Late among them.")


@strawberry.input(description="What was reached by an indicator of the score; its target stays.")
class ReadingCorrectionInput(ValueInput):
    VALUE = corrections.ReadingCorrection

    code: str = strawberry.field(description="The indicator's code.")
    value: Decimal = strawberry.field(description="The right figure.")
    evidence: str | None = strawberry.field(default=None, description="Where to look it up.")


@strawberry.input(description="What a decision changes in the inputs of a score.")
class CorrectionInput(ValueInput):
    VALUE = corrections.Correction

    general: list[RatingInput] = strawberry.field(
        default_factory=list, description="Criteria with new points."
    )
    elements: list[RatingInput] = strawberry.field(
        default_factory=list, description="Rated elements with new values."
    )
    conduct: list[ConductEntryInput] = strawberry.field(
        default_factory=list,
        description="Rules of conduct with new counts; counted 0 times takes one away.",
    )
    readings: list[ReadingCorrectionInput] = strawberry.field(
        default_factory=list,
        description="What was reached by indicators of the score; each is kept as a new reading of "
        "the objective.",
    )
    lines: list[LineCorrectionInput] = strawberry.field(
        default_factory=list, description="Assignments with new counts."
    )
    remove_faults: list[strawberry.ID] = strawberry.field(
        default_factory=list,
        description="Assignments whose process fault should not have been charged.",
    )
    remove_events: list[str] = strawberry.field(
        default_factory=list, description="Veto events that did not hold."
    )
    add_events: list[str] = strawberry.field(
        default_factory=list, description="Veto events found afterwards."
    )
    working_days: int | None = strawberry.field(
        default=None, description="Working days of the person in the period, 0 to 366."
    )
    organising: Organising | None = strawberry.field(
        default=None, description="New value of criterion đ."
    )
    unity: Unity | None = strawberry.field(default=None, description="New value of criterion e.")


@strawberry.input(description="The board's decision on an appeal.")
class DecideAppealInput(RevisedInput):
    COMMAND = commands.DecideAppeal

    appeal_id: strawberry.ID = strawberry.field(description="A filed appeal.")
    verdict: AppealState = strawberry.field(
        description="UPHELD or PARTLY (with a correction), REJECTED or INADMISSIBLE."
    )
    reason: str = strawberry.field(description="Why.")
    correction: CorrectionInput | None = strawberry.field(
        default=None, description="What changes; scored again as a new sheet."
    )


@strawberry.input(description="The board's decision on a post-audit request.")
class DecidePostAuditInput(RevisedInput):
    COMMAND = commands.DecidePostAudit

    post_audit_id: strawberry.ID = strawberry.field(description="The request.")
    reason: str = strawberry.field(description="Why.")
    evaluation_id: strawberry.ID | None = strawberry.field(
        default=None, description="The result to correct."
    )
    correction: CorrectionInput | None = strawberry.field(
        default=None, description="What changes; without it the request is dismissed."
    )
    take_part: bool = strawberry.field(
        default=False,
        description="Of CHANGED_PART, in place of a correction: the part counts as it is now.",
    )
