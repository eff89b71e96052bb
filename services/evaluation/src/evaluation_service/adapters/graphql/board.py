"""Appeals, post-audits, veto events and trigger cases as the graph shows them."""

from datetime import date, datetime
from typing import Self

import strawberry

from congvu_kit.graph import Info
from evaluation_service.adapters.graphql.assignments import WorkEvidence
from evaluation_service.adapters.graphql.evaluations import Evaluation
from evaluation_service.adapters.graphql.people import (
    CivilServant,
    OrgUnit,
    unit_of,
    visible_servant,
)
from evaluation_service.application.collections import EVALUATIONS
from evaluation_service.domain.copies import citizen_evidence
from evaluation_service.domain.copies.citizen_evidence import PostAuditState
from evaluation_service.domain.integrity import integrity
from evaluation_service.domain.integrity.integrity import CaseState
from evaluation_service.domain.review import appeals
from evaluation_service.domain.review.appeals import AppealState


async def _evaluation(info: Info, id: str | None) -> Evaluation | None:
    it = await info.context.by_id(EVALUATIONS).load(id) if id else None
    if it is None or await visible_servant(info, it.servant_id) is None:
        return None
    return await Evaluation.of(info, it)


async def _servant(info: Info, id: str | None) -> CivilServant | None:
    servant = await visible_servant(info, id) if id else None
    return CivilServant.of(servant) if servant else None


@strawberry.type(description="A request to review a result (kiến nghị, khiếu nại).")
class Appeal:
    it: strawberry.Private[appeals.Appeal]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    state: AppealState = strawberry.field(description="Where it stands.")
    grounds: str = strawberry.field(description="Nội dung.")
    evidence: list[WorkEvidence] = strawberry.field(description="Minh chứng.")
    filed_at: datetime = strawberry.field(description="When it was filed.")
    reason: str | None = strawberry.field(description="Of the decision.")
    decided_by: str | None = strawberry.field(description="Who decided.")
    decided_at: datetime | None = strawberry.field(description="When.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, it: appeals.Appeal) -> Self:
        return cls(
            it=it,
            id=strawberry.ID(it.id),
            state=it.state,
            grounds=it.grounds,
            evidence=[WorkEvidence.of(each) for each in it.evidence],
            filed_at=it.filed_at,
            reason=it.reason,
            decided_by=it.decided_by.subject if it.decided_by else None,
            decided_at=it.decided_at,
            revision=it.rev,
        )

    @strawberry.field(description="The result it is about.")
    async def evaluation(self, info: Info) -> Evaluation | None:
        return await _evaluation(info, self.it.evaluation_id)


@strawberry.type(description="A request to correct a result after an upheld complaint (hậu kiểm).")
class PostAudit:
    it: strawberry.Private[citizen_evidence.PostAudit]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    state: PostAuditState = strawberry.field(description="Where it stands.")
    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    verdict: str = strawberry.field(description="What was found about the complaint.")
    reason: str = strawberry.field(description="Why an audit is asked for.")
    dossier_code: str | None = strawberry.field(description="The dossier, when it is about one.")
    decision_reason: str | None = strawberry.field(description="The board's reason.")
    decided_at: datetime | None = strawberry.field(description="When the board decided.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, it: citizen_evidence.PostAudit) -> Self:
        return cls(
            it=it,
            id=strawberry.ID(it.id),
            state=it.state,
            complaint_id=strawberry.ID(it.complaint_id),
            verdict=it.verdict,
            reason=it.reason,
            dossier_code=it.dossier_code,
            decision_reason=it.decision_reason,
            decided_at=it.decided_at,
            revision=it.rev,
        )

    @strawberry.field(description="The unit complained of.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.it.unit_id)

    @strawberry.field(description="The officer complained of, when known.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await _servant(info, self.it.servant_id)

    @strawberry.field(description="The result that was corrected.")
    async def evaluation(self, info: Info) -> Evaluation | None:
        return await _evaluation(info, self.it.evaluation_id)


@strawberry.type(description="The document a step rests on (quyết định).")
class DecisionDocument:
    number: str = strawberry.field(description="Số quyết định.")
    decided_on: date = strawberry.field(description="Ngày quyết định.")
    uri: str | None = strawberry.field(description="Where it can be read.")

    @classmethod
    def of(cls, it: integrity.Decision) -> Self:
        return cls(number=it.number, decided_on=it.decided_on, uri=it.uri)


@strawberry.type(description="An event that forces or caps a band (phủ quyết).")
class VetoEvent:
    it: strawberry.Private[integrity.VetoEvent]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    event: str = strawberry.field(description="Event code of the policies, e.g. DISCIPLINED.")
    decision: DecisionDocument = strawberry.field(description="What it rests on.")
    valid_from: date = strawberry.field(description="In force from.")
    valid_to: date | None = strawberry.field(description="In force until before.")
    lifted: DecisionDocument | None = strawberry.field(description="The decision that lifted it.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, it: integrity.VetoEvent) -> Self:
        return cls(
            it=it,
            id=strawberry.ID(it.id),
            event=it.event,
            decision=DecisionDocument.of(it.decision),
            valid_from=it.valid_from,
            valid_to=it.valid_to,
            lifted=DecisionDocument.of(it.lifted) if it.lifted else None,
            revision=it.rev,
        )

    @strawberry.field(description="Whom it is about.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await _servant(info, self.it.servant_id)


@strawberry.type(description="A case that a rule over several periods raised (hồ sơ xử lý).")
class TriggerCase:
    it: strawberry.Private[integrity.TriggerCase]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    rule: str = strawberry.field(description="The trigger rule of the policy.")
    state: CaseState = strawberry.field(description="Where it stands.")
    reason: str | None = strawberry.field(description="The board's reason.")
    decided_at: datetime | None = strawberry.field(description="When.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, it: integrity.TriggerCase) -> Self:
        return cls(
            it=it,
            id=strawberry.ID(it.id),
            rule=it.rule,
            state=it.state,
            reason=it.reason,
            decided_at=it.decided_at,
            revision=it.rev,
        )

    @strawberry.field(description="Whom it is about.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await _servant(info, self.it.servant_id)

    @strawberry.field(description="The evaluation that raised it.")
    async def evaluation(self, info: Info) -> Evaluation | None:
        return await _evaluation(info, self.it.evaluation_id)
