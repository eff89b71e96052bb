"""Proposals as the graph shows them."""

from datetime import datetime
from typing import Self

import strawberry

from catalogue_service.adapters.graphql.common.types import HistoryStep, OrgUnit, unit_stub
from catalogue_service.adapters.graphql.products.types import WorkProductVersion
from catalogue_service.application.products.queries import find_versions
from catalogue_service.domain.common.kinds import Group
from catalogue_service.domain.common.steps import STEPS_MAX
from catalogue_service.domain.proposals import proposals
from catalogue_service.domain.proposals.proposals import COMMENTS_MAX, ProposalKind, ProposalState
from congvu_kit.graph import (
    Info,
    at_most,
    by_name,
    costs,
    describe,
)

describe(
    ProposalKind,
    "What is asked for.",
    name="ChangeProposalKind",
    ADD="A new product.",
    CHANGE="Another content.",
    REMOVE="That it goes.",
)
describe(
    ProposalState,
    "Where a proposal stands.",
    name="ChangeProposalState",
    OPEN="In discussion.",
    ACCEPTED="Agreed; a draft was opened unless it is a removal.",
    DECLINED="Refused with a reason.",
    WITHDRAWN="Taken back by its proposer.",
)


@strawberry.type(description="A remark in the discussion of a proposal.")
class ProposalComment:
    by: str = strawberry.field(description="Whose.")
    at: datetime = strawberry.field(description="When, UTC.")
    text: str = strawberry.field(description="What.")


@strawberry.type(
    description="A unit asks for an entry of a list above it to come, change or go.",
    directives=costs(10),
)
class ChangeProposal:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    kind: ProposalKind = strawberry.field(description="What is asked for.")
    group: Group = strawberry.field(description="To which list.")
    list_province: str = strawberry.field(description="Of which province; 00 is national.")
    code: str = strawberry.field(description="The product's code.")
    name_vi: str | None = strawberry.field(description="Proposed name; null for a removal.")
    justification: str = strawberry.field(description="Why.")
    unit: OrgUnit | None = strawberry.field(description="Who asks.")
    proposed_by: str = strawberry.field(description="The person's subject.")
    state: ProposalState = strawberry.field(description="Where it stands.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")
    comments: list[ProposalComment] = strawberry.field(
        description="The discussion, in order.", directives=at_most(COMMENTS_MAX)
    )
    history: list[HistoryStep] = strawberry.field(
        description="What happened to it, in order.", directives=at_most(STEPS_MAX)
    )
    aggregate: strawberry.Private[proposals.ChangeProposal]

    @classmethod
    def of(cls, aggregate: proposals.ChangeProposal) -> Self:
        return by_name(
            cls,
            aggregate,
            group=aggregate.catalogue.group,
            list_province=aggregate.catalogue.province,
            name_vi=aggregate.content.name_vi if aggregate.content else None,
            unit=unit_stub(aggregate.unit_id),
            comments=[
                ProposalComment(by=each.by, at=each.at, text=each.text)
                for each in aggregate.comments
            ],
            history=[HistoryStep.of(step, named=True) for step in aggregate.steps],
        )

    @strawberry.field(description="The draft that accepting it opened.")
    async def version(self, info: Info) -> WorkProductVersion | None:
        if self.aggregate.version_id is None:
            return None
        version = await info.context.load(find_versions, self.aggregate.version_id)
        return WorkProductVersion.of(version) if version else None
