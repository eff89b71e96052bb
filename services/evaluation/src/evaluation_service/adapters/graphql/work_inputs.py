"""What callers send about work and ratings, and the domain's words for it."""

from datetime import date
from decimal import Decimal

import strawberry

from congvu_kit.domain.actor import Actor
from evaluation_service.adapters.graphql.asking import (
    KEY,
    RATING_REVISION,
    REVISION,
    WorkEvidenceInput,
    evidence_of,
)
from evaluation_service.application.results.commands import ScoreGeneralCriteria, SelfAssess
from evaluation_service.application.work import causes
from evaluation_service.application.work import commands as assignments
from evaluation_service.domain.results import inputs
from evaluation_service.domain.results.inputs import Organising, Unity
from evaluation_service.domain.work.causes import CauseKind
from evaluation_service.domain.work.reports import WorkSource


@strawberry.input(description="A quantity of one catalogue version for one person.")
class AssignWorkInput:
    idempotency_key: str = strawberry.field(description=KEY)
    period_id: strawberry.ID = strawberry.field(description="An open period.")
    civil_servant_id: strawberry.ID = strawberry.field(description="Who does it.")
    version_id: strawberry.ID = strawberry.field(
        description="code@n, in one of the period's releases."
    )
    quantity: Decimal = strawberry.field(description="How many, more than 0.")
    due_on: date = strawberry.field(description="Hạn hoàn thành, in the period.")
    source: WorkSource = strawberry.field(default=WorkSource.PLAN, description="Why.")
    appointment_id: strawberry.ID | None = strawberry.field(
        default=None, description="Default: the appointment the person is rated in."
    )

    def to_command(self, actor: Actor) -> assignments.AssignWork:
        return assignments.AssignWork(
            actor=actor,
            idempotency_key=self.idempotency_key,
            period_id=self.period_id,
            civil_servant_id=self.civil_servant_id,
            appointment_id=self.appointment_id,
            version_id=self.version_id,
            quantity=self.quantity,
            due_on=self.due_on,
            source=self.source,
        )


@strawberry.input(description="What was done.")
class ReportWorkInput:
    idempotency_key: str = strawberry.field(description=KEY)
    assignment_id: strawberry.ID = strawberry.field(description="Your assignment.")
    expected_revision: int = strawberry.field(description=REVISION)
    quantity: Decimal = strawberry.field(description="How many were done since the last report.")
    completed_on: date = strawberry.field(description="When; after the due date they are late.")
    note: str | None = strawberry.field(default=None, description="In words.")
    evidence: list[WorkEvidenceInput] = strawberry.field(
        default_factory=list, description="Up to 20."
    )

    def to_command(self, actor: Actor) -> assignments.ReportWork:
        return assignments.ReportWork(
            actor=actor,
            idempotency_key=self.idempotency_key,
            assignment_id=self.assignment_id,
            expected_revision=self.expected_revision,
            quantity=self.quantity,
            completed_on=self.completed_on,
            note=self.note,
            evidence=evidence_of(self.evidence),
        )


@strawberry.input(description="A check of the last report, passed.")
class AcceptWorkInput:
    idempotency_key: str = strawberry.field(description=KEY)
    assignment_id: strawberry.ID = strawberry.field(description="A reported assignment.")
    expected_revision: int = strawberry.field(description=REVISION)
    quantity: Decimal | None = strawberry.field(
        default=None, description="How many are accepted; default all that were reported."
    )
    quality_failures: int = strawberry.field(
        default=0, description="How many of them failed in quality."
    )
    reason: str | None = strawberry.field(default=None, description="Why.")

    def to_command(self, actor: Actor) -> assignments.AcceptWork:
        return assignments.AcceptWork(
            actor=actor,
            idempotency_key=self.idempotency_key,
            assignment_id=self.assignment_id,
            expected_revision=self.expected_revision,
            quantity=self.quantity,
            quality_failures=self.quality_failures,
            reason=self.reason,
        )


