"""The public log: what can be done with it."""

import strawberry

from congvu_kit.graph import mutation
from feedback_service.adapters.graphql.log.inputs import (
    PublishCheckpointInput,
    RedactLogEntryInput,
)
from feedback_service.adapters.graphql.log.types import LogCheckpoint, PublicLogEntry
from feedback_service.application.log import commands


@strawberry.type
class LogMutation:
    redact_log_entry = mutation(
        commands.redact_log_entry,
        RedactLogEntryInput,
        PublicLogEntry,
        description="Hide free text that shows a person, with a public tombstone (F-I7); review "
        "board.",
        result="The entry, its fields hidden.",
    )
    publish_checkpoint = mutation(
        commands.publish_checkpoint,
        PublishCheckpointInput,
        LogCheckpoint,
        description="Sign the log now instead of with the daily checkpoint; review board, period"
        " admin.",
        result="The checkpoint, or why not.",
    )
