"""Positions, levels, roles and the year, whose values need nobody else's."""

from datetime import date, datetime
from decimal import Decimal
from typing import Self

import strawberry

from congvu_kit.graph import Shown, at_most, by_name, describe
from congvu_scoring import RollUpResult, exact_text
from evaluation_service.adapters.graphql.common.types import as_decimal
from evaluation_service.application.fairness import means
from evaluation_service.domain.common.sizes import SUBPERIODS_MAX
from evaluation_service.domain.fairness import budgets
from evaluation_service.domain.fairness.budgets import BudgetState
from evaluation_service.domain.personnel import positions, servants
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.personnel.units import LocalityType, UnitLevel
from evaluation_service.domain.results.sheets import EvaluationOutcome

describe(
    UnitLevel,
    "Level of a unit.",
    CENTRAL="Central.",
    PROVINCE="Province.",
    COMMUNE="Commune.",
    DEPARTMENT="Part of an agency.",
)
describe(
    LocalityType,
    "Kind of place a unit works in.",
    URBAN="Urban.",
    RURAL="Rural.",
    MOUNTAIN="Mountain.",
    DISADVANTAGED="Disadvantaged.",
    SPECIAL="Special.",
)
describe(
    AppointmentRole,
    "Role in an appointment; decides which policy rates the person.",
    STAFF="Without a leading position.",
    HEAD="Head.",
    DEPUTY="Deputy.",
)


@strawberry.type(description="A job position.")
class JobPosition(Shown):
    SHOWS = positions.JobPosition

    id: strawberry.ID = strawberry.field(description="Opaque id.")
    province: str = strawberry.field(description="Two digits; a ministry's code, as G09.")
    code: str = strawberry.field(description="Code, unique in the province at one time.")
    title: str = strawberry.field(description="Title.")
    family: str | None = strawberry.field(description="Family of positions.")
    duty_group: str = strawberry.field(description="Duty group (people compared with each other).")
    leadership: bool = strawberry.field(description="A leading position.")
    valid_from: date | None = strawberry.field(description="Exists from this day.")
    valid_to: date | None = strawberry.field(description="Exists until before this day.")


@strawberry.type(description="A year made of its months or quarters.")
class YearResult:
    outcome: EvaluationOutcome = strawberry.field(
        description="NOT_RATED when no period has a score."
    )
    method: str = strawberry.field(
        description="The policy's rule that was used, e.g. roll_up.AVERAGE."
    )
    periods: list[str] = strawberry.field(
        description="The periods, e.g. 2026-Q3.", directives=at_most(SUBPERIODS_MAX)
    )
    total: Decimal | None = strawberry.field(description="Total points of the year.")
    total_exact: str | None = strawberry.field(description="The same, exactly.")
    band: str | None = strawberry.field(description="Band of the year.")

    @classmethod
    def of(cls, value: RollUpResult) -> Self:
        return cls(
            outcome=EvaluationOutcome(value.state),
            method=value.method,
            periods=list(value.periods.labels),
            total=as_decimal(value.total),
            total_exact=None if value.total is None else exact_text(value.total),
            band=value.band,
        )


describe(
    BudgetState,
    "Where a budget stands.",
    ENTERED="Entered, and counts nowhere yet.",
    CONFIRMED="Confirmed by another person.",
)


@strawberry.type(description="A budget as somebody entered it.")
class BudgetEntry(Shown):
    SHOWS = budgets.BudgetEntry

    amount: Decimal = strawberry.field(description="In Vietnamese dong.")
    source: str = strawberry.field(description="The decision or the system it comes from.")
    entered_by: str = strawberry.field(description="The account.")
    entered_at: datetime = strawberry.field(description="When.")
    confirmed_by: str | None = strawberry.field(description="The account, once it is confirmed.")
    confirmed_at: datetime | None = strawberry.field(description="When.")

    @classmethod
    def of(cls, entry: budgets.BudgetEntry) -> Self:
        sure = entry.confirmed_by
        return by_name(
            cls,
            entry,
            entered_by=entry.entered_by.subject,
            confirmed_by=sure.subject if sure else None,
        )


@strawberry.type(description="What a unit with all below it may spend in a year.")
class UnitBudget(Shown):
    SHOWS = budgets.UnitBudget

    id: strawberry.ID = strawberry.field(description="Opaque id.")
    year: int = strawberry.field(description="The year.")
    amount: Decimal = strawberry.field(description="In Vietnamese dong, as it was entered last.")
    source: str = strawberry.field(description="The decision or the system it comes from.")
    state: BudgetState = strawberry.field(description="Where the last entry stands.")
    entries: list[BudgetEntry] = strawberry.field(
        description="Every entry, oldest first: a correction is a new one, and the last one that "
        "was confirmed counts.",
        directives=at_most(budgets.ENTRIES_MAX),
    )
    revision: int = strawberry.field(description="Pass as expectedRevision.")


@strawberry.type(
    description="What a unit with all below it has for its work in a period. The figures are "
    "withheld where they would tell of fewer than 5 people."
)
class ResourceContext:
    locality_type: LocalityType = strawberry.field(description="Kind of locality.")
    withheld: bool = strawberry.field(description="Whether the figures are not told.")
    staff: int | None = strawberry.field(
        description="People whom the period rates; while it runs, those with work."
    )
    load: int | None = strawberry.field(description="Pieces of work given to them.")
    load_per_head: Decimal | None = strawberry.field(description="Of them, for each person.")
    converted_load: Decimal | None = strawberry.field(
        description="The same in reference products: coefficient x quantity."
    )
    converted_load_per_head: Decimal | None = strawberry.field(
        description="Of them, for each person."
    )
    overdue: int | None = strawberry.field(description="Past their due date and not done.")
    budget: UnitBudget | None = strawberry.field(
        description="Of the year in which the period begins, as it was confirmed last."
    )

    @classmethod
    def of(cls, found: means.UnitMeans) -> Self:
        told = found.told
        return cls(
            locality_type=found.unit.facts.locality_type,
            withheld=told is None,
            staff=told.staff if told else None,
            load=told.load if told else None,
            load_per_head=as_decimal(told.pieces_per_head) if told else None,
            converted_load=as_decimal(told.converted) if told else None,
            converted_load_per_head=as_decimal(told.per_head) if told else None,
            overdue=told.overdue if told else None,
            budget=UnitBudget.of(found.budget) if found.budget else None,
        )


@strawberry.type(description="Time not worked, [validFrom, validTo).")
class Leave(Shown):
    SHOWS = servants.Leave

    kind: str = strawberry.field(description="Reason, e.g. maternity.")
    valid_from: date = strawberry.field(description="First day.")
    valid_to: date = strawberry.field(description="The day after the last.")
