"""Objectives and readings as the graph shows them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
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
    personal,
)
from evaluation_service.adapters.graphql.common.types import (
    DecisionDocument,
    RowWarning,
    WorkEvidence,
    other_than_the_reader,
    row_problem,
)
from evaluation_service.adapters.graphql.personnel.types import (
    CivilServant,
    OrgUnit,
    shown_servant,
    unit_of,
)
from evaluation_service.application.objectives import bulk, figures, queries
from evaluation_service.domain.common.evidence import EVIDENCE_MAX
from evaluation_service.domain.objectives import content, objectives, readings
from evaluation_service.domain.objectives.content import Direction, Frequency
from evaluation_service.domain.objectives.objectives import (
    VERSIONS_MAX,
    ObjectiveLevel,
    ObjectiveState,
)
from evaluation_service.domain.objectives.readings import ReadingSource, ReadingState

describe(
    ObjectiveLevel,
    "Whose objective it is.",
    ORGANISATION="An agency's.",
    UNIT="A unit's below an agency.",
    PERSON="A person's.",
)
describe(
    ObjectiveState,
    "Whether it counts.",
    IN_FORCE="In force: it counts.",
    WITHDRAWN="Taken back.",
)
describe(
    Direction,
    "Which way is better.",
    name="IndicatorDirection",
    UP="More is better.",
    DOWN="Less is better.",
)
describe(
    Frequency,
    "How often an indicator is read.",
    name="IndicatorFrequency",
    ONCE="Once, at the end.",
    WEEKLY="Every week.",
    MONTHLY="Every month.",
    QUARTERLY="Every quarter.",
    YEARLY="Every year.",
)
describe(
    ReadingSource,
    "Where a figure comes from.",
    SYSTEM="The system that the indicator names.",
    PERSON="A person who entered it.",
)
describe(
    ReadingState,
    "Whether a figure counts.",
    ENTERED="Entered; another has to confirm it.",
    CONFIRMED="Confirmed: the newest counts.",
    REFUSED="Found wrong; it counts nowhere.",
)


@strawberry.type(description="What is measured, and how far it has to go.")
class ObjectiveIndicator(Shown):
    SHOWS = content.ObjectiveIndicator

    target: Decimal = strawberry.field(description="What is to be reached.")
    direction: Direction = strawberry.field(description="Which way is better.")
    baseline: Decimal | None = strawberry.field(description="Where it starts.")
    unit_of_measure: str | None = strawberry.field(description="Unit of measure.")
    data_source: str | None = strawberry.field(description="Where the figure can be looked up.")
    frequency: Frequency | None = strawberry.field(description="How often it is read.")


@strawberry.type(description="What an objective says.")
class ObjectiveContent(Shown):
    SHOWS = content.ObjectiveContent

    title: str = strawberry.field(description="What it is called.")
    description: str | None = strawberry.field(description="What exactly is to be done.")
    perspective: str | None = strawberry.field(description="Perspective of the policy.")
    weight: Decimal = strawberry.field(description="In its perspective, or of all.")
    parent_id: strawberry.ID | None = strawberry.field(description="The objective above it.")
    shared: bool = strawberry.field(description="Counts in the unit's scorecard alone.")
    unit_perspective: str | None = strawberry.field(description="Its perspective there.")
    indicator: ObjectiveIndicator = strawberry.field(description="What is measured.")


@strawberry.type(description="An objective as it was from one moment on.")
class ObjectiveVersion:
    number: int = strawberry.field(description="1, 2, 3 …")
    content: ObjectiveContent = strawberry.field(description="What it says.")
    reason: str | None = strawberry.field(description="Why it followed the one before.")
    decision: DecisionDocument | None = strawberry.field(
        description="What it rests on, where it came after the last day for objectives."
    )
    set_by: str = strawberry.field(description="Who set it.")
    set_at: datetime = strawberry.field(description="When it was set.")

    @classmethod
    def of(cls, version: objectives.ObjectiveVersion) -> Self:
        decision = DecisionDocument.of(version.decision) if version.decision else None
        return by_name(cls, version, set_by=version.set_by.subject, decision=decision)


@personal(of=other_than_the_reader, public=("id", "revision", "objective_id"))
@strawberry.type(
    description="What was reached on a day: entered by one, confirmed by another; a correction is"
    " a new one."
)
class IndicatorReading:
    aggregate: strawberry.Private[readings.IndicatorReading]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    objective_id: strawberry.ID = strawberry.field(description="Of which objective.")
    state: ReadingState = strawberry.field(description="Whether it counts.")
    source: ReadingSource = strawberry.field(description="Where it comes from.")
    measured_on: date = strawberry.field(description="The day it is of.")
    value: Decimal = strawberry.field(description="The figure.")
    evidence: list[WorkEvidence] = strawberry.field(
        description="What shows it.", directives=at_most(EVIDENCE_MAX)
    )
    basis: strawberry.ID | None = strawberry.field(
        description="The appeal or post-audit that found it after the freeze."
    )
    corrects_id: strawberry.ID | None = strawberry.field(
        description="The reading that it is in place of."
    )
    reason: str | None = strawberry.field(description="Why it was corrected.")
    decision_reason: str | None = strawberry.field(description="Why it was refused.")
    entered_by: str = strawberry.field(description="Who entered it.")
    entered_at: datetime = strawberry.field(description="When it was entered.")
    confirmed_by: str | None = strawberry.field(description="Who confirmed or refused it.")
    decided_at: datetime | None = strawberry.field(description="When it was decided on.")
    hash: str = strawberry.field(
        description="Binds the figure and who entered and confirmed it; the snapshot carries it."
    )
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, aggregate: readings.IndicatorReading) -> Self:
        by = aggregate.confirmed_by
        entered, confirmed = aggregate.entered_by.subject, by.subject if by else None
        return by_name(cls, aggregate, entered_by=entered, confirmed_by=confirmed)


@personal(
    of=other_than_the_reader,
    public=("id", "revision", "period_id", "level", "unit", "civil_servant"),
)
@strawberry.type(
    description="An objective of an organisation, a unit or a person, with its indicator.",
    directives=costs(10),
)
class Objective(Shown):
    SHOWS = objectives.Objective

    aggregate: strawberry.Private[objectives.Objective]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    level: ObjectiveLevel = strawberry.field(description="Whose it is.")
    period_id: strawberry.ID = strawberry.field(description="The period it is of.")
    code: str = strawberry.field(description="Its code at its owner.")
    state: ObjectiveState = strawberry.field(description="Whether it counts.")
    current: ObjectiveVersion = strawberry.field(description="The version that counts.")
    versions: list[ObjectiveVersion] = strawberry.field(
        description="Every version, oldest first.", directives=at_most(VERSIONS_MAX)
    )
    withdrawn_at: datetime | None = strawberry.field(description="When it was taken back.")
    withdrawn_reason: str | None = strawberry.field(description="Why.")
    version_hash: str = strawberry.field(
        description="Binds the version that counts; the snapshot carries it."
    )
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @strawberry.field(description="The unit it is of, or in which the person is rated.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.unit_id)

    @strawberry.field(description="Whose it is; null for a unit's.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.aggregate.civil_servant_id)

    @strawberry.field(
        description="What is taken and yet to be looked at, as no parent under a policy that "
        "warns of it (E-I13).",
        directives=at_most(1),
    )
    async def warnings(self, info: Info) -> list[RowWarning]:
        found = await info.context.load(queries.remarks_on, self.aggregate)
        return [RowWarning.of(each, info.context.language) for each in found]

    @strawberry.field(
        description="What the seal of the closed period binds of it and of its readings: canonical "
        "JSON. Roles period-admin, review-board, auditor; null before the closing."
    )
    async def sealed(self, info: Info) -> str | None:
        return await info.context.load(queries.sealed_objectives, self.aggregate)

    @strawberry.field(description="What was reached, oldest first.", directives=PAGED)
    async def readings(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[IndicatorReading]:
        store, size = info.context.reading(), page_size(first)
        found = await queries.list_readings_of(store, self.aggregate.id, first=size, after=after)
        return await connection(found, IndicatorReading.of)


@strawberry.type(description="What became of one objective.")
class SetRow:
    row: str = strawberry.field(description="Where it comes from: rows[3], asIn.")
    code: str | None = strawberry.field(description="Its code.")
    civil_servant_id: strawberry.ID | None = strawberry.field(description="Whose.")
    unit_id: strawberry.ID | None = strawberry.field(description="Of which unit.")
    objective_id: strawberry.ID | None = strawberry.field(
        description="Null when refused, and in a dry run."
    )
    problem: Problem | None = strawberry.field(description="Why it is refused.")

    @classmethod
    def of(cls, row: bulk.SetRow, info: Info) -> Self:
        return by_name(cls, row, problem=row_problem(row.refusal, info))


@strawberry.type(description="What became of all objectives.")
class SetReport:
    defined: int = strawberry.field(description="Set; in a dry run, that would be set.")
    refused: int = strawberry.field(description="Refused, each with its problem.")
    dry_run: bool = strawberry.field(description="Nothing was kept.")
    results: list[SetRow] = strawberry.field(
        description="One an objective.", directives=at_most(bulk.ROWS_MAX)
    )

    @classmethod
    def of(cls, report: bulk.SetReport, info: Info) -> Self:
        refused = sum(each.refusal is not None for each in report.results)
        return cls(
            defined=len(report.results) - refused,
            refused=refused,
            dry_run=report.dry_run,
            results=[SetRow.of(each, info) for each in report.results],
        )


@strawberry.type(description="What became of one figure.")
class ReadingResult:
    row: int = strawberry.field(description="Its place in the call, from 0.")
    reading: IndicatorReading | None = strawberry.field(description="As it is now.")
    problem: Problem | None = strawberry.field(description="Why it is refused.")

    @classmethod
    def of(cls, result: figures.ReadingResult, info: Info) -> Self:
        return by_name(cls, result, problem=row_problem(result.refusal, info))


@strawberry.type(description="What became of all figures.")
class ReadingReport:
    taken: int = strawberry.field(description="Entered, or decided on.")
    refused: int = strawberry.field(description="Refused, each with its problem.")
    results: list[ReadingResult] = strawberry.field(
        description="One a figure.", directives=at_most(figures.ROWS_MAX)
    )

    @classmethod
    def of(cls, given: Sequence[figures.ReadingResult], info: Info) -> Self:
        refused = sum(each.refusal is not None for each in given)
        results = [ReadingResult.of(each, info) for each in given]
        return cls(taken=len(given) - refused, refused=refused, results=results)