@strawberry.input(description="A check of the last report, not passed.")
class ReturnWorkInput:
    idempotency_key: str = strawberry.field(description=KEY)
    assignment_id: strawberry.ID = strawberry.field(description="A reported assignment.")
    expected_revision: int = strawberry.field(description=REVISION)
    reason: str = strawberry.field(description="What must be done again.")

    def to_command(self, actor: Actor) -> assignments.ReturnWork:
        return assignments.ReturnWork(
            actor=actor,
            idempotency_key=self.idempotency_key,
            assignment_id=self.assignment_id,
            expected_revision=self.expected_revision,
            reason=self.reason,
        )


@strawberry.input(description="Take an assignment back before it began.")
class CancelAssignmentInput:
    idempotency_key: str = strawberry.field(description=KEY)
    assignment_id: strawberry.ID = strawberry.field(description="An assignment in ASSIGNED.")
    expected_revision: int = strawberry.field(description=REVISION)

    def to_command(self, actor: Actor) -> assignments.CancelAssignment:
        return assignments.CancelAssignment(
            actor=actor,
            idempotency_key=self.idempotency_key,
            assignment_id=self.assignment_id,
            expected_revision=self.expected_revision,
        )


@strawberry.input(description="A cause beyond the officer's control.")
class ClaimObjectiveCauseInput:
    idempotency_key: str = strawberry.field(description=KEY)
    assignment_id: strawberry.ID = strawberry.field(description="Your assignment.")
    expected_revision: int = strawberry.field(description=REVISION)
    kind: CauseKind = strawberry.field(description="Which deduction it cancels.")
    count: int = strawberry.field(description="How many failures or delays, 1 or more.")
    reason: str = strawberry.field(description="What happened, up to 2000 characters.")
    evidence: list[WorkEvidenceInput] = strawberry.field(
        default_factory=list, description="Up to 20."
    )

    def to_command(self, actor: Actor) -> causes.ClaimObjectiveCause:
        return causes.ClaimObjectiveCause(
            actor=actor,
            idempotency_key=self.idempotency_key,
            assignment_id=self.assignment_id,
            expected_revision=self.expected_revision,
            kind=self.kind,
            count=self.count,
            reason=self.reason,
            evidence=evidence_of(self.evidence),
        )


@strawberry.input(description="A decision on an objective cause.")
class DecideObjectiveCauseInput:
    idempotency_key: str = strawberry.field(description=KEY)
    assignment_id: strawberry.ID = strawberry.field(description="The assignment.")
    expected_revision: int = strawberry.field(description=REVISION)
    cause_id: strawberry.ID = strawberry.field(description="The claimed cause.")
    confirmed: bool = strawberry.field(description="True cancels the deduction.")
    reason: str | None = strawberry.field(default=None, description="Why.")

    def to_command(self, actor: Actor) -> causes.DecideObjectiveCause:
        return causes.DecideObjectiveCause(
            actor=actor,
            idempotency_key=self.idempotency_key,
            assignment_id=self.assignment_id,
            expected_revision=self.expected_revision,
            cause_id=self.cause_id,
            confirmed=self.confirmed,
            reason=self.reason,
        )


@strawberry.input(description="Points of one criterion, or of one rated element.")
class RatingInput:
    key: str = strawberry.field(description="Criterion of the policy (I.1) or element.")
    points: Decimal = strawberry.field(description="Điểm, in the policy's range.")
    reason: str | None = strawberry.field(default=None, description="Why.")
    evidence: str | None = strawberry.field(default=None, description="Where to look it up.")

    def to_domain(self) -> inputs.Rating:
        return inputs.Rating(
            key=self.key, points=self.points, reason=self.reason, evidence=self.evidence
        )


@strawberry.input(description="An entry of the conduct ledger.")
class ConductEntryInput:
    rule: str = strawberry.field(description="The policy's rule, e.g. TRAINING_ABSENCE.")
    count: int = strawberry.field(default=1, description="How often.")
    evidence: str | None = strawberry.field(default=None, description="Where to look it up.")

    def to_domain(self) -> inputs.ConductEntry:
        return inputs.ConductEntry(rule=self.rule, count=self.count, evidence=self.evidence)


