"""A period to open, and its steps."""

from datetime import date

import strawberry

from congvu_kit.graph import (
    CommandInput,
    RevisedInput,
    ValueInput,
)
from evaluation_service.adapters.graphql.common.inputs import DecisionDocumentInput
from evaluation_service.application.periods import commands, queries, repairs
from evaluation_service.domain.periods.pins import SwitchChoice
from evaluation_service.domain.periods.states import PeriodKind, PeriodState


@strawberry.input(description="A chosen value of a switch of one of the period's policies.")
class PolicySwitchInput(ValueInput):
    VALUE = SwitchChoice

    policy: str = strawberry.field(description="Policy id, without version.")
    name: str = strawberry.field(description="The switch.")
    value: str = strawberry.field(description="Its value.")


@strawberry.input(description="A period on pinned policies and releases.")
class OpenPeriodInput(CommandInput):
    COMMAND = commands.OpenPeriod

    name: str = strawberry.field(description="Name of the period, up to 120 characters.")
    kind: PeriodKind = strawberry.field(description="Kind of period.")
    scope_unit_id: strawberry.ID = strawberry.field(description="Covers it and all below.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date = strawberry.field(
        description="The day after the last: 2026-10-01 for a period until 30 September, its "
        "`lastDay`."
    )
    release_ids: list[strawberry.ID] = strawberry.field(
        description="1 to 50 catalogue releases; all their versions must have arrived."
    )
    staff_policy: str = strawberry.field(
        default="ND335-2025-STAFF",
        description="Policy id (newest published version) or id@version.",
    )
    deputy_policy: str = strawberry.field(
        default="ND335-2025-DEPUTY", description="For deputies, likewise."
    )
    leader_policy: str = strawberry.field(
        default="ND335-2025-LEADER", description="For heads, likewise."
    )
    unit_policy: str | None = strawberry.field(
        default=None,
        description="For units, likewise: what their objectives are set by; none when left out.",
    )
    objectives_until: date | None = strawberry.field(
        default=None,
        description="Last day to set objectives, after it a numbered decision is needed: a third "
        "of the period, and 10 working days from now, when left out.",
    )
    made_of: PeriodKind | None = strawberry.field(
        default=None,
        description="Of a YEAR whose policies say how it is rolled up: MONTH or QUARTER, the "
        "latter when left out.",
    )
    special_cycle: bool = strawberry.field(
        default=False,
        description="Of a YEAR: a special cycle, rated before 15 January instead of 15 December "
        "(as the policy says).",
    )
    switches: list[PolicySwitchInput] = strawberry.field(
        default_factory=list, description="Choices other than the policies' defaults."
    )
    minimum_answers: int = strawberry.field(
        default=30, description="Citizens' answers an index needs before it counts."
    )
    review_sla_days: int = strawberry.field(
        default=5,
        description="Working days to check a report, 1 to 60; then it is a fault. A policy that "
        "charges for days (UEB-VNU: fault_days) counts from the report as well: the later counts.",
    )
    appeal_days: int = strawberry.field(
        description="Days for appeals after the publication, 0 to 90; it closes after them."
    )


@strawberry.input(description="A step of a period.")
class PeriodStepInput(RevisedInput):
    COMMAND = commands.PeriodStep

    period_id: strawberry.ID = strawberry.field(description="The period.")


@strawberry.input(description="Why the inputs are fixed though something is missing.")
class AcceptGapsInput(ValueInput):
    VALUE = commands.AcceptGaps

    reason: str = strawberry.field(
        description="The reason, up to 4000 characters; it is on record."
    )


@strawberry.input(description="The data cut-off of a period.")
class FreezePeriodInput(RevisedInput):
    COMMAND = commands.FreezePeriod

    period_id: strawberry.ID = strawberry.field(description="The period.")
    early: str | None = strawberry.field(
        default=None,
        description="Before endsOn: why. Up to 4000 characters; it is on record.",
    )
    accept_gaps: AcceptGapsInput | None = strawberry.field(
        default=None,
        description="While periodReadiness tells of blocking gaps: why it is frozen all the same.",
    )


@strawberry.input(description="A period whose inputs are to be opened again.")
class UnfreezePeriodInput(RevisedInput):
    COMMAND = repairs.UnfreezePeriod

    period_id: strawberry.ID = strawberry.field(description="The period.")
    decision: DecisionDocumentInput = strawberry.field(description="What it rests on.")


@strawberry.input(description="Results to be computed once more before their publication.")
class RescoreInput(RevisedInput):
    COMMAND = repairs.Rescore

    period_id: strawberry.ID = strawberry.field(description="The period.")
    agency_id: strawberry.ID | None = strawberry.field(
        default=None, description="One agency of it; all that were scored when left out."
    )
    reason: str = strawberry.field(description="What was repaired, up to 4000 characters.")


@strawberry.input(description="Agencies that are scored though citizens' indexes have not come.")
class ScoreWithoutIndexesInput(RevisedInput):
    COMMAND = repairs.ScoreWithoutIndexes

    period_id: strawberry.ID = strawberry.field(description="The period.")
    agency_id: strawberry.ID | None = strawberry.field(
        default=None, description="One agency of it; all that wait when left out."
    )
    reason: str = strawberry.field(
        description="Why nobody waits any more, up to 4000 characters; it is on record."
    )


@strawberry.input(description="Which periods; every condition must hold.")
class EvaluationPeriodFilter(ValueInput):
    VALUE = queries.PeriodFilter

    province: str | None = strawberry.field(default=None, description="Province code.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="Periods that cover the unit."
    )
    kind: PeriodKind | None = strawberry.field(default=None, description="Its length.")
    state: PeriodState | None = strawberry.field(default=None, description="Its state.")
