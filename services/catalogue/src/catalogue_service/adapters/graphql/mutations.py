"""The steps from a draft to a release, one mutation each."""

from typing import Annotated, TypeAlias

import strawberry

from catalogue_service.adapters.graphql.imports import ImportReport
from catalogue_service.adapters.graphql.inputs import (
    AppraiseVersionInput,
    ApproveVersionInput,
    DraftWorkProductInput,
    ImportWorkProductsInput,
    PublishReleaseInput,
    RejectVersionInput,
    RequestChangesInput,
    RetireWorkProductInput,
    ReviseWorkProductInput,
    SubmitVersionInput,
    WithdrawVersionInput,
)
from catalogue_service.adapters.graphql.types import (
    CatalogueRelease,
    WorkProduct,
    WorkProductVersion,
)
from catalogue_service.application import drafting, importing, releasing, review
from catalogue_service.domain import products, releases, versions
from congvu_kit.graph import Info, Problem

DraftWorkProductResult: TypeAlias = Annotated[
    WorkProductVersion | Problem, strawberry.union("DraftWorkProductResult")
]
ReviseWorkProductResult: TypeAlias = Annotated[
    WorkProductVersion | Problem, strawberry.union("ReviseWorkProductResult")
]
SubmitVersionResult: TypeAlias = Annotated[
    WorkProductVersion | Problem, strawberry.union("SubmitVersionResult")
]
WithdrawVersionResult: TypeAlias = Annotated[
    WorkProductVersion | Problem, strawberry.union("WithdrawVersionResult")
]
AppraiseVersionResult: TypeAlias = Annotated[
    WorkProductVersion | Problem, strawberry.union("AppraiseVersionResult")
]
RequestChangesResult: TypeAlias = Annotated[
    WorkProductVersion | Problem, strawberry.union("RequestChangesResult")
]
ApproveVersionResult: TypeAlias = Annotated[
    WorkProductVersion | Problem, strawberry.union("ApproveVersionResult")
]
RejectVersionResult: TypeAlias = Annotated[
    WorkProductVersion | Problem, strawberry.union("RejectVersionResult")
]
PublishReleaseResult: TypeAlias = Annotated[
    CatalogueRelease | Problem, strawberry.union("PublishReleaseResult")
]
RetireWorkProductResult: TypeAlias = Annotated[
    WorkProduct | Problem, strawberry.union("RetireWorkProductResult")
]
ImportWorkProductsResult: TypeAlias = Annotated[
    ImportReport | Problem, strawberry.union("ImportWorkProductsResult")
]


