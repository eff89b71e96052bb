"""Products, versions and releases as the graph shows them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self, cast

import strawberry

from catalogue_service.adapters.graphql import enums  # noqa: F401 - describes them first
from catalogue_service.adapters.graphql.arguments import AsOf
from catalogue_service.adapters.graphql.parts import (
    HistoryStep,
    NearDuplicate,
    OrgUnit,
    unit_stub,
)
from catalogue_service.application import queries
from catalogue_service.application.collections import PRODUCTS, RELEASES, VERSIONS
from catalogue_service.application.similarity import near_duplicates
from catalogue_service.domain import products, releases, versions
from catalogue_service.domain.authority import may_read_drafts
from catalogue_service.domain.completeness import missing
from catalogue_service.domain.kinds import Complexity, DataSource, Group, KpiKind, Orientation
from catalogue_service.domain.products import ProductState
from catalogue_service.domain.versions import VersionState
from congvu_kit.domain.clock import business_date
from congvu_kit.graph import Info


@strawberry.federation.type(
    keys=["id"],
    description="One edition of a product (phiên bản): immutable once published.",
)
class WorkProductVersion:
    id: strawberry.ID = strawberry.field(description="`code@number`.")
    code: str = strawberry.field(description="The product's code (mã).")
    number: int = strawberry.field(description="1, 2, 3 …")
    state: VersionState = strawberry.field(description="Where it stands.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")
    name_vi: str = strawberry.field(description="Name in Vietnamese (tên).")
    name_en: str | None = strawberry.field(description="Name in English.")
    description: str | None = strawberry.field(description="What it is (mô tả).")
    field: str | None = strawberry.field(description="Field of work (lĩnh vực).")
    unit_of_measure: str = strawberry.field(description="What one is (đơn vị tính).")
    complexity: Complexity = strawberry.field(description="Complexity group (độ phức tạp).")
    points: Decimal = strawberry.field(description="Points of one (điểm).")
    coefficient: Decimal = strawberry.field(
        description="Conversion coefficient (hệ số quy đổi): points / referencePoints, exactly."
    )
    reference_points: Decimal = strawberry.field(
        description="Points of the reference product when this was written (sản phẩm chuẩn gốc)."
    )
    standard_hours: Decimal | None = strawberry.field(
        description="Standard hours of one (định mức thời gian)."
    )
    lead_days: int | None = strawberry.field(
        description="Working days to deliver one (thời hạn, ngày làm việc)."
    )
    quality_criteria: list[str] = strawberry.field(description="Tiêu chí chất lượng.")
    evidence_required: list[str] = strawberry.field(description="Minh chứng cần có.")
    data_source: DataSource = strawberry.field(description="Nguồn dữ liệu.")
    orientation: Orientation | None = strawberry.field(description="Định hướng phục vụ.")
    kpi_kind: KpiKind | None = strawberry.field(description="Loại KPI.")
    job_positions: list[str] = strawberry.field(description="Codes of positions (vị trí việc làm).")
    legal_basis: str | None = strawberry.field(description="Căn cứ pháp lý.")
    procedure_code: str | None = strawberry.field(
        description="Administrative procedure, e.g. 1.001193 (mã thủ tục hành chính)."
    )
    effective_from: date | None = strawberry.field(description="First day in force.")
    effective_to: date | None = strawberry.field(description="First day no more in force.")
    decision_number: str | None = strawberry.field(description="Of the release (số quyết định).")
    content_hash: str = strawberry.field(description="SHA-256 of the content's canonical JSON.")
    kept: strawberry.Private[versions.WorkProductVersion]

    @classmethod
    def of(cls, version: versions.WorkProductVersion) -> Self:
        said = version.content
        return cls(
            id=strawberry.ID(version.id),
            code=version.code,
            number=version.number,
            state=version.state,
            revision=version.rev,
            name_vi=said.name_vi,
            name_en=said.name_en,
            description=said.description,
            field=said.field,
            unit_of_measure=said.unit_of_measure,
            complexity=said.complexity,
            points=said.points,
            coefficient=said.coefficient,
            reference_points=said.reference_points,
            standard_hours=said.standard_hours,
            lead_days=said.lead_days,
            quality_criteria=list(said.quality_criteria),
            evidence_required=list(said.evidence_required),
            data_source=said.data_source,
            orientation=said.orientation,
            kpi_kind=said.kpi_kind,
            job_positions=list(said.job_positions),
            legal_basis=said.legal_basis,
            procedure_code=said.procedure_code,
            effective_from=version.effective_from,
            effective_to=version.effective_to,
            decision_number=version.decision_number,
            content_hash=version.content_hash,
            kept=version,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        version = await info.context.by_id(VERSIONS).load(str(id))
        if version is None or not queries.may_read(info.context.actor, version):
            return None
        return cls.of(version)

    @strawberry.field(description="The product this is a version of.")
    async def work_product(
        self, info: Info
    ) -> Annotated["WorkProduct", strawberry.lazy("catalogue_service.adapters.graphql.types")]:
        product = await info.context.by_id(PRODUCTS).load(self.code)
        if product is None:
            raise LookupError(f"version {self.id!r} has no product")
        return WorkProduct.of(product)

    @strawberry.field(description="The release that put it in force.")
    async def release(
        self, info: Info
    ) -> (
        Annotated["CatalogueRelease", strawberry.lazy("catalogue_service.adapters.graphql.types")]
        | None
    ):
        if self.kept.release_id is None:
            return None
        release = await info.context.by_id(RELEASES).load(self.kept.release_id)
        return CatalogueRelease.of(release) if release else None

    @strawberry.field(description="Everything that happened to it, in order (lịch sử).")
    def history(self, info: Info) -> list[HistoryStep]:
        named = may_read_drafts(info.context.actor, self.kept.catalogue)
        return [HistoryStep.of(step, named=named) for step in self.kept.steps]

    @strawberry.field(
        description="What a submission still needs: SMART letter and field, `M:qualityCriteria`."
    )
    def missing(self) -> list[str]:
        return list(missing(self.kept.content))

    @strawberry.field(
        description="Products of the same list, or of the shared lists above it, whose names are "
        "almost the same. A warning, never a refusal."
    )
    async def near_duplicates(self, info: Info) -> list[NearDuplicate]:
        found = await near_duplicates(info.context.reading(), info.context.actor, self.kept)
        return [
            NearDuplicate(code=each.code, name_vi=each.name_vi, similarity=each.similarity)
            for each in found
        ]


@strawberry.federation.type(
    keys=["id"], description="A standard work product (sản phẩm/công việc chuẩn)."
)
class WorkProduct:
    id: strawberry.ID = strawberry.field(description="The code.")
    code: str = strawberry.field(description="Unique in the whole country, for ever (mã).")
    group: Group = strawberry.field(description="Catalogue group (nhóm).")
    province: str = strawberry.field(description="Two digits; 00 is a national list.")
    unit: OrgUnit | None = strawberry.field(description="Whose list it is, in group C.")
    name_vi: str = strawberry.field(description="Name in Vietnamese (tên).")
    name_en: str | None = strawberry.field(description="Name in English.")
    field: str | None = strawberry.field(description="Field of work (lĩnh vực).")
    state: ProductState = strawberry.field(description="Where it stands as a whole.")
    revision: int = strawberry.field(description="Pass as expectedRevision when retiring.")
    replacement_code: str | None = strawberry.field(description="What replaces it once retired.")
    kept: strawberry.Private[products.WorkProduct]
    as_of: strawberry.Private[date | None]

    @classmethod
    def of(cls, product: products.WorkProduct, as_of: date | None = None) -> Self:
        return cls(
            id=strawberry.ID(product.id),
            code=product.id,
            group=product.catalogue.group,
            province=product.catalogue.province,
            unit=unit_stub(product.catalogue.unit_id),
            name_vi=product.name_vi,
            name_en=product.name_en,
            field=product.field,
            state=product.state,
            revision=product.rev,
            replacement_code=product.replacement_code,
            kept=product,
            as_of=as_of,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        product = await info.context.by_id(PRODUCTS).load(str(id))
        if product is None or not queries.may_read_product(info.context.actor, product):
            return None
        return cls.of(product)

    @strawberry.field(
        description="The version in force on `asOf`: a day, else the query's, else today in "
        "Vietnam. Null in a gap, never the latest instead."
    )
    async def version(self, info: Info, as_of: AsOf = None) -> WorkProductVersion | None:
        day = as_of or self.as_of or business_date(info.context.reading().now)
        id = self.kept.version_id_on(day)
        found = await info.context.by_id(VERSIONS).load(id) if id is not None else None
        return WorkProductVersion.of(found) if found else None

    @strawberry.field(description="The newest version, drafts included for those who may see them.")
    async def latest_version(self, info: Info) -> WorkProductVersion | None:
        newest = await info.context.by_id(VERSIONS).load(self.kept.last_version_id)
        if newest is not None and queries.may_read(info.context.actor, newest):
            return WorkProductVersion.of(newest)
        seen = await queries.history(info.context.reading(), info.context.actor, self.kept)
        return WorkProductVersion.of(seen[0]) if seen else None

    @strawberry.field(description="Every version, newest first; drafts for those who may see them.")
    async def versions(self, info: Info) -> list[WorkProductVersion]:
        seen = await queries.history(info.context.reading(), info.context.actor, self.kept)
        return [WorkProductVersion.of(each) for each in seen]


@strawberry.federation.type(
    keys=["id"],
    description="A release (bản phát hành): the versions that one decision put in force.",
)
class CatalogueRelease:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    province: str = strawberry.field(description="Whose lists.")
    unit: OrgUnit | None = strawberry.field(description="Whose list, in group C.")
    groups: list[Group] = strawberry.field(description="The groups its versions are of.")
    decision_number: str = strawberry.field(description="Số quyết định.")
    effective_from: date = strawberry.field(description="First day in force.")
    version_count: int = strawberry.field(description="How many versions it holds.")
    version_ids: list[strawberry.ID] = strawberry.field(description="In their order; at most 500.")
    content_hash: str = strawberry.field(
        description="SHA-256 over a line `id content-hash` for each version, in order."
    )
    published_at: datetime = strawberry.field(description="When, UTC.")

    @classmethod
    def of(cls, release: releases.CatalogueRelease) -> Self:
        return cls(
            id=strawberry.ID(release.id),
            province=release.province,
            unit=unit_stub(release.unit_id),
            groups=list(release.groups),
            decision_number=release.decision_number,
            effective_from=release.effective_from,
            version_count=len(release.version_ids),
            version_ids=[strawberry.ID(each) for each in release.version_ids],
            content_hash=release.content_hash,
            published_at=release.published_at,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        release = await info.context.by_id(RELEASES).load(str(id))
        return cls.of(release) if release else None

    @strawberry.field(description="The versions, in their order.")
    async def versions(self, info: Info) -> list[WorkProductVersion]:
        loaded = await info.context.by_id(VERSIONS).load_many([str(id) for id in self.version_ids])
        found = cast("list[versions.WorkProductVersion]", loaded)  # A release names what is there.
        return [WorkProductVersion.of(each) for each in found]
