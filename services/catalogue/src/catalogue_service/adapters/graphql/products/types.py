"""Products, versions and releases as the graph shows them."""

from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, Self

import strawberry

from catalogue_service.adapters.graphql.common.inputs import AsOf
from catalogue_service.adapters.graphql.common.types import (
    HistoryStep,
    NearDuplicate,
    OrgUnit,
    unit_stub,
)
from catalogue_service.application.access import may_read_drafts
from catalogue_service.application.products import queries
from catalogue_service.application.releases.queries import find_releases
from catalogue_service.domain.common.kinds import (
    Complexity,
    DataSource,
    Group,
    KpiKind,
    Orientation,
)
from catalogue_service.domain.common.steps import STEPS_MAX
from catalogue_service.domain.products import versions, work_products
from catalogue_service.domain.products.checking import LIST_MAX_ITEMS
from catalogue_service.domain.products.completeness import missing
from catalogue_service.domain.products.content import UNIT_FIELDS, Content
from catalogue_service.domain.products.versions import VersionState
from catalogue_service.domain.products.work_products import ProductState
from catalogue_service.domain.releases import releases
from catalogue_service.domain.releases.releases import RELEASE_MAX_VERSIONS
from congvu_kit.domain.clock import business_date
from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    Info,
    at_most,
    by_name,
    connection,
    costs,
    page_of_ids,
    page_size,
)


