"""Work given, reported, checked; causes."""

from datetime import date
from decimal import Decimal

import strawberry

from congvu_kit.graph import (
    CommandInput,
    RevisedInput,
    ValueInput,
)
from evaluation_service.adapters.graphql.common.inputs import (
    DecisionDocumentInput,
    WorkEvidenceInput,
)
from evaluation_service.application.work import (
    causes,
    commands,
    continuations,
    doubt_decisions,
    groups,
    proposals,
    quantities,
    queries,
    reviews,
)
from evaluation_service.domain.work.causes import CauseKind
from evaluation_service.domain.work.changes import ReductionKind
from evaluation_service.domain.work.reports import AssignmentState, QuantityFrom, WorkSource


@strawberry.input
class AskedFields:
    """What is asked for, of one person or of each of many."""

    version_id: strawberry.ID = strawberry.field(
        description="code@n, in one of the period's releases."
    )
    quantity: Decimal | None = strawberry.field(
        default=None,
        description="How many each, more than 0; null with quantityFrom DOSSIERS.",
    )
    quantity_from: QuantityFrom = strawberry.field(
        default=QuantityFrom.GIVEN, description="Who decides it."
    )
    due_on: date | None = strawberry.field(
        default=None,
        description="Due date, in the period. Default: the product's lead days, as adjusted for "
        "the unit, in working days from today.",
    )
    source: WorkSource = strawberry.field(default=WorkSource.PLAN, description="Why.")


@strawberry.input(description="A quantity of one catalogue version for one person.")
class AssignWorkInput(CommandInput, AskedFields):
    COMMAND = commands.AssignWork

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    civil_servant_id: strawberry.ID = strawberry.field(description="Who does it.")
    appointment_id: strawberry.ID | None = strawberry.field(
        default=None, description="Default: the appointment the person is rated in."
    )


@strawberry.input(description="What was done.")
class ReportWorkInput(RevisedInput):
    COMMAND = commands.ReportWork

    assignment_id: strawberry.ID = strawberry.field(description="Your assignment.")
    quantity: Decimal = strawberry.field(description="How many were done since the last report.")
    completed_on: date = strawberry.field(
        description="When, in the period and not in the future; after the due date they are late."
    )
    note: str | None = strawberry.field(default=None, description="In words.")
    evidence: list[WorkEvidenceInput] = strawberry.field(
        default_factory=list, description="Up to 20."
    )


@strawberry.input(description="A check of the last report, passed.")
class AcceptWorkInput(RevisedInput):
    COMMAND = reviews.AcceptWork

    assignment_id: strawberry.ID = strawberry.field(description="A reported assignment.")
    quantity: Decimal | None = strawberry.field(
        default=None,
        description="How many are accepted, at most what is left of the quantity assigned; default "
        "all that were reported.",
    )
    quality_failures: int = strawberry.field(
        default=0, description="How many of them failed in quality."
    )
    reason: str | None = strawberry.field(default=None, description="Why.")


@strawberry.input(description="A check of the last report, not passed.")
class ReturnWorkInput(RevisedInput):
    COMMAND = reviews.ReturnWork

    assignment_id: strawberry.ID = strawberry.field(description="A reported assignment.")
    reason: str = strawberry.field(
        description="What must be done again, or why it is not accepted; up to 2000 characters."
    )


@strawberry.input(description="Take an assignment back before it began.")
class CancelAssignmentInput(RevisedInput):
    COMMAND = quantities.CancelAssignment

    assignment_id: strawberry.ID = strawberry.field(description="An assignment in ASSIGNED.")


@strawberry.input(description="Ask for more than was assigned.")
class RaiseAssignmentInput(RevisedInput):
    COMMAND = quantities.RaiseAssignment

    assignment_id: strawberry.ID = strawberry.field(description="An assignment under way.")
    quantity: Decimal = strawberry.field(description="The new quantity, more than before.")
    reason: str = strawberry.field(description="Why, up to 2000 characters.")
    decision: DecisionDocumentInput | None = strawberry.field(
        default=None, description="The document it rests on."
    )


@strawberry.input(description="Ask for less than was assigned.")
class ReduceAssignmentInput(RevisedInput):
    COMMAND = quantities.ReduceAssignment

    assignment_id: strawberry.ID = strawberry.field(description="An assignment under way.")
    quantity: Decimal = strawberry.field(
        description="The new quantity: at least what was done or reported; 0 takes it back."
    )
    kind: ReductionKind = strawberry.field(description="Why, in one word; shown with the score.")
    reason: str = strawberry.field(description="Why, up to 2000 characters.")
    decision: DecisionDocumentInput | None = strawberry.field(
        default=None, description="The document it rests on."
    )


@strawberry.input(description="What is left of an assignment goes on in a later period.")
class CarryOverAssignmentInput(RevisedInput):
    COMMAND = continuations.CarryOverAssignment

    assignment_id: strawberry.ID = strawberry.field(description="Its report must be checked.")
    period_id: strawberry.ID = strawberry.field(description="A later period, open already.")
    due_on: date = strawberry.field(description="Due date, in the later period.")
    reason: str = strawberry.field(description="Why, up to 2000 characters.")
    decision: DecisionDocumentInput | None = strawberry.field(
        default=None, description="The document it rests on."
    )


