"""Work given, reported, checked; causes; dossier events."""

from datetime import date, datetime
from decimal import Decimal

import strawberry

from congvu_kit.domain.errors import Invalid
from congvu_kit.graph import (
    ROW,
    CommandInput,
    RevisedInput,
    ValueInput,
)
from evaluation_service.adapters.graphql.common.inputs import (
    DecisionDocumentInput,
    ExternalRefInput,
    WorkEvidenceInput,
)
from evaluation_service.application.work import (
    causes,
    commands,
    continuations,
    dossiers,
    proposals,
    quantities,
    queries,
    reviews,
)
from evaluation_service.domain.work.causes import CauseKind
from evaluation_service.domain.work.changes import ReductionKind
from evaluation_service.domain.work.reports import AssignmentState, WorkSource


@strawberry.input(description="A quantity of one catalogue version for one person.")
class AssignWorkInput(CommandInput):
    COMMAND = commands.AssignWork

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    civil_servant_id: strawberry.ID = strawberry.field(description="Who does it.")
    version_id: strawberry.ID = strawberry.field(
        description="code@n, in one of the period's releases."
    )
    quantity: Decimal = strawberry.field(description="How many, more than 0.")
    due_on: date | None = strawberry.field(
        default=None,
        description="Hạn hoàn thành, in the period. Default: the product's lead days, as adjusted "
        "for the unit, in working days from today.",
    )
    source: WorkSource = strawberry.field(default=WorkSource.PLAN, description="Why.")
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


@strawberry.input(description="Ask for less than was assigned (giảm giao việc).")
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
    due_on: date = strawberry.field(description="Hạn hoàn thành, in the later period.")
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


@strawberry.input(description="Ad-hoc work that the caller proposes (đề xuất việc đột xuất).")
class ProposeWorkInput(CommandInput):
    COMMAND = proposals.ProposeWork

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    version_id: strawberry.ID = strawberry.field(
        description="code@n, in one of the period's releases."
    )
    quantity: Decimal = strawberry.field(description="How many, more than 0.")
    due_on: date = strawberry.field(description="Hạn hoàn thành, in the period.")
    reason: str = strawberry.field(description="Who asked for it and why, up to 2000 characters.")


@strawberry.input(description="A decision on proposed work.")
class DecideWorkProposalInput(RevisedInput):
    COMMAND = proposals.DecideWorkProposal

    assignment_id: strawberry.ID = strawberry.field(description="An assignment in PROPOSED.")
    approved: bool = strawberry.field(description="True makes it assigned work.")
    reason: str = strawberry.field(description="Why, up to 2000 characters.")


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


def id_or_ref(
    id: strawberry.ID | None, ref: ExternalRefInput | None, prefix: str, field: str
) -> str:
    """Our id, given itself or by another system's; raise `Invalid` unless exactly one is."""
    if (id is None) == (ref is None):
        raise Invalid(
            en=f"give either {field}Id or {field}Ref",
            vi=f"cần đúng một trong hai: {field}Id hoặc {field}Ref",
            field=f"{field}Id",
        )
    return str(id) if ref is None else ref.to_domain().ours(prefix)


@strawberry.input(description="What the one-stop portal says of a dossier.", directives=ROW)
class DossierEventInput(ValueInput):
    VALUE = dossiers.DossierRow

    dossier_code: str = strawberry.field(description="E.g. H56.10.05-261122-0001.")
    procedure_code: str = strawberry.field(description="Mã thủ tục, e.g. 1.001193.")
    received_at: datetime = strawberry.field(description="Tiếp nhận.")
    due_at: datetime = strawberry.field(description="Hạn trả.")
    completed_at: datetime | None = strawberry.field(
        default=None, description="Trả kết quả; null while open."
    )
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Our id, or:")
    unit_ref: ExternalRefInput | None = strawberry.field(
        default=None, description="the unit by the personnel system's id."
    )
    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="Our id, or:"
    )
    civil_servant_ref: ExternalRefInput | None = strawberry.field(
        default=None, description="the officer by the personnel system's id."
    )
    applicant_hash: str | None = strawberry.field(
        default=None,
        description="Who may rate it (F-I10), told without saying who: the SHA-256, in 64 "
        "lower-case hexadecimal digits, of `congvu-applicant-v1`, the dossier's code, its rating "
        "code (mã đánh giá) and the applicant's subject in lower case, one a line. "
        "Without one nobody can rate it; it may be told later, once.",
    )

    def to_domain(self) -> dossiers.DossierRow:
        return dossiers.DossierRow(
            dossier_code=self.dossier_code,
            procedure_code=self.procedure_code,
            unit_id=id_or_ref(self.unit_id, self.unit_ref, "unit", "unit"),
            civil_servant_id=id_or_ref(
                self.civil_servant_id, self.civil_servant_ref, "cs", "civilServant"
            ),
            received_at=self.received_at,
            due_at=self.due_at,
            completed_at=self.completed_at,
            applicant_hash=self.applicant_hash,
        )


@strawberry.input(description="Up to 200 dossier events.")
class RecordDossierEventsInput(CommandInput):
    COMMAND = dossiers.RecordDossierEvents

    events: list[DossierEventInput] = strawberry.field(description="In any order.")


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
