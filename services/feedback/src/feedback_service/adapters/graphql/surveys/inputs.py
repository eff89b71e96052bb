"""What is sent about survey rounds."""

from datetime import date

import strawberry

from congvu_kit.graph import CommandInput, RevisedInput
from feedback_service.application.surveys import commands
from feedback_service.domain.submissions.submission import Channel


@strawberry.input(description="Begin a survey round.")
class OpenSurveyRoundInput(CommandInput):
    COMMAND = commands.OpenSurveyRound

    unit_id: strawberry.ID = strawberry.field(description="It asks about this unit and below.")
    name: str = strawberry.field(description="What it is called; public.")
    instrument_code: str = strawberry.field(
        description="The form: 1 to 40 capitals, digits, dots, dashes."
    )
    instrument_version: int = strawberry.field(description="Its version, from 1.")
    population: int = strawberry.field(description="How many might be asked.")
    sample: int = strawberry.field(description="How many are; not more.")
    channels: list[Channel] = strawberry.field(description="How they are asked.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date = strawberry.field(description="Last day.")


@strawberry.input(description="End a survey round.")
class CloseSurveyRoundInput(RevisedInput):
    COMMAND = commands.CloseSurveyRound

    round_id: strawberry.ID = strawberry.field(name="surveyRoundId", description="The round.")
