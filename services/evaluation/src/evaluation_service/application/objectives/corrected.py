"""What an appeal or a post-audit finds was reached: a new reading, never a change of the old."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Participant
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.ids import new_id
from evaluation_service.application.collections import OBJECTIVES, PERIODS, READINGS, SCORECARDS
from evaluation_service.application.objectives.scorecards import keep_line, readings_of
from evaluation_service.domain.common.evidence import Evidence
from evaluation_service.domain.objectives.bound import bound_hash, objective_record
from evaluation_service.domain.objectives.objectives import Objective
from evaluation_service.domain.objectives.readings import (
    IndicatorReading,
    ReadingSource,
    last_confirmed,
)
from evaluation_service.domain.objectives.scorecards import ReadValue, Scorecard, scorecard_id
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.rated import Rated
from evaluation_service.domain.review.corrections import ReadingCorrection


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """The appeal or post-audit, who decided it, and who asked for it, where that is a person."""

    basis: str
    by: Participant
    asked_by: Participant | None = None


async def read_anew(
    evaluation: Rated,
    corrections: Sequence[ReadingCorrection],
    ruling: Ruling,
    tx: Transaction,
) -> Mapping[str, ReadValue]:
    """By code. What was handed over, or typed before there were objectives, has none here: the
    snapshot alone is corrected."""
    period = await tx.store(PERIODS).get(evaluation.period_id)
    cards = await _scorecards_of(evaluation, tx)
    of_code = {
        line.code: line.objective_id
        for card in cards
        for line in card.lines
        if line.objective_id in card.hashes
    }
    found = {}
    for each in corrections:
        if each.code in of_code:
            objective = await tx.store(OBJECTIVES).get(of_code[each.code])
            reading = await _reading(objective, each, ruling, period, tx)
            await tx.store(READINGS).save(reading)
            await keep_line(objective, period, tx)
            await _bind(evaluation, objective, tx)
            found[each.code] = ReadValue.of(reading)
    return found


async def _scorecards_of(evaluation: Rated, tx: Transaction) -> list[Scorecard]:
    """Of the person in each appointment, or of the unit."""
    if isinstance(evaluation, Evaluation):
        return await tx.store(SCORECARDS).select(
            Eq("period_id", evaluation.period_id),
            Eq("civil_servant_id", evaluation.civil_servant_id),
        )
    id = scorecard_id(evaluation.period_id, evaluation.unit_id, None)
    card = await tx.store(SCORECARDS).find(id)
    return [] if card is None else [card]


async def _reading(
    objective: Objective,
    correction: ReadingCorrection,
    ruling: Ruling,
    period: EvaluationPeriod,
    tx: Transaction,
) -> IndicatorReading:
    """Entered by who asked for it, confirmed by who decided (E-I15); of the day of the figure that
    it is in place of."""
    if ruling.asked_by is None:
        raise Conflict(
            en="nobody is on record as having asked for this figure; an appeal, or a post-audit "
            "that somebody asked for, corrects it",
            vi="Chưa ghi nhận ai đề nghị sửa số liệu này; cần kiến nghị hoặc hậu kiểm có "
            "người đề nghị.",
            field="input.correction.readings",
            rule_id="E-I15",
        )
    counted = last_confirmed(await readings_of(objective, tx))
    last_day = min(business_date(tx.now), period.ends_on - timedelta(days=1))
    where = correction.evidence
    reading = IndicatorReading(
        id=new_id("reading"),
        objective_id=objective.id,
        period_id=objective.period_id,
        province=objective.province,
        unit_id=objective.unit_id,
        unit_path=objective.unit_path,
        civil_servant_id=objective.civil_servant_id,
        measured_on=counted.measured_on if counted else last_day,
        value=correction.value,
        source=ReadingSource.PERSON,
        evidence=(Evidence(uri=where, hash=None, source=None, captured_at=None),) if where else (),
        entered_by=ruling.asked_by,
        entered_at=tx.now,
        corrects_id=counted.id if counted else None,
        basis=ruling.basis,
    )
    reading.decide(confirmed=True, reason=None, by=ruling.by, now=tx.now)
    return reading


async def _bind(evaluation: Rated, objective: Objective, tx: Transaction) -> None:
    """The result binds the objective with the new reading among the others (E-I18)."""
    hash = bound_hash(objective_record(objective, await readings_of(objective, tx)))
    evaluation.objectives = tuple(
        replace(each, hash=hash) if each.objective_id == objective.id else each
        for each in evaluation.objectives
    )
