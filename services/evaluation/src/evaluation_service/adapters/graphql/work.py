"""Assigning, reporting, checking and rating, one mutation each."""

from typing import Annotated, TypeAlias

import strawberry

from congvu_kit.graph import Info, Problem
from evaluation_service.adapters.graphql.assignments import Assignment
from evaluation_service.adapters.graphql.evaluations import Evaluation
from evaluation_service.adapters.graphql.work_inputs import (
    AcceptWorkInput,
    AssignWorkInput,
    CancelAssignmentInput,
    ClaimObjectiveCauseInput,
    DecideObjectiveCauseInput,
    ReportWorkInput,
    ReturnWorkInput,
    ScoreGeneralCriteriaInput,
    SelfAssessInput,
)
from evaluation_service.application.results import commands as ratings
from evaluation_service.application.work import causes
from evaluation_service.application.work import commands as assignments
from evaluation_service.domain.results.evaluations import Evaluation as KeptEvaluation
from evaluation_service.domain.work.assignments import Assignment as KeptAssignment

AssignWorkResult: TypeAlias = Annotated[Assignment | Problem, strawberry.union("AssignWorkResult")]
ReportWorkResult: TypeAlias = Annotated[Assignment | Problem, strawberry.union("ReportWorkResult")]
AcceptWorkResult: TypeAlias = Annotated[Assignment | Problem, strawberry.union("AcceptWorkResult")]
ReturnWorkResult: TypeAlias = Annotated[Assignment | Problem, strawberry.union("ReturnWorkResult")]
CancelAssignmentResult: TypeAlias = Annotated[
    Assignment | Problem, strawberry.union("CancelAssignmentResult")
]
ClaimObjectiveCauseResult: TypeAlias = Annotated[
    Assignment | Problem, strawberry.union("ClaimObjectiveCauseResult")
]
DecideObjectiveCauseResult: TypeAlias = Annotated[
    Assignment | Problem, strawberry.union("DecideObjectiveCauseResult")
]
ScoreGeneralCriteriaResult: TypeAlias = Annotated[
    Evaluation | Problem, strawberry.union("ScoreGeneralCriteriaResult")
]
SelfAssessResult: TypeAlias = Annotated[Evaluation | Problem, strawberry.union("SelfAssessResult")]


@strawberry.type
class WorkMutation:
    @strawberry.mutation(
        description="Give work (giao việc); pins the catalogue version. Role manager or unit-head "
        "of the person's unit or one above, never for oneself."
    )
    async def assign_work(self, info: Info, input: AssignWorkInput) -> AssignWorkResult:
        command = input.to_command(info.context.actor)
        return Assignment.of(
            await info.context.perform(assignments.assign_work, command, KeptAssignment)
        )

    @strawberry.mutation(description="Report own work (báo cáo kết quả). Role officer.")
    async def report_work(self, info: Info, input: ReportWorkInput) -> ReportWorkResult:
        command = input.to_command(info.context.actor)
        return Assignment.of(
            await info.context.perform(assignments.report_work, command, KeptAssignment)
        )

    @strawberry.mutation(
        description="Accept reported work (nghiệm thu). Role manager or unit-head as in assignWork."
    )
    async def accept_work(self, info: Info, input: AcceptWorkInput) -> AcceptWorkResult:
        command = input.to_command(info.context.actor)
        return Assignment.of(
            await info.context.perform(assignments.accept_work, command, KeptAssignment)
        )

    @strawberry.mutation(
        description="Send reported work back (trả lại): one quality failure. Role as in acceptWork."
    )
    async def return_work(self, info: Info, input: ReturnWorkInput) -> ReturnWorkResult:
        command = input.to_command(info.context.actor)
        return Assignment.of(
            await info.context.perform(assignments.return_work, command, KeptAssignment)
        )

    @strawberry.mutation(description="Take back work that has not begun. Role as in assignWork.")
    async def cancel_assignment(
        self, info: Info, input: CancelAssignmentInput
    ) -> CancelAssignmentResult:
        command = input.to_command(info.context.actor)
        return Assignment.of(
            await info.context.perform(assignments.cancel_assignment, command, KeptAssignment)
        )

    @strawberry.mutation(
        description="Claim an objective cause for own work (nguyên nhân khách quan). Role officer."
    )
    async def claim_objective_cause(
        self, info: Info, input: ClaimObjectiveCauseInput
    ) -> ClaimObjectiveCauseResult:
        command = input.to_command(info.context.actor)
        return Assignment.of(
            await info.context.perform(causes.claim_objective_cause, command, KeptAssignment)
        )

    @strawberry.mutation(
        description="Confirm or refuse an objective cause; never the claimant (E-I12). Role "
        "manager or unit-head as in acceptWork."
    )
    async def decide_objective_cause(
        self, info: Info, input: DecideObjectiveCauseInput
    ) -> DecideObjectiveCauseResult:
        command = input.to_command(info.context.actor)
        return Assignment.of(
            await info.context.perform(causes.decide_objective_cause, command, KeptAssignment)
        )

    @strawberry.mutation(
        description="Rate a person's general criteria and whatever else the policy rates (chấm "
        "tiêu chí chung). Role manager or unit-head as in assignWork."
    )
    async def score_general_criteria(
        self, info: Info, input: ScoreGeneralCriteriaInput
    ) -> ScoreGeneralCriteriaResult:
        command = input.to_command(info.context.actor)
        kept = await info.context.perform(ratings.score_general_criteria, command, KeptEvaluation)
        return await Evaluation.of(info, kept)

    @strawberry.mutation(
        description="Assess oneself (tự đánh giá); shown to the superior, moves no score. "
        "Role officer."
    )
    async def self_assess(self, info: Info, input: SelfAssessInput) -> SelfAssessResult:
        command = input.to_command(info.context.actor)
        kept = await info.context.perform(ratings.self_assess, command, KeptEvaluation)
        return await Evaluation.of(info, kept)
