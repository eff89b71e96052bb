"""Opening, freezing, publishing and closing a period."""

from datetime import date
from typing import Annotated, TypeAlias

import strawberry

from congvu_kit.domain.actor import Actor
from congvu_kit.graph import Info, Problem, RevisedInput, mutation
from evaluation_service.adapters.graphql.asking import KEY
from evaluation_service.adapters.graphql.periods import EvaluationPeriod
from evaluation_service.application.periods import commands as steps
from evaluation_service.domain.periods.periods import EvaluationPeriod as KeptPeriod
from evaluation_service.domain.periods.periods import PeriodKind


@strawberry.input(description="A chosen value of a switch of one of the period's policies.")
class PolicySwitchInput:
    policy: str = strawberry.field(description="Policy id, without version.")
    name: str = strawberry.field(description="The switch.")
    value: str = strawberry.field(description="Its value.")


@strawberry.input(description="A period on pinned policies and releases.")
class OpenPeriodInput:
    idempotency_key: str = strawberry.field(description=KEY)
    name: str = strawberry.field(description="Tên kỳ, up to 120 characters.")
    kind: PeriodKind = strawberry.field(description="Loại kỳ.")
    scope_unit_id: strawberry.ID = strawberry.field(description="Covers it and all below.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date = strawberry.field(description="The day after the last.")
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
    switches: list[PolicySwitchInput] = strawberry.field(
        default_factory=list, description="Choices other than the policies' defaults."
    )
    minimum_answers: int = strawberry.field(
        default=30, description="Citizens' answers an index needs before it counts."
    )
    review_sla_days: int = strawberry.field(
        default=5, description="Working days to check a report, 1 to 60; then it is a fault."
    )
    appeal_days: int = strawberry.field(
        description="Days for appeals after the publication, 0 to 90; it closes after them."
    )
    holidays: list[date] = strawberry.field(
        default_factory=list,
        description="Public holidays besides 1/1, 30/4, 1/5 and 2/9 (lunar ones, moved days).",
    )

    def to_command(self, actor: Actor) -> steps.OpenPeriod:
        return steps.OpenPeriod(
            actor=actor,
            idempotency_key=self.idempotency_key,
            name=self.name,
            kind=self.kind,
            scope_unit_id=self.scope_unit_id,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            staff_policy=self.staff_policy,
            deputy_policy=self.deputy_policy,
            leader_policy=self.leader_policy,
            switches=tuple(
                steps.SwitchChoice(policy=each.policy, name=each.name, value=each.value)
                for each in self.switches
            ),
            release_ids=tuple(str(id) for id in self.release_ids),
            minimum_answers=self.minimum_answers,
            review_sla_days=self.review_sla_days,
            appeal_days=self.appeal_days,
            holidays=tuple(self.holidays),
        )


@strawberry.input(description="A step of a period.")
class PeriodStepInput(RevisedInput):
    COMMAND = steps.PeriodStep

    period_id: strawberry.ID = strawberry.field(description="The period.")


OpenPeriodResult: TypeAlias = Annotated[
    EvaluationPeriod | Problem, strawberry.union("OpenPeriodResult")
]


@strawberry.type
class PeriodMutation:
    @strawberry.mutation(
        description="Open a period (mở kỳ). Role period-admin of the province. UNAVAILABLE while "
        "versions of a release are still arriving."
    )
    async def open_period(self, info: Info, input: OpenPeriodInput) -> OpenPeriodResult:
        return EvaluationPeriod.of(
            await info.context.perform(
                steps.open_period, input.to_command(info.context.actor), KeptPeriod
            )
        )

    freeze_period = mutation(
        steps.freeze_period,
        PeriodStepInput,
        EvaluationPeriod,
        description="Fix the inputs (chốt số liệu). Scoring starts when the citizens' indexes are "
        "in; the period reaches REVIEW by itself. Role period-admin.",
    )
    publish_period = mutation(
        steps.publish_period,
        PeriodStepInput,
        EvaluationPeriod,
        description="Publish the results of a period in REVIEW (công bố). Role period-admin.",
    )
    close_period = mutation(
        steps.close_period,
        PeriodStepInput,
        EvaluationPeriod,
        description="Close and seal a published period once appeals are over (khóa, niêm phong). "
        "Role period-admin.",
    )
