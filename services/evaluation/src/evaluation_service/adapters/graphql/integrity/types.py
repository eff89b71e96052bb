"""Veto events, trigger cases, ranking runs."""

from datetime import date, datetime
from typing import Self

import strawberry

from congvu_kit.graph import (
    Info,
    Shown,
    at_most,
    by_name,
    costs,
    describe,
    personal,
)
from evaluation_service.adapters.graphql.common.types import DecisionDocument, other_than_the_reader
from evaluation_service.adapters.graphql.personnel.types import (
    CivilServant,
    OrgUnit,
    shown_servant,
    unit_of,
)
from evaluation_service.adapters.graphql.results.types import Evaluation, shown_evaluation
from evaluation_service.application.integrity import queries
from evaluation_service.domain.common.sizes import REASONS_MAX, SCOPES_MAX, TIES_MAX
from evaluation_service.domain.integrity import cases, vetoes
from evaluation_service.domain.integrity.cases import CaseState
from evaluation_service.domain.periods import seals
from evaluation_service.domain.periods.imprints import sealed_text
from evaluation_service.domain.results import runs
from evaluation_service.domain.results.runs import RunState

SEALED_MAX = 500
"""Sealed results of one answer."""


describe(
    CaseState,
    "Where a case stands; the machine raises it, people decide.",
    name="TriggerCaseState",
    RAISED="A rule fired.",
    CONFIRMED="The board confirmed it.",
    ACTED="The consequence was carried out.",
    DISMISSED="Dismissed.",
)
describe(
    RunState,
    "Where an agency's scoring stands.",
    name="RankingRunState",
    WAITING="Waiting for the citizens' indexes.",
    REQUESTED="About to be scored.",
    RANKED="Scored and ranked.",
    WITHDRAWN="Stopped, since the inputs are open again.",
)


@personal(of=other_than_the_reader, public=("id", "civil_servant", "revision"))
@strawberry.type(description="An event that forces or caps a band.")
class VetoEvent(Shown):
    SHOWS = vetoes.VetoEvent

    aggregate: strawberry.Private[vetoes.VetoEvent]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    event: str = strawberry.field(description="Event code of the policies, e.g. DISCIPLINED.")
    decision: DecisionDocument = strawberry.field(description="What it rests on.")
    valid_from: date = strawberry.field(description="In force from.")
    valid_to: date | None = strawberry.field(description="In force until before.")
    lifted: DecisionDocument | None = strawberry.field(description="The decision that lifted it.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @strawberry.field(description="Whom it is about.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.aggregate.civil_servant_id)


@strawberry.type(description="What one person made of a case.")
class TriggerCaseStep(Shown):
    SHOWS = cases.CaseStep

    state: CaseState = strawberry.field(description="What it became.")
    reason: str = strawberry.field(description="Why.")
    by: str = strawberry.field(description="The account.")
    at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, step: cases.CaseStep) -> Self:
        return by_name(cls, step, by=step.by.subject)


@personal(of=other_than_the_reader, public=("id", "civil_servant", "revision"))
@strawberry.type(description="A case that a rule over several periods raised.")
class TriggerCase(Shown):
    SHOWS = cases.TriggerCase

    aggregate: strawberry.Private[cases.TriggerCase]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    rule: str = strawberry.field(description="The trigger rule of the policy.")
    state: CaseState = strawberry.field(description="Where it stands.")
    reason: str | None = strawberry.field(description="The board's reason.")
    decided_at: datetime | None = strawberry.field(description="When.")
    due_on: date | None = strawberry.field(
        description="Last day of the next step: 30 days after it was raised, or confirmed."
    )
    steps: list[TriggerCaseStep] = strawberry.field(
        description="What people made of it, oldest first.", directives=at_most(len(CaseState))
    )
    agreement_id: strawberry.ID | None = strawberry.field(
        description="The agreement that ran out and is renewed or not: `agreement`."
    )
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @strawberry.field(
        description="Whether the rule still fires on the result in force: a correction may have "
        "taken its ground away, and people decide all the same."
    )
    async def fires(self, info: Info) -> bool:
        return await info.context.load(queries.still_firing, self.aggregate)

    @strawberry.field(description="Whom it is about.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.aggregate.civil_servant_id)

    @strawberry.field(description="The evaluation that raised it; none came of what ran out.")
    async def evaluation(self, info: Info) -> Evaluation | None:
        id = self.aggregate.evaluation_id
        return await shown_evaluation(info, id) if id else None


@strawberry.type(description="How much of the quota a scope uses.")
class QuotaUse(Shown):
    SHOWS = runs.QuotaUse

    policy: str | None = strawberry.field(
        description="policy@version whose quota it is; who is rated by policies that write the "
        "same quota is ranked together."
    )
    scope: str = strawberry.field(description="unit:ID, or duty_group:NAME inside the agency.")
    people: int = strawberry.field(description="People who count.")
    allowed: int = strawberry.field(description="Most that may be at the top.")
    kept: int = strawberry.field(description="How many are.")


@strawberry.type(description="How many people of an agency a rule kept from a score.")
class UnscoredCount:
    rule_id: str = strawberry.field(description="The rule; each person's `trouble` says it.")
    people: int = strawberry.field(description="How many.")


@strawberry.type(description="Why an agency was scored once more.")
class Rescoring(Shown):
    SHOWS = runs.Rescoring

    attempt: int = strawberry.field(description="Which scoring came of it.")
    reason: str = strawberry.field(description="What was repaired.")
    by: str = strawberry.field(
        description="The account that asked for it; `congvu.evaluation` where an index came late."
    )
    at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, rescoring: runs.Rescoring) -> Self:
        return by_name(cls, rescoring, by=rescoring.by.subject)


