"""Many versions at one step, in the graph."""

from typing import Annotated, Self, TypeAlias

import strawberry

from catalogue_service.adapters.graphql import enums  # noqa: F401 - describes them first
from catalogue_service.adapters.graphql.inputs import KEY
from catalogue_service.application import bulk
from catalogue_service.application.bulk import BulkStep
from catalogue_service.domain.kinds import Group
from congvu_kit.graph import Info, Problem


@strawberry.type(description="Why one version was left out.")
class BulkRefusal:
    code: str = strawberry.field(description="A ProblemCode.")
    rule_id: str | None = strawberry.field(description="The rule.")
    message_vi: str = strawberry.field(description="In Vietnamese.")
    message_en: str = strawberry.field(description="In English.")


@strawberry.type(description="What became, or would become, of one version.")
class BulkItem:
    version_id: strawberry.ID = strawberry.field(description="Which version.")
    code: str = strawberry.field(description="Its product's code.")
    name_vi: str = strawberry.field(description="Its name.")
    refusal: BulkRefusal | None = strawberry.field(description="Null when the step is taken.")

    @classmethod
    def of(cls, item: bulk.BulkItem) -> Self:
        why = item.refusal
        refusal = None
        if why is not None:
            refusal = BulkRefusal(
                code=why.code,
                rule_id=why.rule_id,
                message_vi=why.message_vi,
                message_en=why.message_en,
            )
        return cls(
            version_id=strawberry.ID(item.version_id),
            code=item.code,
            name_vi=item.name_vi,
            refusal=refusal,
        )


@strawberry.type(description="A preview, or what was done.")
class BulkReport:
    done: bool = strawberry.field(description="False in a preview.")
    preview: str = strawberry.field(description="Pass it back to do exactly this.")
    items: list[BulkItem] = strawberry.field(description="Up to 200 versions, by id.")
    more: bool = strawberry.field(description="More match; call again after this.")

    @classmethod
    def of(cls, report: bulk.BulkReport) -> Self:
        return cls(
            done=report.done,
            preview=report.preview,
            items=[BulkItem.of(each) for each in report.items],
            more=report.more,
        )


@strawberry.input(
    description="Every version of your province that waits for the step and meets all that is "
    "given. Without `preview` nothing is done."
)
class AdvanceVersionsInput:
    idempotency_key: str = strawberry.field(description=KEY)
    step: BulkStep = strawberry.field(description="The step to take.")
    group: Group | None = strawberry.field(default=None, description="Nhóm.")
    unit: strawberry.ID | None = strawberry.field(default=None, description="Đơn vị.")
    note: str | None = strawberry.field(default=None, description="A remark for the histories.")
    preview: str | None = strawberry.field(
        default=None, description="Of the preview you saw; CONFLICT when anything moved since."
    )


AdvanceVersionsResult: TypeAlias = Annotated[
    BulkReport | Problem, strawberry.union("AdvanceVersionsResult")
]


@strawberry.type
class BulkMutation:
    @strawberry.mutation(
        description="Submits, appraises or approves many versions by filter: a preview first, then "
        "exactly that. Each version meets the rules of the single step."
    )
    async def advance_versions(
        self, info: Info, input: AdvanceVersionsInput
    ) -> AdvanceVersionsResult:
        command = bulk.AdvanceVersions(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            step=input.step,
            group=input.group,
            unit_id=input.unit,
            note=input.note,
            preview=input.preview,
        )
        done = await info.context.perform(bulk.advance_versions, command, bulk.BulkReport)
        return BulkReport.of(done)
