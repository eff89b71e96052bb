"""Survey rounds, asked for by anybody."""

import strawberry

from congvu_kit.graph import found, listing
from feedback_service.adapters.graphql.surveys.types import SurveyRound
from feedback_service.application.surveys import queries


@strawberry.type
class SurveyQuery:
    survey_rounds = listing(
        queries.list_rounds,
        SurveyRound,
        description="Survey rounds of a unit and those below it, the latest first. For everybody.",
    )

    survey_round = found(
        queries.find_rounds, SurveyRound, description="One survey round, for everybody."
    )
