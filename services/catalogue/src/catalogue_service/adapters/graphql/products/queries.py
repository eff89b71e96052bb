"""Products and versions, asked for."""

from dataclasses import fields
from typing import Annotated

import strawberry

from catalogue_service.adapters.graphql.common.inputs import (
    AsOf,
    Code,
    OneUnit,
    Province,
    VersionId,
)
from catalogue_service.adapters.graphql.common.types import CatalogueFacets, FieldChange
from catalogue_service.adapters.graphql.products.inputs import (
    WorkProductFilter,
    WorkProductVersionFilter,
)
from catalogue_service.adapters.graphql.products.types import (
    WorkProduct,
    WorkProductVersion,
)
from catalogue_service.application.products import queries
from catalogue_service.domain.products.content import Content
from congvu_kit.domain.clock import business_date
from congvu_kit.graph import (
    After,
    Connection,
    First,
    Info,
    at_most,
    connection,
    costs,
    listing,
    page_size,
    paged,
)


@strawberry.type
class ProductQuery:
    @strawberry.field(
        description="A product by its code; null when there is none. `asOf` sets the day of its "
        "`version`."
    )
    async def work_product(self, info: Info, code: Code, as_of: AsOf = None) -> WorkProduct | None:
        product = await info.context.load(queries.find_products, code)
        return WorkProduct.of(product, as_of) if product else None

    @strawberry.field(
        description="Products in force on a day, in the order of their codes.",
        directives=paged(400),
    )
    async def work_products(
        self,
        info: Info,
        filter: Annotated[
            WorkProductFilter | None, strawberry.argument(description="Which products.")
        ] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[WorkProduct]:
        wanted = filter or WorkProductFilter()
        tx = info.context.reading()
        day = wanted.as_of or business_date(tx.now)
        listing = await queries.products_in_force(
            tx, wanted.to_domain(), day, first=page_size(first), after=after
        )
        for version in listing.versions:
            info.context.prime(queries.find_versions, version.id, version)
        return await connection(listing.page, lambda product: WorkProduct.of(product, day))

    work_product_versions = listing(
        queries.versions_in_work,
        WorkProductVersion,
        filter=WorkProductVersionFilter,
        description="Versions of your own province in any state, drafts included. Roles of the "
        "catalogue, unit-head and auditor.",
    )

    @strawberry.field(
        description="One version by its id, `code@number`. An unknown one is an error (C-I8)."
    )
    async def work_product_version(self, info: Info, id: VersionId) -> WorkProductVersion:
        found = await queries.readable_version(info.context.reading(), info.context.actor, id)
        return WorkProductVersion.of(found)

    @strawberry.field(
        description="What two versions of one product say differently.",
        directives=at_most(len(fields(Content))),
    )
    async def version_changes(
        self, info: Info, before: VersionId, after: VersionId
    ) -> list[FieldChange]:
        changes = await queries.version_changes(
            info.context.reading(), info.context.actor, before, after
        )
        return [FieldChange.of(each) for each in changes]

    @strawberry.field(
        description="Counts of a province's products, or of one unit's.", directives=costs(1_000)
    )
    async def catalogue_facets(
        self, info: Info, province: Province, unit_id: OneUnit = None
    ) -> CatalogueFacets:
        found = await queries.facets(info.context.reading(), province, unit_id)
        return CatalogueFacets.of(found)
