"""Scores and ranks the units of an agency, before its people: a head may be held to the unit."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from congvu_kit.application.ports import Eq, Transaction
from evaluation_service.application.collections import ORG_EVALUATIONS
from evaluation_service.application.organisations.material import (
    unit_facts,
    unit_rules,
    units_begun,
)
from evaluation_service.application.organisations.service import Service, service_of
from evaluation_service.application.periods.foundations import UNITS_MAX
from evaluation_service.application.results.material import Agency
from evaluation_service.application.results.members import Member
from evaluation_service.domain.organisations.org_evaluations import OrgEvaluation
from evaluation_service.domain.organisations.rating import (
    give_unit_bands,
    rank_units,
    rate_units,
)
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.rating import Attempt
from evaluation_service.domain.results.runs import QuotaUse
from evaluation_service.domain.results.states import EvaluationState


@dataclass(frozen=True, kw_only=True)
class ScoredUnits:
    """`service` is there where a score of a unit reads it, or the year's annex shows it."""

    units: Sequence[OrgEvaluation] = ()
    quota: tuple[QuotaUse, ...] = ()
    service: Service | None = None


NO_UNITS = ScoredUnits()


async def score_units(
    agency: Agency, members: Sequence[Member], reading: Transaction
) -> ScoredUnits:
    """The agency and its parts, in memory; no results where the period has no policy for units."""
    rules = await unit_rules(agency.period, reading)
    yearly = agency.period.kind is PeriodKind.YEAR
    if rules is None and not yearly:
        return NO_UNITS
    service = await service_of(agency, reading)
    if rules is None:
        return ScoredUnits(service=service)
    run = agency.run
    units = await units_begun(run.unit_ids, agency.period, reading)
    for unit in units:
        unit.missing_index = unit.unit_id in run.missing_unit_ids
        unit.annex = service.units[unit.unit_id] if yearly else None
    facts = await unit_facts(units, members, agency, service, reading)
    rate_units(
        units, facts, rules, Attempt(number=run.attempt, at=run.requested_at or run.frozen_at)
    )
    ranking = rank_units(units, rules)
    give_unit_bands(units, ranking)
    return ScoredUnits(units=units, quota=ranking.quota, service=service)


def add_annexes(people: Sequence[Evaluation], service: Service) -> None:
    """To the results of leaders."""
    for each in people:
        if each.role is not AppointmentRole.STAFF:
            each.annex = service.of_leader(each.unit_id, each.civil_servant_id)


async def save_units(scored: ScoredUnits, tx: Transaction) -> None:
    """Copies, since a step that is tried again must find what it wrote as it was."""
    await tx.store(ORG_EVALUATIONS).save_many([copy(unit) for unit in scored.units])


async def announce_units(ids: Sequence[str], tx: Transaction) -> None:
    found = await tx.store(ORG_EVALUATIONS).find_many(ids)
    waiting = [each for each in found if each and each.state is EvaluationState.RANKED]
    for unit in waiting:
        unit.published()
    await tx.store(ORG_EVALUATIONS).save_many(waiting)


async def lay_units_aside(period_id: str, tx: Transaction) -> None:
    """The inputs are open again; the sheets stay."""
    ranked = await tx.store(ORG_EVALUATIONS).select(
        Eq("period_id", period_id), Eq("state", EvaluationState.RANKED), limit=UNITS_MAX
    )
    for unit in ranked:
        unit.reopen()
    await tx.store(ORG_EVALUATIONS).save_many(ranked)
