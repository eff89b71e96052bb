"""Rating a person, and oneself."""

import strawberry

from congvu_kit.graph import (
    mutation,
)
from evaluation_service.adapters.graphql.results.inputs import (
    ScoreGeneralCriteriaInput,
    SelfAssessInput,
)
from evaluation_service.adapters.graphql.results.types import Evaluation
from evaluation_service.application.results import commands


@strawberry.type
class ResultMutation:
    score_general_criteria = mutation(
        commands.score_general_criteria,
        ScoreGeneralCriteriaInput,
        Evaluation,
        description="Rate a person's general criteria and whatever else the policy rates. Role "
        "manager or unit-head as in assignWork.",
    )
    self_assess = mutation(
        commands.self_assess,
        SelfAssessInput,
        Evaluation,
        description="Assess oneself; shown to the superior, moves no score. Role officer.",
    )
