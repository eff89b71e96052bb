"""What a year waits for: months or quarters in which a person worked and has no result yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Eq, Gte, In, Lt, Transaction
from congvu_kit.domain.clock import business_date
from evaluation_service.application.collections import EVALUATIONS, PERIODS, PRIOR_RESULTS
from evaluation_service.application.readiness.census import Person, worked_days
from evaluation_service.application.results.members import PEOPLE_MAX, label_of
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.years import PARTS, slots_in, slots_of
from evaluation_service.domain.results.states import RATED
from evaluation_service.domain.transfers.prior_results import PriorState


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """`labels` of a year in which the person worked and is not rated; `owed_by` is the period that
    rates the first of them, if it was opened."""

    person: Person
    labels: tuple[str, ...]
    owed_by: str | None


async def awaited_results(
    people: Sequence[Person], year: EvaluationPeriod, tx: Transaction
) -> list[Awaited]:
    """Of those whose year is made of other periods. What has not begun yet is not missing."""
    asked = [each for each in people if each.role in year.rolled_up]
    if year.made_of is None or not asked:
        return []
    periods = await _periods(asked, year, tx)
    known = await _known(asked, periods, year, tx)
    days = await worked_days(year, tx)
    today = business_date(tx.now)
    slots = [
        each
        for each in slots_in(int(label_of(year)), year.made_of, year.starts_on, year.ends_on)
        if each[1] <= today
    ]
    found = []
    for person in asked:
        owed = {
            label: _owing(person, label, periods, year)
            for label, first, after in slots
            if (person.servant.id, label) not in known
            and person.servant.working_days([day for day in days if first <= day < after])
        }
        if owed:
            by = next((id for id in owed.values() if id), None)
            found.append(Awaited(person=person, labels=tuple(owed), owed_by=by))
    return found


async def _periods(
    people: Sequence[Person], year: EvaluationPeriod, tx: Transaction
) -> list[EvaluationPeriod]:
    """Months and quarters of the time, of every unit in which the people worked in it."""
    days = (year.starts_on, year.ends_on)
    units = {each.unit_id for person in people for each in person.servant.during(*days)}
    return await tx.store(PERIODS).select(
        In("kind", list(PARTS)),
        In("unit_ids", sorted(units)),
        Lt("starts_on", year.ends_on.isoformat()),
        Gte("ends_on", year.starts_on.isoformat()),
        order=["starts_on"],
        limit=PEOPLE_MAX,
    )


async def _known(
    people: Sequence[Person],
    periods: Sequence[EvaluationPeriod],
    year: EvaluationPeriod,
    tx: Transaction,
) -> set[tuple[str, str]]:
    """Who has a public or confirmed result in which slot of the year."""
    whose = In("civil_servant_id", [each.servant.id for each in people])
    known = set()
    public: dict[str, list[str]] = {}
    for period in periods:
        if period.is_public:
            public.setdefault(label_of(period), []).append(period.id)
    for label, ids in public.items():
        rated = await tx.store(EVALUATIONS).count_by(
            "civil_servant_id", whose, In("period_id", ids), In("state", sorted(RATED))
        )
        known |= {(id, slot) for id in rated for slot in _slots(label, year)}
    for prior in await tx.store(PRIOR_RESULTS).select(
        whose, Eq("state", PriorState.CONFIRMED), In("facts.kind", list(PARTS)), limit=PEOPLE_MAX
    ):
        slots = _slots(prior.period_label, year)
        known |= {(prior.civil_servant_id, slot) for slot in slots}
    return known


def _slots(label: str, year: EvaluationPeriod) -> Sequence[str]:
    return slots_of(label, year.made_of) if year.made_of else ()


def _owing(
    person: Person, label: str, periods: Sequence[EvaluationPeriod], year: EvaluationPeriod
) -> str | None:
    """The period of the slot that rates the person, opened already."""
    for period in periods:
        main = person.servant.main_in(period.starts_on, period.ends_on)
        if label in _slots(label_of(period), year) and main and main.unit_id in period.unit_ids:
            return period.id
    return None
