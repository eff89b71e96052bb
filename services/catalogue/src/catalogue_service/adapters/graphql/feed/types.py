"""One change of the feed as the graph shows it."""

from datetime import datetime
from typing import Self

import strawberry

from catalogue_service.adapters.graphql.products.types import WorkProductVersion
from catalogue_service.application.products.queries import find_versions
from congvu_kit.domain.feeds import FeedChange
from congvu_kit.graph import Info, payload_of


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
    def of(cls, change: FeedChange) -> Self:
        code, version_id = change.payload.get("code"), change.payload.get("version_id")
        return cls(
            event_type=change.event_type,
            code=str(code) if code else None,
            tombstone=".retired." in change.event_type,
            province=change.province,
            at=change.at,
            payload=payload_of(change),
            version_id=str(version_id) if version_id else None,
        )

    @strawberry.field(description="The version it is about, as it is now.")
    async def version(self, info: Info) -> WorkProductVersion | None:
        if self.version_id is None:
            return None
        version = await info.context.load(find_versions, self.version_id)
        return WorkProductVersion.of(version) if version else None
