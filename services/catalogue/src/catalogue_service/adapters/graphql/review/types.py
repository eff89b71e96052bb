"""What became of many versions at one step."""

from typing import Self

import strawberry

from catalogue_service.application.review import commands
from catalogue_service.application.review.commands import Opinion
from catalogue_service.domain.review.bulk import BULK_MAX, BulkStep
from congvu_kit.application.rows import Refusal
from congvu_kit.graph import (
    Shown,
    at_most,
    describe,
    unquoted,
)

describe(
    Opinion,
    "What the appraiser says.",
    name="AppraisalOpinion",
    FAVOURABLE="Goes on to the authority.",
    CHANGES_NEEDED="Back to the editor; the note says why.",
)
describe(
    BulkStep,
    "The step to take with every version that matches.",
    SUBMIT="Submit drafts.",
    APPRAISE="Appraise favourably what was submitted.",
    APPROVE="Approve what was appraised.",
)


@strawberry.type(description="Why one version was left out.")
class BulkRefusal:
    code: str = strawberry.field(description="A ProblemCode.")
    rule_id: str | None = strawberry.field(description="The rule.")
    message_vi: str = strawberry.field(description="In Vietnamese.")
    message_en: str = strawberry.field(description="In English.")

    @classmethod
    def of(cls, refusal: Refusal) -> Self:
        return cls(
            code=refusal.code,
            rule_id=refusal.rule_id,
            message_vi=unquoted(refusal.vi),
            message_en=unquoted(refusal.en),
        )


@strawberry.type(description="What became, or would become, of one version.")
class BulkItem(Shown):
    SHOWS = commands.BulkItem

    version_id: strawberry.ID = strawberry.field(description="Which version.")
    code: str = strawberry.field(description="Its product's code.")
    name_vi: str = strawberry.field(description="Its name.")
    refusal: BulkRefusal | None = strawberry.field(description="Null when the step is taken.")


@strawberry.type(description="A preview, or what was done.")
class BulkReport(Shown):
    SHOWS = commands.BulkReport

    done: bool = strawberry.field(description="False in a preview.")
    preview: str = strawberry.field(description="Pass it back to do exactly this.")
    items: list[BulkItem] = strawberry.field(
        description="Up to 200 versions, by id.", directives=at_most(BULK_MAX)
    )
    more: bool = strawberry.field(description="More match; call again after this.")
