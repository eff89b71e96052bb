"""What the database holds on the units of an agency when it is scored."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from congvu_kit.application.ports import Eq, Gte, In, Transaction
from evaluation_service.application.collections import (
    ORG_EVALUATIONS,
    PERIODS,
    SCORECARDS,
    TALLIES,
    UNITS,
)
from evaluation_service.application.organisations.service import Service
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.results.material import Agency
from evaluation_service.application.results.members import PEOPLE_MAX, Member, label_of
from evaluation_service.domain.objectives.scorecards import scorecard_id
from evaluation_service.domain.organisations.org_evaluations import (
    OrgEvaluation,
    org_evaluation_id,
)
from evaluation_service.domain.organisations.rating import UnitFacts
from evaluation_service.domain.organisations.unit_work import UnitData, UnitWork, service_counts
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.periods.years import PARTS, in_year
from evaluation_service.domain.personnel.units import OrgUnit
from evaluation_service.domain.results.rating import Rules

READ_PEOPLE = 250
"""People whose work is summed at a time."""


async def unit_rules(period: EvaluationPeriod, tx: Transaction) -> Rules | None:
    """None where the period rates no units."""
    pin = period.policies.unit
    return None if pin is None else Rules(pin=pin, compiled=await compiled_pin(tx, pin))


async def units_begun(
    unit_ids: Sequence[str], period: EvaluationPeriod, tx: Transaction
) -> list[OrgEvaluation]:
    """The evaluation of each unit that is there, begun or new."""
    units = [unit for unit in await tx.store(UNITS).find_many(list(unit_ids)) if unit]
    ids = [org_evaluation_id(period.id, unit.id) for unit in units]
    found = await tx.store(ORG_EVALUATIONS).find_many(ids)
    begun = []
    for unit, known in zip(units, found, strict=True):
        evaluation = known or new_org_evaluation(unit, period)
        evaluation.move_to(unit)
        begun.append(evaluation)
    return begun


def new_org_evaluation(unit: OrgUnit, period: EvaluationPeriod) -> OrgEvaluation:
    return OrgEvaluation(
        id=org_evaluation_id(period.id, unit.id),
        period_id=period.id,
        period_label=label_of(period),
        period_kind=period.kind,
        period_starts_on=period.starts_on,
        unit_id=unit.id,
        agency_id=unit.agency_id,
        province=unit.province,
        unit_path=unit.path,
        level=unit.facts.level,
        superior_id=unit.facts.parent_id,
    )


async def unit_facts(
    units: Sequence[OrgEvaluation],
    members: Sequence[Member],
    agency: Agency,
    service: Service,
    tx: Transaction,
) -> Mapping[str, UnitFacts]:
    """The frozen inputs of each, by unit: everything up to the cut-off, nothing of after it."""
    period = agency.period
    ids = [scorecard_id(period.id, each.unit_id, None) for each in units]
    cards = await tx.store(SCORECARDS).find_many(ids)
    work = await unit_work(members, period, tx)
    people = _count_below(each.unit.path for each in members)
    return {
        unit.unit_id: UnitFacts(
            label=label_of(period),
            data=UnitData(
                people=people.get(unit.unit_id, 0),
                work=work.get(unit.unit_id, UnitWork()),
                **service_counts(service.units[unit.unit_id]),
            ),
            scorecard=card,
        )
        for unit, card in zip(units, cards, strict=True)
    }


async def unit_work(
    members: Sequence[Member], period: EvaluationPeriod, tx: Transaction
) -> Mapping[str, UnitWork]:
    """By unit, with all below it: the work of the people rated there. Of a year that of its months
    and quarters too."""
    counted = [period.id, *await parts_of_year(period, tx)]
    path_of = {each.servant.id: each.unit.path for each in members}
    ids = sorted(path_of)
    found: dict[str, UnitWork] = {}
    for start in range(0, len(ids), READ_PEOPLE):
        tallies = await tx.store(TALLIES).documents(
            In("period_id", counted),
            In("civil_servant_id", ids[start : start + READ_PEOPLE]),
            limit=PEOPLE_MAX,
        )
        for tally in tallies:
            lines = cast("Mapping[str, Any]", tally["lines"]).values()
            done = UnitWork.of_lines(lines)
            for unit_id in path_of[str(tally["civil_servant_id"])]:
                found[unit_id] = found.get(unit_id, UnitWork()).plus(done)
    return found


async def parts_of_year(period: EvaluationPeriod, tx: Transaction) -> list[str]:
    """The published months and quarters of the province in a year, by their labels."""
    if period.kind is not PeriodKind.YEAR:
        return []
    year = label_of(period)
    found = await tx.store(PERIODS).select(
        Eq("province", period.province),
        In("kind", list(PARTS)),
        Gte("ends_on", period.starts_on.isoformat()),
    )
    return [each.id for each in found if each.is_public and in_year(label_of(each), year)]


def _count_below(paths: Iterable[tuple[str, ...]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for path in paths:
        for unit_id in path:
            counts[unit_id] = counts.get(unit_id, 0) + 1
    return counts
