"""Policies written, approved, published, tried."""

from datetime import date

import strawberry

from congvu_kit.graph import (
    CommandInput,
    RevisedInput,
    ValueInput,
)
from evaluation_service.adapters.graphql.common.inputs import DecisionDocumentInput
from evaluation_service.adapters.graphql.periods.inputs import PolicySwitchInput
from evaluation_service.application.policies import commands, queries
from evaluation_service.domain.periods.pins import SwitchChoice
from evaluation_service.domain.personnel.servants import AppointmentRole


@strawberry.input(description="A policy in the policy language, JSON or YAML.")
class DraftPolicyInput(CommandInput):
    COMMAND = commands.DraftPolicy

    document: str = strawberry.field(
        description="The document; its id must be yours, its version the next one."
    )


@strawberry.input(
    description="A switch or weight with another default, a stage with another last day."
)
class PolicyOverrideInput(ValueInput):
    VALUE = tuple

    name: str = strawberry.field(
        description="Of a switch or weight of the base, or STAGE.last_day where the base lets it "
        "be moved."
    )
    value: str = strawberry.field(
        description="Within the base's bounds; of a last day MM-DD, after the stage before it."
    )

    def to_domain(self) -> tuple[str, str]:
        return self.name, self.value


@strawberry.input(description="An own policy from a published one, within its bounds.")
class DerivePolicyInput(CommandInput):
    COMMAND = commands.DerivePolicy

    base: str = strawberry.field(description="Policy id or id@version, published.")
    policy_id: str = strawberry.field(description="An id of your own.")
    version: int = strawberry.field(default=1, description="The next version of that id.")
    title_vi: str = strawberry.field(description="Title in Vietnamese.")
    title_en: str = strawberry.field(description="Title in English.")
    overrides: list[PolicyOverrideInput] = strawberry.field(description="What differs.")


@strawberry.input(description="A draft written anew.")
class RevisePolicyInput(RevisedInput):
    COMMAND = commands.RevisePolicy

    id: strawberry.ID = strawberry.field(description="policy@version, a draft.")
    document: str = strawberry.field(description="JSON or YAML, same id and version.")


@strawberry.input(description="Approve a draft.")
class ApprovePolicyInput(RevisedInput):
    COMMAND = commands.ApprovePolicy

    id: strawberry.ID = strawberry.field(description="policy@version, a draft.")


@strawberry.input(description="Publish an approved policy by a decision.")
class PublishPolicyInput(RevisedInput):
    COMMAND = commands.PublishPolicy

    id: strawberry.ID = strawberry.field(description="policy@version, approved.")
    decision: DecisionDocumentInput = strawberry.field(description="The decision that issues it.")
    effective_from: date = strawberry.field(description="Today or later.")


@strawberry.input(description="A scored period, a part of it, and the policies to try.")
class SimulateScoreInput(ValueInput):
    VALUE = queries.Simulation

    period_id: strawberry.ID = strawberry.field(description="Frozen, published or closed.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only people of this unit and below; the quota stays whole."
    )
    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only this person."
    )
    staff_policy: str | None = strawberry.field(
        default=None, description="id or id@version; default the period's."
    )
    deputy_policy: str | None = strawberry.field(default=None, description="Likewise.")
    leader_policy: str | None = strawberry.field(default=None, description="Likewise.")
    switches: list[PolicySwitchInput] = strawberry.field(
        default_factory=list, description="Switches to try."
    )

    def to_domain(self) -> queries.Simulation:
        named = {
            AppointmentRole.STAFF: self.staff_policy,
            AppointmentRole.DEPUTY: self.deputy_policy,
            AppointmentRole.HEAD: self.leader_policy,
        }
        return queries.Simulation(
            period_id=self.period_id,
            unit_id=self.unit_id,
            civil_servant_id=self.civil_servant_id,
            policies={role: policy for role, policy in named.items() if policy is not None},
            switches=tuple(
                SwitchChoice(policy=each.policy, name=each.name, value=each.value)
                for each in self.switches
            ),
        )
