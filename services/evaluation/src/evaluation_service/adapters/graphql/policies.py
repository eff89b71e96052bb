"""Scoring policies (quy chế chấm điểm) and simulation under them."""

from datetime import date, datetime
from typing import Annotated, Self, TypeAlias

import strawberry

from congvu_kit.domain.actor import Actor
from congvu_kit.graph import Info, Problem
from evaluation_service.adapters.graphql.asking import KEY, REVISION, DecisionDocumentInput
from evaluation_service.adapters.graphql.board import DecisionDocument
from evaluation_service.adapters.policy_documents import as_json_text
from evaluation_service.application.policies import commands as policy_steps
from evaluation_service.application.policies.pins import compiled_policy
from evaluation_service.domain.policies import policies
from evaluation_service.domain.policies.policies import PolicyState


@strawberry.type(description="One version of a scoring policy; immutable once published.")
class ScoringPolicy:
    it: strawberry.Private[policies.StoredPolicy]
    id: strawberry.ID = strawberry.field(description="policy@version.")
    policy_id: str = strawberry.field(description="The policy.")
    version: int = strawberry.field(description="1, 2, 3 …")
    state: PolicyState = strawberry.field(description="Where it stands.")
    province: str | None = strawberry.field(description="Whose; null for shipped ones.")
    document: str = strawberry.field(description="JSON in the policy language.")
    hash: str = strawberry.field(description="SHA-256 of the canonical document.")
    derived_from: str | None = strawberry.field(description="The version whose bounds it keeps.")
    decision: DecisionDocument | None = strawberry.field(description="What it was published by.")
    effective_from: date | None = strawberry.field(description="In force from.")
    published_at: datetime | None = strawberry.field(description="Ban hành.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, it: policies.StoredPolicy) -> Self:
        return cls(
            it=it,
            id=strawberry.ID(it.id),
            policy_id=it.policy_id,
            version=it.version,
            state=it.state,
            province=it.province,
            document=it.document,
            hash=it.hash,
            derived_from=it.derived_from,
            decision=DecisionDocument.of(it.decision) if it.decision else None,
            effective_from=it.effective_from,
            published_at=it.published_at,
            revision=it.rev,
        )

    @strawberry.field(description="Title in Vietnamese.")
    def title_vi(self) -> str:
        return compiled_policy(self.it.document, ()).policy.title.vi

    @strawberry.field(description="Title in English.")
    def title_en(self) -> str:
        return compiled_policy(self.it.document, ()).policy.title.en


@strawberry.input(description="A policy in the policy language, JSON or YAML.")
class DraftPolicyInput:
    idempotency_key: str = strawberry.field(description=KEY)
    document: str = strawberry.field(
        description="The document; its id must be yours, its version the next one."
    )

    def to_command(self, actor: Actor) -> policy_steps.DraftPolicy:
        return policy_steps.DraftPolicy(
            actor=actor,
            idempotency_key=self.idempotency_key,
            document=as_json_text(self.document),
        )


@strawberry.input(description="A switch or weight with another default.")
class PolicyOverrideInput:
    name: str = strawberry.field(description="Of a switch or weight of the base.")
    value: str = strawberry.field(description="Within the base's bounds.")


@strawberry.input(description="An own policy from a published one, within its bounds.")
class DerivePolicyInput:
    idempotency_key: str = strawberry.field(description=KEY)
    base: str = strawberry.field(description="Policy id or id@version, published.")
    policy_id: str = strawberry.field(description="An id of your own.")
    version: int = strawberry.field(default=1, description="The next version of that id.")
    title_vi: str = strawberry.field(description="Title in Vietnamese.")
    title_en: str = strawberry.field(description="Title in English.")
    overrides: list[PolicyOverrideInput] = strawberry.field(description="What differs.")

    def to_command(self, actor: Actor) -> policy_steps.DerivePolicy:
        return policy_steps.DerivePolicy(
            actor=actor,
            idempotency_key=self.idempotency_key,
            base=self.base,
            policy_id=self.policy_id,
            version=self.version,
            title_vi=self.title_vi,
            title_en=self.title_en,
            overrides=tuple((each.name, each.value) for each in self.overrides),
        )


@strawberry.input(description="A draft written anew.")
class RevisePolicyInput:
    idempotency_key: str = strawberry.field(description=KEY)
    id: strawberry.ID = strawberry.field(description="policy@version, a draft.")
    expected_revision: int = strawberry.field(description=REVISION)
    document: str = strawberry.field(description="JSON or YAML, same id and version.")

    def to_command(self, actor: Actor) -> policy_steps.RevisePolicy:
        return policy_steps.RevisePolicy(
            actor=actor,
            idempotency_key=self.idempotency_key,
            id=self.id,
            expected_revision=self.expected_revision,
            document=as_json_text(self.document),
        )


@strawberry.input(description="Approve a draft.")
class ApprovePolicyInput:
    idempotency_key: str = strawberry.field(description=KEY)
    id: strawberry.ID = strawberry.field(description="policy@version, a draft.")
    expected_revision: int = strawberry.field(description=REVISION)

    def to_command(self, actor: Actor) -> policy_steps.ApprovePolicy:
        return policy_steps.ApprovePolicy(
            actor=actor,
            idempotency_key=self.idempotency_key,
            id=self.id,
            expected_revision=self.expected_revision,
        )


@strawberry.input(description="Publish an approved policy by a decision.")
class PublishPolicyInput:
    idempotency_key: str = strawberry.field(description=KEY)
    id: strawberry.ID = strawberry.field(description="policy@version, approved.")
    expected_revision: int = strawberry.field(description=REVISION)
    decision: DecisionDocumentInput = strawberry.field(description="Quyết định ban hành.")
    effective_from: date = strawberry.field(description="Today or later.")

    def to_command(self, actor: Actor) -> policy_steps.PublishPolicy:
        return policy_steps.PublishPolicy(
            actor=actor,
            idempotency_key=self.idempotency_key,
            id=self.id,
            expected_revision=self.expected_revision,
            decision=self.decision.to_domain(),
            effective_from=self.effective_from,
        )


DraftPolicyResult: TypeAlias = Annotated[
    ScoringPolicy | Problem, strawberry.union("DraftPolicyResult")
]
DerivePolicyResult: TypeAlias = Annotated[
    ScoringPolicy | Problem, strawberry.union("DerivePolicyResult")
]
RevisePolicyResult: TypeAlias = Annotated[
    ScoringPolicy | Problem, strawberry.union("RevisePolicyResult")
]
ApprovePolicyResult: TypeAlias = Annotated[
    ScoringPolicy | Problem, strawberry.union("ApprovePolicyResult")
]
PublishPolicyResult: TypeAlias = Annotated[
    ScoringPolicy | Problem, strawberry.union("PublishPolicyResult")
]


@strawberry.type
class PolicyMutation:
    @strawberry.mutation(
        description="Draft a version of an own policy (dự thảo quy chế). Role period-admin."
    )
    async def draft_policy(self, info: Info, input: DraftPolicyInput) -> DraftPolicyResult:
        command = input.to_command(info.context.actor)
        return ScoringPolicy.of(
            await info.context.perform(policy_steps.draft_policy, command, policies.StoredPolicy)
        )

    @strawberry.mutation(
        description="Draft an own policy from a published one (quy chế dẫn xuất). "
        "Role period-admin."
    )
    async def derive_policy(self, info: Info, input: DerivePolicyInput) -> DerivePolicyResult:
        command = input.to_command(info.context.actor)
        return ScoringPolicy.of(
            await info.context.perform(policy_steps.derive_policy, command, policies.StoredPolicy)
        )

    @strawberry.mutation(description="Write a draft anew. Role period-admin.")
    async def revise_policy(self, info: Info, input: RevisePolicyInput) -> RevisePolicyResult:
        command = input.to_command(info.context.actor)
        return ScoringPolicy.of(
            await info.context.perform(policy_steps.revise_policy, command, policies.StoredPolicy)
        )

    @strawberry.mutation(
        description="Approve a draft; never its drafter (C-I3). Role steering-committee."
    )
    async def approve_policy(self, info: Info, input: ApprovePolicyInput) -> ApprovePolicyResult:
        command = input.to_command(info.context.actor)
        return ScoringPolicy.of(
            await info.context.perform(policy_steps.approve_policy, command, policies.StoredPolicy)
        )

    @strawberry.mutation(
        description="Publish an approved policy (ban hành); immutable from then on. "
        "Role steering-committee."
    )
    async def publish_policy(self, info: Info, input: PublishPolicyInput) -> PublishPolicyResult:
        command = input.to_command(info.context.actor)
        return ScoringPolicy.of(
            await info.context.perform(policy_steps.publish_policy, command, policies.StoredPolicy)
        )