@strawberry.type(description="A result as a ranking run holds it.")
class SealedResult(Shown):
    SHOWS = seals.SealedResult

    evaluation_id: strawberry.ID = strawberry.field(description="The evaluation.")
    hash: str = strawberry.field(description="Over everything that a seal binds of it.")
    band: str | None = strawberry.field(description="Final band.")


@strawberry.type(description="Scoring and ranking of one agency in a period.", directives=costs(50))
class RankingRun:
    aggregate: strawberry.Private[runs.RankingRun]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    state: RunState = strawberry.field(description="Where it stands.")
    attempt: int = strawberry.field(description="Which scoring of the agency this is, from 1.")
    people: int = strawberry.field(
        description="Whom the agency has to rate; 0 until the first of them is saved."
    )
    scored: int = strawberry.field(description="How many of them have their result so far.")
    trouble: str | None = strawberry.field(
        description="Why nobody goes on with it: the kind of failure; null while all is well."
    )
    waiting_since: datetime | None = strawberry.field(
        description="Since when it waits for the indexes, or for its scoring; null once ranked."
    )
    asks: int = strawberry.field(
        description="How often it was asked for in this attempt; after six somebody has to look."
    )
    unscored: list[UnscoredCount] = strawberry.field(
        description="People without a score, by the rule that kept them from one.",
        directives=at_most(REASONS_MAX),
    )
    rescorings: list[Rescoring] = strawberry.field(
        description="Further attempts, oldest first.", directives=at_most(runs.ATTEMPTS_MAX)
    )
    results: int = strawberry.field(description="People rated.")
    ties: list[strawberry.ID] = strawberry.field(
        description="Evaluations tied across the cut; the board decides.",
        directives=at_most(TIES_MAX),
    )
    quota: list[QuotaUse] = strawberry.field(
        description="By scope, on final counts.", directives=at_most(SCOPES_MAX)
    )
    missing_unit_ids: list[strawberry.ID] = strawberry.field(
        description="Units whose satisfaction index was missing at the scoring.",
        directives=at_most(SCOPES_MAX),
    )
    hash: str = strawberry.field(description="Hash over its results.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, aggregate: runs.RankingRun) -> Self:
        return by_name(
            cls,
            aggregate,
            results=len(aggregate.results),
            unscored=[
                UnscoredCount(rule_id=rule, people=people)
                for rule, people in sorted(aggregate.unscored.items())[:REASONS_MAX]
            ],
            rescorings=[Rescoring.of(each) for each in aggregate.rescorings],
            quota=[QuotaUse.of(each) for each in aggregate.quota],
        )

    @strawberry.field(
        description="What the run says of each result, in order of the evaluations' ids; up to "
        "500 after the id given.",
        directives=at_most(SEALED_MAX),
    )
    async def sealed_results(
        self, info: Info, after: strawberry.ID | None = None
    ) -> list[SealedResult]:
        seen = await info.context.load(queries.sealed_results_of, self.aggregate)
        wanted = [each for each in seen if after is None or each.evaluation_id > after]
        return [SealedResult.of(each) for each in wanted[:SEALED_MAX]]

    @strawberry.field(
        description="What the seal of the closed period binds of the run: canonical JSON of the "
        "record, with the hash and the marks that are stored of it; null before the closing."
    )
    def sealed(self) -> str | None:
        imprint = self.aggregate.imprint
        return sealed_text(self.aggregate.sealed_record, imprint) if imprint else None

    @strawberry.field(description="The agency.")
    async def agency(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.agency_id)
