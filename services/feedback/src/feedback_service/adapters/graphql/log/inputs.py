"""What the review board sends about the public log."""

import strawberry

from congvu_kit.graph import CommandInput
from feedback_service.application.log import commands
from feedback_service.domain.log.entry import RedactionReason


@strawberry.input(description="Hide free text that shows a person.")
class RedactLogEntryInput(CommandInput):
    COMMAND = commands.RedactLogEntry

    sequence: int = strawberry.field(description="The entry's number.")
    fields: list[str] = strawberry.field(description="summary, answer or reason.")
    reason: RedactionReason = strawberry.field(description="Why; public.")
    legal_basis: str = strawberry.field(description="The clause; public.")


@strawberry.input(description="Sign the log as it is now.")
class PublishCheckpointInput(CommandInput):
    COMMAND = commands.PublishCheckpoint
