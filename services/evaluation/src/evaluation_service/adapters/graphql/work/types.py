"""Assignments."""

from datetime import date
from decimal import Decimal
from typing import Self

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.federation.types import FieldSet

from congvu_kit.graph import (
    Info,
    at_most,
    by_name,
    costs,
    describe,
)
from evaluation_service.adapters.graphql.common.types import as_decimal
from evaluation_service.adapters.graphql.periods.types import EvaluationPeriod
from evaluation_service.adapters.graphql.personnel.types import (
    CivilServant,
    shown_servant,
)
from evaluation_service.adapters.graphql.work.values import (
    ObjectiveCause,
    QualityCheck,
    QuantityChange,
    WorkDoubt,
    WorkDoubtDecision,
    WorkGroup,
    WorkProposal,
    WorkReport,
)
from evaluation_service.application.collections import PERIODS, WORK_GROUPS
from evaluation_service.application.work import queries
from evaluation_service.domain.work import assignments, reports
from evaluation_service.domain.work.assignments import CAUSES_MAX, REPORTS_MAX
from evaluation_service.domain.work.changes import CHANGES_MAX
from evaluation_service.domain.work.doubts import DOUBTS_MAX
from evaluation_service.domain.work.reports import AssignmentState, QuantityFrom, WorkSource

describe(
    AssignmentState,
    "Where an assignment stands.",
    PROPOSED="Proposed by the officer, counted nowhere yet.",
    REFUSED="Proposed and refused.",
    ASSIGNED="Given.",
    IN_PROGRESS="Partly done and accepted.",
    SUBMITTED="Reported, waiting for the check.",
    OVERDUE_REVIEW="Reported, and the manager is late.",
    RETURNED="Sent back for rework.",
    ACCEPTED_AS_DONE="All of it accepted.",
    CANCELLED="Taken back with nothing done.",
    CARRIED_OVER="What was left goes on in a later period.",
    TRANSFERRED="What was left went to another officer.",
)
describe(
    WorkSource,
    "Why the work was assigned.",
    PLAN="Planned.",
    AD_HOC="Ad hoc.",
    PORTAL="Dossiers of the portal.",
)
describe(
    QuantityFrom,
    "Who decides how much is assigned.",
    GIVEN="The superior.",
    DOSSIERS="The citizens: the officer's dossiers of the procedure that are due in the period, "
    "with those that are done in it beside.",
)


@strawberry.federation.type(
    keys=[Key(fields=FieldSet("id"), resolvable=False)],
    description="A catalogue version; the catalogue knows the rest of it.",
)
class WorkProductVersion:
    id: strawberry.ID = strawberry.field(description="code@number.")