@strawberry.type
class StepMutation:
    @strawberry.mutation(
        description="A new product with its first draft (soạn thảo). Role catalogue-editor of the "
        "province or unit."
    )
    async def draft_work_product(
        self, info: Info, input: DraftWorkProductInput
    ) -> DraftWorkProductResult:
        command = drafting.DraftWorkProduct(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            group=input.group,
            province=input.province,
            unit_id=input.unit,
            code=input.code,
            content=input.content.to_draft(),
        )
        done = await info.context.perform(
            drafting.draft_work_product, command, versions.WorkProductVersion
        )
        return WorkProductVersion.of(done)

    @strawberry.mutation(
        description="Changes the open draft, or opens the next version; what is in force stays. "
        "Role catalogue-editor."
    )
    async def revise_work_product(
        self, info: Info, input: ReviseWorkProductInput
    ) -> ReviseWorkProductResult:
        command = drafting.ReviseWorkProduct(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            code=input.code,
            expected_revision=input.expected_revision,
            content=input.content.to_draft(),
            reason=input.reason,
        )
        done = await info.context.perform(
            drafting.revise_work_product, command, versions.WorkProductVersion
        )
        return WorkProductVersion.of(done)

    @strawberry.mutation(
        description="Asks for appraisal (trình); refused while anything SMART is missing. Role "
        "catalogue-editor."
    )
    async def submit_version(self, info: Info, input: SubmitVersionInput) -> SubmitVersionResult:
        command = review.SubmitVersion(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            version_id=str(input.version_id),
            expected_revision=input.expected_revision,
        )
        done = await info.context.perform(
            review.submit_version, command, versions.WorkProductVersion
        )
        return WorkProductVersion.of(done)

    @strawberry.mutation(
        description="Takes a submitted version back (rút lại). Role catalogue-editor."
    )
    async def withdraw_version(
        self, info: Info, input: WithdrawVersionInput
    ) -> WithdrawVersionResult:
        command = review.WithdrawVersion(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            version_id=str(input.version_id),
            expected_revision=input.expected_revision,
            reason=input.reason,
        )
        done = await info.context.perform(
            review.withdraw_version, command, versions.WorkProductVersion
        )
        return WorkProductVersion.of(done)

    @strawberry.mutation(
        description="The professional check (thẩm định). Role catalogue-appraiser, never an author."
    )
    async def appraise_version(
        self, info: Info, input: AppraiseVersionInput
    ) -> AppraiseVersionResult:
        command = review.AppraiseVersion(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            version_id=str(input.version_id),
            expected_revision=input.expected_revision,
            opinion=input.opinion,
            note=input.note,
        )
        done = await info.context.perform(
            review.appraise_version, command, versions.WorkProductVersion
        )
        return WorkProductVersion.of(done)

    @strawberry.mutation(
        description="Sends a version back with a reason (yêu cầu chỉnh sửa). Its appraiser or its "
        "authority."
    )
    async def request_changes(self, info: Info, input: RequestChangesInput) -> RequestChangesResult:
        command = review.RequestChanges(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            version_id=str(input.version_id),
            expected_revision=input.expected_revision,
            reason=input.reason,
        )
        done = await info.context.perform(
            review.request_changes, command, versions.WorkProductVersion
        )
        return WorkProductVersion.of(done)

    @strawberry.mutation(
        description="Agrees to an appraised version (phê duyệt). Groups A, B, D: "
        "steering-committee of the province; group C: unit-head of the unit; never an author or "
        "the appraiser."
    )
    async def approve_version(self, info: Info, input: ApproveVersionInput) -> ApproveVersionResult:
        command = review.ApproveVersion(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            version_id=str(input.version_id),
            expected_revision=input.expected_revision,
            note=input.note,
        )
        done = await info.context.perform(
            review.approve_version, command, versions.WorkProductVersion
        )
        return WorkProductVersion.of(done)

    @strawberry.mutation(
        description="Refuses a version with a reason (từ chối); what is in force stays. "
        "Its appraiser or its authority."
    )
    async def reject_version(self, info: Info, input: RejectVersionInput) -> RejectVersionResult:
        command = review.RejectVersion(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            version_id=str(input.version_id),
            expected_revision=input.expected_revision,
            reason=input.reason,
        )
        done = await info.context.perform(
            review.reject_version, command, versions.WorkProductVersion
        )
        return WorkProductVersion.of(done)

    @strawberry.mutation(
        description="Puts approved versions in force by one decision (ban hành), all or none. The "
        "authority, as for approveVersion."
    )
    async def publish_release(self, info: Info, input: PublishReleaseInput) -> PublishReleaseResult:
        command = releasing.PublishRelease(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            decision_number=input.decision_number,
            effective_from=input.effective_from,
            version_ids=tuple(str(id) for id in input.version_ids),
            province=input.province,
            unit_id=input.unit,
        )
        done = await info.context.perform(
            releasing.publish_release, command, releases.CatalogueRelease
        )
        return CatalogueRelease.of(done)

    @strawberry.mutation(
        description="Ends a product (bãi bỏ): nothing open uses it, or a replacement is named. The "
        "authority."
    )
    async def retire_work_product(
        self, info: Info, input: RetireWorkProductInput
    ) -> RetireWorkProductResult:
        command = releasing.RetireWorkProduct(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            code=input.code,
            expected_revision=input.expected_revision,
            effective_to=input.effective_to,
            decision_number=input.decision_number,
            reason=input.reason,
            replacement_code=input.replacement_code,
        )
        done = await info.context.perform(
            releasing.retire_work_product, command, products.WorkProduct
        )
        return WorkProduct.of(done)

    @strawberry.mutation(
        description="Drafts in bulk (nhập danh mục), told row by row; importing the same again "
        "changes nothing. Role catalogue-editor."
    )
    async def import_work_products(
        self, info: Info, input: ImportWorkProductsInput
    ) -> ImportWorkProductsResult:
        command = importing.ImportWorkProducts(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            province=input.province,
            unit_id=input.unit,
            rows=input.to_rows(),
            on_error=input.on_error,
            dry_run=input.dry_run,
        )
        done = await info.context.perform(
            importing.import_work_products, command, importing.ImportReport
        )
        return ImportReport.of(done)
