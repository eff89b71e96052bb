"""The review board's mutations, and the appeals that lead to them."""

from typing import Annotated, TypeAlias

import strawberry

from congvu_kit.graph import Info, Problem
from evaluation_service.adapters.graphql.board import Appeal, PostAudit, TriggerCase, VetoEvent
from evaluation_service.adapters.graphql.board_inputs import (
    DecideAppealInput,
    DecidePostAuditInput,
    DecideTiesInput,
    FileAppealInput,
    LiftVetoEventInput,
    RecordVetoEventInput,
    ResolveTriggerCaseInput,
    WithdrawAppealInput,
)
from evaluation_service.adapters.graphql.periods import RankingRun
from evaluation_service.application.integrity import commands as integrity
from evaluation_service.application.review import commands as appeals
from evaluation_service.domain.copies import citizen_evidence
from evaluation_service.domain.integrity import integrity as kept_integrity
from evaluation_service.domain.results import runs
from evaluation_service.domain.review import appeals as kept

RecordVetoEventResult: TypeAlias = Annotated[
    VetoEvent | Problem, strawberry.union("RecordVetoEventResult")
]
LiftVetoEventResult: TypeAlias = Annotated[
    VetoEvent | Problem, strawberry.union("LiftVetoEventResult")
]
ResolveTriggerCaseResult: TypeAlias = Annotated[
    TriggerCase | Problem, strawberry.union("ResolveTriggerCaseResult")
]
DecideTiesResult: TypeAlias = Annotated[RankingRun | Problem, strawberry.union("DecideTiesResult")]
FileAppealResult: TypeAlias = Annotated[Appeal | Problem, strawberry.union("FileAppealResult")]
WithdrawAppealResult: TypeAlias = Annotated[
    Appeal | Problem, strawberry.union("WithdrawAppealResult")
]
DecideAppealResult: TypeAlias = Annotated[Appeal | Problem, strawberry.union("DecideAppealResult")]
DecidePostAuditResult: TypeAlias = Annotated[
    PostAudit | Problem, strawberry.union("DecidePostAuditResult")
]


@strawberry.type
class BoardMutation:
    @strawberry.mutation(
        description="Record a veto event with its decision (phủ quyết). Role review-board."
    )
    async def record_veto_event(
        self, info: Info, input: RecordVetoEventInput
    ) -> RecordVetoEventResult:
        command = input.to_command(info.context.actor)
        return VetoEvent.of(
            await info.context.perform(
                integrity.record_veto_event, command, kept_integrity.VetoEvent
            )
        )

    @strawberry.mutation(description="Lift a veto by a new decision. Role review-board.")
    async def lift_veto_event(self, info: Info, input: LiftVetoEventInput) -> LiftVetoEventResult:
        command = input.to_command(info.context.actor)
        return VetoEvent.of(
            await info.context.perform(integrity.lift_veto_event, command, kept_integrity.VetoEvent)
        )

    @strawberry.mutation(
        description="Decide a case that a trigger raised (hồ sơ xử lý). Role review-board."
    )
    async def resolve_trigger_case(
        self, info: Info, input: ResolveTriggerCaseInput
    ) -> ResolveTriggerCaseResult:
        command = input.to_command(info.context.actor)
        return TriggerCase.of(
            await info.context.perform(
                integrity.resolve_trigger_case, command, kept_integrity.TriggerCase
            )
        )

    @strawberry.mutation(
        description="Decide who of the people tied at the cut keeps the top band, inside the "
        "quota (E-I8). In REVIEW. Role review-board."
    )
    async def decide_ties(self, info: Info, input: DecideTiesInput) -> DecideTiesResult:
        command = input.to_command(info.context.actor)
        return RankingRun.of(
            await info.context.perform(integrity.decide_ties, command, runs.RankingRun)
        )

    @strawberry.mutation(
        description="Appeal against one's own published result (kiến nghị). Role officer."
    )
    async def file_appeal(self, info: Info, input: FileAppealInput) -> FileAppealResult:
        command = input.to_command(info.context.actor)
        return Appeal.of(await info.context.perform(appeals.file_appeal, command, kept.Appeal))

    @strawberry.mutation(description="Take one's own appeal back. Role officer.")
    async def withdraw_appeal(self, info: Info, input: WithdrawAppealInput) -> WithdrawAppealResult:
        command = input.to_command(info.context.actor)
        return Appeal.of(await info.context.perform(appeals.withdraw_appeal, command, kept.Appeal))

    @strawberry.mutation(
        description="Decide an appeal; never somebody who acted earlier in the case (E-I4). "
        "Role review-board."
    )
    async def decide_appeal(self, info: Info, input: DecideAppealInput) -> DecideAppealResult:
        command = input.to_command(info.context.actor)
        return Appeal.of(await info.context.perform(appeals.decide_appeal, command, kept.Appeal))

    @strawberry.mutation(
        description="Decide a post-audit request after an upheld complaint (hậu kiểm). "
        "Role review-board."
    )
    async def decide_post_audit(
        self, info: Info, input: DecidePostAuditInput
    ) -> DecidePostAuditResult:
        command = input.to_command(info.context.actor)
        return PostAudit.of(
            await info.context.perform(
                appeals.decide_post_audit, command, citizen_evidence.PostAudit
            )
        )