@strawberry.input(description="A target of a contract or scorecard.")
class IndicatorInput:
    code: str = strawberry.field(description="Its code.")
    target: Decimal = strawberry.field(description="What was promised.")
    actual: Decimal | None = strawberry.field(default=None, description="What was reached.")
    baseline: Decimal = strawberry.field(default=Decimal(0), description="Where it started.")
    weight: Decimal = strawberry.field(default=Decimal(1), description="In its perspective.")
    perspective: str | None = strawberry.field(default=None, description="E.g. OPERATIONS.")
    direction: str = strawberry.field(default="UP", description="UP or DOWN.")
    shared: bool = strawberry.field(default=False, description="Counts for the unit only.")
    parent: str | None = strawberry.field(default=None, description="Its parent objective.")
    evidence: str | None = strawberry.field(default=None, description="Where to look it up.")

    def to_domain(self) -> inputs.Indicator:
        return inputs.Indicator(
            code=self.code,
            perspective=self.perspective,
            weight=self.weight,
            baseline=self.baseline,
            target=self.target,
            actual=self.actual,
            direction=self.direction,
            shared=self.shared,
            parent=self.parent,
            evidence=self.evidence,
        )


@strawberry.input(description="What a person is rated on besides work; all of it optional.")
class RatingsInput:
    general: list[RatingInput] = strawberry.field(
        default_factory=list, description="Tiêu chí chung, one by one."
    )
    elements: list[RatingInput] = strawberry.field(
        default_factory=list, description="Rated elements of other policies."
    )
    conduct: list[ConductEntryInput] = strawberry.field(
        default_factory=list, description="Replaces the whole ledger when given."
    )
    indicators: list[IndicatorInput] = strawberry.field(
        default_factory=list, description="Replaces all indicators when given."
    )
    organising: Organising | None = strawberry.field(
        default=None, description="đ, heads and deputies only."
    )
    unity: Unity | None = strawberry.field(default=None, description="e, heads and deputies only.")

    def to_domain(self) -> inputs.GivenInputs:
        return inputs.GivenInputs(
            general=tuple(each.to_domain() for each in self.general),
            elements=tuple(each.to_domain() for each in self.elements),
            conduct=tuple(each.to_domain() for each in self.conduct),
            indicators=tuple(each.to_domain() for each in self.indicators),
            organising=self.organising,
            unity=self.unity,
        )


@strawberry.input(description="A superior's ratings of one person.")
class ScoreGeneralCriteriaInput:
    idempotency_key: str = strawberry.field(description=KEY)
    period_id: strawberry.ID = strawberry.field(description="An open period.")
    civil_servant_id: strawberry.ID = strawberry.field(description="Whom you lead.")
    expected_revision: int = strawberry.field(description=RATING_REVISION)
    ratings: RatingsInput = strawberry.field(description="What you rate.")

    def to_command(self, actor: Actor) -> ScoreGeneralCriteria:
        return ScoreGeneralCriteria(
            actor=actor,
            idempotency_key=self.idempotency_key,
            period_id=self.period_id,
            civil_servant_id=self.civil_servant_id,
            expected_revision=self.expected_revision,
            ratings=self.ratings.to_domain(),
        )


@strawberry.input(description="A person's own view of themself.")
class SelfAssessInput:
    idempotency_key: str = strawberry.field(description=KEY)
    period_id: strawberry.ID = strawberry.field(description="An open period.")
    expected_revision: int = strawberry.field(description=RATING_REVISION)
    ratings: RatingsInput = strawberry.field(description="What you think.")

    def to_command(self, actor: Actor) -> SelfAssess:
        return SelfAssess(
            actor=actor,
            idempotency_key=self.idempotency_key,
            period_id=self.period_id,
            expected_revision=self.expected_revision,
            ratings=self.ratings.to_domain(),
        )
