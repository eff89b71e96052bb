"""Complaints as the graph shows them."""

from datetime import date
from typing import Self

import strawberry

from congvu_kit.graph import Shown, at_most, costs, describe, personal
from feedback_service.adapters.graphql.common.types import CivilServant, whoever_wrote
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.indexes.types import OrgUnit
from feedback_service.adapters.graphql.log.types import RECEIPT, receipt_of
from feedback_service.application.complaints import queries
from feedback_service.application.complaints.texts import ATTACHMENTS_MAX
from feedback_service.domain.complaints import complaint, values
from feedback_service.domain.complaints.values import (
    ANSWERS_MAX,
    DISPUTES_MAX,
    ESCALATIONS_MAX,
    FORWARDS_MAX,
    Category,
    ClosingBasis,
    ComplaintState,
    Verdict,
)
from feedback_service.domain.submissions.submission import Channel, SubmitterType

describe(
    ComplaintState,
    "Where a complaint stands.",
    RECEIVED="When it was received.",
    CLASSIFIED="Classified.",
    ASSIGNED="Assigned to a handler.",
    IN_PROGRESS="Being handled.",
    ANSWERED="Answered; the complainant may dispute within the window.",
    CONFIRMED_RESOLVED="The complainant confirmed that it is resolved.",
    DISPUTED="Disputed; only somebody outside the unit goes on from here.",
    REOPENED="Sent back to the unit for another answer.",
    CLOSED_RESOLVED="Closed as resolved; `basis` says on whose word.",
    CLOSED_UNRESOLVED="Closed without a remedy.",
    CLOSED_NOT_COMPETENT="Another authority's business.",
    CLOSED_DUPLICATE="A duplicate of another.",
    CLOSED_UNFOUNDED="Found without ground.",
)
describe(
    Category,
    "What a complaint is about.",
    PROCEDURE="The procedure itself.",
    ATTITUDE="Attitude of the staff.",
    DELAY="Lateness.",
    EXTRA_PAPERS="Papers asked for beyond the rules.",
    EXTRA_COST="Costs beyond the rules.",
    INTEGRITY="Harassment or corruption.",
    OTHER="Something else.",
)
describe(
    Verdict,
    "What was found outside the unit complained of.",
    UPHELD="Found right.",
    PARTLY="Found right in part.",
    NOT_UPHELD="Found not right.",
)
describe(
    ClosingBasis,
    "On whose word a complaint was closed.",
    CONFIRMED="The complainant confirmed.",
    SILENCE="The window for disputing passed in silence.",
    DECISION="A decision from outside the unit.",
    UNIT="The unit's own word; it can still be disputed within the window.",
)


@strawberry.type(description="A public text of a complaint, and its entry in the public log.")
class PublicText(Shown):
    SHOWS = values.PublicText

    text: str | None = strawberry.field(description="Null once hidden; the log tells why.")
    on: date = strawberry.field(description="Day in Vietnam.")
    log_sequence: int = strawberry.field(description="Its entry in the public log.")


@strawberry.type(description="What somebody outside the unit found.")
class ComplaintDecision(Shown):
    SHOWS = values.ComplaintDecision

    verdict: Verdict = strawberry.field(description="Upheld, partly or not.")
    remedied: bool = strawberry.field(description="Whether it has been put right.")
    reason: PublicText = strawberry.field(description="Why.")


@strawberry.type(description="A date that passed without the step that was due.")
class Escalation:
    state: ComplaintState = strawberry.field(description="The state that lasted too long.")
    on: date = strawberry.field(description="When it was noticed.")
    unit: OrgUnit | None = strawberry.field(
        description="The unit whose head was told; null of the review board."
    )
    civil_servant: CivilServant | None = strawberry.field(
        description="Who was told; null of the review board, and for whom the person is not shown."
    )

    @classmethod
    def of(cls, escalation: values.Escalation) -> Self:
        unit_id, head = escalation.unit_id, escalation.civil_servant_id
        return cls(
            state=escalation.state,
            on=escalation.on,
            unit=OrgUnit(id=strawberry.ID(unit_id)) if unit_id else None,
            civil_servant=CivilServant(id=strawberry.ID(head)) if head else None,
        )


@strawberry.type(description="That a unit passed the complaint on, and why.")
class Forward:
    from_unit: OrgUnit = strawberry.field(description="The unit that had it until then.")
    reason: PublicText = strawberry.field(description="Why, and when.")

    @classmethod
    def of(cls, forward: values.Forward) -> Self:
        unit = OrgUnit(id=strawberry.ID(forward.from_unit_id))
        return cls(from_unit=unit, reason=PublicText.of(forward.reason))


@strawberry.type(description="What was complained of, in the complainant's words. Private.")
class ComplaintDetails(Shown):
    SHOWS = queries.ComplaintDetails

    text: str | None = strawberry.field(description="The complaint; null after an erasure.")
    attachments: list[str] = strawberry.field(
        description="SHA-256 and address of each file.", directives=at_most(ATTACHMENTS_MAX)
    )
    dispute_reasons: list[str] = strawberry.field(
        description="Why the answers were disputed.", directives=at_most(DISPUTES_MAX)
    )
    civil_servant_id: strawberry.ID | None = strawberry.field(
        description="The person complained of."
    )
    dossier_code: str | None = strawberry.field(description="The dossier's code.")


