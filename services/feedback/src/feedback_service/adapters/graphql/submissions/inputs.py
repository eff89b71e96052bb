"""What callers send with a rating, a suggestion or praise."""

from datetime import date

import strawberry

from congvu_kit.graph import ROW, CommandInput, ValueInput
from feedback_service.adapters.graphql.common.inputs import TOKEN
from feedback_service.application.submissions import bulk, commands, erasures, visits
from feedback_service.application.submissions.bulk import FeedbackKind
from feedback_service.domain.submissions.submission import (
    Answer,
    Channel,
    Driver,
    Kind,
    SubmitterType,
)


@strawberry.input(description="A rating of how a dossier was handled.")
class SubmitSatisfactionInput(CommandInput):
    COMMAND = commands.SubmitSatisfaction

    dossier_code: str = strawberry.field(description="The dossier's code.")
    rating_code: str = strawberry.field(
        description="The dossier's rating code: 32 lower-case hexadecimal digits, which the "
        "portal gave to who handed the dossier in."
    )
    answer: Answer = strawberry.field(description="One of the five steps.")
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN)
    submitter_type: SubmitterType = strawberry.field(
        default=SubmitterType.CITIZEN, description="Citizen or business."
    )
    channel: Channel = strawberry.field(default=Channel.PORTAL, description="How it reached us.")
    drivers: list[Driver] = strawberry.field(
        default_factory=list, description="What the answer was about."
    )
    comment: str | None = strawberry.field(
        default=None, description="Words for the unit's management, kept private."
    )
    answered_on: date | None = strawberry.field(
        default=None, description="From a portal that collected the answer earlier; else today."
    )
    round_id: strawberry.ID | None = strawberry.field(
        name="surveyRoundId", default=None, description="The survey round that asked for it."
    )


@strawberry.input(description="A rating of a visit to a unit, or of a procedure there.")
class RateServiceInput(CommandInput):
    COMMAND = visits.RateService

    kind: Kind = strawberry.field(description="VISIT or PROCEDURE.")
    unit_id: strawberry.ID = strawberry.field(description="The unit.")
    answer: Answer = strawberry.field(description="One of the five steps.")
    procedure_code: str | None = strawberry.field(
        default=None, description="Of a PROCEDURE: its code."
    )
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN)
    submitter_type: SubmitterType = strawberry.field(
        default=SubmitterType.CITIZEN, description="Citizen or business."
    )
    channel: Channel = strawberry.field(default=Channel.PORTAL, description="How it reached us.")
    drivers: list[Driver] = strawberry.field(
        default_factory=list, description="What the answer was about."
    )
    comment: str | None = strawberry.field(
        default=None, description="Words for the unit's management, kept private."
    )
    answered_on: date | None = strawberry.field(
        default=None, description="From a portal that collected the answer earlier; else today."
    )
    round_id: strawberry.ID | None = strawberry.field(
        name="surveyRoundId", default=None, description="The survey round that asked for it."
    )


@strawberry.input(description="A suggestion or praise for a unit.")
class SubmitSuggestionInput(CommandInput):
    COMMAND = commands.SubmitSuggestion

    unit_id: strawberry.ID = strawberry.field(description="The unit.")
    kind: Kind = strawberry.field(description="SUGGESTION or PRAISE.")
    text: str = strawberry.field(description="At most 4000 characters, kept private.")
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN)
    submitter_type: SubmitterType = strawberry.field(
        default=SubmitterType.CITIZEN, description="Citizen or business."
    )
    channel: Channel = strawberry.field(default=Channel.PORTAL, description="How it reached us.")


@strawberry.input(description="Destroy the private part of a submission or complaint.")
class ErasePrivateDataInput(CommandInput):
    COMMAND = erasures.ErasePrivateData

    owner_id: strawberry.ID = strawberry.field(description="The submission or complaint.")
    legal_basis: str = strawberry.field(description="Why, with the clause; public.")
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN)


@strawberry.input(
    description="What one person said, as it was written down. SATISFACTION needs dossierCode, "
    "ratingCode, answer; VISIT unitId and answer, PROCEDURE also procedureCode; COMPLAINT "
    "text, and dossierCode or unitId; SUGGESTION and PRAISE unitId "
    "and text. What its kind has not is refused.",
    directives=ROW,
)
class FeedbackRowInput(ValueInput):
    VALUE = bulk.FeedbackRow

    kind: FeedbackKind = strawberry.field(description="What it is.")
    channel: Channel = strawberry.field(description="How it reached the office.")
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN)
    submitter_type: SubmitterType = strawberry.field(
        default=SubmitterType.CITIZEN, description="Citizen or business."
    )
    dossier_code: str | None = strawberry.field(default=None, description="The dossier.")
    rating_code: str | None = strawberry.field(default=None, description="Of the dossier.")
    answer: Answer | None = strawberry.field(default=None, description="One of the five steps.")
    drivers: list[Driver] = strawberry.field(
        default_factory=list, description="What the answer was about."
    )
    answered_on: date | None = strawberry.field(
        default=None, description="The day it was said; default: today."
    )
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="The unit.")
    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="The person complained of; default: who handled the dossier."
    )
    text: str | None = strawberry.field(
        default=None, description="In words; at most 4000 characters, private."
    )
    name: str | None = strawberry.field(default=None, description="Who complains; sealed.")
    contact: str | None = strawberry.field(default=None, description="How to reach them; sealed.")
    procedure_code: str | None = strawberry.field(
        default=None, description="Of a PROCEDURE: its code."
    )
    round_id: strawberry.ID | None = strawberry.field(
        name="surveyRoundId", default=None, description="The survey round that asked for it."
    )


@strawberry.input(description="What was collected on paper, by telephone or at a meeting.")
class SubmitFeedbackBulkInput(CommandInput):
    COMMAND = bulk.SubmitFeedbackBulk

    rows: list[FeedbackRowInput] = strawberry.field(
        description="1 to 200; each is taken or refused on its own."
    )
    dry_run: bool = strawberry.field(
        default=False, description="Only say what would become of each."
    )
