"""Whom a period rates, read in as many queries as there are thousands of people."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from congvu_kit.application.ports import Collection, Condition, Eq, Gte, In, Lt, Transaction
from congvu_scoring.expressions.reads import Reads
from evaluation_service.application.calendar.queries import working_days
from evaluation_service.application.collections import (
    AGREEMENTS,
    EVALUATIONS,
    SCORECARDS,
    SERVANTS,
    TALLIES,
    UNITS,
)
from evaluation_service.application.leadership.promises import owed_in, published_in
from evaluation_service.application.periods.foundations import UNITS_MAX
from evaluation_service.application.results.scoring import rules_of
from evaluation_service.domain.agreements.versions import SIGNED
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.servants import AppointmentRole, CivilServant
from evaluation_service.domain.readiness.gaps import GapKind
from evaluation_service.domain.results.rating import RulesByRole

PAGE, PAGES_MAX = 1_000, 100
"""People read at a time, and how often: the largest province has about 65,000."""

ENTERED: Mapping[str, tuple[GapKind, Collection[Any], Condition] | None] = {
    "general": (GapKind.UNRATED, EVALUATIONS, Gte("given.general.key", "")),
    "elements": (GapKind.MISSING_ELEMENTS, EVALUATIONS, Gte("given.elements.key", "")),
    "indicators": (GapKind.MISSING_INDICATORS, SCORECARDS, Gte("lines.code", "")),
    "organising": (GapKind.MISSING_JUDGEMENT, EVALUATIONS, Gte("given.organising", "")),
    "unity": (GapKind.MISSING_JUDGEMENT, EVALUATIONS, Gte("given.unity", "")),
    "conduct": None,  # No entry says that nothing happened.
}
"""What a superior may enter, each of `GivenInputs`: the gap while it is not there, and where to ask
whether it is."""

OF_PEOPLE = (
    *dict.fromkeys(each[0] for each in ENTERED.values() if each is not None),
    GapKind.NO_WORK,
    GapKind.UNSIGNED_AGREEMENT,
    GapKind.UNPUBLISHED_COMMITMENT,
)


WORK, ELEMENTS, CRISES = "work", "elements", "crises"


@dataclass(frozen=True, kw_only=True)
class Person:
    servant: CivilServant
    unit_id: str
    role: AppointmentRole


@dataclass(frozen=True, kw_only=True)
class Entered:
    """Who has what, by what is entered and role, and who has work. `asked` is what the policy of a
    role reads of it, `pilots` the units that it is limited to, if any; `agreeing` roles are rated
    by an agreement, which `signed` have; a head owes so many commitments, and `published` some."""

    asked: Mapping[AppointmentRole, frozenset[str]]
    there: Mapping[tuple[str, AppointmentRole], frozenset[str]]
    working: frozenset[str]
    signed: frozenset[str]
    agreeing: frozenset[AppointmentRole]
    pilots: Mapping[AppointmentRole, frozenset[str]]
    owed: int
    published: Mapping[str, int]

    @property
    def of_board(self) -> list[GapKind]:
        """What the board decides; crises where a policy of the period reads them."""
        read = any(CRISES in each for each in self.asked.values())
        return [GapKind.OPEN_INITIATIVE, *([GapKind.UNCONFIRMED_CRISIS] if read else ())]

    def gaps_of(self, person: Person) -> list[GapKind]:
        """Each once; nothing is missing of whom no policy rates, outside the units of a pilot."""
        id, role = person.servant.id, person.role
        if self.pilots[role] and person.unit_id not in self.pilots[role]:
            return []
        lacking = [
            asks[0]
            for name, asks in ENTERED.items()
            if asks is not None and name in self.asked[role] and id not in self.there[name, role]
        ]
        if WORK in self.asked[role] and id not in self.working:
            lacking.append(GapKind.NO_WORK)
        if role in self.agreeing and id not in self.signed:
            lacking.append(GapKind.UNSIGNED_AGREEMENT)
        if role is AppointmentRole.HEAD and self.published.get(id, 0) < self.owed:
            lacking.append(GapKind.UNPUBLISHED_COMMITMENT)
        return list(dict.fromkeys(lacking))


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
    there: dict[tuple[str, AppointmentRole], frozenset[str]] = {}
    asked = {
        role: frozenset() if role in period.rolled_up else _asked(rules, role)
        for role in AppointmentRole
    }
    for name, asks in ENTERED.items():
        for role in AppointmentRole:
            if asks is not None and name in asked[role]:
                # What was entered under the same policy in another role goes with the person.
                same = [each for each in AppointmentRole if rules[each].pin == rules[role].pin]
                there[name, role] = frozenset(
                    await tx.store(asks[1]).count_by(
                        "civil_servant_id", now, In("role", same), asks[2], *of
                    )
                )
    working = await tx.store(TALLIES).count_by("civil_servant_id", now, *of)
    pilots = {role: frozenset(rules[role].compiled.policy.units) for role in AppointmentRole}
    agreeing = {
        role
        for role in AppointmentRole
        if rules[role].compiled.policy.agreement and period.made_of is None
    }
    owed = owed_in(period, rules)
    return Entered(
        asked=asked,
        there=there,
        working=frozenset(working),
        signed=await _signed(period, tx, *of) if agreeing else frozenset(),
        agreeing=frozenset(agreeing),
        pilots=pilots,
        owed=owed,
        published=await published_in(period, tx, *of) if owed else {},
    )


async def _signed(period: EvaluationPeriod, tx: Transaction, *of: Condition) -> frozenset[str]:
    """Who has an agreement that all parties signed, for a day of the period."""
    found = await tx.store(AGREEMENTS).count_by(
        "civil_servant_id",
        Eq("province", period.province),
        Lt("starts_on", period.ends_on.isoformat()),
        Gte("ends_on", (period.starts_on + timedelta(days=1)).isoformat()),
        In("state", sorted(SIGNED)),
        *of,
    )
    return frozenset(found)


def _must_be_rated(reads: Reads) -> bool:
    """Whether elements are more than what stands in for facts that are missing."""
    asked = {path.partition(".")[0] for path in reads.needed}
    return ELEMENTS in asked or ELEMENTS in reads.inputs


def _asked(rules: RulesByRole, role: AppointmentRole) -> frozenset[str]:
    """The names of what is entered, `WORK`, `CRISES`. Nobody judges how staff organise others."""
    compiled = rules[role].compiled
    found = {path.partition(".")[0] for path in (*compiled.ranges, *compiled.reads.inputs)}
    if not _must_be_rated(compiled.reads):
        found.discard(ELEMENTS)
    if role is not AppointmentRole.STAFF:
        unit = (path for path in compiled.reads.inputs if path.startswith("unit."))
        found |= {path.removeprefix("unit.") for path in unit}
    return frozenset((found | compiled.reads.lists) & {*ENTERED, WORK, CRISES})
