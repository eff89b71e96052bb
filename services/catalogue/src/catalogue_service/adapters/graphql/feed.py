"""The feed of changes and the facets, in the graph."""

import json
from datetime import datetime
from typing import Annotated, Self

import strawberry

from catalogue_service.adapters.graphql.arguments import After, First, OneUnit, Province
from catalogue_service.adapters.graphql.parts import OrgUnit, unit_stub
from catalogue_service.adapters.graphql.types import WorkProductVersion
from catalogue_service.application import feed, queries
from catalogue_service.application.collections import VERSIONS
from catalogue_service.domain.feed import Change
from catalogue_service.domain.kinds import Group
from congvu_kit.graph import Connection, Edge, Info, PageInfo, page_size


@strawberry.type(description="One published event, as on the Kafka topic.")
class CatalogueChange:
    event_type: str = strawberry.field(
        description="congvu.catalogue.work_product.published.v1 and so on."
    )
    code: str | None = strawberry.field(description="The product; null for a release.")
    tombstone: bool = strawberry.field(
        description="True when the product is retired: keep its code, assign nothing more of it."
    )
    province: str = strawberry.field(description="Whose list.")
    at: datetime = strawberry.field(description="When it entered the feed, UTC.")
    payload: str = strawberry.field(description="The event's JSON, as on the topic.")
    version_id: strawberry.Private[str | None]

    @classmethod
    def of(cls, change: Change) -> Self:
        code, version_id = change.payload.get("code"), change.payload.get("version_id")
        return cls(
            event_type=change.event_type,
            code=str(code) if code else None,
            tombstone=change.is_tombstone,
            province=change.province,
            at=change.at,
            payload=json.dumps(change.payload, ensure_ascii=False, separators=(",", ":")),
            version_id=str(version_id) if version_id else None,
        )

    @strawberry.field(description="The version it is about, as it is now.")
    async def version(self, info: Info) -> WorkProductVersion | None:
        if self.version_id is None:
            return None
        version = await info.context.by_id(VERSIONS).load(self.version_id)
        return WorkProductVersion.of(version) if version else None


@strawberry.type(description="Products of one group.")
class GroupCount:
    group: Group = strawberry.field(description="Nhóm.")
    products: int = strawberry.field(description="How many.")


@strawberry.type(description="Products of one field.")
class FieldCount:
    field: str | None = strawberry.field(description="Lĩnh vực; null where none is named.")
    products: int = strawberry.field(description="How many.")


@strawberry.type(description="Products of one unit's list.")
class UnitCount:
    unit: OrgUnit | None = strawberry.field(description="Đơn vị.")
    products: int = strawberry.field(description="How many.")


@strawberry.type(description="Published products that are not retired, counted three ways.")
class CatalogueFacets:
    groups: list[GroupCount] = strawberry.field(description="By group.")
    fields: list[FieldCount] = strawberry.field(description="By field, most first.")
    units: list[UnitCount] = strawberry.field(description="By unit, most first; group C only.")

    @classmethod
    def of(cls, facets: queries.Facets) -> Self:
        by_field = sorted(facets.fields.items(), key=lambda each: (-each[1], each[0] or ""))
        by_unit = sorted(facets.units.items(), key=lambda each: (-each[1], each[0]))
        return cls(
            groups=[GroupCount(group=g, products=n) for g, n in sorted(facets.groups.items())],
            fields=[FieldCount(field=name, products=n) for name, n in by_field],
            units=[UnitCount(unit=unit_stub(id), products=n) for id, n in by_unit],
        )


@strawberry.type
class FeedQuery:
    @strawberry.field(
        description="What was published, superseded, retired, released or adjusted since `after`, "
        "oldest first: the same stream as the events. endCursor is always there: keep it for the "
        "next call. With a province, its changes and the national ones: a page may be short."
    )
    async def catalogue_changes(
        self,
        info: Info,
        after: After = None,
        first: First = 100,
        province: Annotated[
            str | None, strawberry.argument(description="Two digits. Default: all provinces.")
        ] = None,
    ) -> Connection[CatalogueChange]:
        changes = await feed.catalogue_changes(
            info.context.reading(), province, first=page_size(first), after=after
        )
        return Connection(
            edges=[Edge(node=CatalogueChange.of(each), cursor=each.id) for each in changes.items],
            page_info=PageInfo(has_next_page=changes.has_next, end_cursor=changes.cursor),
        )

    @strawberry.field(description="Counts of a province's products, or of one unit's.")
    async def catalogue_facets(
        self, info: Info, province: Province, unit: OneUnit = None
    ) -> CatalogueFacets:
        found = await queries.facets(
            info.context.reading(), province, None if unit is None else str(unit)
        )
        return CatalogueFacets.of(found)
