"""One change of a feed as the graph shows it."""

import json
from datetime import datetime
from typing import Self

import strawberry

from congvu_kit.domain import feeds
from congvu_kit.domain.actor import Actor
from congvu_kit.graph.personal import personal


def payload_of(change: feeds.FeedChange) -> str:
    return json.dumps(change.payload, ensure_ascii=False, separators=(",", ":"))


def _other_than_the_reader(change: feeds.FeedChange, reader: Actor) -> str | None:
    about = change.civil_servant_id
    return None if about == reader.officer else about


@personal(of=_other_than_the_reader, public=("event_type", "province", "at"))
@strawberry.federation.type(
    shareable=True, description="One published event, as on the Kafka topic."
)
class Change:
    aggregate: strawberry.Private[feeds.FeedChange]
    event_type: str = strawberry.field(
        description="congvu.evaluation.evaluation.published.v1 and so on: the AsyncAPI document "
        "describes each."
    )
    province: str = strawberry.field(description="Whose it is.")
    at: datetime = strawberry.field(description="When it entered the feed, UTC.")
    payload: str = strawberry.field(
        description="The event's JSON, as on the topic but for what tells of persons whom it is "
        "not about."
    )

    @classmethod
    def of(cls, change: feeds.FeedChange) -> Self:
        return cls(
            aggregate=change,
            event_type=change.event_type,
            province=change.province,
            at=change.at,
            payload=payload_of(change),
        )
