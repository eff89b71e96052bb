"""Acting in a stage, and delegating it."""

import strawberry

from congvu_kit.graph import mutation
from evaluation_service.adapters.graphql.results.types import Evaluation
from evaluation_service.adapters.graphql.stages.inputs import (
    DelegateStageInput,
    EndStageDelegationInput,
    PassStageInput,
)
from evaluation_service.adapters.graphql.stages.types import StageDelegation
from evaluation_service.application.stages import commands


@strawberry.type
class StageMutation:
    pass_stage = mutation(
        commands.pass_stage,
        PassStageInput,
        Evaluation,
        description="Act in the stage of a file that is open and yours, such as reviewing or "
        "accepting: own figures, or agreement. It closes the stage; nobody acts in "
        "two stages of one file (E-I4). Roles manager, unit-head.",
    )
    delegate_stage = mutation(
        commands.delegate_stage,
        DelegateStageInput,
        StageDelegation,
        description="Let another act in a stage until a day, by a numbered decision. By who has "
        "the stage (manager, unit-head), or period-admin.",
    )
    end_stage_delegation = mutation(
        commands.end_stage_delegation,
        EndStageDelegationInput,
        StageDelegation,
        description="End a delegation from today on; what was done under it stays. Role as in "
        "delegateStage.",
    )