@strawberry.federation.type(
    keys=["id"],
    description="One edition of a product: immutable once published.",
)
class WorkProductVersion:
    id: strawberry.ID = strawberry.field(description="`code@number`.")
    code: str = strawberry.field(description="The product's code.")
    number: int = strawberry.field(description="1, 2, 3 …")
    state: VersionState = strawberry.field(description="Where it stands.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")
    name_vi: str = strawberry.field(description="Name in Vietnamese.")
    name_en: str | None = strawberry.field(description="Name in English.")
    description: str | None = strawberry.field(description="What it is.")
    field: str | None = strawberry.field(description="Field of work.")
    unit_of_measure: str = strawberry.field(description="What one is.")
    complexity: Complexity = strawberry.field(description="Complexity group.")
    points: Decimal = strawberry.field(description="Points of one.")
    coefficient: Decimal = strawberry.field(
        description="Conversion coefficient: points / referencePoints, exactly."
    )
    reference_points: Decimal = strawberry.field(
        description="Points of the reference product when this was written."
    )
    standard_hours: Decimal | None = strawberry.field(description="Standard hours of one.")
    lead_days: int | None = strawberry.field(description="Working days to deliver one.")
    quality_criteria: list[str] = strawberry.field(
        description="Quality criteria.", directives=at_most(LIST_MAX_ITEMS)
    )
    evidence_required: list[str] = strawberry.field(
        description="Evidence required.", directives=at_most(LIST_MAX_ITEMS)
    )
    data_source: DataSource = strawberry.field(description="Source of the data.")
    orientation: Orientation | None = strawberry.field(
        description="Service orientation of the work."
    )
    kpi_kind: KpiKind | None = strawberry.field(description="KPI kind.")
    job_positions: list[str] = strawberry.field(
        description="Codes of positions.", directives=at_most(LIST_MAX_ITEMS)
    )
    legal_basis: str | None = strawberry.field(description="The legal basis.")
    procedure_code: str | None = strawberry.field(
        description="Administrative procedure, e.g. 1.001193."
    )
    effective_from: date | None = strawberry.field(description="First day in force.")
    effective_to: date | None = strawberry.field(description="First day no more in force.")
    decision_number: str | None = strawberry.field(description="Of the release.")
    content_hash: str = strawberry.field(description="SHA-256 of the content's canonical JSON.")
    aggregate: strawberry.Private[versions.WorkProductVersion]

    @classmethod
    def of(cls, aggregate: versions.WorkProductVersion) -> Self:
        # Any: the fields of the content have their names and types here too.
        content: dict[str, Any] = {
            each.name: getattr(aggregate.content, each.name) for each in fields(Content)
        }
        return cls(
            id=strawberry.ID(aggregate.id),
            code=aggregate.code,
            number=aggregate.number,
            state=aggregate.state,
            revision=aggregate.revision,
            effective_from=aggregate.effective_from,
            effective_to=aggregate.effective_to,
            decision_number=aggregate.decision_number,
            content_hash=aggregate.content_hash,
            aggregate=aggregate,
            **content,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        version = await info.context.load(queries.find_versions, id)
        return cls.of(version) if version else None

    @strawberry.field(description="The product this is a version of.")
    async def work_product(
        self, info: Info
    ) -> Annotated[
        "WorkProduct", strawberry.lazy("catalogue_service.adapters.graphql.products.types")
    ]:
        product = await info.context.load(queries.find_products, self.code)
        if product is None:
            raise LookupError(f"version {self.id!r} has no product")
        return WorkProduct.of(product)

    @strawberry.field(description="The release that put it in force.")
    async def release(
        self, info: Info
    ) -> (
        Annotated[
            "CatalogueRelease", strawberry.lazy("catalogue_service.adapters.graphql.products.types")
        ]
        | None
    ):
        if self.aggregate.release_id is None:
            return None
        release = await info.context.load(find_releases, self.aggregate.release_id)
        return CatalogueRelease.of(release) if release else None

    @strawberry.field(
        description="Everything that happened to it, in order.",
        directives=at_most(STEPS_MAX),
    )
    def history(self, info: Info) -> list[HistoryStep]:
        named = may_read_drafts(info.context.actor, self.aggregate.catalogue)
        return [HistoryStep.of(step, named=named) for step in self.aggregate.steps]

    @strawberry.field(
        description="What a submission still needs: SMART letter and field, `M:qualityCriteria`.",
        directives=at_most(len(UNIT_FIELDS)),
    )
    def missing(self) -> list[str]:
        return list(missing(self.aggregate.content))

    @strawberry.field(
        description="Products of the same list, or of the shared lists above it, whose names are "
        "almost the same. A warning, never a refusal.",
        directives=[*at_most(queries.SHOWN_MAX), *costs(80)],
    )
    async def near_duplicates(self, info: Info) -> list[NearDuplicate]:
        reading, actor = info.context.reading(), info.context.actor
        found = await queries.near_duplicates(reading, actor, self.aggregate)
        return [NearDuplicate.of(each) for each in found]


@strawberry.federation.type(keys=["id"], description="A standard work product.")
class WorkProduct:
    id: strawberry.ID = strawberry.field(description="The code.")
    code: str = strawberry.field(description="Unique in the whole country, for ever.")
    group: Group = strawberry.field(description="Catalogue group.")
    province: str = strawberry.field(
        description="Two digits; a ministry's code, as G09; 00 is a national list."
    )
    unit: OrgUnit | None = strawberry.field(description="Whose list it is, in group C.")
    name_vi: str = strawberry.field(description="Name in Vietnamese.")
    name_en: str | None = strawberry.field(description="Name in English.")
    field: str | None = strawberry.field(description="Field of work.")
    state: ProductState = strawberry.field(description="Where it stands as a whole.")
    revision: int = strawberry.field(description="Pass as expectedRevision when retiring.")
    replacement_code: str | None = strawberry.field(description="What replaces it once retired.")
    aggregate: strawberry.Private[work_products.WorkProduct]
    as_of: strawberry.Private[date | None]

    @classmethod
    def of(cls, aggregate: work_products.WorkProduct, as_of: date | None = None) -> Self:
        return cls(
            id=strawberry.ID(aggregate.id),
            code=aggregate.id,
            group=aggregate.catalogue.group,
            province=aggregate.catalogue.province,
            unit=unit_stub(aggregate.catalogue.unit_id),
            name_vi=aggregate.name_vi,
            name_en=aggregate.name_en,
            field=aggregate.field,
            state=aggregate.state,
            revision=aggregate.revision,
            replacement_code=aggregate.replacement_code,
            aggregate=aggregate,
            as_of=as_of,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        product = await info.context.load(queries.find_products, id)
        return cls.of(product) if product else None

    @strawberry.field(
        description="The version in force on `asOf`: a day, else the query's, else today in "
        "Vietnam. Null in a gap, never the latest instead."
    )
    async def version(self, info: Info, as_of: AsOf = None) -> WorkProductVersion | None:
        day = as_of or self.as_of or business_date(info.context.reading().now)
        id = self.aggregate.version_id_on(day)
        found = await info.context.load(queries.find_versions, id) if id is not None else None
        return WorkProductVersion.of(found) if found else None

    @strawberry.field(description="The newest version, drafts included for those who may see them.")
    async def latest_version(self, info: Info) -> WorkProductVersion | None:
        newest = await info.context.load(queries.find_latest_versions, self.aggregate)
        return WorkProductVersion.of(newest) if newest else None

    @strawberry.field(
        description="Every version, newest first; drafts for those who may see them: a page may "
        "be short.",
        directives=PAGED,
    )
    async def versions(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[WorkProductVersion]:
        page = await queries.history(
            info.context.reading(),
            info.context.actor,
            self.aggregate,
            first=page_size(first),
            after=after,
        )
        return await connection(page, WorkProductVersion.of)


@strawberry.federation.type(
    keys=["id"],
    description="A release: the versions that one decision put in force.",
)
class CatalogueRelease:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    province: str = strawberry.field(description="Whose lists.")
    unit: OrgUnit | None = strawberry.field(description="Whose list, in group C.")
    groups: list[Group] = strawberry.field(
        description="The groups its versions are of.", directives=at_most(len(Group))
    )
    decision_number: str = strawberry.field(description="Number of the decision.")
    effective_from: date = strawberry.field(description="First day in force.")
    version_count: int = strawberry.field(description="How many versions it holds.")
    version_ids: list[strawberry.ID] = strawberry.field(
        description="In their order; at most 500.", directives=at_most(RELEASE_MAX_VERSIONS)
    )
    content_hash: str = strawberry.field(
        description="SHA-256 over a line `id content-hash` for each version, in order."
    )
    published_at: datetime = strawberry.field(description="When, UTC.")

    @classmethod
    def of(cls, aggregate: releases.CatalogueRelease) -> Self:
        return by_name(
            cls,
            aggregate,
            unit=unit_stub(aggregate.unit_id),
            version_count=len(aggregate.version_ids),
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        release = await info.context.load(find_releases, id)
        return cls.of(release) if release else None

    @strawberry.field(description="The versions, in their order.", directives=PAGED)
    async def versions(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[WorkProductVersion]:
        page = await page_of_ids(
            self.version_ids, partial(info.context.load, queries.find_versions), first, after
        )
        return await connection(page, WorkProductVersion.of)
