"""Who must follow when a month or a quarter has another result: the years that count it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from congvu_kit.application.ports import Eq, Gte, In, Transaction
from evaluation_service.application.collections import EVALUATIONS, PERIODS
from evaluation_service.application.results.members import PEOPLE_MAX
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PUBLIC_STATES, PeriodKind
from evaluation_service.domain.periods.years import PARTS, in_year
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.transfers.prior_results import PriorResult


async def tell_years(
    changed: Iterable[Evaluation | PriorResult], basis: str | None, tx: Transaction
) -> None:
    """To the scored years of these people; one that is not scored yet reads them itself."""
    parts = {
        each.civil_servant_id: each for each in changed if each.period_kind is not PeriodKind.YEAR
    }
    if not parts:
        return
    years = await tx.store(EVALUATIONS).select(
        In("civil_servant_id", sorted(parts)), Eq("period_kind", PeriodKind.YEAR), limit=PEOPLE_MAX
    )
    told = []
    for year, period in zip(years, await _periods_of(years, tx), strict=True):
        part = parts[year.civil_servant_id]
        counts = year.sheets and year.handed_over is None and year.role in period.rolled_up
        if counts and in_year(part.period_label, year.period_label):
            year.outdate(part.id, basis)
            told.append(year)
    await tx.store(EVALUATIONS).save_many(told)


async def _periods_of(years: Sequence[Evaluation], tx: Transaction) -> list[EvaluationPeriod]:
    ids = sorted({each.period_id for each in years})
    found = {each.id: each for each in await tx.store(PERIODS).find_many(ids) if each}
    return [found[each.period_id] for each in years]


async def tell_changed_since(
    scored: Sequence[Evaluation], began: datetime, tx: Transaction
) -> None:
    """Of years that were being scored just then: what changed, or was published, meanwhile."""
    years = [each.civil_servant_id for each in scored if each.period_kind is PeriodKind.YEAR]
    if not years:
        return
    since = began.isoformat().replace("+00:00", "Z")
    whose, kinds = In("civil_servant_id", sorted(years)), In("period_kind", list(PARTS))
    published = await tx.store(PERIODS).select(
        In("kind", list(PARTS)), In("state", sorted(PUBLIC_STATES)), Gte("published_at", since)
    )
    changed = await tx.store(EVALUATIONS).select(
        whose, kinds, Gte("sheets.made_at", since), limit=PEOPLE_MAX
    )
    new = await tx.store(EVALUATIONS).select(
        whose, In("period_id", [each.id for each in published]), limit=PEOPLE_MAX
    )
    for part in {each.id: each for each in (*changed, *new) if each.sheets}.values():
        await tell_years([part], part.sheets[-1].basis, tx)
