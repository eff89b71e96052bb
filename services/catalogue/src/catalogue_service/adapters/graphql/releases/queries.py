"""Releases, asked for."""

from typing import Annotated

import strawberry

from catalogue_service.adapters.graphql.common.inputs import OneUnit, Province
from catalogue_service.adapters.graphql.products.types import CatalogueRelease
from catalogue_service.application.releases import queries
from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    Info,
    connection,
    page_size,
)


@strawberry.type
class ReleaseQuery:
    @strawberry.field(description="A release by its id. An unknown one is an error (C-I8).")
    async def catalogue_release(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
    ) -> CatalogueRelease:
        return CatalogueRelease.of(await queries.release(info.context.reading(), id))

    @strawberry.field(
        description="Releases of a province, or of one unit; those that take effect last first.",
        directives=PAGED,
    )
    async def catalogue_releases(
        self,
        info: Info,
        province: Province,
        unit_id: OneUnit = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[CatalogueRelease]:
        page = await queries.releases(
            info.context.reading(),
            province,
            unit_id,
            first=page_size(first),
            after=after,
        )
        return await connection(page, CatalogueRelease.of)
