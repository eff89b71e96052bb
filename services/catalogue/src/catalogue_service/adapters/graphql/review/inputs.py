"""The steps on one version, and on many."""

import strawberry

from catalogue_service.application.review import commands
from catalogue_service.application.review.commands import Opinion
from catalogue_service.domain.common.kinds import Group
from catalogue_service.domain.review.bulk import BulkStep
from congvu_kit.graph import (
    CommandInput,
    RevisedInput,
)


@strawberry.input
class VersionInput(RevisedInput):
    version_id: strawberry.ID = strawberry.field(description="Which version.")


@strawberry.input(description="A step on one version.")
class SubmitVersionInput(VersionInput):
    COMMAND = commands.SubmitVersion


@strawberry.input(description="Takes a submitted version back; it becomes a draft again.")
class WithdrawVersionInput(VersionInput):
    COMMAND = commands.WithdrawVersion

    reason: str | None = strawberry.field(default=None, description="Why.")


@strawberry.input(description="The professional check before approval.")
class AppraiseVersionInput(VersionInput):
    COMMAND = commands.AppraiseVersion

    opinion: Opinion = strawberry.field(
        default=Opinion.FAVOURABLE, description="What the appraiser says."
    )
    note: str | None = strawberry.field(default=None, description="Needed when changes are needed.")


@strawberry.input(description="Sends a version back to its editor.")
class RequestChangesInput(VersionInput):
    COMMAND = commands.RequestChanges

    reason: str = strawberry.field(description="What to change.")


@strawberry.input(description="The authority agrees.")
class ApproveVersionInput(VersionInput):
    COMMAND = commands.ApproveVersion

    note: str | None = strawberry.field(default=None, description="A remark for the history.")


@strawberry.input(description="The appraiser or the authority refuses.")
class RejectVersionInput(VersionInput):
    COMMAND = commands.RejectVersion

    reason: str = strawberry.field(description="Why.")


@strawberry.input(
    description="Every version of your province that waits for the step and meets all that is "
    "given. Without `preview` nothing is done."
)
class AdvanceVersionsInput(CommandInput):
    COMMAND = commands.AdvanceVersions

    step: BulkStep = strawberry.field(description="The step to take.")
    group: Group | None = strawberry.field(default=None, description="Group.")
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Unit.")
    note: str | None = strawberry.field(default=None, description="A remark for the histories.")
    preview: str | None = strawberry.field(
        default=None, description="Of the preview you saw; CONFLICT when anything moved since."
    )
