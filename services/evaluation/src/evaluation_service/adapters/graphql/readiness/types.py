"""What is missing in a period, in numbers and one by one."""

from typing import Self

import strawberry

from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    Info,
    at_most,
    by_name,
    connection,
    costs,
    describe,
    page_size,
    paged,
    personal,
)
from evaluation_service.adapters.graphql.common.types import other_than_the_reader
from evaluation_service.adapters.graphql.personnel.types import (
    CivilServant,
    OrgUnit,
    shown_servant,
    unit_of,
)
from evaluation_service.adapters.graphql.readiness.inputs import PeriodGapFilter
from evaluation_service.application.readiness import queries
from evaluation_service.application.readiness.counts import Readiness, UnitGaps, page_units
from evaluation_service.domain.periods.years import MONTHS
from evaluation_service.domain.readiness.gaps import (
    BLOCKING,
    WHAT_TO_DO,
    Gap,
    GapCounts,
    GapKind,
    blocking,
)

describe(
    GapKind,
    "What may be missing; the kinds that block the freeze come first.",
    name="PeriodGapKind",
    UNRATED="Nobody rated the general criteria of a person.",
    MISSING_ELEMENTS="The policy reads rated elements and there are none.",
    MISSING_INDICATORS="The policy reads indicators and there is no objective.",
    UNBALANCED_WEIGHTS="The weights of a scorecard do not sum to 100.",
    BROKEN_SCORECARD="The policy does not take the objectives as they are: a perspective without "
    "one, a wrong switch.",
    MISSING_READING="An objective without a figure of what was reached.",
    UNCONFIRMED_READING="A figure that nobody confirmed; it does not count.",
    MISSING_JUDGEMENT="The policy reads how a leader organised work and whether the collective is"
    " united, and nobody judged one of them.",
    UNKNOWN_CODE="A code was entered that the policy does not have.",
    BROKEN_RULE="What was entered breaks a rule of the policy, such as weights that do not sum to"
    " 100.",
    INCOMPLETE_INPUTS="What was entered is not enough for the policy.",
    OPEN_STAGE="A file with a stage that is open.",
    OPEN_CLAIM="A claimed objective cause waits for a decision.",
    OPEN_INITIATIVE="An initiative waits for the board.",
    UNCONFIRMED_CRISIS="A crisis that a policy of the period reads, and nobody confirmed.",
    UNREPORTED="Work that was given and not reported; it counts as not done.",
    UNREVIEWED="A report that nobody checked; the policy says what of it.",
    UNPUBLISHED_COMMITMENT="The policy asks heads to promise in public, and too little is "
    "published in the period.",
    UNSIGNED_AGREEMENT="The policy rates by an agreement, and both sides have not signed one.",
    PROPOSED="Ad-hoc work proposed and not decided; it does not count.",
    DOUBTED="Signs that the same work was counted before, and no check since.",
    NO_WORK="Nothing was assigned to the person, who will not be evaluable.",
    UNMATCHED_DOSSIER="A dossier completed in the period that counts nowhere.",
    AWAITED_PART="The period of another agency has not handed over its part of a person who moved.",
    AWAITED_RESULT="A month or quarter of a year in which the person worked has no published "
    "result.",
    UNIT_UNRATED="Nobody above a unit rated general criteria that its policy reads.",
    UNIT_OBJECTIVES="Objectives that the policy reads of a unit are missing, do not sum up, or "
    "have no confirmed figure.",
    MISSING_INDEX="After the freeze: the unit's satisfaction index has not come.",
)
KINDS_MAX = len(GapKind)


@strawberry.type(description="How many gaps of a kind there are.")
class PeriodGapCount:
    kind: GapKind = strawberry.field(description="What is missing.")
    blocking: bool = strawberry.field(description="Whether it keeps the period from its freeze.")
    count: int = strawberry.field(description="How often.")

    @classmethod
    def all_of(cls, counts: GapCounts) -> list[Self]:
        """In the order of the kinds; those that there are none of are left out."""
        return [
            cls(kind=kind, blocking=kind in BLOCKING, count=counts[kind])
            for kind in GapKind
            if counts.get(kind)
        ]


