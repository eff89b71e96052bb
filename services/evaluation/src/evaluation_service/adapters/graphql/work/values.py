"""What an assignment is made of: reports, checks, causes, changes, doubts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Self

import strawberry

from congvu_kit.graph import Shown, at_most, by_name, describe
from evaluation_service.adapters.graphql.common.types import DecisionDocument, WorkEvidence
from evaluation_service.domain.common.evidence import EVIDENCE_MAX
from evaluation_service.domain.work import causes, changes, doubts, groups, reports
from evaluation_service.domain.work.causes import CauseKind, CauseState
from evaluation_service.domain.work.changes import CHANGES_MAX, ChangeKind, ReductionKind
from evaluation_service.domain.work.doubts import DoubtKind
from evaluation_service.domain.work.groups import MEMBERS_MAX

describe(
    ReductionKind,
    "Why less is asked for.",
    LEAVE="Leave: sickness, maternity or holiday.",
    TRANSFER="The person or the task moves elsewhere.",
    WITHDRAWN="The task was withdrawn.",
    OTHER="Something else, in the reason.",
)
describe(
    ChangeKind,
    "Why the quantity of an assignment moved.",
    name="QuantityChangeKind",
    RAISED="More was assigned.",
    LEAVE="Leave.",
    TRANSFER="The task went to another officer.",
    WITHDRAWN="The task was withdrawn.",
    OTHER="Something else, in the reason.",
    CARRIED_OVER="The rest went into a later period.",
    SHARES="The shares of a group were divided anew.",
)
describe(
    DoubtKind,
    "What points to the same work being counted twice.",
    SAME_EVIDENCE="The same file stands in another assignment.",
    PORTAL_COUNTED="The portal's dossiers count for this assignment as well.",
)
describe(
    CauseKind,
    "Which deduction an objective cause cancels.",
    name="ObjectiveCauseKind",
    QUALITY="A quality failure.",
    LATE="A delay.",
)
describe(
    CauseState,
    "Where an objective cause stands.",
    name="ObjectiveCauseState",
    CLAIMED="Claimed, waiting for another person.",
    CONFIRMED="Confirmed; the deduction is cancelled.",
    REFUSED="Refused; the deduction stays.",
)


@strawberry.type(description="What the officer says was done.")
class WorkReport(Shown):
    SHOWS = reports.WorkReport

    quantity: Decimal = strawberry.field(description="How much.")
    completed_on: date = strawberry.field(description="When it was done.")
    note: str | None = strawberry.field(description="In words.")
    evidence: list[WorkEvidence] = strawberry.field(
        description="Evidence.", directives=at_most(EVIDENCE_MAX)
    )
    reported_at: datetime = strawberry.field(description="When it was reported.")


@strawberry.type(description="A superior's check of a report.")
class QualityCheck:
    id: strawberry.ID = strawberry.field(
        description="What a sheet that it led to names as its basis."
    )
    accepted: Decimal = strawberry.field(description="How much was accepted.")
    failures: int = strawberry.field(description="How many products failed.")
    reason: str | None = strawberry.field(description="Why.")
    checked_by: str = strawberry.field(description="Who checked.")
    checked_at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, value: reports.QualityCheck, id: str) -> Self:
        return by_name(cls, value, id=id, checked_by=value.checked_by.subject)


@strawberry.type(description="A superior's decision that moved what is asked for.")
class QuantityChange:
    kind: ChangeKind = strawberry.field(description="Why, in one word.")
    before: Decimal = strawberry.field(description="Asked for before.")
    after: Decimal = strawberry.field(description="Asked for since.")
    reason: str = strawberry.field(description="Why.")
    decision: DecisionDocument | None = strawberry.field(description="The document it rests on.")
    changed_by: str = strawberry.field(description="Who decided.")
    changed_at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, value: changes.QuantityChange) -> Self:
        return by_name(cls, value, changed_by=value.changed_by.subject)


@strawberry.type(description="A sign that the same work was counted before, for the checker.")
class WorkDoubt(Shown):
    SHOWS = doubts.Doubt

    kind: DoubtKind = strawberry.field(description="What points to it.")
    assignment_id: strawberry.ID = strawberry.field(description="The other place.")
    evidence: str | None = strawberry.field(description="The hash that stands in both.")


@strawberry.type(description="What a superior found about doubts.")
class WorkDoubtDecision:
    withdrawn: Decimal = strawberry.field(description="Of what was accepted, counted elsewhere.")
    reason: str = strawberry.field(description="Why.")
    decided_by: str = strawberry.field(description="Who decided.")
    decided_at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, value: doubts.DoubtDecision) -> Self:
        return by_name(cls, value, decided_by=value.decided_by.subject)


@strawberry.type(description="Ad-hoc work that the officer proposed.")
class WorkProposal:
    proposed_by: str = strawberry.field(description="Who proposed it.")
    reason: str = strawberry.field(description="Why it was proposed.")
    decided_by: str | None = strawberry.field(description="Who decided.")
    decision_reason: str | None = strawberry.field(description="Why it was decided so.")

    @classmethod
    def of(cls, value: reports.Proposal) -> Self:
        return by_name(
            cls,
            value,
            proposed_by=value.proposed_by.subject,
            decided_by=value.decided_by.subject if value.decided_by else None,
        )


@strawberry.type(description="Whose share of a group's work.")
class WorkGroupMember(Shown):
    SHOWS = groups.GroupMember

    assignment_id: strawberry.ID = strawberry.field(description="The member's part.")
    share: Decimal = strawberry.field(description="Percent of every product.")


@strawberry.type(description="A group's work as somebody divided it; the last one holds.")
class WorkDivision:
    quantity: Decimal = strawberry.field(description="Of the whole group.")
    members: list[WorkGroupMember] = strawberry.field(
        description="The lead first; the shares are exactly 100.", directives=at_most(MEMBERS_MAX)
    )
    reason: str | None = strawberry.field(description="Why; null for the first.")
    decision: DecisionDocument | None = strawberry.field(description="The document it rests on.")
    divided_by: str = strawberry.field(description="Who divided it.")
    divided_at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, value: groups.Division) -> Self:
        return by_name(cls, value, divided_by=value.divided_by.subject)


@strawberry.type(description="One quantity for several officers, by shares.")
class WorkGroup:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    division: WorkDivision = strawberry.field(description="As it is divided now.")
    divisions: list[WorkDivision] = strawberry.field(
        description="Oldest first.", directives=at_most(CHANGES_MAX)
    )
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, value: groups.WorkGroup) -> Self:
        return by_name(
            cls,
            value,
            division=WorkDivision.of(value.division),
            divisions=[WorkDivision.of(each) for each in value.divisions],
        )


@strawberry.type(description="A cause beyond the officer's control.")
class ObjectiveCause:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    kind: CauseKind = strawberry.field(description="Which deduction it cancels.")
    count: int = strawberry.field(description="How many failures or delays.")
    reason: str = strawberry.field(description="What happened.")
    state: CauseState = strawberry.field(description="Where it stands.")
    claimed_by: str = strawberry.field(description="Who claims it.")
    decided_by: str | None = strawberry.field(description="Who decided; never the claimant.")
    decision_reason: str | None = strawberry.field(description="Why.")
    evidence: list[WorkEvidence] = strawberry.field(
        description="Evidence.", directives=at_most(EVIDENCE_MAX)
    )

    @classmethod
    def of(cls, value: causes.ObjectiveCause) -> Self:
        return by_name(
            cls,
            value,
            claimed_by=value.claimed_by.subject,
            decided_by=value.decided_by.subject if value.decided_by else None,
        )
