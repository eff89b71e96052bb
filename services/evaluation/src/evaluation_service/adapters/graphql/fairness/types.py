"""Reports against gaming."""

from decimal import Decimal
from typing import Self

import strawberry

from congvu_kit.domain.actor import Actor
from congvu_kit.graph import Info, at_most, describe, personal
from evaluation_service.adapters.graphql.common.types import as_decimal
from evaluation_service.adapters.graphql.personnel.types import (
    CivilServant,
    OrgUnit,
    shown_servant,
    unit_of,
)
from evaluation_service.adapters.graphql.personnel.values import ResourceContext
from evaluation_service.application.fairness import means as resources
from evaluation_service.application.fairness import queries
from evaluation_service.domain.fairness.findings import FINDINGS_MAX, SOURCES_MAX, ReportKind

describe(
    ReportKind,
    "What a report looks for.",
    name="FairnessReportKind",
    CHERRY_PICKING="Easy work taken, hard work left to others.",
    INFLATED_HOURS="Far more converted work than the duty group's.",
    LENIENT_RATER="A rater whose points run ahead of the work.",
    LATE_SURGE="Work reported in the last days before the cut-off.",
    D_GROUP="Much work of group D, which nobody else has.",
    PAPER_SCORE="High scores where citizens are less satisfied.",
    TINY_SAMPLE="The highest band on very little work.",
    SAME_EVIDENCE="One file as evidence of several pieces of work.",
)


def _whom(aggregate: queries.ShownFinding, reader: Actor) -> str | None:
    """None for a finding about a unit, and where the reader is that person."""
    person = aggregate.civil_servant_id
    return None if person == reader.officer else person


@personal(of=_whom, public=("unit", "civil_servant"))
@strawberry.type(
    description="Something to look at; it changes no score. Figures of a unit of fewer than 5 "
    "people are withheld."
)
class FairnessFinding:
    aggregate: strawberry.Private[queries.ShownFinding]
    withheld: bool = strawberry.field(description="Whether the figures are not told.")
    observed: Decimal | None = strawberry.field(description="What is seen.")
    expected: Decimal | None = strawberry.field(description="What the others show.")
    people: int | None = strawberry.field(description="People behind it.")
    chance: str | None = strawberry.field(
        description="The chance to see it by accident anywhere in the period; null where it is no "
        "matter of chance."
    )
    evaluation_ids: list[strawberry.ID] = strawberry.field(
        description="The results it rests on.", directives=at_most(SOURCES_MAX)
    )

    @classmethod
    def of(cls, aggregate: queries.ShownFinding) -> Self:
        found, told = aggregate.finding, not aggregate.withheld
        chance = None if found.chance is None else f"{found.chance:.2g}"
        return cls(
            aggregate=aggregate,
            withheld=not told,
            observed=as_decimal(found.observed) if told else None,
            expected=as_decimal(found.expected) if told else None,
            people=found.people if told else None,
            chance=chance if told else None,
            evaluation_ids=[strawberry.ID(each) for each in found.evaluation_ids[:SOURCES_MAX]],
        )

    @strawberry.field(description="The unit.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.finding.unit_id)

    @strawberry.field(description="Whom it is about: who was rated, or the rater; null for a unit.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        person = self.aggregate.civil_servant_id
        return await shown_servant(info, person) if person else None


@strawberry.type(description="A report on a frozen period, with what it declares.")
class FairnessReport:
    kind: ReportKind = strawberry.field(description="What it looks for.")
    statistic_vi: str = strawberry.field(description="What is measured, in Vietnamese.")
    statistic_en: str = strawberry.field(description="What is measured, in English.")
    threshold_vi: str = strawberry.field(description="From when on it is told, in Vietnamese.")
    threshold_en: str = strawberry.field(description="From when on it is told, in English.")
    source_vi: str = strawberry.field(description="Where both come from, in Vietnamese.")
    source_en: str = strawberry.field(description="Where both come from, in English.")
    people: int = strawberry.field(description="People of the period who were looked at.")
    found: int = strawberry.field(description="Findings in all.")
    findings: list[FairnessFinding] = strawberry.field(
        description="Those least likely by chance first.", directives=at_most(FINDINGS_MAX)
    )

    @classmethod
    def of(cls, report: queries.FairnessReport) -> Self:
        declared = report.declared
        return cls(
            kind=report.kind,
            statistic_vi=declared.statistic.vi,
            statistic_en=declared.statistic.en,
            threshold_vi=declared.threshold.vi,
            threshold_en=declared.threshold.en,
            source_vi=declared.source.vi,
            source_en=declared.source.en,
            people=report.people,
            found=report.found,
            findings=[FairnessFinding.of(each) for each in report.findings],
        )


@strawberry.type(description="A unit beside others, for who is responsible for it.")
class UnitResources:
    aggregate: strawberry.Private[resources.UnitMeans]
    context: ResourceContext = strawberry.field(
        description="What it has for its work in the period."
    )
    load_per_head_before: Decimal | None = strawberry.field(
        description="That of the period before, of the same kind over the same units."
    )
    converted_load_per_head_before: Decimal | None = strawberry.field(
        description="The same in reference products."
    )
    overdue_before: int | None = strawberry.field(description="Overdue in the period before.")
    short: bool = strawberry.field(
        description="A tenth of its work or more is overdue, and there is a quarter more to do per "
        "head, in reference products, than the median of the places beside it; both are defaults "
        "of ours."
    )

    @classmethod
    def of(cls, aggregate: resources.UnitMeans) -> Self:
        before = aggregate.before
        return cls(
            aggregate=aggregate,
            context=ResourceContext.of(aggregate),
            load_per_head_before=as_decimal(before.pieces_per_head) if before else None,
            converted_load_per_head_before=as_decimal(before.per_head) if before else None,
            overdue_before=before.overdue if before else None,
            short=aggregate.short,
        )

    @strawberry.field(description="The unit.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.unit.id)
