"""General criteria of a whole unit in one call: declared defaults, and what differs from them."""

from dataclasses import dataclass, field
from typing import ClassVar

from congvu_kit.application.commands import Command
from congvu_kit.application.ports import Transaction
from congvu_kit.application.rows import Refusal, Rows, each_row
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Invalid
from evaluation_service.application.access import SUPERIORS, is_superior, post_at
from evaluation_service.application.collections import PERIODS, SERVANTS
from evaluation_service.application.desk.lacking import UNRATED_YET
from evaluation_service.application.periods.foundations import units_below
from evaluation_service.application.results.commands import evaluation_led, rate
from evaluation_service.application.results.members import presence
from evaluation_service.application.stages.steps import Act
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs

PEOPLE_MAX = 200
"""People rated in one call."""


@dataclass(frozen=True, kw_only=True)
class RatingRow:
    """What one person gets besides, or in place of, the defaults."""

    civil_servant_id: str
    ratings: GivenInputs


@dataclass(frozen=True, kw_only=True)
class ScoreGeneralCriteriaBulk(Command):
    """The defaults go to everybody whom the caller leads in the unit and below it and whom nobody
    rated yet, and below what a row says of a person."""

    operation: ClassVar[str] = "score_general_criteria_bulk"

    period_id: str
    unit_id: str
    defaults: GivenInputs
    rows: Rows[RatingRow]


@dataclass(frozen=True, kw_only=True)
class RatedRow:
    """`row` is where it comes from: `rows[3]`, or `defaults` for who is in no row."""

    row: str
    civil_servant_id: str | None
    evaluation_id: str | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, kw_only=True)
class RatedReport:
    results: tuple[RatedRow, ...] = field(default=())


async def score_general_criteria_bulk(
    command: ScoreGeneralCriteriaBulk, tx: Transaction
) -> RatedReport:
    """One transaction; who was rated already keeps that, and is told."""
    command.actor.require(*SUPERIORS)
    period = await tx.store(PERIODS).get(command.period_id)
    period.require_open()
    led = await _led(command, period, tx)
    named = {each.civil_servant_id for each in command.rows if not isinstance(each, Refusal)}
    others = sorted(led - named) if command.defaults != GivenInputs() else []
    rows = [(f"rows[{n}]", each) for n, each in enumerate(command.rows)]
    rows += [("defaults", RatingRow(civil_servant_id=id, ratings=GivenInputs())) for id in others]
    if not 0 < len(rows) <= PEOPLE_MAX:
        raise Invalid(
            en=f"1 to {PEOPLE_MAX} people in one call, not {len(rows)}",
            vi=f"Mỗi lần chấm từ 1 đến {PEOPLE_MAX} người; đang gửi {len(rows)} người.",
            field="input",
        )

    async def take(row: RatingRow) -> Evaluation:
        servant = await tx.store(SERVANTS).get(row.civil_servant_id)
        evaluation = await evaluation_led(servant, period, command.actor, tx)
        if evaluation.state not in UNRATED_YET:
            raise Conflict(
                en="this person is rated already: change it by scoreGeneralCriteria",
                vi="Công chức này đã được chấm. Vui lòng sửa điểm ở phiếu đánh giá của người đó.",
                field="civilServantId",
            )
        ratings = command.defaults.with_(row.ratings)
        return await rate(evaluation, Act(by=command.actor, ratings=ratings), period, tx)

    results = await each_row([row for _, row in rows], take, now=tx.now)
    return RatedReport(
        results=tuple(
            _told(source, row, result) for (source, row), result in zip(rows, results, strict=True)
        )
    )


async def _led(
    command: ScoreGeneralCriteriaBulk, period: EvaluationPeriod, tx: Transaction
) -> set[str]:
    today = business_date(tx.now)
    here = await presence(await units_below(command.unit_id, tx), period, tx)
    return {
        each.servant.id
        for each in here.members
        if is_superior(
            command.actor,
            post_at(each.servant, each.appointment, each.unit, today),
        )
        and each.servant.id != command.actor.officer
    }


def _told(source: str, row: RatingRow | Refusal, result: Evaluation | Refusal) -> RatedRow:
    who = None if isinstance(row, Refusal) else row.civil_servant_id
    if isinstance(result, Refusal):
        return RatedRow(row=source, civil_servant_id=who, refusal=result)
    return RatedRow(row=source, civil_servant_id=who, evaluation_id=result.id)
