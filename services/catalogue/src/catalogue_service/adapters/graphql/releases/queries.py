"""Releases, asked for."""

from typing import Annotated

import strawberry

from catalogue_service.adapters.graphql.common.inputs import OneUnit, Province
from catalogue_service.adapters.graphql.products.types import CatalogueRelease
from catalogue_service.application.releases import queries
from congvu_kit.graph import (
    Info,
    listing,
)


@strawberry.type
class ReleaseQuery:
    @strawberry.field(description="A release by its id. An unknown one is an error (C-I8).")
    async def catalogue_release(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
    ) -> CatalogueRelease:
        return CatalogueRelease.of(await queries.release(info.context.reading(), id))

    catalogue_releases = listing(
        queries.releases,
        CatalogueRelease,
        arguments={"province": Province, "unit_id": OneUnit},
        description="Releases of a province, or of one unit; those that take effect last first.",
    )
