"""Results that come from elsewhere, as they are shown."""

from datetime import date
from decimal import Decimal
from typing import Self

import strawberry

from congvu_kit.graph import Info, Problem, Shown, at_most, by_name, describe, personal
from evaluation_service.adapters.graphql.common.types import other_than_the_reader, row_problem
from evaluation_service.adapters.graphql.periods.types import EvaluationPeriod, period_of
from evaluation_service.adapters.graphql.personnel.types import (
    CivilServant,
    OrgUnit,
    shown_servant,
    unit_of,
)
from evaluation_service.application.transfers import commands
from evaluation_service.application.transfers.commands import ROWS_MAX
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.transfers import handovers, prior_results
from evaluation_service.domain.transfers.prior_results import PriorState


@strawberry.type(
    description="What one agency handed over of a person whom another one rates: everything it "
    "would have scored."
)
class HandedOverPart:
    aggregate: strawberry.Private[handovers.HandedOverPart]
    id: strawberry.ID = strawberry.field(description="Opaque id; a sheet may rest on it.")
    valid_from: date = strawberry.field(description="First day of the appointment in the period.")
    valid_to: date = strawberry.field(description="The day after the last.")
    days: int = strawberry.field(description="Working days that it stands for, leave not counted.")
    snapshot: str = strawberry.field(description="The inputs, canonical JSON (RFC 8785).")
    hash: str = strawberry.field(
        description="Binds it; the sealed evaluation of the period that handed it over names it."
    )
    changed: bool = strawberry.field(
        description="It changed after the result that counts it was closed: the review board is "
        "asked whether that result takes it (postAudits, decidePostAudit)."
    )

    @classmethod
    def of(cls, aggregate: handovers.HandedOverPart, evaluation: Evaluation) -> Self:
        changed = bool(evaluation.taken) and not evaluation.took(aggregate.hash)
        return by_name(cls, aggregate, aggregate=aggregate, changed=changed)

    @strawberry.field(description="The period that handed it over.")
    async def period(self, info: Info) -> EvaluationPeriod | None:
        return await period_of(info, self.aggregate.period_id)

    @strawberry.field(description="The unit of the appointment.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.unit_id)


describe(
    PriorState,
    "Whether a result of before counts.",
    name="PriorResultState",
    ENTERED="Entered; another person has to confirm it.",
    CONFIRMED="It counts in history and year.",
    REFUSED="Refused or withdrawn; it counts nowhere.",
)


@strawberry.type(description="The document a result of before rests on.")
class PriorDocument(Shown):
    SHOWS = prior_results.PriorDocument

    number: str = strawberry.field(description="Its number.")
    issued_on: date = strawberry.field(description="Its date.")
    hash: str = strawberry.field(description="SHA-256 of the file.")
    uri: str | None = strawberry.field(description="Where it is kept.")


@personal(of=other_than_the_reader, public=("id", "revision", "civil_servant"))
@strawberry.type(description="A result from before the platform, with the document that says it.")
class PriorResult:
    aggregate: strawberry.Private[prior_results.PriorResult]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    state: PriorState = strawberry.field(description="Whether it counts.")
    period_kind: PeriodKind = strawberry.field(description="MONTH, QUARTER or YEAR.")
    period_label: str = strawberry.field(description="E.g. 2024-Q3.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date = strawberry.field(description="The day after the last.")
    policy: str = strawberry.field(description="The rules it was made by.")
    family: str = strawberry.field(description="The family of rules it counts among (E-I19).")
    total: Decimal | None = strawberry.field(description="Total points.")
    band: str | None = strawberry.field(description="Band.")
    unit_name: str | None = strawberry.field(description="Name of a unit that is none of ours.")
    general: Decimal | None = strawberry.field(description="Points of the general criteria.")
    result: Decimal | None = strawberry.field(description="The ratio of the results.")
    assigned: Decimal | None = strawberry.field(description="Assigned work, reference products.")
    document: PriorDocument = strawberry.field(description="What it rests on.")
    reason: str | None = strawberry.field(description="Why it was confirmed or refused.")
    hash: str = strawberry.field(
        description="Binds person, time, rules, result and document; history rows carry it."
    )
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, aggregate: prior_results.PriorResult) -> Self:
        facts = aggregate.facts
        return by_name(
            cls,
            aggregate,
            aggregate=aggregate,
            starts_on=facts.starts_on,
            ends_on=facts.ends_on,
            policy=facts.policy,
            total=facts.total,
            band=facts.band,
            unit_name=facts.unit_name,
            general=facts.general,
            result=facts.result,
            assigned=facts.assigned,
            document=PriorDocument.of(facts.document),
        )

    @strawberry.field(description="Whose it is.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.aggregate.civil_servant_id)

    @strawberry.field(description="The unit, when it is one of ours.")
    async def unit(self, info: Info) -> OrgUnit | None:
        unit_id = self.aggregate.facts.unit_id
        return await unit_of(info, unit_id) if unit_id else None


@strawberry.type(description="What happened to one row.")
class PriorRowResult:
    row: str = strawberry.field(description="Its place in the input, e.g. rows[3].")
    id: strawberry.ID | None = strawberry.field(description="Our id; null when refused.")
    changed: bool = strawberry.field(description="False when it was known already.")
    problem: Problem | None = strawberry.field(description="Why it was refused.")


@strawberry.type(description="What happened to all rows.")
class PriorReport:
    results: list[PriorRowResult] = strawberry.field(
        description="One a row, in input order.", directives=at_most(ROWS_MAX)
    )

    @classmethod
    def of(cls, report: commands.PriorReport, info: Info) -> Self:
        return cls(
            results=[
                PriorRowResult(
                    row=each.row,
                    id=strawberry.ID(each.id) if each.id else None,
                    changed=each.changed,
                    problem=row_problem(each.refusal, info),
                )
                for each in report.results
            ]
        )
