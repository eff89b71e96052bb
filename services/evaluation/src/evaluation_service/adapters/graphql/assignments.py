"""Assignments as the graph shows them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Self

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.federation.types import FieldSet

from congvu_kit.graph import Info
from evaluation_service.adapters.graphql.numbers import as_decimal
from evaluation_service.adapters.graphql.people import (
    CivilServant,
    visible_servant,
)
from evaluation_service.adapters.graphql.periods import EvaluationPeriod
from evaluation_service.application.collections import ASSIGNMENTS, PERIODS
from evaluation_service.domain.common import evidence
from evaluation_service.domain.work import assignments, causes
from evaluation_service.domain.work import reports as work
from evaluation_service.domain.work.causes import CauseKind, CauseState
from evaluation_service.domain.work.reports import AssignmentState, WorkSource


@strawberry.federation.type(
    keys=[Key(fields=FieldSet("id"), resolvable=False)],
    description="A catalogue version; the catalogue knows the rest of it.",
)
class WorkProductVersion:
    id: strawberry.ID = strawberry.field(description="code@number.")


@strawberry.type(description="A piece of evidence (minh chứng).")
class WorkEvidence:
    uri: str = strawberry.field(description="Where it is.")
    hash: str | None = strawberry.field(description="SHA-256 of the file.")
    source: str | None = strawberry.field(description="The system it comes from.")
    captured_at: datetime | None = strawberry.field(description="When it was taken.")

    @classmethod
    def of(cls, it: evidence.Evidence) -> Self:
        return cls(uri=it.uri, hash=it.hash, source=it.source, captured_at=it.captured_at)


@strawberry.type(description="What the officer says was done (báo cáo kết quả).")
class WorkReport:
    quantity: Decimal = strawberry.field(description="How much.")
    completed_on: date = strawberry.field(description="When it was done.")
    note: str | None = strawberry.field(description="In words.")
    evidence: list[WorkEvidence] = strawberry.field(description="Minh chứng.")
    reported_at: datetime = strawberry.field(description="When it was reported.")

    @classmethod
    def of(cls, it: work.WorkReport) -> Self:
        return cls(
            quantity=it.quantity,
            completed_on=it.completed_on,
            note=it.note,
            evidence=[WorkEvidence.of(each) for each in it.evidence],
            reported_at=it.reported_at,
        )


@strawberry.type(description="A superior's check of a report (kiểm tra chất lượng).")
class QualityCheck:
    accepted: Decimal = strawberry.field(description="How much was accepted.")
    failures: int = strawberry.field(description="How many products failed.")
    reason: str | None = strawberry.field(description="Why.")
    checked_by: str = strawberry.field(description="Who checked.")
    checked_at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, it: work.QualityCheck) -> Self:
        return cls(
            accepted=it.accepted,
            failures=it.failures,
            reason=it.reason,
            checked_by=it.checked_by.subject,
            checked_at=it.checked_at,
        )


@strawberry.type(description="A cause beyond the officer's control (nguyên nhân khách quan).")
class ObjectiveCause:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    kind: CauseKind = strawberry.field(description="Which deduction it cancels.")
    count: int = strawberry.field(description="How many failures or delays.")
    reason: str = strawberry.field(description="What happened.")
    state: CauseState = strawberry.field(description="Where it stands.")
    claimed_by: str = strawberry.field(description="Who claims it.")
    decided_by: str | None = strawberry.field(description="Who decided; never the claimant.")
    decision_reason: str | None = strawberry.field(description="Why.")
    evidence: list[WorkEvidence] = strawberry.field(description="Minh chứng.")

    @classmethod
    def of(cls, it: causes.ObjectiveCause) -> Self:
        return cls(
            id=strawberry.ID(it.id),
            kind=it.kind,
            count=it.count,
            reason=it.reason,
            state=it.state,
            claimed_by=it.claimed_by.subject,
            decided_by=it.decided_by.subject if it.decided_by else None,
            decision_reason=it.decision_reason,
            evidence=[WorkEvidence.of(each) for each in it.evidence],
        )


def _id(id: str | None) -> strawberry.ID | None:
    return strawberry.ID(id) if id else None


@strawberry.federation.type(
    keys=["id"], description="A quantity of one catalogue version, given to a person (giao việc)."
)
class Assignment:
    it: strawberry.Private[assignments.Assignment]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    state: AssignmentState = strawberry.field(description="Where it stands.")
    source: WorkSource = strawberry.field(description="Why it was given.")
    assigned: Decimal = strawberry.field(description="Quantity given (số lượng giao).")
    completed: Decimal = strawberry.field(description="Quantity accepted (số lượng hoàn thành).")
    quality_failures: int = strawberry.field(description="Failed checks, reworks included.")
    quality_exempt: int = strawberry.field(description="Of these, with a confirmed cause.")
    late: int = strawberry.field(description="Products delivered late.")
    late_exempt: int = strawberry.field(description="Of these, with a confirmed cause.")
    coefficient: Decimal | None = strawberry.field(
        description="Conversion coefficient pinned when given (hệ số quy đổi)."
    )
    adjustment_id: strawberry.ID | None = strawberry.field(
        description="The local adjustment the coefficient comes from (điều chỉnh theo địa bàn)."
    )
    due_on: date = strawberry.field(description="Hạn hoàn thành.")
    review_due_on: date | None = strawberry.field(
        description="Last day in time for the superior to check the report."
    )
    reports: list[WorkReport] = strawberry.field(description="Oldest first.")
    checks: list[QualityCheck] = strawberry.field(description="Oldest first.")
    objective_causes: list[ObjectiveCause] = strawberry.field(description="Oldest first.")
    version: WorkProductVersion = strawberry.field(description="The pinned catalogue version.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, it: assignments.Assignment) -> Self:
        return cls(
            it=it,
            id=strawberry.ID(it.id),
            state=it.state,
            source=it.source,
            assigned=it.quantity,
            completed=it.completed,
            quality_failures=it.quality_failures,
            quality_exempt=it.quality_exempt,
            late=it.late,
            late_exempt=it.late_exempt,
            coefficient=as_decimal(it.version.coefficient),
            adjustment_id=_id(it.version.adjustment_id),
            due_on=it.due_on,
            review_due_on=it.review_due_on,
            reports=[WorkReport.of(each) for each in it.reports],
            checks=[QualityCheck.of(each) for each in it.checks],
            objective_causes=[ObjectiveCause.of(each) for each in it.causes],
            version=WorkProductVersion(id=strawberry.ID(it.version.version_id)),
            revision=it.rev,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        """Null for an assignment of someone the caller may not see."""
        it = await info.context.by_id(ASSIGNMENTS).load(id)
        if it is None or await visible_servant(info, it.servant_id) is None:
            return None
        return cls.of(it)

    @strawberry.field(description="Whose work it is.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        servant = await visible_servant(info, self.it.servant_id)
        return CivilServant.of(servant) if servant else None

    @strawberry.field(description="The period it counts in.")
    async def period(self, info: Info) -> EvaluationPeriod | None:
        period = await info.context.by_id(PERIODS).load(self.it.period_id)
        return EvaluationPeriod.of(period) if period else None
