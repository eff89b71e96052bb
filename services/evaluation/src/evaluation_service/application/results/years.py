"""A year from its months or quarters, as the policy rolls them up; prior units' results count."""

from collections.abc import Sequence

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.errors import Invalid
from congvu_scoring import RollUpResult, exact_text, roll_up
from evaluation_service.application.collections import EVALUATIONS, PERIODS
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.results.commands import chosen
from evaluation_service.domain.periods.periods import PeriodKind
from evaluation_service.domain.results.evaluations import Evaluation


async def year_result(
    servant_id: str, year: int, kind: PeriodKind, tx: Transaction
) -> RollUpResult | None:
    """Over the published periods of that kind, whichever unit rated them (transfers included);
    None without any. The policy is the one that rated the person last."""
    if kind is PeriodKind.YEAR:
        raise Invalid(
            en="a year is made of months or quarters",
            vi="năm được tổng hợp từ tháng hoặc quý",
            field="kind",
        )
    found = await tx.store(EVALUATIONS).select(
        Eq("servant_id", servant_id), Eq("period_kind", kind), order=["period_starts_on"]
    )
    of_year = [each for each in found if each.period_label.startswith(f"{year}-")]
    rated = await _one_a_period(of_year, tx)
    if not rated:
        return None
    compiled = await compiled_pin(tx, rated[-1].sheets[-1].policy)
    return roll_up(compiled, [_row(evaluation) for evaluation in rated])


async def _one_a_period(found: Sequence[Evaluation], tx: Transaction) -> list[Evaluation]:
    periods = await tx.store(PERIODS).find_many([each.period_id for each in found])
    by_period: dict[str, list[Evaluation]] = {}
    for evaluation, period in zip(found, periods, strict=True):
        if period is not None and period.is_public and evaluation.sheets:
            by_period.setdefault(period.id, []).append(evaluation)
    counting = [chosen(group) for group in by_period.values()]
    return [each for each in counting if each is not None]


def _row(evaluation: Evaluation) -> dict[str, object]:
    sheet = evaluation.sheets[-1]
    row: dict[str, object] = {"period": evaluation.period_label, "state": str(sheet.outcome)}
    if sheet.counted_total is not None:
        row["total"] = exact_text(sheet.counted_total)
    if evaluation.band is not None:
        row["band"] = evaluation.band
    for name in ("general", "result"):
        if name in sheet.components:
            row[name] = exact_text(sheet.components[name])
    return row
