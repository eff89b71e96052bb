"""Whom a period rates, read in as many queries as there are thousands of people."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congvu_kit.application.ports import Condition, Eq, Gte, In, Transaction
from evaluation_service.application.calendar.queries import working_days
from evaluation_service.application.collections import EVALUATIONS, SERVANTS, TALLIES, UNITS
from evaluation_service.application.periods.foundations import UNITS_MAX
from evaluation_service.application.results.scoring import rules_of
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.servants import AppointmentRole, CivilServant
from evaluation_service.domain.readiness.gaps import GapKind
from evaluation_service.domain.results.rating import RulesByRole

PAGE, PAGES_MAX = 2_000, 50
"""People read at a time, and how often: the largest province has about 65,000."""

ENTERED: Mapping[GapKind, Condition] = {
    GapKind.UNRATED: Gte("given.general.key", ""),
    GapKind.MISSING_ELEMENTS: Gte("given.elements.key", ""),
    GapKind.MISSING_INDICATORS: Gte("given.indicators.code", ""),
}
"""What a superior has to enter, by the gap when it is not there: the question whether it is."""


@dataclass(frozen=True, kw_only=True)
class Person:
    servant: CivilServant
    unit_id: str
    role: AppointmentRole


@dataclass(frozen=True, kw_only=True)
class Entered:
    """Who has what, by civil servant and role, and who has work. `asked` says which gaps there are
    under the policy of a role: those of what it reads."""

    asked: Mapping[AppointmentRole, frozenset[GapKind]]
    there: Mapping[tuple[GapKind, AppointmentRole], frozenset[str]]
    working: frozenset[str]

    def gaps_of(self, person: Person) -> list[GapKind]:
        found = [
            kind
            for kind in ENTERED
            if kind in self.asked[person.role]
            and person.servant.id not in self.there[kind, person.role]
        ]
        idle = person.servant.id not in self.working
        if idle and GapKind.NO_WORK in self.asked[person.role]:
            found.append(GapKind.NO_WORK)
        return found


async def units_of(period: EvaluationPeriod, below: Sequence[str], tx: Transaction) -> list[str]:
    """Units of the period, those that lie below every unit named."""
    found = await tx.store(UNITS).select(Eq("path", period.scope_unit_id), limit=UNITS_MAX)
    return sorted(each.id for each in found if set(below) <= set(each.path))


async def worked_days(period: EvaluationPeriod, tx: Transaction) -> list[date]:
    calendar = await working_days(period.province, tx)
    return list(calendar.days(period.starts_on, period.ends_on))


async def people_of(
    period: EvaluationPeriod, unit_ids: Sequence[str], tx: Transaction
) -> AsyncIterator[list[Person]]:
    """In pages; without those who do not work a day of the period, whom nobody has to rate."""
    worked = await worked_days(period, tx)
    after: str | None = None
    there = In("appointments.unit_id", list(unit_ids))
    for _ in range(PAGES_MAX):
        page = await tx.store(SERVANTS).page(there, first=PAGE, after=after)
        yield rated_people(page.items, period, frozenset(unit_ids), worked)
        if not page.has_next:
            return
        after = page.cursors[-1]


def rated_people(
    servants: Iterable[CivilServant],
    period: EvaluationPeriod,
    unit_ids: frozenset[str],
    worked: Sequence[date],
) -> list[Person]:
    found = []
    for servant in servants:
        main = servant.main_in(period.starts_on, period.ends_on)
        if main is None or main.unit_id not in unit_ids:
            continue
        if not (servant.leaves and servant.working_days(worked) == 0):
            found.append(Person(servant=servant, unit_id=main.unit_id, role=main.role))
    return found


async def entered(period: EvaluationPeriod, tx: Transaction, *of: Condition) -> Entered:
    """Of everybody, or of those whom the conditions name; nothing is loaded."""
    rules = await rules_of(period, tx)
    now = Eq("period_id", period.id)
    store = tx.store(EVALUATIONS)
    there: dict[tuple[GapKind, AppointmentRole], frozenset[str]] = {}
    asked = {role: _asked(rules, role) for role in AppointmentRole}
    for kind, condition in ENTERED.items():
        by_role = {
            role: frozenset(
                await store.count_by("civil_servant_id", now, Eq("role", role), condition, *of)
            )
            for role in AppointmentRole
        }
        for role in AppointmentRole:
            # What was entered under the same policy in another role goes with the person.
            same = [other for other in AppointmentRole if rules[other].pin == rules[role].pin]
            there[kind, role] = frozenset().union(*(by_role[other] for other in same))
    working = await tx.store(TALLIES).count_by("civil_servant_id", now, *of)
    return Entered(asked=asked, there=there, working=frozenset(working))


def _asked(rules: RulesByRole, role: AppointmentRole) -> frozenset[GapKind]:
    compiled = rules[role].compiled
    lists = compiled.reads.lists
    criteria = any(path.startswith("general.") for path in compiled.ranges)
    wanted = {
        GapKind.UNRATED: criteria,
        GapKind.MISSING_ELEMENTS: "elements" in lists
        or any(path.startswith("elements.") for path in compiled.reads.inputs),
        GapKind.NO_WORK: "work" in lists,
        GapKind.MISSING_INDICATORS: "indicators" in lists,
    }
    return frozenset(kind for kind, asks in wanted.items() if asks)