@strawberry.input(description="What is left of an assignment goes to another officer.")
class TransferAssignmentInput(RevisedInput):
    COMMAND = continuations.TransferAssignment

    assignment_id: strawberry.ID = strawberry.field(description="Its report must be checked.")
    civil_servant_id: strawberry.ID = strawberry.field(description="Who goes on with it.")
    appointment_id: strawberry.ID | None = strawberry.field(
        default=None, description="Default: the appointment the person is rated in."
    )
    due_on: date | None = strawberry.field(default=None, description="Default: as it was.")
    reason: str = strawberry.field(description="Why, up to 2000 characters.")
    decision: DecisionDocumentInput | None = strawberry.field(
        default=None, description="The document it rests on."
    )


@strawberry.input(description="A member of a group, and the share.")
class GroupMemberInput(ValueInput):
    VALUE = groups.MemberRow

    civil_servant_id: strawberry.ID = strawberry.field(description="Who.")
    share: Decimal = strawberry.field(description="Percent, up to 2 places.")


@strawberry.input(description="One quantity for several officers.")
class AssignGroupWorkInput(CommandInput):
    COMMAND = groups.AssignGroupWork

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    version_id: strawberry.ID = strawberry.field(
        description="code@n, in one of the period's releases."
    )
    quantity: Decimal = strawberry.field(description="Of the whole group, more than 0.")
    due_on: date = strawberry.field(description="Due date, in the period.")
    members: list[GroupMemberInput] = strawberry.field(
        description="2 to 20, the lead first; the shares are exactly 100."
    )
    source: WorkSource = strawberry.field(default=WorkSource.PLAN, description="Why.")


@strawberry.input(description="The whole division of a group's work anew.")
class DivideGroupWorkInput(RevisedInput):
    COMMAND = groups.DivideGroupWork

    group_id: strawberry.ID = strawberry.field(description="The group.")
    quantity: Decimal = strawberry.field(description="Of the whole group; 0 takes it back.")
    members: list[GroupMemberInput] = strawberry.field(
        description="2 to 20, the lead first; the shares are exactly 100."
    )
    reason: str = strawberry.field(description="Why, up to 2000 characters.")
    decision: DecisionDocumentInput | None = strawberry.field(
        default=None, description="The document it rests on; needed once anybody has begun."
    )


@strawberry.input(description="What the group did together.")
class ReportGroupWorkInput(RevisedInput):
    COMMAND = groups.ReportGroupWork

    group_id: strawberry.ID = strawberry.field(description="The group that you lead.")
    quantity: Decimal = strawberry.field(description="Of the whole group, since its last report.")
    completed_on: date = strawberry.field(
        description="When, in the period and not in the future; after the due date they are late."
    )
    note: str | None = strawberry.field(default=None, description="In words.")
    evidence: list[WorkEvidenceInput] = strawberry.field(
        default_factory=list, description="Up to 20."
    )


@strawberry.input(description="Ad-hoc work that the caller proposes.")
class ProposeWorkInput(CommandInput):
    COMMAND = proposals.ProposeWork

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    version_id: strawberry.ID = strawberry.field(
        description="code@n, in one of the period's releases."
    )
    quantity: Decimal = strawberry.field(description="How many, more than 0.")
    due_on: date = strawberry.field(description="Due date, in the period.")
    reason: str = strawberry.field(description="Who asked for it and why, up to 2000 characters.")


@strawberry.input(description="A decision on proposed work.")
class DecideWorkProposalInput(RevisedInput):
    COMMAND = proposals.DecideWorkProposal

    assignment_id: strawberry.ID = strawberry.field(description="An assignment in PROPOSED.")
    approved: bool = strawberry.field(description="True makes it assigned work.")
    reason: str = strawberry.field(description="Why, up to 2000 characters.")


@strawberry.input(description="What was found at both places of a doubt.")
class DecideWorkDoubtsInput(RevisedInput):
    COMMAND = doubt_decisions.DecideWorkDoubts

    assignment_id: strawberry.ID = strawberry.field(description="Work with a doubt.")
    withdrawn: Decimal = strawberry.field(
        default=Decimal(0),
        description="How many of what was accepted count elsewhere; 0 lets all of it stand.",
    )
    reason: str = strawberry.field(description="What was found, up to 2000 characters.")


@strawberry.input(description="A cause beyond the officer's control.")
class ClaimObjectiveCauseInput(RevisedInput):
    COMMAND = causes.ClaimObjectiveCause

    assignment_id: strawberry.ID = strawberry.field(description="Your assignment.")
    kind: CauseKind = strawberry.field(description="Which deduction it cancels.")
    count: int = strawberry.field(description="How many failures or delays, 1 or more.")
    reason: str = strawberry.field(description="What happened, up to 2000 characters.")
    evidence: list[WorkEvidenceInput] = strawberry.field(
        default_factory=list, description="Up to 20."
    )


@strawberry.input(description="A decision on an objective cause.")
class DecideObjectiveCauseInput(RevisedInput):
    COMMAND = causes.DecideObjectiveCause

    assignment_id: strawberry.ID = strawberry.field(description="The assignment.")
    cause_id: strawberry.ID = strawberry.field(description="The claimed cause.")
    confirmed: bool = strawberry.field(description="True cancels the deduction.")
    reason: str | None = strawberry.field(default=None, description="Why.")


@strawberry.input(description="Which assignments; every condition must hold.")
class AssignmentFilter(ValueInput):
    VALUE = queries.AssignmentFilter

    period_id: strawberry.ID | None = strawberry.field(default=None, description="One period.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="A unit and all below it."
    )
    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="One person."
    )
    state: AssignmentState | None = strawberry.field(default=None, description="Its state.")