@strawberry.type(description="What is missing in one unit.")
class UnitReadiness:
    aggregate: strawberry.Private[UnitGaps]
    counts: list[PeriodGapCount] = strawberry.field(
        description="By kind.", directives=at_most(KINDS_MAX)
    )

    @classmethod
    def of(cls, aggregate: UnitGaps) -> Self:
        return by_name(cls, aggregate, counts=PeriodGapCount.all_of(aggregate.counts))

    @strawberry.field(description="The unit.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.unit_id)


@personal(
    of=other_than_the_reader,
    public=("kind", "blocking", "todo_vi", "todo_en", "unit", "civil_servant"),
)
@strawberry.type(description="One thing that is missing, and who does what about it.")
class PeriodGap:
    aggregate: strawberry.Private[Gap]
    kind: GapKind = strawberry.field(description="What is missing.")
    blocking: bool = strawberry.field(description="Whether it keeps the period from its freeze.")
    assignment_id: strawberry.ID | None = strawberry.field(description="Of a piece of work: which.")
    dossier_id: strawberry.ID | None = strawberry.field(description="Of a dossier: which.")
    owed_by: strawberry.ID | None = strawberry.field(
        description="Of an awaited part or result: the period that owes it, if it was opened."
    )
    labels: list[str] = strawberry.field(
        description="Of an awaited result: which months or quarters (2026-Q1).",
        directives=at_most(MONTHS),
    )
    rule_id: str | None = strawberry.field(description="Of refused inputs: the rule that refuses.")
    text_vi: str | None = strawberry.field(description="What the rule says, in Vietnamese.")
    text_en: str | None = strawberry.field(description="The same in English.")
    todo_vi: str = strawberry.field(description="What to do, in Vietnamese.")
    todo_en: str = strawberry.field(description="The same in English.")

    @classmethod
    def of(cls, aggregate: Gap) -> Self:
        refused = aggregate.refused
        vi, en = WHAT_TO_DO[aggregate.kind]
        return by_name(
            cls,
            aggregate,
            aggregate=aggregate,
            blocking=aggregate.blocks,
            rule_id=refused.rule_id if refused else None,
            text_vi=refused.vi if refused else None,
            text_en=refused.en if refused else None,
            todo_vi=vi,
            todo_en=en,
        )

    @strawberry.field(description="Where.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.unit_id)

    @strawberry.field(description="Whom it is about; null when it is about the unit.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.aggregate.civil_servant_id)


@strawberry.type(
    description="Whether a period can be frozen, and what is missing: of the province, or of the "
    "units that a superior leads.",
    directives=costs(2_000),
)
class PeriodReadiness:
    aggregate: strawberry.Private[Readiness]
    ready: bool = strawberry.field(description="Nothing of it blocks the freeze.")
    counts: list[PeriodGapCount] = strawberry.field(
        description="By kind.", directives=at_most(KINDS_MAX)
    )

    @classmethod
    def of(cls, aggregate: Readiness) -> Self:
        total = aggregate.total
        return cls(
            aggregate=aggregate,
            ready=not blocking(total),
            counts=PeriodGapCount.all_of(total),
        )

    @strawberry.field(description="Units in which something is missing.", directives=PAGED)
    async def units(self, first: First = 20, after: After = None) -> Connection[UnitReadiness]:
        page = page_units(self.aggregate, first=page_size(first), after=after)
        return await connection(page, UnitReadiness.of)

    @strawberry.field(
        description="Everything that is missing, kind after kind. A page may be short, or empty, "
        "and go on.",
        directives=paged(300),
    )
    async def gaps(
        self,
        info: Info,
        filter: PeriodGapFilter | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[PeriodGap]:
        page = await queries.list_gaps(
            info.context.actor,
            info.context.reading(),
            self.aggregate.period.id,
            (filter or PeriodGapFilter()).to_domain(),
            first=page_size(first),
            after=after,
        )
        return await connection(page, PeriodGap.of)
