"""Fills in the official form of one evaluation."""

from congvu_kit.application.ports import Transaction
from congvu_scoring import ScoreResult
from evaluation_service.adapters.pages.explanation import FormFields, explanation_page
from evaluation_service.application.collections import PERIODS, SERVANTS, UNITS
from evaluation_service.application.personnel.queries import position_on
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs


async def printed(tx: Transaction, evaluation: Evaluation, result: ScoreResult) -> str:
    agency = await tx.store(UNITS).find(evaluation.agency_id)
    unit = await tx.store(UNITS).find(evaluation.unit_id)
    servant = await tx.store(SERVANTS).find(evaluation.civil_servant_id)
    period = await tx.store(PERIODS).find(evaluation.period_id)
    position = await position_on(
        tx, evaluation.province, evaluation.position_code, evaluation.period_starts_on
    )
    fields = FormFields(
        agency=agency.name if agency else evaluation.agency_id,
        unit=unit.name if unit else evaluation.unit_id,
        full_name=servant.full_name if servant else evaluation.civil_servant_id,
        position=position.title if position else evaluation.position_code,
        duty_group=evaluation.duty_group,
        period=period.name if period else evaluation.period_label,
        self_assessment=_ratings(evaluation.self_assessed),
        annex=evaluation.annex,
        manager_opinion="; ".join(filter(None, (_final(evaluation), _reasons(evaluation.given)))),
    )
    return explanation_page(result, fields)


def _final(evaluation: Evaluation) -> str:
    """The band after the ranking, which the score alone does not tell."""
    if evaluation.band is None:
        return ""
    because = f" ({', '.join(evaluation.rank_reasons)})" if evaluation.rank_reasons else ""
    return f"Mức xếp loại chính thức: {evaluation.band}{because}"


def _ratings(given: GivenInputs) -> str:
    return "; ".join(f"{rating.key}: {rating.points}" for rating in given.general)


def _reasons(given: GivenInputs) -> str:
    return "; ".join(f"{rating.key}: {rating.reason}" for rating in given.general if rating.reason)
