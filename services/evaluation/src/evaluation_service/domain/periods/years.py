"""The year (năm) as a period of its own: what it is made of, and until when it is rated."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from congvu_kit.domain.errors import Invalid
from congvu_scoring.engine.policy import Policy
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.personnel.servants import AppointmentRole

MONTHS = 12
PARTS = (PeriodKind.MONTH, PeriodKind.QUARTER)
MONTHS_OF = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3}

LAST_DAYS = ("yearly_rating_before", "special_cycle_before")
"""What a policy's workflow calls the day before which the year is rated, MM-DD: of the ordinary
year, and of a special cycle, whose day is of the year after."""


@dataclass(frozen=True, kw_only=True)
class YearRules:
    """`rolled_up` are the roles whose policy says how months or quarters make the year; the others
    are rated by what the year itself has."""

    made_of: PeriodKind | None = None
    rolled_up: tuple[AppointmentRole, ...] = ()
    rated_until: date | None = None


def year_rules(
    kind: PeriodKind,
    given: PeriodKind | None,
    special_cycle: bool,
    year: int,
    policies: Mapping[AppointmentRole, Policy],
) -> YearRules:
    if kind is not PeriodKind.YEAR:
        for name, said in (("madeOf", given is not None), ("specialCycle", special_cycle)):
            if said:
                raise Invalid(
                    en="only a year is made of months or quarters and has a cycle",
                    vi="Chỉ kỳ năm mới được tổng hợp từ tháng, quý và có chu kỳ.",
                    field=f"input.{name}",
                )
        return YearRules()
    if given is PeriodKind.YEAR:
        raise Invalid(
            en="a year is made of months or quarters",
            vi="Năm được tổng hợp từ tháng hoặc quý.",
            field="input.madeOf",
        )
    rolled_up = tuple(role for role, policy in policies.items() if policy.roll_up is not None)
    if given is not None and not rolled_up:
        raise Invalid(
            en="none of these policies makes a year of months or quarters",
            vi="Không quy chế nào ở đây tổng hợp năm từ tháng, quý.",
            field="input.madeOf",
        )
    return YearRules(
        made_of=(given or PeriodKind.QUARTER) if rolled_up else None,
        rolled_up=rolled_up,
        rated_until=_rated_until(special_cycle, year, policies),
    )


def _rated_until(
    special_cycle: bool, year: int, policies: Mapping[AppointmentRole, Policy]
) -> date | None:
    """The last day before the earliest that one of the policies names."""
    name = LAST_DAYS[special_cycle]
    named = [policy.workflow.settings.get(name) for policy in policies.values() if policy.workflow]
    days = [date.fromisoformat(f"{year + special_cycle}-{day}") for day in named if day]
    return min(days) - timedelta(days=1) if days else None


def in_year(label: str, year: str) -> bool:
    """Whether a month or a quarter of that label is one of the year's."""
    return label.startswith(f"{year}-")


def slots_of(label: str, made_of: PeriodKind) -> tuple[str, ...]:
    """Where in a year of months or quarters a result of that label stands: a month in its quarter,
    a quarter in each of its months."""
    year, _, part = label.partition("-")
    if not part:
        return ()
    quarter = part.startswith("Q")
    if quarter is (made_of is PeriodKind.QUARTER):
        return (label,)
    if quarter:
        first = 3 * int(part[1:]) - 2
        return tuple(f"{year}-{month:02d}" for month in range(first, first + 3))
    return (f"{year}-Q{(int(part) + 2) // 3}",)


def slots_in(
    year: int, made_of: PeriodKind, starts_on: date, ends_on: date
) -> Iterator[tuple[str, date, date]]:
    """The months or quarters of the year by the calendar: label, first day and the day after the
    last, as far as they lie in its own days."""
    step = MONTHS_OF[made_of]
    for number, month in enumerate(range(1, MONTHS + 1, step), start=1):
        after = month + step
        first = max(starts_on, date(year, month, 1))
        end = date(year + (after > MONTHS), (after - 1) % MONTHS + 1, 1)
        if first < min(end, ends_on):
            part = f"Q{number}" if made_of is PeriodKind.QUARTER else f"{month:02d}"
            yield f"{year}-{part}", first, min(end, ends_on)