@strawberry.federation.type(
    keys=["id"],
    description="A quantity of one catalogue version, given to a person.",
    directives=costs(20),
)
class Assignment:
    aggregate: strawberry.Private[assignments.Assignment]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    state: AssignmentState = strawberry.field(description="Where it stands.")
    source: WorkSource = strawberry.field(description="Why it was given.")
    assigned: Decimal = strawberry.field(description="Quantity given.")
    quantity_from: QuantityFrom = strawberry.field(description="Who decided it.")
    completed: Decimal = strawberry.field(description="Quantity accepted.")
    quality_failures: Decimal = strawberry.field(
        description="Failed checks, reworks included; in group work the share of them."
    )
    quality_exempt: Decimal = strawberry.field(description="Of these, with a confirmed cause.")
    late: Decimal = strawberry.field(
        description="Products delivered late; parts of dossiers and of group work count as parts."
    )
    late_exempt: Decimal = strawberry.field(description="Of these, with a confirmed cause.")
    coefficient: Decimal | None = strawberry.field(
        description="Conversion coefficient pinned when given."
    )
    adjustment_id: strawberry.ID | None = strawberry.field(
        description="The local adjustment the coefficient comes from."
    )
    due_on: date = strawberry.field(
        description="Due date. Counted from the product's lead days it moves with the calendar; a"
        " day that somebody named does not."
    )
    due_provisional: bool = strawberry.field(
        description="Whether that day was counted into a year whose calendar is not announced."
    )
    review_due_on: date | None = strawberry.field(
        description="Last day in time for the superior to check the report."
    )
    review_due_provisional: bool = strawberry.field(
        description="Whether that day lies in a year whose calendar is not announced: it may move."
    )
    reports: list[WorkReport] = strawberry.field(
        description="Oldest first.", directives=at_most(REPORTS_MAX)
    )
    checks: list[QualityCheck] = strawberry.field(
        description="Oldest first.", directives=at_most(REPORTS_MAX)
    )
    objective_causes: list[ObjectiveCause] = strawberry.field(
        description="Oldest first.", directives=at_most(CAUSES_MAX)
    )
    unreviewed: Decimal = strawberry.field(
        description="Reported and waiting for the check; unchecked at the freeze it counts as the "
        "policy says (E-I16)."
    )
    quantity_changes: list[QuantityChange] = strawberry.field(
        description="Oldest first.", directives=at_most(CHANGES_MAX)
    )
    doubts: list[WorkDoubt] = strawberry.field(
        description="Whether the same work may be counted elsewhere.",
        directives=at_most(DOUBTS_MAX),
    )
    doubt_decisions: list[WorkDoubtDecision] = strawberry.field(
        description="Oldest first; checks decide as well.", directives=at_most(DOUBTS_MAX)
    )
    proposal: WorkProposal | None = strawberry.field(description="Where the officer proposed it.")
    continues_id: strawberry.ID | None = strawberry.field(
        description="The assignment whose rest this one is."
    )
    continued_by_id: strawberry.ID | None = strawberry.field(
        description="The assignment that goes on with the rest of this one."
    )
    share: Decimal | None = strawberry.field(description="Percent of the group's work; null alone.")
    version: WorkProductVersion = strawberry.field(description="The pinned catalogue version.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, aggregate: assignments.Assignment) -> Self:
        return by_name(
            cls,
            aggregate,
            assigned=aggregate.quantity,
            coefficient=as_decimal(aggregate.version.coefficient),
            adjustment_id=aggregate.version.adjustment_id,
            quality_failures=Decimal(aggregate.quality_failures),
            quality_exempt=Decimal(aggregate.quality_exempt),
            late=Decimal(aggregate.late),
            late_exempt=Decimal(aggregate.late_exempt),
            share=aggregate.group.share if aggregate.group else None,
            unreviewed=aggregate.deemed,
            doubt_decisions=[WorkDoubtDecision.of(each) for each in aggregate.doubt_decisions],
            quantity_changes=[QuantityChange.of(each) for each in aggregate.changes],
            checks=[
                QualityCheck.of(each, reports.check_id(aggregate.id, number))
                for number, each in enumerate(aggregate.checks, start=1)
            ],
            continues_id=aggregate.continues,
            continued_by_id=aggregate.continued_by,
            objective_causes=[ObjectiveCause.of(each) for each in aggregate.causes],
            version=WorkProductVersion(id=strawberry.ID(aggregate.version.version_id)),
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        """Null for an assignment of someone the caller may not see."""
        found = await info.context.load(queries.find_assignments, id)
        return cls.of(found) if found else None

    @strawberry.field(description="Whose work it is.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.aggregate.civil_servant_id)

    @strawberry.field(description="The group of which it is a share.")
    async def group(self, info: Info) -> WorkGroup | None:
        if self.aggregate.group is None:
            return None
        group = await info.context.by_id(WORK_GROUPS).load(self.aggregate.group.group_id)
        return WorkGroup.of(group) if group else None

    @strawberry.field(description="The period it counts in.")
    async def period(self, info: Info) -> EvaluationPeriod | None:
        period = await info.context.by_id(PERIODS).load(self.aggregate.period_id)
        return EvaluationPeriod.of(period) if period else None
