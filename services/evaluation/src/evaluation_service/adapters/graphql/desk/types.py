"""What waits, and what became of many rows."""

from datetime import date
from typing import Self

import strawberry

from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    Info,
    Problem,
    Shown,
    at_most,
    by_name,
    connection,
    costs,
    describe,
    page_size,
)
from evaluation_service.adapters.graphql.common.types import row_problem
from evaluation_service.adapters.graphql.periods.types import EvaluationPeriod
from evaluation_service.adapters.graphql.personnel.types import (
    CivilServant,
    OrgUnit,
    shown_servant,
    unit_of,
)
from evaluation_service.adapters.graphql.work.types import Assignment
from evaluation_service.adapters.graphql.work.values import WorkDoubt
from evaluation_service.application.collections import PERIODS
from evaluation_service.application.desk import assigning, checking, queries, rating
from evaluation_service.application.desk.checking import Checked
from evaluation_service.application.desk.kinds import OF_WORK, InboxKind
from evaluation_service.application.desk.lacking import OF_UNITS
from evaluation_service.application.desk.prepared import ROWS_MAX
from evaluation_service.application.desk.waiting import Waiting
from evaluation_service.application.work.queries import find_assignments
from evaluation_service.domain.readiness.gaps import GapKind
from evaluation_service.domain.work.doubts import DOUBTS_MAX

describe(
    InboxKind,
    "What is to be done.",
    REPORT="A report to check: acceptWork, returnWork, acceptAllBut.",
    CAUSE="An objective cause to confirm or refuse: decideObjectiveCause.",
    PROPOSAL="Proposed work to approve or refuse: decideWorkProposal.",
    DOUBT="Work that was accepted and may count elsewhere as well, to look at at both places: "
    "decideWorkDoubts.",
    READING="A figure of an indicator to confirm or refuse: confirmReading.",
    STAGE="A file whose open stage is yours, or delegated to you: selfAssess, "
    "scoreGeneralCriteria, passStage.",
    COUNTERSIGNATURE="An agreement of somebody you lead that waits for the superior's signature: "
    "signAgreement.",
    RATING="A person of whom ratings are missing, or refused by the policy, in an open period: "
    "scoreGeneralCriteria.",
    OBJECTIVE="A person whose objectives are missing, do not sum up, or were not read yet: "
    "defineObjective, reviseObjective, recordReading.",
    AGREEMENT="A person without a signed agreement, by which the policy rates: draftAgreement, "
    "signAgreement.",
    UNIT_RATING="A unit below yours whose general criteria are to be rated: scoreUnitCriteria.",
    UNIT_OBJECTIVE="A unit below yours whose objectives are missing, do not sum up, or have no "
    "confirmed figure: defineObjective, reviseObjective, recordReading.",
    WITHOUT_WORK="A person who has no work in an open period: assignWork.",
    DOSSIER="A dossier that counts for no work: assign work of its procedure (unmatchedDossiers).",
    WORK="Own work to do and report: reportWork.",
    SIGNATURE="Own agreement, in whose turn you are: signAgreement.",
    CHANGED_RESULT="Own closed result of which a handed-over part changed; the review board is "
    "asked whether it takes it.",
    APPEAL="An appeal to decide: decideAppeal.",
    POST_AUDIT="A post-audit to decide: decidePostAudit.",
    CASE="A case to confirm or dismiss: resolveTriggerCase.",
    PRIOR_RESULT="A result from before the platform to confirm or refuse: decidePriorResult.",
    CRISIS="A crisis to confirm or refuse: confirmCrisis.",
    TIE="A tie at the cut of the quota to decide while in review: decideTies.",
    FREEZE="A period whose last day has passed: freezePeriod.",
    TROUBLE="An agency whose scoring was given up: rescore.",
    PUBLICATION="A period in review: publishPeriod.",
    INITIATIVE="An initiative to decide on: decideInitiative.",
    INITIATIVE_CHECK="An initiative to look at again: checkInitiative.",
    YEAR="A year that must be published soon, or should have been: dueOn is the law's last day.",
    COMMITMENT="A head whom you lead and who has still to promise something in public in the "
    "period.",
    PUBLISH_COMMITMENT="A period in which you, as head of a unit, have still to publish a "
    "commitment or key task: publishCommitment.",
    CLOSING="A period whose time for appeals has passed: closePeriod.",
    BUDGET="A budget of a unit that another person entered: confirmUnitBudget.",
    POLICY="A policy of others to approve, or an approved one to publish: approvePolicy, "
    "publishPolicy.",
)
describe(
    Checked,
    "What became of a report.",
    ACCEPTED="Accepted as reported.",
    RETURNED="Sent back with the reason.",
    LEFT="Left waiting as asked.",
    CAME_LATER="Left waiting: it came after you looked.",
    DOUBTFUL="Left waiting: the same work may count elsewhere; look at it.",
)


@strawberry.type(description="How much of one kind waits.")
class InboxCount(Shown):
    SHOWS = queries.Count

    kind: InboxKind = strawberry.field(description="What is to be done.")
    count: int = strawberry.field(description="How many.")
    late: int = strawberry.field(description="Of these, past their last day.")
    doubtful: int = strawberry.field(description="Of these, work that may count elsewhere as well.")


