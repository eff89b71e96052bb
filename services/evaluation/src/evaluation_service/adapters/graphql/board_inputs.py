"""What the review board and people who appeal send, and the domain's words for it."""

from datetime import date
from decimal import Decimal

import strawberry

from congvu_kit.domain.actor import Actor
from evaluation_service.adapters.graphql.asking import (
    KEY,
    REVISION,
    DecisionDocumentInput,
    WorkEvidenceInput,
    evidence_of,
)
from evaluation_service.adapters.graphql.work_inputs import RatingInput
from evaluation_service.application.integrity import commands as integrity
from evaluation_service.application.review import commands as appeals
from evaluation_service.domain.integrity.integrity import CaseState
from evaluation_service.domain.results.inputs import Organising, Unity
from evaluation_service.domain.review import corrections
from evaluation_service.domain.review.appeals import AppealState


@strawberry.input(description="An event that forces or caps the person's band.")
class RecordVetoEventInput:
    idempotency_key: str = strawberry.field(description=KEY)
    civil_servant_id: strawberry.ID = strawberry.field(description="Whom it is about.")
    event: str = strawberry.field(description="Event code of the policies, e.g. DISCIPLINED.")
    decision: DecisionDocumentInput = strawberry.field(description="What it rests on.")
    valid_from: date = strawberry.field(description="In force from.")
    valid_to: date | None = strawberry.field(default=None, description="Until before this day.")

    def to_command(self, actor: Actor) -> integrity.RecordVetoEvent:
        return integrity.RecordVetoEvent(
            actor=actor,
            idempotency_key=self.idempotency_key,
            civil_servant_id=self.civil_servant_id,
            event=self.event,
            decision=self.decision.to_domain(),
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )


@strawberry.input(description="Lift a veto by a new decision.")
class LiftVetoEventInput:
    idempotency_key: str = strawberry.field(description=KEY)
    veto_id: strawberry.ID = strawberry.field(description="The veto event.")
    expected_revision: int = strawberry.field(description=REVISION)
    decision: DecisionDocumentInput = strawberry.field(description="The new decision.")

    def to_command(self, actor: Actor) -> integrity.LiftVetoEvent:
        return integrity.LiftVetoEvent(
            actor=actor,
            idempotency_key=self.idempotency_key,
            veto_id=self.veto_id,
            expected_revision=self.expected_revision,
            decision=self.decision.to_domain(),
        )


@strawberry.input(description="What the board makes of a case.")
class ResolveTriggerCaseInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description="The case.")
    expected_revision: int = strawberry.field(description=REVISION)
    state: CaseState = strawberry.field(description="CONFIRMED, then ACTED; or DISMISSED.")
    reason: str = strawberry.field(description="Why.")

    def to_command(self, actor: Actor) -> integrity.ResolveTriggerCase:
        return integrity.ResolveTriggerCase(
            actor=actor,
            idempotency_key=self.idempotency_key,
            case_id=self.case_id,
            expected_revision=self.expected_revision,
            state=self.state,
            reason=self.reason,
        )


@strawberry.input(description="Who of those tied at the cut keeps the top band.")
class DecideTiesInput:
    idempotency_key: str = strawberry.field(description=KEY)
    run_id: strawberry.ID = strawberry.field(description="The ranking run.")
    expected_revision: int = strawberry.field(description=REVISION)
    kept_evaluation_ids: list[strawberry.ID] = strawberry.field(
        description="Tied evaluations that stay at the top; the others stay below."
    )
    reason: str = strawberry.field(description="Why.")

    def to_command(self, actor: Actor) -> integrity.DecideTies:
        return integrity.DecideTies(
            actor=actor,
            idempotency_key=self.idempotency_key,
            run_id=self.run_id,
            expected_revision=self.expected_revision,
            kept_evaluation_ids=tuple(str(id) for id in self.kept_evaluation_ids),
            reason=self.reason,
        )


@strawberry.input(description="An appeal about one's own published result.")
class FileAppealInput:
    idempotency_key: str = strawberry.field(description=KEY)
    evaluation_id: strawberry.ID = strawberry.field(description="Your evaluation.")
    grounds: str = strawberry.field(description="Nội dung, up to 4000 characters.")
    evidence: list[WorkEvidenceInput] = strawberry.field(
        default_factory=list, description="Up to 20."
    )

    def to_command(self, actor: Actor) -> appeals.FileAppeal:
        return appeals.FileAppeal(
            actor=actor,
            idempotency_key=self.idempotency_key,
            evaluation_id=self.evaluation_id,
            grounds=self.grounds,
            evidence=evidence_of(self.evidence),
        )


