"""Former results of people: rated on this platform, or confirmed from before it (E-I10)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from congvu_kit.application.ports import Condition, Eq, Gte, In, Lt, Transaction
from congvu_kit.domain.working_days import WorkingDays
from congvu_scoring import CompiledPolicy
from evaluation_service.application.calendar.queries import working_days
from evaluation_service.application.collections import (
    EVALUATIONS,
    PERIODS,
    POLICIES,
    PRIOR_RESULTS,
)
from evaluation_service.application.policies.pins import compiled_pin, compiled_policy, families_of
from evaluation_service.application.results.commands import chosen
from evaluation_service.application.results.members import label_of
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.periods.years import MONTHS, PARTS, in_year
from evaluation_service.domain.policies.policies import PolicyState
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.past import PastResult, rated_before, rated_here
from evaluation_service.domain.transfers.prior_results import PriorResult, PriorState

PAST_MAX = 100_000
"""Former results of some hundred people."""


async def past_results(
    civil_servant_ids: Sequence[str], period: EvaluationPeriod, days: WorkingDays, tx: Transaction
) -> Mapping[str, Sequence[PastResult]]:
    """Of periods of this kind that began before it, by civil servant. Another result of the same
    time is no former one."""
    label, before = label_of(period), (None, period.starts_on)
    evaluations = await _evaluations(civil_servant_ids, period.kind, tx, *before)
    priors = await _confirmed(civil_servant_ids, period.kind, tx, *before)
    found = await _results(evaluations, priors, days, tx)
    return {id: [each for each in results if each.label != label] for id, results in found.items()}


async def periods_of_year(
    civil_servant_ids: Sequence[str], period: EvaluationPeriod, days: WorkingDays, tx: Transaction
) -> Mapping[str, list[PastResult]]:
    """Months and quarters of a year that are published, or confirmed from before the platform, by
    civil servant: wherever they were rated (E-I10)."""
    year = label_of(period)
    first = date(int(year) - 1, MONTHS, 1)  # A cut-off shifts a period's edges by some days.
    evaluations: list[Evaluation] = []
    priors: list[PriorResult] = []
    for kind in PARTS:
        evaluations += await _evaluations(civil_servant_ids, kind, tx, first, period.ends_on)
        priors += await _confirmed(civil_servant_ids, kind, tx, first, period.ends_on)
    return await _results(
        [each for each in await _public(evaluations, tx) if in_year(each.period_label, year)],
        [each for each in priors if in_year(each.period_label, year)],
        days,
        tx,
    )


async def results_of_year(
    civil_servant_id: str, year: int, kind: PeriodKind, tx: Transaction
) -> tuple[Sequence[PastResult], CompiledPolicy | None]:
    """Published or confirmed, with the policy that rated the person last; of results from before
    the platform alone, the one they name, if it is one of ours."""
    mine = [civil_servant_id]
    evaluations = [
        each
        for each in await _public(await _evaluations(mine, kind, tx), tx)
        if in_year(each.period_label, str(year))
    ]
    priors = [
        each for each in await _confirmed(mine, kind, tx) if in_year(each.period_label, str(year))
    ]
    compiled: CompiledPolicy | None
    if evaluations:
        compiled = await compiled_pin(tx, evaluations[-1].sheets[-1].policy)
    elif priors:
        compiled = await _named(priors[-1], tx)
    else:
        return [], None
    days = await working_days(priors[-1].province, tx) if priors else WorkingDays()
    found = await _results(evaluations, priors, days, tx)
    return found[civil_servant_id], compiled


async def _evaluations(
    civil_servant_ids: Sequence[str],
    kind: PeriodKind,
    tx: Transaction,
    since: date | None = None,
    before: date | None = None,
) -> list[Evaluation]:
    """Of each person and period the one that counts, in order of time."""
    found = await tx.store(EVALUATIONS).select(
        In("civil_servant_id", list(civil_servant_ids)),
        Eq("period_kind", kind),
        *_between("period_starts_on", since, before),
        order=["period_starts_on"],
        limit=PAST_MAX,
    )
    groups: dict[tuple[str, str], list[Evaluation]] = {}
    for each in found:
        if each.sheets and each.handed_over is None:
            groups.setdefault((each.civil_servant_id, each.period_id), []).append(each)
    counting = [chosen(group) for group in groups.values()]
    return [each for each in counting if each is not None]


async def _confirmed(
    civil_servant_ids: Sequence[str],
    kind: PeriodKind,
    tx: Transaction,
    since: date | None = None,
    before: date | None = None,
) -> list[PriorResult]:
    return await tx.store(PRIOR_RESULTS).select(
        In("civil_servant_id", list(civil_servant_ids)),
        Eq("facts.kind", kind),
        Eq("state", PriorState.CONFIRMED),
        *_between("facts.starts_on", since, before),
        order=["facts.starts_on"],
        limit=PAST_MAX,
    )


def _between(field: str, since: date | None, before: date | None) -> list[Condition]:
    first: list[Condition] = [] if since is None else [Gte(field, since.isoformat())]
    return first if before is None else [*first, Lt(field, before.isoformat())]


async def _public(evaluations: Sequence[Evaluation], tx: Transaction) -> list[Evaluation]:
    ids = sorted({each.period_id for each in evaluations})
    public = {each.id for each in await tx.store(PERIODS).find_many(ids) if each and each.is_public}
    return [each for each in evaluations if each.period_id in public]


async def _named(prior: PriorResult, tx: Transaction) -> CompiledPolicy | None:
    policy_id = prior.facts.policy.partition("@")[0]
    stored = await tx.store(POLICIES).select(
        Eq("policy_id", policy_id), Eq("state", PolicyState.PUBLISHED)
    )
    newest = max(stored, key=lambda each: each.version, default=None)
    return None if newest is None else compiled_policy(newest.document, ())


async def _results(
    evaluations: Iterable[Evaluation],
    priors: Iterable[PriorResult],
    days: WorkingDays,
    tx: Transaction,
) -> Mapping[str, list[PastResult]]:
    evaluations = list(evaluations)
    families = await families_of(evaluations, tx)
    ids = sorted({each.period_id for each in evaluations})
    periods = {each.id: each for each in await tx.store(PERIODS).find_many(ids) if each}
    found: dict[str, list[PastResult]] = {}
    for each in evaluations:
        family = families[each.sheets[-1].policy.reference]
        period = periods.get(each.period_id)
        found.setdefault(each.civil_servant_id, []).append(rated_here(each, family, period))
    for prior in priors:
        facts = prior.facts
        worked = sum(1 for _ in days.days(facts.starts_on, facts.ends_on))
        found.setdefault(prior.civil_servant_id, []).append(rated_before(prior, worked))
    return found
