"""Survey rounds: what can be done."""

import strawberry

from congvu_kit.graph import mutation
from feedback_service.adapters.graphql.surveys.inputs import (
    CloseSurveyRoundInput,
    OpenSurveyRoundInput,
)
from feedback_service.adapters.graphql.surveys.types import SurveyRound
from feedback_service.application.surveys import commands


@strawberry.type
class SurveyMutation:
    open_survey_round = mutation(
        commands.open_survey_round,
        OpenSurveyRoundInput,
        SurveyRound,
        description="Begin a survey round: population, sample and the form's version are in the "
        "public log before anybody answers. Roles period-admin, review-board of the province.",
        result="The round, or why not.",
    )
    close_survey_round = mutation(
        commands.close_survey_round,
        CloseSurveyRoundInput,
        SurveyRound,
        description="End a survey round; the log tells how many answered. The same roles.",
        result="The round, or why not.",
    )
