"""What somebody asks about their own data, and what the board answers."""

import strawberry

from congvu_kit.graph import CommandInput, RevisedInput
from feedback_service.adapters.graphql.common.inputs import TOKEN
from feedback_service.application.data_requests import commands
from feedback_service.domain.data_requests.data_request import DataRight, RefusalGround


@strawberry.input(description="A request about one's own personal data.")
class FileDataRequestInput(CommandInput):
    COMMAND = commands.FileDataRequest

    owner_id: strawberry.ID = strawberry.field(
        description="The submission or complaint that the data came with."
    )
    right: DataRight = strawberry.field(description="What is asked.")
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN)
    name: str | None = strawberry.field(
        default=None, description="With CORRECT: the right name; sealed."
    )
    contact: str | None = strawberry.field(
        default=None, description="With CORRECT: where one is reached; sealed."
    )


@strawberry.input(description="Granting or refusing a request.")
class AnswerDataRequestInput(RevisedInput):
    COMMAND = commands.AnswerDataRequest

    data_request_id: strawberry.ID = strawberry.field(description="The request.")
    refused_because: RefusalGround | None = strawberry.field(
        default=None, description="On which ground it is refused; nothing: granted."
    )
    reason: str = strawberry.field(description="Why, with the clause of law; public.")


@strawberry.input(description="Taking a request back, or letting a restriction end.")
class WithdrawDataRequestInput(RevisedInput):
    COMMAND = commands.WithdrawDataRequest

    data_request_id: strawberry.ID = strawberry.field(description="The request.")
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN)
