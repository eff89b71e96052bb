"""Survey rounds as the graph shows them."""

from datetime import date
from typing import Self

import strawberry

from congvu_kit.graph import at_most, by_name
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.indexes.types import OrgUnit
from feedback_service.application.surveys.queries import answers_of
from feedback_service.domain.submissions.submission import Channel
from feedback_service.domain.surveys import survey_round


@strawberry.type(description="A survey round: who is asked, how, and until when.")
class SurveyRound:
    aggregate: strawberry.Private[survey_round.SurveyRound]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    revision: int = strawberry.field(description="To be sent as expectedRevision.")
    unit: OrgUnit = strawberry.field(description="It asks about this unit and those below it.")
    name: str = strawberry.field(description="What it is called.")
    instrument_code: str = strawberry.field(description="The form that is asked with.")
    instrument_version: int = strawberry.field(description="Its version, from 1.")
    population: int = strawberry.field(description="Who might be asked.")
    sample: int = strawberry.field(description="Who is asked.")
    channels: list[Channel] = strawberry.field(
        description="How; sorted.", directives=at_most(len(Channel))
    )
    starts_on: date = strawberry.field(description="First day, in Vietnam.")
    ends_on: date = strawberry.field(description="Last day.")
    closed_on: date | None = strawberry.field(description="When it ended; null while it runs.")
    opened_sequence: int = strawberry.field(description="The entry of the log that opened it.")
    closed_sequence: int | None = strawberry.field(description="The one that tells what came.")

    @strawberry.field(
        description="Answers in it that the log has; of a closed one, when it was closed."
    )
    async def answered(self, info: Info) -> int | None:
        closed = self.aggregate.answered
        return await info.context.load(answers_of, self.aggregate) if closed is None else closed

    @classmethod
    def of(cls, aggregate: survey_round.SurveyRound) -> Self:
        return by_name(
            cls,
            aggregate,
            unit=OrgUnit(id=strawberry.ID(aggregate.unit_id)),
            instrument_code=aggregate.instrument.code,
            instrument_version=aggregate.instrument.version,
        )