@strawberry.input(description="Take an own appeal back.")
class WithdrawAppealInput:
    idempotency_key: str = strawberry.field(description=KEY)
    appeal_id: strawberry.ID = strawberry.field(description="Your appeal.")
    expected_revision: int = strawberry.field(description=REVISION)

    def to_command(self, actor: Actor) -> appeals.WithdrawAppeal:
        return appeals.WithdrawAppeal(
            actor=actor,
            idempotency_key=self.idempotency_key,
            appeal_id=self.appeal_id,
            expected_revision=self.expected_revision,
        )


@strawberry.input(description="New counts of one assignment; what is left out stays.")
class LineCorrectionInput:
    assignment_id: strawberry.ID = strawberry.field(description="An assignment of the score.")
    completed: Decimal | None = strawberry.field(default=None, description="Quantity done.")
    quality_failures: int | None = strawberry.field(default=None, description="Failures.")
    quality_exempt: int | None = strawberry.field(default=None, description="With a cause.")
    late: int | None = strawberry.field(default=None, description="Delays.")
    late_exempt: int | None = strawberry.field(default=None, description="With a cause.")

    def to_domain(self) -> corrections.LineCorrection:
        return corrections.LineCorrection(
            assignment_id=self.assignment_id,
            completed=self.completed,
            quality_failures=self.quality_failures,
            quality_exempt=self.quality_exempt,
            late=self.late,
            late_exempt=self.late_exempt,
        )


@strawberry.input(description="What a decision changes in the inputs of a score.")
class CorrectionInput:
    general: list[RatingInput] = strawberry.field(
        default_factory=list, description="Criteria with new points."
    )
    lines: list[LineCorrectionInput] = strawberry.field(
        default_factory=list, description="Assignments with new counts."
    )
    remove_events: list[str] = strawberry.field(
        default_factory=list, description="Veto events that did not hold."
    )
    add_events: list[str] = strawberry.field(
        default_factory=list, description="Veto events found afterwards."
    )
    organising: Organising | None = strawberry.field(default=None, description="New đ.")
    unity: Unity | None = strawberry.field(default=None, description="New e.")

    def to_domain(self) -> corrections.Correction:
        return corrections.Correction(
            general=tuple(each.to_domain() for each in self.general),
            lines=tuple(each.to_domain() for each in self.lines),
            remove_events=tuple(self.remove_events),
            add_events=tuple(self.add_events),
            organising=self.organising,
            unity=self.unity,
        )


@strawberry.input(description="The board's decision on an appeal.")
class DecideAppealInput:
    idempotency_key: str = strawberry.field(description=KEY)
    appeal_id: strawberry.ID = strawberry.field(description="A filed appeal.")
    expected_revision: int = strawberry.field(description=REVISION)
    verdict: AppealState = strawberry.field(
        description="UPHELD or PARTLY (with a correction), REJECTED or INADMISSIBLE."
    )
    reason: str = strawberry.field(description="Why.")
    correction: CorrectionInput | None = strawberry.field(
        default=None, description="What changes; scored again as a new sheet."
    )

    def to_command(self, actor: Actor) -> appeals.DecideAppeal:
        return appeals.DecideAppeal(
            actor=actor,
            idempotency_key=self.idempotency_key,
            appeal_id=self.appeal_id,
            expected_revision=self.expected_revision,
            verdict=self.verdict,
            reason=self.reason,
            correction=self.correction.to_domain() if self.correction else None,
        )


@strawberry.input(description="The board's decision on a post-audit request.")
class DecidePostAuditInput:
    idempotency_key: str = strawberry.field(description=KEY)
    post_audit_id: strawberry.ID = strawberry.field(description="The request.")
    expected_revision: int = strawberry.field(description=REVISION)
    reason: str = strawberry.field(description="Why.")
    evaluation_id: strawberry.ID | None = strawberry.field(
        default=None, description="The result to correct."
    )
    correction: CorrectionInput | None = strawberry.field(
        default=None, description="What changes; without it the request is dismissed."
    )

    def to_command(self, actor: Actor) -> appeals.DecidePostAudit:
        return appeals.DecidePostAudit(
            actor=actor,
            idempotency_key=self.idempotency_key,
            post_audit_id=self.post_audit_id,
            expected_revision=self.expected_revision,
            evaluation_id=self.evaluation_id,
            reason=self.reason,
            correction=self.correction.to_domain() if self.correction else None,
        )
