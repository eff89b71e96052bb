"""The public log. Each mutation is one use case of the office."""

import strawberry

from feedback_service.adapters.graphql.context import Info, perform
from feedback_service.adapters.graphql.log_types import (
    LogCheckpoint,
    PublicLogEntry,
    PublishCheckpointInput,
    PublishCheckpointResult,
    RedactLogEntryInput,
    RedactLogEntryResult,
)
from feedback_service.domain import checkpoints, public_log


@strawberry.type(description="The public log.")
class LogMutations:
    @strawberry.mutation(
        description="Hide free text that shows a person, with a public tombstone (F-I7); review "
        "board."
    )
    async def redact_log_entry(
        self, info: Info, input: RedactLogEntryInput
    ) -> RedactLogEntryResult:
        done = await perform(
            info,
            info.context.office.public_log.redact_log_entry,
            input.command(info),
            public_log.LogEntry,
        )
        return PublicLogEntry.of(done)

    @strawberry.mutation(
        description="Sign the log now instead of with the daily checkpoint; review board, period "
        "admin."
    )
    async def publish_checkpoint(
        self, info: Info, input: PublishCheckpointInput
    ) -> PublishCheckpointResult:
        done = await perform(
            info,
            info.context.office.public_log.publish_checkpoint,
            input.command(info),
            checkpoints.Checkpoint,
        )
        return LogCheckpoint.of(done)
