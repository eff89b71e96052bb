"""Requests about personal data, as the graph shows them."""

from datetime import date
from typing import Self

import strawberry

from congvu_kit.graph import Shown, at_most, by_name, describe, personal
from feedback_service.adapters.graphql.common.types import whoever_wrote
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.indexes.types import OrgUnit
from feedback_service.application.data_requests import queries
from feedback_service.domain.data_requests import data_request
from feedback_service.domain.data_requests.data_request import (
    DataRequestState,
    DataRight,
    RefusalGround,
)

VALUES_MAX = 60
"""More than a complaint with its disputes and requests can hold."""

describe(
    DataRight,
    "What the person asks whose data it is (Law No. 91/2025/QH15, article and clause not known).",
    SEE="To see what is kept.",
    CORRECT="To put name or contact right.",
    ERASE="To erase it for good.",
    OBJECT="That it is not used: nobody else reads it.",
    RESTRICT="That it is not used for now: nobody else reads it until this ends.",
)
describe(
    DataRequestState,
    "Where a request stands.",
    RECEIVED="It waits for an answer.",
    GRANTED="Granted and carried out.",
    REFUSED="Refused on a ground of the law.",
    WITHDRAWN="Taken back by who asked.",
)
describe(
    RefusalGround,
    "On which ground a request is refused.",
    LEGAL_DUTY="A law has it kept or used.",
    ONGOING_CASE="A case that it is evidence of runs.",
    THIRD_PARTY="It would harm another person's rights.",
    NATIONAL_SECURITY="Defence, security or public order.",
    NOTHING_KEPT="Nothing of the kind is kept.",
)


@strawberry.type(description="One thing that is kept of the sender.")
class KeptValue(Shown):
    SHOWS = queries.KeptValue

    name: str = strawberry.field(description="What it is.")
    value: str = strawberry.field(description="As it was sent.")


@strawberry.type(description="What is kept of the sender.")
class KeptData(Shown):
    SHOWS = queries.KeptData

    values: list[KeptValue] = strawberry.field(
        description="Each thing, by its name.", directives=at_most(VALUES_MAX)
    )
    since: date | None = strawberry.field(description="Since when; null: nothing any more.")
    held: bool = strawberry.field(description="Whether it is shown to nobody but the sender.")


@personal(
    of=whoever_wrote,
    public=(
        "id",
        "revision",
        "owner_id",
        "unit",
        "right",
        "state",
        "filed_on",
        "answer_by",
        "answered_on",
        "ground",
        "reason",
        "log_sequence",
    ),
)
@strawberry.type(description="A request about personal data; nothing tells who asked.")
class DataRequest:
    aggregate: strawberry.Private[data_request.DataRequest]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    revision: int = strawberry.field(description="To be sent as expectedRevision.")
    owner_id: strawberry.ID = strawberry.field(description="The submission or complaint.")
    unit: OrgUnit = strawberry.field(description="The unit that is about.")
    right: DataRight = strawberry.field(description="What is asked.")
    state: DataRequestState = strawberry.field(description="Where it stands.")
    filed_on: date = strawberry.field(description="Day in Vietnam.")
    answer_by: date = strawberry.field(
        description="Last day for an answer, two working days on; without one it is granted."
    )
    answered_on: date | None = strawberry.field(description="When it was answered or withdrawn.")
    ground: RefusalGround | None = strawberry.field(description="Of a refusal.")
    reason: str | None = strawberry.field(description="Of the answer; public.")
    log_sequence: int = strawberry.field(description="Its entry in the public log.")

    @strawberry.field(description="What a granted SEE shows, to who sent it alone.")
    async def kept(self, info: Info) -> KeptData | None:
        kept = await info.context.load(queries.kept_of, self.aggregate)
        return KeptData.of(kept) if kept is not None else None

    @classmethod
    def of(cls, aggregate: data_request.DataRequest) -> Self:
        return by_name(cls, aggregate, unit=OrgUnit(id=strawberry.ID(aggregate.unit_id)))