@strawberry.type(description="One thing that waits for you.")
class InboxItem:
    waiting: strawberry.Private[Waiting]
    kind: InboxKind = strawberry.field(description="What is to be done.")
    subject_id: strawberry.ID = strawberry.field(
        description="What the step is taken on: the assignment, dossier, reading, agreement, "
        "appeal, post-audit, case, prior result, crisis, ranking run, period or policy, or the "
        "person or unit."
    )
    due_on: date | None = strawberry.field(description="Last day in time, where there is one.")
    since: date | None = strawberry.field(description="Since when it waits, where that is kept.")
    gaps: list[GapKind] = strawberry.field(
        description="What the person or unit lacks.", directives=at_most(len(GapKind))
    )
    doubts: list[WorkDoubt] = strawberry.field(
        description="Signs that the same work counts twice.",
        directives=at_most(DOUBTS_MAX),
    )

    @classmethod
    def of(cls, waiting: Waiting) -> Self:
        return by_name(
            cls,
            waiting,
            waiting=waiting,
            doubts=[WorkDoubt.of(each) for each in waiting.doubts],
        )

    @strawberry.field(description="Whom it is about.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        id = self.waiting.civil_servant_id
        return await shown_servant(info, id) if id else None

    @strawberry.field(description="The unit it is about, where it is a unit.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.waiting.subject_id) if self.kind in OF_UNITS else None

    @strawberry.field(description="The work it is about, where it is work.")
    async def assignment(self, info: Info) -> Assignment | None:
        if self.kind not in OF_WORK:
            return None
        found = await info.context.load(find_assignments, self.waiting.subject_id)
        return Assignment.of(found) if found else None

    @strawberry.field(description="The period it belongs to.")
    async def period(self, info: Info) -> EvaluationPeriod | None:
        if self.waiting.period_id is None:
            return None
        period = await info.context.by_id(PERIODS).load(self.waiting.period_id)
        return EvaluationPeriod.of(period) if period else None


@strawberry.federation.type(keys=["id"], description="What waits for you.")
class Inbox:
    id: strawberry.ID = strawberry.field(description="The account that is logged in.")

    @strawberry.field(
        description="One a kind that waits for your roles.",
        directives=[*at_most(len(InboxKind)), *costs(50)],
    )
    async def counts(self, info: Info) -> list[InboxCount]:
        found = await queries.count_waiting(info.context.actor, info.context.reading())
        return [InboxCount.of(each) for each in found]

    @strawberry.field(description="Those of one kind, due first first.", directives=PAGED)
    async def items(
        self, info: Info, kind: InboxKind, first: First = 20, after: After = None
    ) -> Connection[InboxItem]:
        page = await queries.list_waiting(
            info.context.actor,
            info.context.reading(),
            kind,
            first=page_size(first),
            after=after,
        )
        return await connection(page, InboxItem.of)

    @classmethod
    def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        """Everybody has one, their own."""
        return cls(id=id) if id == info.context.actor.subject else None


@strawberry.type(description="What became of one piece of work.")
class AssignedRow:
    row: str = strawberry.field(description="Where it comes from: rows[3], everybody.work[0].")
    civil_servant_id: strawberry.ID | None = strawberry.field(description="For whom.")
    version_id: strawberry.ID | None = strawberry.field(description="The catalogue version.")
    assignment_id: strawberry.ID | None = strawberry.field(
        description="Null when refused, and in a dry run."
    )
    problem: Problem | None = strawberry.field(description="Why it is refused.")

    @classmethod
    def of(cls, row: assigning.AssignedRow, info: Info) -> Self:
        return by_name(cls, row, problem=row_problem(row.refusal, info))


@strawberry.type(description="What became of all pieces of work.")
class AssignedReport:
    assigned: int = strawberry.field(description="Given; in a dry run, that would be given.")
    refused: int = strawberry.field(description="Refused, each with its problem.")
    dry_run: bool = strawberry.field(description="Nothing was kept.")
    results: list[AssignedRow] = strawberry.field(
        description="One a piece.", directives=at_most(ROWS_MAX)
    )

    @classmethod
    def of(cls, report: assigning.AssignedReport, info: Info) -> Self:
        refused = sum(each.refusal is not None for each in report.results)
        return cls(
            assigned=len(report.results) - refused,
            refused=refused,
            dry_run=report.dry_run,
            results=[AssignedRow.of(each, info) for each in report.results],
        )


@strawberry.type(description="What became of one report.")
class CheckedRow:
    assignment_id: strawberry.ID = strawberry.field(description="The assignment.")
    outcome: Checked | None = strawberry.field(description="Null when refused.")
    problem: Problem | None = strawberry.field(description="Why it is refused.")


@strawberry.type(description="What became of the reports that waited.")
class CheckedReport:
    more: bool = strawberry.field(
        description="More wait than one call takes: call again with another key."
    )
    results: list[CheckedRow] = strawberry.field(
        description="One a report.", directives=at_most(checking.REPORTS_MAX)
    )

    @classmethod
    def of(cls, report: checking.CheckedReport, info: Info) -> Self:
        return cls(
            more=report.more,
            results=[
                by_name(CheckedRow, each, problem=row_problem(each.refusal, info))
                for each in report.results
            ],
        )


@strawberry.type(description="What became of one person's rating.")
class RatedRow:
    row: str = strawberry.field(description="rows[3], or defaults for who is in no row.")
    civil_servant_id: strawberry.ID | None = strawberry.field(description="Whom.")
    evaluation_id: strawberry.ID | None = strawberry.field(description="Null when refused.")
    problem: Problem | None = strawberry.field(description="Why it is refused.")


@strawberry.type(description="What became of all ratings.")
class RatedReport:
    results: list[RatedRow] = strawberry.field(
        description="One a person.", directives=at_most(rating.PEOPLE_MAX)
    )

    @classmethod
    def of(cls, report: rating.RatedReport, info: Info) -> Self:
        return cls(
            results=[
                by_name(RatedRow, each, problem=row_problem(each.refusal, info))
                for each in report.results
            ]
        )