@strawberry.type(description="Who complained, as far as they said. Shown after a disclosure.")
class SubmitterIdentity:
    name: str | None = strawberry.field(description="Name.")
    contact: str | None = strawberry.field(description="Telephone or address.")


@personal(
    of=whoever_wrote,
    public=(
        "id",
        "revision",
        "state",
        "unit",
        "channel",
        "submitter_type",
        "filed_on",
        "answer_by",
        "due_on",
        "provisional",
        "category",
        "summary",
        "answers",
        "dispute_until",
        "disputes",
        "escalations",
        "forwards",
        "reopen_until",
        "decision",
        "closed_on",
        "basis",
        "closing_reason",
        "duplicate_of",
        "log_sequence",
        "receipt",
    ),
)
@strawberry.federation.type(
    keys=["id"],
    description="A complaint and what became of it.",
    directives=costs(3),
)
class Complaint:
    aggregate: strawberry.Private[complaint.Complaint]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")
    state: ComplaintState = strawberry.field(description="Where it stands.")
    unit: OrgUnit = strawberry.field(description="The unit that answers it.")
    channel: Channel = strawberry.field(description="How it reached us.")
    submitter_type: SubmitterType = strawberry.field(description="Citizen or business.")
    filed_on: date = strawberry.field(description="Day in Vietnam.")
    answer_by: date = strawberry.field(description="Last day for the answer.")
    due_on: date | None = strawberry.field(description="Last day of the step now due.")
    provisional: bool = strawberry.field(
        description="Whether a date lies in a year whose calendar is not announced: it may move."
    )
    category: Category | None = strawberry.field(description="What it is about.")
    summary: PublicText | None = strawberry.field(description="Public summary by the unit.")
    answers: list[PublicText] = strawberry.field(
        description="The unit's answers, first to last.", directives=at_most(ANSWERS_MAX)
    )
    dispute_until: date | None = strawberry.field(description="Last day to dispute the answer.")
    disputes: int = strawberry.field(description="How often an answer was disputed.")
    escalations: list[Escalation] = strawberry.field(
        description="Dates that passed in silence.", directives=at_most(ESCALATIONS_MAX)
    )
    forwards: list[Forward] = strawberry.field(
        description="Units that passed it on, first to last.", directives=at_most(FORWARDS_MAX)
    )
    reopen_until: date | None = strawberry.field(
        description="Last day for the complainant to reopen it, once it ended in silence or on "
        "their own word."
    )
    decision: ComplaintDecision | None = strawberry.field(
        description="The verdict, when there is one."
    )
    closed_on: date | None = strawberry.field(description="When it ended.")
    basis: ClosingBasis | None = strawberry.field(description="On whose word it ended.")
    closing_reason: PublicText | None = strawberry.field(description="Why the unit set it aside.")
    duplicate_of: strawberry.ID | None = strawberry.field(description="The earlier complaint.")
    log_sequence: int = strawberry.field(description="Its first entry in the public log.")

    @strawberry.field(description=RECEIPT)
    async def receipt(self, info: Info) -> str | None:
        return await receipt_of(info, self.log_sequence)

    @strawberry.field(
        description="What was written. For the sender, the unit's management and those above, "
        "board and auditor; never for the person complained of (F-I3)."
    )
    async def details(self, info: Info) -> ComplaintDetails | None:
        found = await info.context.load(queries.details_of, self.aggregate)
        return ComplaintDetails.of(found) if found is not None else None

    @strawberry.field(
        description="Who complained: for a member of the review board, on the day on which they "
        "recorded a disclosure (discloseSubmitter); null for everybody else."
    )
    async def submitter(self, info: Info) -> SubmitterIdentity | None:
        found = await info.context.load(queries.submitters_of, self.aggregate)
        if found is None:
            return None
        return SubmitterIdentity(name=found.name, contact=found.contact)

    @classmethod
    def of(cls, aggregate: complaint.Complaint) -> Self:
        summary, decision = aggregate.summary, aggregate.decision
        reason, duplicate = aggregate.closing_reason, aggregate.duplicate_of
        return cls(
            aggregate=aggregate,
            id=strawberry.ID(aggregate.id),
            revision=aggregate.revision,
            state=aggregate.state,
            unit=OrgUnit(id=strawberry.ID(aggregate.unit_id)),
            channel=aggregate.channel,
            submitter_type=aggregate.submitter_type,
            filed_on=aggregate.filed_on,
            answer_by=aggregate.answer_by,
            due_on=aggregate.due_on,
            provisional=aggregate.provisional,
            category=aggregate.category,
            summary=PublicText.of(summary) if summary else None,
            answers=[PublicText.of(answer) for answer in aggregate.answers],
            dispute_until=aggregate.dispute_until,
            disputes=aggregate.disputes,
            escalations=[Escalation.of(each) for each in aggregate.escalations],
            forwards=[Forward.of(each) for each in aggregate.forwards],
            reopen_until=aggregate.reopen_until,
            decision=ComplaintDecision.of(decision) if decision else None,
            closed_on=aggregate.closed_on,
            basis=aggregate.basis,
            closing_reason=PublicText.of(reason) if reason else None,
            duplicate_of=strawberry.ID(duplicate) if duplicate else None,
            log_sequence=aggregate.log_sequence,
        )

    @classmethod
    async def find(cls, info: Info, id: str) -> Self | None:
        """Null when it is not there, or not for this caller: which of both is not told."""
        found = await info.context.load(queries.find_complaints, id)
        return cls.of(found) if found is not None else None

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        return await cls.find(info, id)
