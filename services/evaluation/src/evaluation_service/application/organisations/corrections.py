"""The result of a unit changes by a new sheet after a decision, never in place (E-I3)."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Participant
from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Invalid
from evaluation_service.application.collections import EVALUATIONS, ORG_EVALUATIONS, PERIODS, RUNS
from evaluation_service.application.organisations.material import unit_rules
from evaluation_service.application.periods.sealing import make_seal
from evaluation_service.application.results.members import PEOPLE_MAX
from evaluation_service.application.results.scoring import rank_run, rules_of
from evaluation_service.domain.organisations.org_evaluations import OrgEvaluation
from evaluation_service.domain.organisations.rating import bands_of, give_unit_bands, rank_units
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.rating import make_sheet, rate_leaders_again
from evaluation_service.domain.results.runs import RankingRun, run_id
from evaluation_service.domain.review.corrections import Correction

OF_UNITS = ("general", "readings")
"""What a decision may correct of a unit: its data are those of the systems."""


def check_unit_correction(correction: Correction, path: str) -> None:
    plain = Correction()
    for each in fields(correction):
        if each.name not in OF_UNITS and getattr(correction, each.name) != getattr(
            plain, each.name
        ):
            raise Invalid(
                en="of a unit the general criteria and readings are corrected",
                vi="Với đơn vị chỉ điều chỉnh tiêu chí chung và số liệu chỉ tiêu.",
                field=path,
                rule_id="E-I3",
            )


async def revise_unit(
    unit: OrgEvaluation, document: Mapping[str, Json], basis: str, by: Participant, tx: Transaction
) -> None:
    """Score other inputs. Before the close the units of the agency are ranked again, and heads whom
    their unit holds down are rated again; after it only this unit moves."""
    sheet = unit.require_rated()
    run = await tx.store(RUNS).get(run_id(unit.period_id, unit.agency_id))
    run.require_ranked()
    period = await tx.store(PERIODS).get(unit.period_id)
    rules = await unit_rules(period, tx)
    if rules is None:
        return
    again = make_sheet(
        document, rules, number=sheet.number + 1, now=tx.now, basis=basis, attempt=sheet.attempt
    )
    unit.corrected(again, again.band, (), by)
    units = await _ranked_with(unit, run, tx)
    ranking = rank_units(units, rules)
    if period.state is PeriodState.CLOSED:
        unit.ranked(ranking.bands.get(unit.id), ranking.reasons.get(unit.id, ()))
        run.rated_units([unit.sealed()])
        await tx.store(RUNS).save(run)
        await tx.store(ORG_EVALUATIONS).save(unit)
        period.reseal(await make_seal(period, by, tx, basis))
        await tx.store(PERIODS).save(period)
        return
    moved = give_unit_bands(units, ranking)
    run.rated_units((each.sealed() for each in units), ranking.quota)
    await tx.store(ORG_EVALUATIONS).save_many(
        list({each.id: each for each in [unit, *moved]}.values())
    )
    await hold_heads(units, run, period, basis, tx)


async def hold_heads(
    units: Sequence[OrgEvaluation],
    run: RankingRun,
    period: EvaluationPeriod,
    basis: str | None,
    tx: Transaction,
) -> None:
    """Rate those again whom the band of their unit holds down, and rank the agency again."""
    rules = await rules_of(period, tx)
    ids = [each.evaluation_id for each in run.results[:PEOPLE_MAX]]
    people = [each for each in await tx.store(EVALUATIONS).find_many(ids) if each is not None]
    changed = rate_leaders_again(people, rules, tx.now, basis, bands_of(units))
    changed += await rank_run(run, people, rules, tx)
    await tx.store(EVALUATIONS).save_many(list({each.id: each for each in changed}.values()))


async def _ranked_with(
    unit: OrgEvaluation, run: RankingRun, tx: Transaction
) -> list[OrgEvaluation]:
    """The units of the agency, itself among them as it is in hand."""
    ids = [each.evaluation_id for each in run.units if each.evaluation_id != unit.id]
    others = await tx.store(ORG_EVALUATIONS).find_many(ids)
    return [unit, *(each for each in others if each is not None)]
