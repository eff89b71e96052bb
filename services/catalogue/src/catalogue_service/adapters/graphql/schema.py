"""The catalogue's subgraph: what can be asked, and what can be done."""

from typing import Annotated

import strawberry

from catalogue_service.adapters.graphql.adjustments import AdjustmentMutation, AdjustmentQuery
from catalogue_service.adapters.graphql.arguments import (
    After,
    AsOf,
    Code,
    First,
    OneUnit,
    Province,
    VersionId,
)
from catalogue_service.adapters.graphql.bulk import BulkMutation
from catalogue_service.adapters.graphql.feed import FeedQuery
from catalogue_service.adapters.graphql.filters import WorkProductFilter, WorkProductVersionFilter
from catalogue_service.adapters.graphql.imports import ImportQuery
from catalogue_service.adapters.graphql.mutations import StepMutation
from catalogue_service.adapters.graphql.parts import FieldChange
from catalogue_service.adapters.graphql.policy import PolicyMutation, PolicyQuery
from catalogue_service.adapters.graphql.proposals import ProposalMutation, ProposalQuery
from catalogue_service.adapters.graphql.types import (
    CatalogueRelease,
    WorkProduct,
    WorkProductVersion,
)
from catalogue_service.application import queries
from catalogue_service.application.collections import PRODUCTS, VERSIONS
from catalogue_service.application.listing import products_in_force
from congvu_kit.domain.clock import business_date
from congvu_kit.graph import Connection, Info, connection, make_schema, page_size


@strawberry.type
class ProductQuery:
    @strawberry.field(
        description="A product by its code (mã); null when there is none. `asOf` sets the day of "
        "its `version`."
    )
    async def work_product(self, info: Info, code: Code, as_of: AsOf = None) -> WorkProduct | None:
        product = await info.context.by_id(PRODUCTS).load(code)
        if product is None or not queries.may_read_product(info.context.actor, product):
            return None
        return WorkProduct.of(product, as_of)

    @strawberry.field(description="Products in force on a day, in the order of their codes.")
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
        listing = await products_in_force(
            tx, wanted.to_domain(), day, first=page_size(first), after=after
        )
        for version in listing.versions:
            info.context.by_id(VERSIONS).prime(version.id, version)
        return await connection(listing.page, lambda product: WorkProduct.of(product, day))

    @strawberry.field(
        description="Versions of your own province in any state, drafts included. Roles of the "
        "catalogue, unit-head and auditor."
    )
    async def work_product_versions(
        self,
        info: Info,
        filter: Annotated[
            WorkProductVersionFilter | None, strawberry.argument(description="Which versions.")
        ] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[WorkProductVersion]:
        wanted = (filter or WorkProductVersionFilter()).to_domain()
        page = await queries.versions_in_work(
            info.context.reading(), info.context.actor, wanted, first=page_size(first), after=after
        )
        return await connection(page, WorkProductVersion.of)

    @strawberry.field(
        description="One version by its id, `code@number`. An unknown one is an error (C-I8)."
    )
    async def work_product_version(self, info: Info, id: VersionId) -> WorkProductVersion:
        found = await queries.readable_version(info.context.reading(), info.context.actor, str(id))
        return WorkProductVersion.of(found)

    @strawberry.field(description="What two versions of one product say differently.")
    async def version_changes(
        self, info: Info, before: VersionId, after: VersionId
    ) -> list[FieldChange]:
        changes = await queries.version_changes(
            info.context.reading(), info.context.actor, str(before), str(after)
        )
        return [FieldChange.of(each) for each in changes]

    @strawberry.field(description="A release by its id. An unknown one is an error (C-I8).")
    async def catalogue_release(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
    ) -> CatalogueRelease:
        return CatalogueRelease.of(await queries.release(info.context.reading(), str(id)))

    @strawberry.field(
        description="Releases of a province, or of one unit; those that take effect last first."
    )
    async def catalogue_releases(
        self,
        info: Info,
        province: Province,
        unit: OneUnit = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[CatalogueRelease]:
        page = await queries.releases(
            info.context.reading(),
            province,
            None if unit is None else str(unit),
            first=page_size(first),
            after=after,
        )
        return await connection(page, CatalogueRelease.of)


@strawberry.type(name="Query")
class CatalogueQuery(
    ProductQuery, FeedQuery, AdjustmentQuery, ProposalQuery, PolicyQuery, ImportQuery
):
    """Everything that can be asked."""


@strawberry.type(name="Mutation")
class CatalogueMutation(
    StepMutation, BulkMutation, AdjustmentMutation, ProposalMutation, PolicyMutation
):
    """Everything that can be done."""


schema = make_schema(query=CatalogueQuery, mutation=CatalogueMutation)
