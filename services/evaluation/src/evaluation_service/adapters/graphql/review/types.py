"""Appeals and post-audits."""

from datetime import datetime
from typing import Self

import strawberry

from congvu_kit.graph import (
    Info,
    Shown,
    at_most,
    by_name,
    describe,
    personal,
)
from evaluation_service.adapters.graphql.common.types import WorkEvidence, other_than_the_reader
from evaluation_service.adapters.graphql.organisations.types import (
    OrgEvaluation,
    shown_unit_result,
)
from evaluation_service.adapters.graphql.periods.types import EvaluationPeriod, period_of
from evaluation_service.adapters.graphql.personnel.types import (
    CivilServant,
    OrgUnit,
    shown_servant,
    unit_of,
)
from evaluation_service.adapters.graphql.results.types import Evaluation, shown_evaluation
from evaluation_service.domain.common.evidence import EVIDENCE_MAX
from evaluation_service.domain.review import appeals, post_audits
from evaluation_service.domain.review.appeals import AppealState
from evaluation_service.domain.review.post_audits import PostAuditOrigin, PostAuditState

describe(
    AppealState,
    "Where an appeal stands.",
    FILED="Filed, waiting for a decision.",
    INADMISSIBLE="Not taken up.",
    UPHELD="Right.",
    PARTLY="Right in part.",
    REJECTED="Not right.",
    WITHDRAWN="Withdrawn.",
)
describe(
    PostAuditOrigin,
    "What a post-audit request comes of.",
    COMPLAINT="A complaint that was found right, in part or whole.",
    COUNCIL="A people's council or the Fatherland Front asked.",
    DOUBLE_COUNT="A superior found that work of a public result counts twice.",
    CHANGED_PART="A part that another agency handed over changed after the result was closed.",
)
describe(
    PostAuditState,
    "Where a post-audit request stands.",
    REQUESTED="Waiting for the board.",
    CORRECTED="A result was corrected.",
    DISMISSED="Nothing to correct.",
)


@personal(of=other_than_the_reader, public=("id", "evaluation", "org_evaluation", "revision"))
@strawberry.type(description="A request to review a result.")
class Appeal:
    aggregate: strawberry.Private[appeals.Appeal]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    state: AppealState = strawberry.field(description="Where it stands.")
    grounds: str = strawberry.field(description="The grounds.")
    evidence: list[WorkEvidence] = strawberry.field(
        description="Evidence.", directives=at_most(EVIDENCE_MAX)
    )
    filed_at: datetime = strawberry.field(description="When it was filed.")
    reason: str | None = strawberry.field(description="Of the decision.")
    decided_by: str | None = strawberry.field(description="Who decided.")
    decided_at: datetime | None = strawberry.field(description="When.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, aggregate: appeals.Appeal) -> Self:
        return by_name(
            cls,
            aggregate,
            decided_by=aggregate.decided_by.subject if aggregate.decided_by else None,
        )

    @strawberry.field(description="The result it is about.")
    async def evaluation(self, info: Info) -> Evaluation | None:
        return await shown_evaluation(info, self.aggregate.evaluation_id)

    @strawberry.field(description="The result of a unit that it is about.")
    async def org_evaluation(self, info: Info) -> OrgEvaluation | None:
        return await shown_unit_result(info, self.aggregate.evaluation_id)


@personal(of=other_than_the_reader, public=("id", "civil_servant", "revision"))
@strawberry.type(
    description="A request to look at results again: after an upheld complaint, by a people's "
    "council, or for what was found here."
)
class PostAudit(Shown):
    SHOWS = post_audits.PostAudit

    aggregate: strawberry.Private[post_audits.PostAudit]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    state: PostAuditState = strawberry.field(description="Where it stands.")
    origin: PostAuditOrigin = strawberry.field(description="What it comes of.")
    complaint_id: strawberry.ID | None = strawberry.field(description="Of a complaint: which.")
    verdict: str | None = strawberry.field(
        description="Of a complaint: what was found about it, UPHELD or PARTLY."
    )
    subject_id: strawberry.ID | None = strawberry.field(
        description="Of a finding: the assignment that counts twice, or the part that changed."
    )
    reason: str = strawberry.field(description="Why an audit is asked for.")
    dossier_code: str | None = strawberry.field(description="The dossier, when it is about one.")
    decision_reason: str | None = strawberry.field(description="The board's reason.")
    decided_at: datetime | None = strawberry.field(description="When the board decided.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @strawberry.field(description="Of a finding: the result that it counts in.")
    async def concerned(self, info: Info) -> Evaluation | None:
        return await shown_evaluation(info, self.aggregate.concerned_id)

    @strawberry.field(description="Of a council: the period whose results it asks about.")
    async def period(self, info: Info) -> EvaluationPeriod | None:
        period_id = self.aggregate.period_id
        return None if period_id is None else await period_of(info, period_id)

    @strawberry.field(description="The unit complained of, or asked about with all below it.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.unit_id)

    @strawberry.field(description="The officer complained of, when known.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.aggregate.civil_servant_id)

    @strawberry.field(description="The result that was corrected.")
    async def evaluation(self, info: Info) -> Evaluation | None:
        return await shown_evaluation(info, self.aggregate.evaluation_id)
